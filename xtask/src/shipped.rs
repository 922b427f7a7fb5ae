//! What the published page is made of: the packages in its module, as cargo resolves them for it, and what else lies in `dist`.
//!
//! Macros and build scripts run while the page is built and are not in it. The standard library is: its packages are the compiler's, and stand
//! here by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::Outcome;
use crate::run::{self, capture};
use crate::tools::WASM;

/// A package in the page.
pub struct Package {
    pub name: String,
    pub version: String,
    /// The expression that it states.
    pub licence: String,
    /// Its source; what the compiler brings along has none here.
    pub folder: Option<PathBuf>,
    /// SHA-256 of what was downloaded, in hexadecimal; none for our own.
    pub checksum: Option<String>,
    pub repository: Option<String>,
    /// The packages that it uses, as `name version`.
    pub uses: BTreeSet<String>,
}

impl Package {
    /// `name version`, which no other package has.
    pub fn key(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// Written here, in this project.
    pub fn is_ours(&self) -> bool {
        self.checksum.is_none() && self.folder.is_some()
    }
}

/// The page's own package.
pub const ROOT: &str = "waiting-room";
/// How the page's package is compiled.
const PAGE: [&str; 4] = ["--no-default-features", "--features", "page", "--locked"];
/// What of the standard library ends in a module, with its licence; the version is the compiler's.
const STANDARD: [(&str, &str); 2] = [
    ("compiler_builtins", "MIT AND Apache-2.0 WITH LLVM-exception AND (MIT OR Apache-2.0)"),
    ("std", "MIT OR Apache-2.0"),
];

/// All packages in the page, by name and version.
pub fn packages() -> Outcome<Vec<Package>> {
    let names = in_the_module()?;
    let mut about = run::cargo();
    about.args(["metadata", "--format-version", "1", "--filter-platform", WASM]).args(PAGE);
    let about: Value =
        serde_json::from_str(&capture(&mut about)?).map_err(|error| format!("cargo metadata: {error}"))?;
    let checksums = checksums()?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let ids: BTreeMap<String, Value> =
        list(&about["packages"]).into_iter().filter_map(|package| Some((text(&package["id"])?, package))).collect();
    let key = |id: &Value| {
        let package = ids.get(id.as_str()?)?;
        Some(format!("{} {}", package["name"].as_str()?, package["version"].as_str()?))
            .filter(|key| names.contains(key))
    };
    let mut found = Vec::new();
    for node in list(&about["resolve"]["nodes"]) {
        let Some(this) = key(&node["id"]) else { continue };
        let package = &ids[node["id"].as_str().unwrap_or_default()];
        let is_used = |one: &&Value| list(&one["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
        let uses = list(&node["deps"]).iter().filter(is_used).filter_map(|one| key(&one["pkg"])).collect();
        let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap_or_default());
        found.push(Package {
            name: text(&package["name"]).unwrap_or_default(),
            version: text(&package["version"]).unwrap_or_default(),
            licence: text(&package["license"]).ok_or_else(|| format!("{this} states no licence"))?,
            folder: manifest.parent().map(PathBuf::from),
            checksum: checksums.get(&this).cloned(),
            repository: text(&package["repository"]),
            uses,
        });
    }
    if found.len() != names.len() {
        return Err(format!("cargo knows {} packages of the page's {}", found.len(), names.len()));
    }
    found.extend(standard()?);
    found.sort_by_key(Package::key);
    Ok(found)
}

/// The packages whose code is in the page's module, as `name version`.
fn in_the_module() -> Outcome<BTreeSet<String>> {
    let mut tree = run::cargo();
    tree.args(["tree", "--package", ROOT, "--target", WASM, "--edges", "normal,no-proc-macro", "--prefix", "none"]);
    let told = capture(tree.args(["--format", "{p}"]).args(PAGE))?;
    let key = |line: &str| {
        let mut words = line.split_whitespace();
        Some(format!("{} {}", words.next()?, words.next()?.trim_start_matches('v')))
    };
    Ok(told.lines().filter_map(key).collect())
}

/// What the lock file says that each package was when it was downloaded.
fn checksums() -> Outcome<BTreeMap<String, String>> {
    let lock =
        std::fs::read_to_string(run::root().join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
    let field = |block: &str, name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    let packages = lock.split("[[package]]").filter_map(|block| {
        Some((format!("{} {}", field(block, "name")?, field(block, "version")?), field(block, "checksum")?))
    });
    Ok(packages.collect())
}

fn standard() -> Outcome<Vec<Package>> {
    let version = capture(std::process::Command::new("rustc").arg("--version").current_dir(run::root()))?;
    let version = version.split_whitespace().nth(1).unwrap_or_default().to_owned();
    let package = |(name, licence): (&str, &str)| Package {
        name: name.to_owned(),
        version: version.clone(),
        licence: licence.to_owned(),
        folder: None,
        checksum: None,
        repository: Some("https://github.com/rust-lang/rust".to_owned()),
        uses: BTreeSet::new(),
    };
    Ok(STANDARD.into_iter().map(package).collect())
}
