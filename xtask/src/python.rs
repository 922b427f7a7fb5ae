//! Python for the tests: the reference simulation needs nothing besides, those of `grading/dask` its packages, in the versions that its list pins.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{self, run};
use crate::{Outcome, build, venv};

/// Python, with the packages of `grading/dask`; found, or installed once.
pub fn packages() -> Outcome<PathBuf> {
    let home = target()?.join("dask");
    fs::create_dir_all(&home).map_err(|error| format!("{} can't be made: {error}", home.display()))?;
    venv::with_packages(&home, &run::root().join("grading/dask/requirements.txt"))
}

/// Runs the tests of `grading/dask`, with the program `kata` as cargo has built it for the other tests.
pub fn test(python: &Path) -> Outcome {
    let kata = target()?.join("debug").join(format!("kata{}", std::env::consts::EXE_SUFFIX));
    let mut tests = Command::new(python);
    // `-B`: nothing is left beside the sources.
    tests.args(["-B", "-m", "unittest", "discover", "tests/dask"]).current_dir(run::root());
    run(tests.env("KATA", kata))
}

fn target() -> Outcome<PathBuf> {
    std::path::absolute(build::target()).map_err(|error| format!("cargo's folder: {error}"))
}
