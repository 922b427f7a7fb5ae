//! Builds the page: cargo compiles it, Trunk gathers it, and this finishes it into its two forms.
//!
//! `index.html` with its files is for hosting, under any path; `waiting-room.html` beside it is the whole page in one file.
//! Both are finished from the same build, carry their own policy, and hold the kata as a block of data.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::Compression;

use crate::Outcome;
use crate::csp::{self, Form};
use crate::html;
use crate::kata;
use crate::run::{self, run};
use crate::single::{gzip, single};
use crate::tools::{self, WASM};
use crate::wasm;

/// The single file's name.
pub const SINGLE: &str = "waiting-room.html";

/// Builds what is published, into `dist/`, and says how large it is.
pub fn release() -> Outcome<PathBuf> {
    let dist = run::root().join("dist");
    build(&dist, true)?;
    sizes(&dist)?;
    Ok(dist)
}

/// Builds both forms of the page into `dist`.
pub fn build(dist: &Path, release: bool) -> Outcome {
    let path = tools::for_the_page()?;
    // Cargo goes first, by itself: it shows its progress and its errors best, and Trunk then finds all done.
    let mut cargo = run::cargo();
    cargo.args(["build", "--bin", "page", "--no-default-features", "--features", "page", "--target", WASM]);
    if release {
        cargo.arg("--release");
    }
    run(&mut cargo)?;
    let mut trunk = Command::new("trunk");
    trunk.args(["build", "--offline", "--dist"]).arg(dist);
    if release {
        trunk.arg("--release");
    }
    trunk.current_dir(run::root()).env("PATH", &path);
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true").env("TRUNK_LOG", "warn").env("RUST_LOG", "warn");
    // Trunk understands no other value, and many set `NO_COLOR=1`.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    run(&mut trunk)?;
    finish(dist, release)
}

/// Builds the engine alone as a wasm module, for tests and benches in a browser; returns where it is.
pub fn probe() -> Outcome<PathBuf> {
    tools::wasm_target()?;
    let mut cargo = run::cargo();
    run(cargo.args(["build", "--release", "--package", "probe", "--target", WASM]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| run::root().join("target"), PathBuf::from);
    Ok(target.join(WASM).join("release/probe.wasm"))
}

/// Builds the page's charts alone as a wasm module with its script, for their bench in a browser; returns the folder.
pub fn charts_probe() -> Outcome<PathBuf> {
    let path = tools::for_the_page()?;
    let mut cargo = run::cargo();
    run(cargo.args(["build", "--release", "--package", "charts_probe", "--target", WASM]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| run::root().join("target"), PathBuf::from);
    let folder = target.join("charts_probe");
    let mut bind = Command::new("wasm-bindgen");
    bind.args(["--target", "no-modules", "--out-dir"]).arg(&folder).env("PATH", &path);
    run(bind.arg(target.join(WASM).join("release/charts_probe.wasm")))?;
    Ok(folder)
}

/// Puts the policies in and makes the single file.
fn finish(dist: &Path, release: bool) -> Outcome {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).map_err(|error| format!("Trunk left no index.html: {error}"))?;
    let page = kata::put_in(&tidied(&page))?;
    if release {
        strip(dist)?;
    }
    let packing = if release { Compression::best() } else { Compression::fast() };
    let file = csp::with_policy(&single(&page, dist, packing)?, Form::Single)?;
    write(&dist.join(SINGLE), file)?;
    write(&index, csp::with_policy(&page, Form::Hosted)?)
}

/// Takes the names out of what is published.
fn strip(dist: &Path) -> Outcome {
    for path in files(dist)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "wasm")) {
        let wasm = fs::read(&path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
        write(&path, wasm::without_names(&wasm)?)?;
    }
    Ok(())
}

/// The files of a built page; all lie in one folder.
pub fn files(dist: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(dist).map_err(|error| format!("{} can't be read: {error}", dist.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect())
}

/// Trunk's page without what browsers and validators find fault with: tags in the manner of XML, and a file's integrity where
/// no browser checks it (icons, preloads).
fn tidied(page: &str) -> String {
    let page = page.replace("\"/>", "\">");
    let mut parts = Vec::new();
    for element in html::elements(&page) {
        let checked = !matches!(element.get("rel"), Some("icon" | "preload"));
        if let Some(integrity) = element.get("integrity").filter(|_| !checked) {
            let tag = page[element.place.clone()].replace(&format!(" integrity=\"{integrity}\""), "");
            parts.push((element.place, tag));
        }
    }
    html::replace(&page, &parts)
}

fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome {
    fs::write(path, content).map_err(|error| format!("{} can't be written: {error}", path.display()))
}

/// Prints the size of every file, as it is and as a server would pack it.
fn sizes(dist: &Path) -> Outcome {
    let mut rows = Vec::new();
    for path in files(dist)? {
        let bytes = fs::read(&path).unwrap_or_default();
        let packed = gzip(&bytes, Compression::best())?.len();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        rows.push((name, bytes.len(), packed));
    }
    rows.sort();
    println!("{:<36} {:>10} {:>10}", "dist/", "bytes", "gzip");
    for (name, raw, packed) in &rows {
        println!("{name:<36} {raw:>10} {packed:>10}");
    }
    let hosted = rows.iter().filter(|(name, ..)| name != SINGLE);
    let (raw, packed) = hosted.fold((0, 0), |(raw, packed), row| (raw + row.1, packed + row.2));
    println!("{:<36} {raw:>10} {packed:>10}", "all but the single file");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_stays_only_where_it_is_checked() {
        let page = "<link rel=\"icon\" href=\"i\" integrity=\"sha384-a\"/><link rel=\"stylesheet\" href=\"s\" integrity=\"sha384-b\"/>";
        let wanted = "<link rel=\"icon\" href=\"i\"><link rel=\"stylesheet\" href=\"s\" integrity=\"sha384-b\">";
        assert_eq!(tidied(page), wanted);
    }
}
