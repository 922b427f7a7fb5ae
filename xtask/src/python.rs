//! The tests in Python: those of `grading/dask`, with its packages in the versions that its list pins.

use std::fs;
use std::process::Command;

use crate::run::{self, run};
use crate::{Outcome, build, venv};

/// Runs them all, with the program `kata` as cargo has built it for the other tests.
pub fn test() -> Outcome {
    let target = std::path::absolute(build::target()).map_err(|error| format!("cargo's folder: {error}"))?;
    let home = target.join("dask");
    fs::create_dir_all(&home).map_err(|error| format!("{} can't be made: {error}", home.display()))?;
    let python = venv::with_packages(&home, &run::root().join("grading/dask/requirements.txt"))?;
    let kata = target.join("debug").join(format!("kata{}", std::env::consts::EXE_SUFFIX));
    let mut tests = Command::new(python);
    // `-B`: nothing is left beside the sources.
    tests.args(["-B", "-m", "unittest", "discover", "tests/dask"]).current_dir(run::root());
    run(tests.env("KATA", kata))
}
