//! `kata man` and `kata completions`: the manual pages and what shells complete, from the parser's own definitions.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::{Args, ManArgs};
use super::output::{self, Stop};

/// The commands with their options.
fn commands() -> clap::Command {
    let mut all = Args::command().disable_help_subcommand(true);
    all.build();
    all
}

pub fn page(args: &ManArgs) -> Result<ExitCode, Stop> {
    let all = commands();
    let command = match &args.command {
        None => &all,
        Some(name) => all.find_subcommand(name).ok_or_else(|| {
            let known: Vec<_> = all.get_subcommands().map(clap::Command::get_name).collect();
            Stop::Unusable(format!("{name}: there is no such command ({}).", known.join(", ")))
        })?,
    };
    let mut page = Vec::new();
    let source = format!("kata {}", env!("CARGO_PKG_VERSION"));
    Man::new(command.clone()).source(source).render(&mut page).expect("memory takes all");
    output::write(&String::from_utf8(page).expect("UTF-8 throughout"))?;
    Ok(ExitCode::SUCCESS)
}

pub fn completions(shell: Shell) -> Result<ExitCode, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut commands(), "kata", &mut script);
    output::write(&String::from_utf8(script).expect("UTF-8 throughout"))?;
    Ok(ExitCode::SUCCESS)
}
