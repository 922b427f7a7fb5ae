//! What is published names no folder of the machine that built it: a panic says `yew-0.23.0/src/…`, not whose home that lies in.
//!
//! It also makes the published wasm the same on every machine, whatever cargo's home is called.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use crate::Outcome;
use crate::run::{self, run};
use crate::tools::WASM;

/// Where cargo looks for the compiler's flags before it looks anywhere else; they are parted by a control letter.
const FLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";
const PARTING: &str = "\u{1f}";

/// The flags, beside those that the caller has set, as an entry of a program's environment.
pub fn flags() -> Outcome<(&'static str, OsString)> {
    // Cargo names its folders of sources when it fetches them.
    run(run::cargo().args(["fetch", "--locked", "--quiet", "--target", WASM]))?;
    let mut flags = given();
    for folder in sources()? {
        flags.push(format!("--remap-path-prefix={}=", folder.display()));
    }
    Ok((FLAGS, flags.join(PARTING).into()))
}

fn given() -> Vec<String> {
    let parts =
        |text: String, parting: &str| text.split(parting).filter(|flag| !flag.is_empty()).map(str::to_owned).collect();
    match (std::env::var(FLAGS), std::env::var("RUSTFLAGS")) {
        (Ok(encoded), _) => parts(encoded, PARTING),
        (_, Ok(plain)) => parts(plain, " "),
        _ => Vec::new(),
    }
}

/// The folders that hold the sources of packages, one for each registry.
fn sources() -> Outcome<Vec<PathBuf>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home =
        home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).ok_or("cargo has no home folder")?;
    // Where packages come from elsewhere, such as a folder beside the project, there is none.
    let entries = fs::read_dir(home.join("registry/src")).into_iter().flatten();
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    Ok(folders)
}
