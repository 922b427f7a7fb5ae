//! The tools that build the page: the wasm target, Trunk and wasm-bindgen; and cargo-deny, which looks at what it is built from; each in the one
//! version the project is pinned to.
//!
//! A tool of the right version on PATH is used as it is. Trunk and cargo-deny are else built from the registry, once, into a folder of this
//! user (`WAITING_ROOM_TOOLS`, or `waiting-room/tools` in the user's cache folder); an interrupted build is taken up again.
//! wasm-bindgen is a package of this project, which also splits the module; of the published program only its library is compiled, a third
//! of the time. It goes before any other of that name.
//! Trunk would download one of its own, so it always runs with ours on PATH.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::Outcome;
use crate::build;
use crate::run::{self, run};

pub const WASM: &str = "wasm32-unknown-unknown";

struct Tool {
    /// The program's name, which is also its package's, and how it announces itself: `name version`.
    name: &'static str,
    version: &'static str,
}

const TRUNK: Tool = Tool { name: "trunk", version: "0.21.14" };
const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };

/// What the build of a tool does without: it halves the time that people wait for it.
const LEAN: [(&str, &str); 3] = [
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false"),
    ("CARGO_PROFILE_DEV_OVERFLOW_CHECKS", "false"),
];

/// Makes sure that all is there to build the page; gives back the PATH under which Trunk has to run.
pub fn for_the_page() -> Outcome<OsString> {
    wasm_target()?;
    let mut folders = Vec::new();
    folders.extend(TRUNK.find_or_install()?);
    run(run::cargo().args(["build", "--quiet", "--package", "bindgen"]))?;
    folders.insert(0, build::target().join("debug"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    std::env::join_paths(folders).map_err(|error| format!("PATH can't be used: {error}"))
}

/// Whether the licences and the sources of all packages are allowed, as `deny.toml` says.
pub fn deny() -> Outcome {
    let program = DENY.find_or_install()?.map_or_else(|| PathBuf::from(DENY.name), |folder| folder.join(DENY.name));
    run(Command::new(program).args(["--locked", "check", "bans", "licenses", "sources"]).current_dir(run::root()))
}

pub fn wasm_target() -> Outcome {
    let sysroot = run::capture(Command::new("rustc").args(["--print", "sysroot"]).current_dir(run::root()))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    if run::on_path("rustup").is_none() {
        return Err(format!("the compiler lacks the target {WASM}; install it, or use rustup, which does"));
    }
    run(Command::new("rustup").args(["target", "add", WASM]).current_dir(run::root()))
}

impl Tool {
    /// The folder to put first on PATH, or none if the right version is on PATH already.
    fn find_or_install(&self) -> Outcome<Option<PathBuf>> {
        if self.is_right(Path::new(self.name)) {
            return Ok(None);
        }
        let home = folder()?.join(format!("{}-{}", self.name, self.version));
        let program = home.join("bin").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        if !self.is_right(&program) {
            self.install(&home)?;
            if !self.is_right(&program) {
                return Err(format!("{} was installed but does not answer as {}", self.name, self.version));
            }
        }
        Ok(Some(home.join("bin")))
    }

    fn is_right(&self, program: &Path) -> bool {
        let answer = run::capture(Command::new(program).arg("--version")).unwrap_or_default();
        answer.split_whitespace().nth(1) == Some(self.version)
    }

    /// Builds the tool without optimisation: it runs for a moment, and compiling it is what people wait for.
    fn install(&self, home: &Path) -> Outcome {
        eprintln!(
            "{} {} isn't here yet: building it once, into {}. That takes a minute or three on two cores.",
            self.name,
            self.version,
            home.display()
        );
        let started = Instant::now();
        let build = folder()?.join("build");
        std::fs::create_dir_all(home).map_err(|error| format!("{} can't be made: {error}", home.display()))?;
        let mut command = run::cargo();
        command.args(["install", self.name, "--version", self.version, "--force", "--locked"]);
        command.args(["--debug", "--no-default-features"]);
        // Away from the project, so that its settings don't apply to the tool.
        command.arg("--root").arg(home).arg("--target-dir").arg(&build).current_dir(home);
        command.envs(LEAN).env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        run(&mut command).map_err(|error| {
            format!("{error}. Install it by hand: cargo install {} --version {} --locked", self.name, self.version)
        })?;
        eprintln!("{} is there after {} s.", self.name, started.elapsed().as_secs());
        // Only the programs are needed from now on; a folder that stays does no harm.
        let _ = std::fs::remove_dir_all(&build);
        Ok(())
    }
}

/// Where this project's tools are kept for this user.
fn folder() -> Outcome<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = variable("WAITING_ROOM_TOOLS") {
        return std::path::absolute(&folder).map_err(|error| format!("WAITING_ROOM_TOOLS can't be used: {error}"));
    }
    variable("XDG_CACHE_HOME")
        .or_else(|| variable("LOCALAPPDATA"))
        .or_else(|| variable("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("waiting-room").join("tools"))
        .ok_or("no folder for tools: set WAITING_ROOM_TOOLS to one".to_owned())
}
