//! `cargo xtask`: builds, serves, tests and measures the waiting room.
//!
//! One command each, the same on a fresh machine and on a warm one: what is missing is installed once, with progress, or
//! named together with the command that installs it. Any failure ends with one sentence and a status other than zero.
//! Knows the project's layout and tools; knows nothing of bookings.

mod apt;
mod args;
mod bench;
mod browser;
mod build;
mod builder;
mod csp;
mod embedding;
mod first;
mod fonts;
mod fuzz;
mod html;
mod kata;
mod lang;
mod licences;
mod monday;
mod offline;
mod pack;
mod peers;
mod python;
mod remap;
mod run;
mod sbom;
mod scorm;
mod scripts;
mod serve;
mod shipped;
mod single;
mod spdx;
mod styles;
mod test;
mod timed;
mod tools;
mod venv;
mod wasm;
mod watch;
mod zip;

use std::process::ExitCode;

/// What a step gives back: its result, or one sentence for the person at the terminal.
pub type Outcome<T = ()> = Result<T, String>;

const USAGE: &str = "\
cargo xtask serve [--release] [--port N] [--base /some/path/] [--no-open] [--kata FOLDER]
    builds the page, serves it on this machine only, builds again on every change
cargo xtask build [--kata FOLDER]
    builds dist/ for hosting, dist/waiting-room.html, the one file that runs anywhere, and the package for course systems
cargo xtask test [native] [browser]
    runs all tests, or only the named ones
cargo xtask bench [engine] [browser] [peers]
    measures everything, or only what is named
cargo xtask fuzz [TARGET …] [--inputs N] [--seed N], or TARGET FILE …
    a million made-up inputs for all that reads, or for what is named; or a file's input again
cargo xtask shots [STATE …]
    takes pictures of the page in every state and size, or of the named states, into target/shots
cargo xtask tools
    only finds or installs what the others need";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[String]) -> Outcome {
    let Some((verb, rest)) = words.split_first() else {
        return Err(format!("say what to do:\n\n{USAGE}"));
    };
    match verb.as_str() {
        "serve" => {
            let wanted = args::serve(rest)?;
            run::choose_kata(wanted.kata.as_deref())?;
            serve::serve(&wanted)
        }
        "build" => {
            run::choose_kata(args::kata(rest)?.as_deref())?;
            build::release().map(|_| ())
        }
        "test" => test::test(&args::names(rest, &["native", "browser"])?),
        "bench" => bench::bench(&args::names(rest, &["engine", "browser", "peers"])?),
        "fuzz" => fuzz::fuzz(rest),
        "shots" => browser::shots(rest),
        // What cargo is told to run test binaries with; not for a person.
        "timed" => timed::pass(rest),
        "tools" => {
            args::names(rest, &[])?;
            tools::for_the_page()?;
            browser::chromium()?;
            browser::chromium_of_tests()?;
            browser::engines()?;
            browser::nginx()?;
            browser::packages()?;
            embedding::generators().map(|_| ())
        }
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(format!("`{other}` is not a command:\n\n{USAGE}")),
    }
}
