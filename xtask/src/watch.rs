//! Tells when the page's sources have changed: their names, lengths and times of change, looked at twice a second.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::time::Duration;

use crate::run;

/// What the page is made of.
const SOURCES: [&str; 6] = ["src", "static", "index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"];

/// A number that differs when any source does.
pub fn signature() -> u64 {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        add(&run::root().join(source), &mut hasher);
    }
    add(&run::kata(), &mut hasher);
    hasher.finish()
}

/// Waits for a change, and then until nothing has changed for a moment (an editor may write several files).
pub fn wait_for_change(known: u64) -> u64 {
    let mut last = known;
    loop {
        std::thread::sleep(Duration::from_millis(500));
        let now = signature();
        if now == last && now != known {
            return now;
        }
        last = now;
    }
}

fn add(path: &Path, hasher: &mut DefaultHasher) {
    let Ok(about) = fs::metadata(path) else {
        return;
    };
    if about.is_dir() {
        let mut inside: Vec<_> = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        inside.sort();
        for path in inside {
            add(&path, hasher);
        }
    } else {
        path.hash(hasher);
        about.len().hash(hasher);
        about.modified().ok().hash(hasher);
    }
}
