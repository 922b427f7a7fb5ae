//! The generators that docs/embedding.md has snippets for, as its test needs them: installed below the target folder, once.
//!
//! `tests/embedding/` pins them: those of npm by a lock file, those of PyPI by a list. The test itself builds their sites there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::run::{self, run};
use crate::{build, venv};

/// What npm reads, the lock last.
const MANIFEST: [&str; 3] = [".npmrc", "package.json", "package-lock.json"];

/// The folder that has `node_modules` and `venv`, with every generator in its pinned version.
pub fn generators() -> Outcome<PathBuf> {
    let home = build::target().join("embedding");
    let home = std::path::absolute(&home).map_err(|error| format!("{} can't be used: {error}", home.display()))?;
    fs::create_dir_all(&home).map_err(|error| format!("{} can't be made: {error}", home.display()))?;
    let folder = run::root().join("tests/embedding");
    std::thread::scope(|scope| {
        let packages = scope.spawn(|| packages(&folder, &home));
        let python = venv::with_packages(&home, &folder.join("requirements.txt"));
        python.and(packages.join().expect("an installation that fails says so"))
    })?;
    Ok(home)
}

fn packages(folder: &Path, home: &Path) -> Outcome {
    let lock = folder.join(MANIFEST[2]);
    let wanted = fs::read(&lock).map_err(|error| format!("{} can't be read: {error}", lock.display()))?;
    let stamp = home.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    for name in MANIFEST {
        fs::copy(folder.join(name), home.join(name)).map_err(|error| format!("{name} can't be copied: {error}"))?;
    }
    let npm = run::on_path("npm").ok_or("npm is missing (Debian: sudo apt-get install npm)")?;
    run(Command::new(npm).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(home))?;
    fs::write(&stamp, wanted).map_err(|error| format!("{} can't be written: {error}", stamp.display()))
}
