//! Tells when the page's sources have changed: their names, lengths and times of change, looked at several times a second.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::time::Duration;

use crate::run;

/// What the page is made of beside its looks.
const CODE: [&str; 5] = ["src", "engine", "view", "Cargo.toml", "Cargo.lock"];
/// What Trunk gathers.
const LOOKS: [&str; 4] = ["static", "index.html", "Trunk.toml", "docs/reference.md"];

/// How often is looked for a change.
const LOOK: Duration = Duration::from_millis(150);

/// A number that differs when any source does.
pub fn signature() -> u64 {
    let mut hasher = DefaultHasher::new();
    look().hash(&mut hasher);
    for source in CODE {
        add(&run::root().join(source), &mut hasher);
    }
    hasher.finish()
}

/// A number that differs when anything does that Trunk gathers.
pub fn look() -> u64 {
    let mut hasher = DefaultHasher::new();
    for source in LOOKS {
        add(&run::root().join(source), &mut hasher);
    }
    add(&run::kata(), &mut hasher);
    hasher.finish()
}

/// Waits for a change, and then until nothing has changed for a moment (an editor may write several files).
pub fn wait_for_change(known: u64) -> u64 {
    let mut last = known;
    loop {
        std::thread::sleep(LOOK);
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
