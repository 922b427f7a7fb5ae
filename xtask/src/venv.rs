//! Pythons with pinned packages, each in a folder of its own; made once, and anew when its requirements are others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{self, run};
use crate::{Outcome, apt};

/// A Python in `home` with the packages that `requirements` lists.
pub fn with_packages(home: &Path, requirements: &Path) -> Outcome<PathBuf> {
    let venv = home.join("venv");
    let programs = venv.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let python = programs.join(format!("python{}", std::env::consts::EXE_SUFFIX));
    let stamp = home.join("installed.txt");
    let read = |path: &Path| fs::read(path).ok();
    if python.is_file() && read(&stamp).is_some() && read(&stamp) == read(requirements) {
        return Ok(python);
    }
    make(&venv)?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
        .arg(requirements))?;
    fs::copy(requirements, &stamp).map_err(|error| format!("{} can't be written: {error}", stamp.display()))?;
    Ok(python)
}

/// Debian keeps `venv` apart from Python: where it is missing it is installed, if we may.
fn make(venv: &Path) -> Outcome {
    let base = if cfg!(windows) { "python" } else { "python3" };
    let is_whole = || run::capture(Command::new(base).args(["-c", "import ensurepip, venv"])).is_ok();
    if !is_whole() && apt::may_install() {
        apt::install("python3-venv", &["python3", "python3-venv"])?;
    }
    run(Command::new(base).args(["-m", "venv"]).arg(venv)).map_err(|error| {
        format!("{error}; Python 3.11 or newer with venv is needed (Debian: sudo apt-get install python3-venv)")
    })
}
