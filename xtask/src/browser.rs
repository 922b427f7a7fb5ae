//! What the browser tests need: a Chromium, Firefox and WebKitGTK, nginx, Node with npm, and the packages of `tests/browser`.
//!
//! Each is looked for first. Browsers and nginx are installed where we may do so (root on Debian or Ubuntu); Node is only asked for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{self, run};
use crate::{Outcome, apt, build};

const NODE: u32 = 20;

/// A Chromium that answers: `CHROME`, or what is on PATH, or in its usual place, or newly installed.
pub fn chromium() -> Outcome<PathBuf> {
    if let Some(path) = std::env::var_os("CHROME").filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        return if answers(&path) {
            Ok(path)
        } else {
            Err(format!("CHROME names {}, which isn't a browser", path.display()))
        };
    }
    if let Some(path) = find_chromium() {
        return Ok(path);
    }
    if apt::may_install() {
        apt::install("Chromium", &["chromium", "fonts-dejavu-core"])?;
    }
    find_chromium().ok_or(
        "the browser tests need Chromium: install it (Debian: sudo apt-get install chromium) or name one in CHROME"
            .to_owned(),
    )
}

/// The Chromium of the tests: the one without a window, which takes a quarter less of the processors' time, where there is one or it can be
/// installed; any other one elsewhere. `CHROME` names another.
pub fn chromium_of_tests() -> Outcome<PathBuf> {
    const SHELL: &str = "chromium-headless-shell";
    if std::env::var_os("CHROME").is_some_and(|path| !path.is_empty()) {
        return chromium();
    }
    if run::on_path(SHELL).is_none()
        && apt::may_install()
        && let Err(error) = apt::install(SHELL, &[SHELL, "fonts-dejavu-core"])
    {
        eprintln!("{error}: the tests take the usual Chromium.");
    }
    run::on_path(SHELL).filter(|path| answers(path)).map_or_else(chromium, Ok)
}

/// The nginx under which the page is tried, with its module for files that lie packed: `NGINX`, what is on PATH or in its usual place, or newly
/// installed.
pub fn nginx() -> Outcome<PathBuf> {
    const PACKAGES: [&str; 2] = ["nginx-core", "libnginx-mod-http-brotli-static"];
    let named = || std::env::var_os("NGINX").filter(|path| !path.is_empty()).map(PathBuf::from);
    let usual = || Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.is_file());
    let found = || named().or_else(|| run::on_path("nginx")).or_else(usual).filter(|path| packs(path));
    if let Some(path) = found() {
        return Ok(path);
    }
    if apt::may_install() {
        apt::install("nginx with its brotli module", &PACKAGES)?;
    }
    let advice = PACKAGES.join(" ");
    found().ok_or_else(|| {
        format!("the browser tests need nginx with its brotli module: install both (Debian: sudo apt-get install {advice}) or name one in NGINX")
    })
}

/// Whether this nginx can send what lies packed with brotli.
fn packs(nginx: &Path) -> bool {
    let output = Command::new(nginx).arg("-V").output();
    let said = output.map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stderr).into_owned());
    let folder = said.split_whitespace().find_map(|word| word.strip_prefix("--modules-path="));
    folder.is_some_and(|folder| Path::new(folder).join("ngx_http_brotli_static_module.so").is_file())
}

/// The other two engines that the page is tried in, as the variables that the tests know them by. A variable that is set already stays.
pub fn engines() -> Outcome<Vec<(&'static str, PathBuf)>> {
    const PROGRAMS: [(&str, &str, &str); 3] = [
        ("FIREFOX", "firefox-esr", "firefox-esr"),
        ("WEBKIT_DRIVER", "WebKitWebDriver", "webkit2gtk-driver"),
        // WebKitGTK's browser opens a window, so it is given a screen.
        ("XVFB", "Xvfb", "xvfb"),
    ];
    let is_named = |variable: &str| std::env::var_os(variable).is_some_and(|name| !name.is_empty());
    let wanted: Vec<_> = PROGRAMS.into_iter().filter(|(variable, ..)| !is_named(variable)).collect();
    let missing: Vec<_> =
        wanted.iter().filter(|(_, program, _)| run::on_path(program).is_none()).map(|one| one.2).collect();
    if !missing.is_empty() && apt::may_install() {
        apt::install(&missing.join(" and "), &missing)?;
    }
    let found = |(variable, program, package): (_, &str, _)| match run::on_path(program) {
        Some(path) => Ok((variable, path)),
        None => Err(format!(
            "the browser tests need {program}: install it (Debian: sudo apt-get install {package}) or name it in {variable}"
        )),
    };
    wanted.into_iter().map(found).collect()
}

fn find_chromium() -> Option<PathBuf> {
    const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    const PLACES: [&str; 2] = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];
    let named = NAMES.iter().filter_map(|name| run::on_path(name));
    named.chain(PLACES.iter().map(PathBuf::from)).find(|path| path.is_file() && answers(path))
}

fn answers(path: &Path) -> bool {
    run::capture(Command::new(path).arg("--version")).is_ok_and(|said| said.contains("Chrom"))
}

/// Node, new enough for its own test runner as we use it.
pub fn node() -> Outcome<Command> {
    let advice =
        format!("the browser tests need Node {NODE} or newer with npm (Debian: sudo apt-get install nodejs npm)");
    let said = run::capture(Command::new("node").arg("--version")).map_err(|_| advice.clone())?;
    let major = said.trim().trim_start_matches('v').split('.').next().and_then(|text| text.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        return Err(format!("{advice}; this one is {}", said.trim()));
    }
    let mut command = Command::new("node");
    command.current_dir(run::root().join("tests/browser"));
    Ok(command)
}

/// Installs the packages of `tests/browser`, unless those of the present lock file are there.
pub fn packages() -> Outcome {
    node()?;
    let folder = run::root().join("tests/browser");
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("tests/browser has no lock file: {error}"))?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let npm = run::on_path("npm").ok_or("npm is missing (Debian: sudo apt-get install npm)")?;
    run(Command::new(npm).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder))?;
    fs::write(&stamp, lock).map_err(|error| format!("{} can't be written: {error}", stamp.display()))
}

/// Builds the page and takes its pictures; without names, all of them.
pub fn shots(names: &[String]) -> Outcome {
    let chromium = chromium()?;
    packages()?;
    let dist = build::release()?;
    let out = build::target().join("shots");
    let mut node = node()?;
    node.arg("shots/run.mjs").args(names).env("CHROME", chromium).env("DIST", dist).env("OUT", &out);
    run(&mut node)?;
    println!("{}", out.display());
    Ok(())
}
