//! Running other programs, and the folders of the project.
//!
//! A program's own output goes straight through: nothing a compiler or a test runner says is swallowed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::Outcome;

/// The project's root folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the project")
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// The folder chosen.
static CHOSEN: OnceLock<PathBuf> = OnceLock::new();

/// From now on every page has this kata: a folder under `static/katas/`, or any by its path.
pub fn choose_kata(wanted: Option<&str>) -> Outcome {
    let Some(wanted) = wanted else { return Ok(()) };
    let beside = root().join("static/katas").join(wanted);
    let folder = if beside.is_dir() { beside } else { PathBuf::from(wanted) };
    let folder = folder.canonicalize().ok().filter(|folder| folder.is_dir());
    let folder = folder.ok_or_else(|| format!("there is no folder `{wanted}`, here or in static/katas"))?;
    CHOSEN.set(folder).expect("a kata is chosen once");
    Ok(())
}

/// The folder of the kata that was chosen; the waiting room where none was.
pub fn kata() -> PathBuf {
    CHOSEN.get().cloned().unwrap_or_else(|| root().join("static/katas/waiting-room"))
}

/// Whether the page is made for one kata.
pub fn kata_was_chosen() -> bool {
    CHOSEN.get().is_some()
}

/// Runs a program to its end, its output going to the terminal.
pub fn run(command: &mut Command) -> Outcome {
    let name = shown(command);
    eprintln!("> {name}");
    let status = command.status().map_err(|error| format!("`{name}` did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` failed ({status})")) }
}

/// Runs a program quietly and gives back what it wrote to its standard output.
pub fn capture(command: &mut Command) -> Outcome<String> {
    let name = shown(command);
    let output = command.output().map_err(|error| format!("`{name}` did not start: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{name}` failed ({}): {}", output.status, said.trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first program of that name on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_stem().unwrap_or(program.as_os_str()).to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}
