//! Builds the page: cargo compiles it, Trunk gathers it, and this finishes it into its two forms.
//!
//! `index.html` with its files is for hosting, under any path; `waiting-room.html` beside it is the whole page in one file.
//! Both are finished from the same build, carry their own policy, and hold the kata as a block of data.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::Compression;

use crate::Outcome;
use crate::csp::{self, Form};
use crate::html;
use crate::run::{self, run};
use crate::single::{self, is_start};
use crate::tools::{self, WASM};
use crate::{builder, first, kata, lang, licences, offline, pack, remap, scorm, scripts, styles, wasm, watch};

/// How the names of the first module and of the one that is fetched later end.
pub const FIRST: &str = "_bg.wasm";
pub const LATE: &str = "_late.wasm";
/// The single file's name.
pub const SINGLE: &str = "waiting-room.html";
/// The licences of all that is published, and the list of it for programs. Nobody's visit fetches them.
pub const LICENCES: &str = "licences.html";
pub const SBOM: &str = "sbom.cdx.json";

/// Builds what is published, into `dist/`, and says how large it is.
pub fn release() -> Outcome<PathBuf> {
    let dist = run::root().join("dist");
    Builder::new(&dist, true).build()?;
    offline::put_in(&dist)?;
    pack::all(&dist)?;
    pack::sizes(&dist)?;
    Ok(dist)
}

/// Builds both forms of the page into one folder, once or again and again.
pub struct Builder {
    dist: PathBuf,
    release: bool,
    /// Where the tools are, once they are known to be there.
    path: Option<OsString>,
    /// The look that Trunk has gathered last.
    gathered: Option<u64>,
}

impl Builder {
    pub fn new(dist: &Path, release: bool) -> Builder {
        Builder { dist: dist.to_owned(), release, path: None, gathered: None }
    }

    /// Builds all that is new since the last time.
    pub fn build(&mut self) -> Outcome {
        let path = match self.path.clone() {
            Some(path) => {
                self.compile()?;
                path
            }
            // On a fresh machine the tools take longer than the page, and neither keeps all cores busy to its end.
            None => {
                tools::wasm_target()?;
                let (compiled, path) = std::thread::scope(|scope| {
                    let path = scope.spawn(tools::for_the_page);
                    (self.compile(), path.join().expect("finding a tool does not panic"))
                });
                compiled?;
                path?
            }
        };
        self.path = Some(path.clone());
        self.gather_what_is_new(&path)?;
        finish(&self.gathering(), &self.dist, self.release)
    }

    /// Cargo goes first, by itself: it shows its progress and its errors best, and Trunk then finds all done.
    fn compile(&self) -> Outcome {
        let mut cargo = run::cargo();
        cargo.args(["build", "--bin", "page", "--no-default-features", "--features", "page", "--target", WASM]);
        if self.release {
            cargo.arg("--release").envs([remap::flags()?]);
        }
        run(&mut cargo)
    }

    fn gather_what_is_new(&mut self, path: &OsString) -> Outcome {
        let look = watch::look();
        // A build for hosting is never pieced together; another one is, because somebody waits for it.
        if self.release || self.gathered != Some(look) {
            self.gathered = None;
            self.gather(path)?;
            self.gathered = Some(look);
            return Ok(());
        }
        let (folder, wasm) = (self.gathering(), target().join(WASM).join("debug/page.wasm"));
        bind(path, &wasm, "web", &folder, &stem(&folder)?)
    }

    /// Where Trunk leaves what it gathers.
    fn gathering(&self) -> PathBuf {
        target().join("trunk").join(if self.release { "release" } else { "debug" })
    }

    fn gather(&self, path: &OsString) -> Outcome {
        let mut trunk = Command::new("trunk");
        trunk.args(["build", "--offline", "--dist"]).arg(self.gathering());
        if self.release {
            trunk.arg("--release").envs([remap::flags()?]);
        }
        trunk.current_dir(run::root()).env("PATH", path);
        trunk.env("TRUNK_SKIP_VERSION_CHECK", "true").env("TRUNK_LOG", "warn").env("RUST_LOG", "warn");
        // Trunk understands no other value, and many set `NO_COLOR=1`.
        if std::env::var_os("NO_COLOR").is_some() {
            trunk.env("NO_COLOR", "true");
        }
        run(&mut trunk)
    }
}

/// The name that Trunk has given to script and wasm.
fn stem(gathering: &Path) -> Outcome<String> {
    let page = page(gathering)?;
    let start = html::elements(&page).into_iter().find(is_start).ok_or("Trunk's page has no start script")?;
    single::stem(start.body).map(str::to_owned)
}

fn page(gathering: &Path) -> Outcome<String> {
    fs::read_to_string(gathering.join("index.html")).map_err(|error| format!("Trunk left no index.html: {error}"))
}

/// Writes the script of a wasm module, and the module as it is used with it, into a folder.
fn bind(path: &OsString, wasm: &Path, target: &str, folder: &Path, name: &str) -> Outcome {
    let mut bind = Command::new("wasm-bindgen");
    bind.args(["--no-typescript", "--target", target, "--out-name", name, "--out-dir"]).arg(folder);
    run(bind.arg(wasm).env("PATH", path))
}

