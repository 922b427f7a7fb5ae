//! What the published page needs to open without its server: the service worker with the list of files and the build's hash, and the manifest.
//!
//! The hash is of all that is published for the hosted page, so that another build is another worker. It stands in the page too, and in the
//! name of the script that registers the worker: the page asks for that script once it is whole, so a first visit waits for none of this.
//! What is kept bears its own hash in its name, but for the licences, which the page's help leads to; all else (the single file, the link builder)
//! is fetched when it is wanted.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::build::{LICENCES, files, write};
use crate::first::picture;
use crate::html;
use crate::{Outcome, run};

const WORKER: &str = include_str!("../../static/sw.js");
/// What takes a worker back; `cargo xtask serve` answers with it, so that no copy of an older page stands in the way.
pub const OFF: &str = include_str!("../../static/sw-off.js");
const SCRIPT: &str = include_str!("../../static/offline.js");
const MASKABLE: &str = include_str!("../../static/icon-maskable.svg");
/// The start of the name of an icon with its hash.
const ICON: &str = "icon-";

/// Letters of a hash in a file's name, at least.
const HASH: usize = 8;

/// Finishes a hosted page that is whole but for this.
pub fn put_in(dist: &Path) -> Outcome {
    let mut kept = Vec::new();
    let mut all = Sha256::new();
    let index = read(dist, "index.html")?;
    for part in [&index[..], WORKER.as_bytes(), SCRIPT.as_bytes()] {
        all.update(Sha256::digest(part));
    }
    for name in names(dist)?.into_iter().filter(|name| bears_its_hash(name) || name == LICENCES) {
        let digest = format!("{:x}", Sha256::digest(read(dist, &name)?));
        all.update(format!("{name} {digest}\n"));
        kept.push((name, digest));
    }
    let build = format!("{:x}", all.finalize())[..16].to_owned();
    let script = format!("offline-{build}.js");
    write(&dist.join(&script), SCRIPT)?;
    kept.push((script, format!("{:x}", Sha256::digest(SCRIPT))));
    kept.sort();

    let index = String::from_utf8(index).map_err(|_| "index.html isn't UTF-8")?;
    let page = index.replacen("<html ", &format!("<html data-build=\"{build}\" "), 1);
    write(&dist.join("index.html"), page)?;
    let list: serde_json::Map<_, _> =
        kept.iter().map(|(name, digest)| (name.clone(), digest.as_str().into())).collect();
    let worker = WORKER.replace("{build}", &build).replace("{files}", &serde_json::Value::from(list).to_string());
    write(&dist.join("sw.js"), worker)?;
    write(&dist.join("sw-off.js"), OFF)?;
    write(&dist.join("icon-maskable.svg"), MASKABLE)?;
    write(&dist.join("manifest.webmanifest"), manifest(&index, &kept)?)
}

/// What an installed page is called, and how it looks among others.
fn manifest(index: &str, kept: &[(String, String)]) -> Outcome<String> {
    let kata = run::kata();
    let title = picture::entry(&|name| {
        let text = fs::read_to_string(kata.join(name)).map_err(|error| format!("{name} can't be read: {error}"))?;
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| format!("{name} is no JSON: {error}"))
    })?["title"]
        .take();
    let elements = html::elements(index);
    let about = elements.iter().find(|element| element.get("name") == Some("description"));
    let (own, _) = kept.iter().find(|(name, _)| name.starts_with(ICON)).ok_or("dist has no icon for the manifest")?;
    let icon = |src: &str, purpose: &str| serde_json::json!({ "src": src, "sizes": "any", "type": "image/svg+xml", "purpose": purpose });
    let manifest = serde_json::json!({
        "name": title, "short_name": title, "description": about.and_then(|about| about.get("content")),
        "start_url": "./", "scope": "./", "display": "standalone", "lang": "en-GB",
        "background_color": "#ffffff", "theme_color": "#0b6b66",
        "icons": [icon(own, "any"), icon("icon-maskable.svg", "maskable")],
    });
    Ok(manifest.to_string())
}

fn names(dist: &Path) -> Outcome<Vec<String>> {
    let name = |path: std::path::PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut names: Vec<String> = files(dist)?.into_iter().filter_map(name).collect();
    names.sort();
    Ok(names)
}

/// Whether a file is another one under another name whenever it is another one: `page-90fd2c92b21f7e4b_bg.wasm`.
fn bears_its_hash(name: &str) -> bool {
    let hash = |part: &str| {
        let digits = part.find(|letter: char| !letter.is_ascii_hexdigit()).unwrap_or(part.len());
        digits >= HASH && part[digits..].starts_with(['.', '_'])
    };
    name.rsplit_once('-').is_some_and(|(_, part)| hash(part))
}

fn read(dist: &Path, name: &str) -> Outcome<Vec<u8>> {
    fs::read(dist.join(name)).map_err(|error| format!("dist/{name} can't be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_bears_its_hash_is_kept() {
        for name in
            ["page-90fd2c92b21f7e4b_bg.wasm", "kata-evening-rush-2c939778.json", "inter-regular-5fc662384754c43c.woff2"]
        {
            assert!(bears_its_hash(name), "{name}");
        }
        for name in [
            "index.html",
            "waiting-room.html",
            "Inter-OFL.txt",
            "waiting-room-scorm12.zip",
            "icon-maskable.svg",
            "sw-off.js",
        ] {
            assert!(!bears_its_hash(name), "{name}");
        }
    }
}
