//! Compiles a kata's folder in: `static/katas/waiting-room`, or the one that `WAITING_ROOM_KATA` names, as a folder under `static/katas/` or by
//! its path.
//!
//! It only gathers the files; whether they make a kata is for `src/kata/folder.rs` to say, which a test, the page and `kata author` ask.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Names the kata; also what `cargo xtask serve --kata` sets.
const VARIABLE: &str = "WAITING_ROOM_KATA";
const DEFAULT: &str = "waiting-room";

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the project is"));
    let wanted = env::var(VARIABLE).ok().filter(|name| !name.is_empty()).unwrap_or_else(|| DEFAULT.to_owned());
    let beside = root.join("static/katas").join(&wanted);
    let folder = if beside.is_dir() { beside } else { root.join(&wanted) };
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    if !folder.is_dir() {
        println!("cargo::error={VARIABLE}: there is no folder {wanted}, here or in static/katas");
        return;
    }
    let mut files = Vec::new();
    gather(&folder, "", &mut files);
    files.sort();
    let entry = |(name, path): &(String, PathBuf)| format!("    ({name:?}, include_str!({path:?})),\n");
    let list: String = files.iter().map(entry).collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where to write")).join("kata_files.rs");
    fs::write(&out, format!("&[\n{list}]\n"))
        .unwrap_or_else(|error| panic!("{} can't be written: {error}", out.display()));
}

/// All files below `folder`, by their path within the kata, with `/` on every system.
fn gather(folder: &Path, within: &str, files: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            gather(&path, &format!("{within}{name}/"), files);
        } else if name.ends_with(".json") {
            files.push((format!("{within}{name}"), path));
        }
    }
}
