//! Installing programs by Debian's packages, where we may: as root, on Debian or Ubuntu.

use std::process::Command;

use crate::Outcome;
use crate::run::{self, run};

/// Whether programs may be installed.
pub fn may_install() -> bool {
    run::on_path("apt-get").is_some() && run::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs packages; `what` names them to the person who waits.
pub fn install(what: &str, packages: &[&str]) -> Outcome {
    eprintln!("No {what} here yet: installing it once.");
    run(apt_get().arg("update"))?;
    run(apt_get().args(["install", "-y", "--no-install-recommends"]).args(packages))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