/// Cargo's own folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| run::root().join("target"), PathBuf::from)
}

/// Builds the engine alone as a wasm module, for tests and benches in a browser; returns where it is.
pub fn probe() -> Outcome<PathBuf> {
    tools::wasm_target()?;
    let mut cargo = run::cargo();
    run(cargo.args(["build", "--release", "--package", "probe", "--target", WASM]))?;
    Ok(target().join(WASM).join("release/probe.wasm"))
}

/// Builds the page's charts alone as a wasm module with its script, for their bench in a browser; returns the folder.
pub fn charts_probe() -> Outcome<PathBuf> {
    let path = tools::for_the_page()?;
    let mut cargo = run::cargo();
    run(cargo.args(["build", "--release", "--package", "charts_probe", "--target", WASM]))?;
    let folder = target().join("charts_probe");
    bind(&path, &target().join(WASM).join("release/charts_probe.wasm"), "no-modules", &folder, "charts_probe")?;
    Ok(folder)
}

/// Makes both forms of the page, in a new folder, out of what Trunk has gathered: what is seen first is put in, and the policies.
fn finish(gathering: &Path, dist: &Path, release: bool) -> Outcome {
    // Nothing of an earlier build stays.
    if dist.exists() {
        fs::remove_dir_all(dist).map_err(|error| format!("{} can't be emptied: {error}", dist.display()))?;
    }
    fs::create_dir_all(dist).map_err(|error| format!("{} can't be made: {error}", dist.display()))?;
    for path in files(gathering)? {
        let to = dist.join(path.file_name().unwrap_or_default());
        fs::copy(&path, &to).map_err(|error| format!("{} can't be written: {error}", to.display()))?;
    }
    part(dist, release)?;
    let page = tidied(&page(gathering)?, release);
    let page = styles::bundled(&page, dist, release)?;
    let page = first::with_picture(&page, &run::kata())?;
    let page = if release { scripts::slimmed(&page) } else { page };
    let packing = if release { Compression::best() } else { Compression::fast() };
    let papers = licences::papers()?;
    write(&dist.join(LICENCES), &papers.licences)?;
    write(&dist.join(SBOM), &papers.sbom)?;
    let alone = lang::put_in(&kata::put_in(&page, Form::Single, dist)?, Form::Single, dist)?;
    let alone = first::with_frame(&alone, release)?;
    write(&dist.join(SINGLE), csp::with_policy(&single::single(&alone, dist, packing, &papers.text)?, Form::Single)?)?;
    if release {
        let alone = lang::put_in(&kata::put_in_package(&page, &[("host", "scorm")])?, Form::Single, dist)?;
        let alone = first::with_frame(&alone, release)?;
        let alone = single::single(&alone, dist, packing, &papers.text)?;
        scorm::package(&csp::with_policy(&alone, Form::Single)?, dist)?;
    }
    builder::publish(dist)?;
    let hosted = lang::put_in(&kata::put_in(&page, Form::Hosted, dist)?, Form::Hosted, dist)?;
    write(&dist.join("index.html"), csp::with_policy(&single::counted(&hosted, dist)?, Form::Hosted)?)
}

/// Makes two files of a module that holds a second one, and takes the names out of what is published.
fn part(dist: &Path, release: bool) -> Outcome {
    for path in files(dist)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "wasm")) {
        let wasm = fs::read(&path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
        let (first, late) = wasm::parted(&wasm, !release)?;
        if let Some(late) = late {
            let name = path.file_name().unwrap_or_default().to_string_lossy().replace(FIRST, LATE);
            write(&dist.join(name), late)?;
        }
        write(&path, first)?;
    }
    Ok(())
}

/// The files of a built page; all lie in one folder.
pub fn files(dist: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(dist).map_err(|error| format!("{} can't be read: {error}", dist.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect())
}

/// Trunk's page without what browsers and validators find fault with: tags in the manner of XML, and a file's integrity where
/// no browser checks it (icons, preloads). Without `integrity` it goes everywhere: files may be made anew under their name.
fn tidied(page: &str, integrity: bool) -> String {
    let page = page.replace("\"/>", "\">");
    let mut parts = Vec::new();
    for element in html::elements(&page) {
        let checked = integrity && !matches!(element.get("rel"), Some("icon" | "preload"));
        if let Some(integrity) = element.get("integrity").filter(|_| !checked) {
            let tag = page[element.place.clone()].replace(&format!(" integrity=\"{integrity}\""), "");
            parts.push((element.place, tag));
        }
    }
    html::replace(&page, &parts)
}

pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome {
    fs::write(path, content).map_err(|error| format!("{} can't be written: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_stays_only_where_it_is_checked() {
        let page = "<link rel=\"icon\" href=\"i\" integrity=\"sha384-a\"/><link rel=\"stylesheet\" href=\"s\" integrity=\"sha384-b\"/>";
        let wanted = "<link rel=\"icon\" href=\"i\"><link rel=\"stylesheet\" href=\"s\" integrity=\"sha384-b\">";
        assert_eq!(tidied(page, true), wanted);
        assert!(!tidied(page, false).contains("integrity"));
    }
}
