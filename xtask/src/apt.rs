//! Installing programs by Debian's packages, where we may: as root, on Debian or Ubuntu. No service that comes along with one is started.

use std::fs;
use std::path::Path;
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
    let _policy = Policy::no_services();
    run(apt_get().args(["install", "-y", "--no-install-recommends"]).args(packages))
}

/// Debian asks this program whether a newly installed service may start; none of ours is to listen on a network.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// While it lives no service is started. A policy that the machine has already stays as it is.
struct Policy {
    is_ours: bool,
}

impl Policy {
    fn no_services() -> Policy {
        let is_ours = !Path::new(POLICY).exists() && fs::write(POLICY, "#!/bin/sh\nexit 101\n").is_ok();
        if is_ours {
            // Without the right to run it Debian takes it for none.
            let _ = run::capture(Command::new("chmod").args(["755", POLICY]));
        }
        Policy { is_ours }
    }
}

impl Drop for Policy {
    fn drop(&mut self) {
        if self.is_ours {
            let _ = fs::remove_file(POLICY);
        }
    }
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
