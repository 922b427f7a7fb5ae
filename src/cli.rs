//! The command line: the same engine natively, for instructors, graders and tests.
//!
//! Results go to standard output, everything else to standard error. A reader that closes its end of the pipe ends the command quietly.
//! Exit codes: 0, it ran; 1, `check`, `author` or `pack` found faults, `grade --must-pass` a design that does not pass, or `verify` a
//! receipt that does not hold; 2, the input can't be used. Nothing from outside can make it panic.

use std::process::ExitCode;

use clap::Parser;

mod args;
mod author;
mod check;
mod csv;
mod examples;
mod files;
mod folder;
mod grade;
mod input;
mod list;
mod manual;
mod outcome;
mod output;
mod pack;
mod run;
mod series;
mod text;
mod trace;
mod verify;

use args::{Args, Command};
use output::Stop;

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Command::Run(args) => folder::load(&args.kata).and_then(|()| run::run(args)),
        Command::Check(args) => folder::load(&args.kata).and_then(|()| check::check(args)),
        Command::Grade(args) => folder::load(&args.kata).and_then(|()| grade::grade(args)),
        Command::Scenarios(args) => folder::load(&args.kata).and_then(|()| list::scenarios(args.id.as_deref())),
        Command::Designs(args) => folder::load(&args.kata).and_then(|()| list::designs(args.id.as_deref())),
        Command::Verify(args) => folder::load(&args.kata).and_then(|()| verify::verify(args)),
        Command::Author(args) => author::author(args),
        Command::Pack(args) => pack::pack(args),
        Command::Man(args) => manual::page(args),
        Command::Completions(args) => manual::completions(args.shell),
    };
    match done {
        Ok(code) => code,
        Err(Stop::Closed) => ExitCode::SUCCESS,
        Err(Stop::Unusable(message)) => {
            output::complain(&message);
            ExitCode::from(2)
        }
    }
}
