//! What can be asked for: the one definition that the parser, the help, the manual pages and the completions follow.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::examples;
use crate::format::count;

/// The most seeds of one command.
pub const MAX_SEEDS: u64 = 1_000_000;
/// The most runs at once.
const MAX_JOBS: u64 = 1_024;

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
Files are UTF-8, or UTF-16 with its byte order mark.
Exit codes: 0 it ran; 1 check, author or pack found faults, grade --must-pass a design that does not pass, or verify a receipt that does not hold; 2 some input can't be used.
\"kata COMMAND --help\" has examples, \"kata man COMMAND\" the manual page.";

#[derive(Subcommand)]
pub enum Command {
    /// Runs a design for one or several seeds
    #[command(after_long_help = examples::RUN)]
    Run(RunArgs),
    /// Lists the errors and warnings of designs
    #[command(after_long_help = examples::CHECK)]
    Check(CheckArgs),
    /// Runs designs in every scenario of the kata and tells the share of seeds passed
    #[command(after_long_help = examples::GRADE)]
    Grade(Box<GradeArgs>),
    /// Runs again what a receipt claims, and says whether it holds or what differs
    #[command(after_long_help = examples::VERIFY)]
    Verify(VerifyArgs),
    /// Lists the kata's scenarios; with an ID, prints its file
    #[command(after_long_help = examples::SCENARIOS)]
    Scenarios(ListArgs),
    /// Lists the kata's designs; with an ID, prints its file
    #[command(after_long_help = examples::DESIGNS)]
    Designs(ListArgs),
    /// Reads a folder with a kata, says what is wrong with it, and plays its designs through its scenarios
    #[command(after_long_help = examples::AUTHOR)]
    Author(AuthorArgs),
    /// Puts a kata's folder into the page in one file, which opens anywhere: no tools are needed but this one
    #[command(after_long_help = examples::PACK)]
    Pack(PackArgs),
    /// Prints the manual page of kata or of one of its commands
    #[command(after_long_help = examples::MAN)]
    Man(ManArgs),
    /// Prints what a shell needs to complete the commands and options of kata
    #[command(after_long_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
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
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// How many seeds, from the first one on
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = seeds)]
    pub seeds: u64,
    /// How to print: json is one object a line, receipt one receipt a line, receipt-json one as a file
    #[arg(long, value_enum, default_value_t = RunFormat::Text)]
    pub format: RunFormat,
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
    /// Design files, folders (every *.json in them), or ids of designs of the kata; "-": a design on standard input, or a list of these, one a line
    #[arg(required = true)]
    pub designs: Vec<String>,
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
    /// Design files, folders (every *.json in them), or ids of designs of the kata; "-": a list of them on standard input, one a line
    #[arg(required = true)]
    pub designs: Vec<String>,
    /// Only these scenarios: ids of the kata or scenario files, with commas between them or each with its own --scenario
    #[arg(long, value_name = "SCENARIO", value_delimiter = ',')]
    pub scenario: Vec<String>,
    /// The first seed; one that learners don't know can't be fitted
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// How many seeds, from the first one on
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = seeds)]
    pub seeds: u64,
    /// The share of seeds that have to pass for a scenario to be passed, above 0 and at most 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.9, allow_negative_numbers = true, value_parser = share)]
    pub pass_mark: f64,
    /// Runs no more seeds of a scenario once its 95 % Wilson interval lies on one side of the pass mark (after 10 seeds at the earliest)
    #[arg(long)]
    pub stop_early: bool,
    /// One row a file: stars and passed a scenario, goals met, mastered, points from 0 to 100
    #[arg(long)]
    pub wide: bool,
    /// Ends with exit code 1 unless every design passes every scenario that was asked for
    #[arg(long)]
    pub must_pass: bool,
    /// How many runs go on at once; without it, as many as there are cores
    #[arg(long, short, value_name = "N", allow_negative_numbers = true, value_parser = jobs)]
    pub jobs: Option<u64>,
    /// How to print: json and ndjson are one object a line, gradescope a results.json for one design
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub format: TableFormat,
    /// Writes to this file; never over one that is read
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<String>,
    /// Takes over rows of an earlier output in ndjson that follow from the same design, scenario, seeds and engine
    #[arg(long, value_name = "FILE.ndjson")]
    pub resume: Option<String>,
    #[command(flatten)]
    pub kata: KataArgs,
}

#[derive(ClapArgs)]
pub struct AuthorArgs {
    /// The folder, such as static/katas/waiting-room
    pub folder: String,
    /// How many seeds, from seed 1 on
    #[arg(long, default_value_t = 10, allow_negative_numbers = true, value_parser = seeds)]
    pub seeds: u64,
}

#[derive(ClapArgs)]
pub struct PackArgs {
    /// The folder, such as my-kata
    pub folder: String,
    /// The page in one file; without it, waiting-room.html here, in dist/, or beside kata itself
    #[arg(long, value_name = "FILE")]
    pub page: Option<String>,
    /// Writes to this file, never over one that is read; without it, the kata's id and .html, here
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<String>,
    /// Only reads the folder: whether the kata makes an exercise is not played through
    #[arg(long)]
    pub draft: bool,
    /// How many seeds the kata is played through on, from seed 1 on
    #[arg(long, default_value_t = 10, allow_negative_numbers = true, value_parser = seeds)]
    pub seeds: u64,
}

#[derive(ClapArgs)]
pub struct VerifyArgs {
    /// A file with a receipt, "-" for standard input, or the receipt itself: a line that begins with WR1-
    pub receipt: String,
    /// How to print; with ndjson each line of the input is a receipt and gives one line
    #[arg(long, value_enum, default_value_t = VerdictFormat::Text)]
    pub format: VerdictFormat,
    #[command(flatten)]
    pub kata: KataArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RunFormat {
    Text,
    Json,
    Receipt,
    ReceiptJson,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VerdictFormat {
    Text,
    Json,
    Ndjson,
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
    Ndjson,
    Gradescope,
}

#[derive(ClapArgs)]
pub struct ManArgs {
    /// One of the commands; without it, the page of kata itself
    pub command: Option<String>,
}

#[derive(ClapArgs)]
pub struct CompletionsArgs {
    #[arg(value_enum)]
    pub shell: Shell,
}

/// A whole number from `least` to `most`, or what is allowed.
fn whole(text: &str, least: u64, most: u64) -> Result<u64, String> {
    let allowed = || format!("allowed: a whole number from {} to {}", count(least), count(most));
    text.parse().ok().filter(|n| (least..=most).contains(n)).ok_or_else(allowed)
}

fn seed(text: &str) -> Result<u64, String> {
    whole(text, 0, u64::MAX)
}

fn seeds(text: &str) -> Result<u64, String> {
    whole(text, 1, MAX_SEEDS)
}

fn jobs(text: &str) -> Result<u64, String> {
    whole(text, 1, MAX_JOBS)
}

fn share(text: &str) -> Result<f64, String> {
    let inside = |share: &f64| *share > 0.0 && *share <= 1.0;
    text.parse().ok().filter(inside).ok_or_else(|| "allowed: a number above 0 and at most 1, such as 0.9".to_owned())
}
