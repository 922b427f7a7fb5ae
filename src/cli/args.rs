//! What can be asked for.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// The most seeds of one command.
pub const MAX_SEEDS: u64 = 1_000_000;

/// Simulates designs of "The waiting room", natively.
#[derive(Parser)]
#[command(name = "kata", version, after_help = AFTER)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "\
DESIGN is a design file, \"-\" for standard input, or the id of a design of the kata; a file of that name comes first.
SCENARIO is the id of a scenario of the kata, a scenario file, or \"-\"; a file of that name comes first.
Exit codes: 0 it ran; 1 check or author found faults; 2 the input can't be used.";

#[derive(Subcommand)]
pub enum Command {
    /// Runs a design for one or several seeds
    Run(RunArgs),
    /// Lists the errors and warnings of a design
    Check(CheckArgs),
    /// Runs designs in every scenario of the kata and tells the share of seeds passed
    Grade(GradeArgs),
    /// Lists the kata's scenarios; with an ID, prints its file
    Scenarios(ListArgs),
    /// Lists the kata's designs; with an ID, prints its file
    Designs(ListArgs),
    /// Reads a folder with a kata, says what is wrong with it, and plays its designs through its scenarios
    Author(AuthorArgs),
}

/// Which kata a command is about.
#[derive(ClapArgs)]
pub struct KataArgs {
    /// A folder with a kata, such as static/katas/evening-rush; without it, the waiting room, which is built in
    #[arg(long, value_name = "FOLDER")]
    pub kata: Option<String>,
}

#[derive(ClapArgs)]
pub struct ListArgs {
    pub id: Option<String>,
    #[command(flatten)]
    pub kata: KataArgs,
}

#[derive(ClapArgs)]
pub struct RunArgs {
    /// A design file, "-" for standard input, or the id of a design of the kata
    pub design: String,
    /// The id of a scenario of the kata, a scenario file, or "-"; without it, the kata's first
    #[arg(long)]
    pub scenario: Option<String>,
    /// The first seed
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    pub seed: u64,
    /// How many seeds, from the first one on
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(1..=MAX_SEEDS))]
    pub seeds: u64,
    /// How to print: json is one object a line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Writes one row per 10 simulated seconds to this CSV file (one seed only)
    #[arg(long, value_name = "FILE.csv")]
    pub series: Option<String>,
    /// Writes one JSON line per event to this file (one seed only)
    #[arg(long, value_name = "FILE")]
    pub trace: Option<String>,
    #[command(flatten)]
    pub kata: KataArgs,
}

#[derive(ClapArgs)]
pub struct CheckArgs {
    /// A design file, "-" for standard input, or the id of a design of the kata
    pub design: String,
    /// The id of a scenario of the kata, a scenario file, or "-"; without it, the kata's first
    #[arg(long)]
    pub scenario: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    pub kata: KataArgs,
}

#[derive(ClapArgs)]
pub struct GradeArgs {
    /// Design files, "-" for standard input, or ids of designs of the kata
    #[arg(required = true)]
    pub designs: Vec<String>,
    /// How many seeds, from seed 1 on
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(1..=MAX_SEEDS))]
    pub seeds: u64,
    /// How to print: json is one object a line
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub format: TableFormat,
    #[command(flatten)]
    pub kata: KataArgs,
}

#[derive(ClapArgs)]
pub struct AuthorArgs {
    /// The folder, such as static/katas/waiting-room
    pub folder: String,
    /// How many seeds, from seed 1 on
    #[arg(long, default_value_t = 10, allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(1..=MAX_SEEDS))]
    pub seeds: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Text,
    Json,
    Csv,
}
