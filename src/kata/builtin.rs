//! The kata that is compiled in: the files of `static/katas/waiting-room/`, or of the folder that the build was told to take.
//!
//! The files are data that a teacher may change. A folder that can't be read is a programmer's mistake and panics with all its faults; a test
//! reads it first.

use std::sync::OnceLock;

use super::folder::{DesignFile, Folder};
use super::{Brief, Scenario};
use crate::design::Design;

/// Every file of the kata, by its path below its folder.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/kata_files.rs"));

/// Everything the kata consists of.
pub fn kata() -> &'static Folder {
    static KATA: OnceLock<Folder> = OnceLock::new();
    KATA.get_or_init(|| {
        Folder::read(FILES).unwrap_or_else(|faults| panic!("the kata can't be read:\n{}", faults.join("\n")))
    })
}

pub fn brief() -> &'static Brief {
    &kata().brief
}

/// The scenarios, in the order in which they are offered.
pub fn scenarios() -> &'static [Scenario] {
    &kata().scenarios
}

pub fn scenario(id: &str) -> Option<&'static Scenario> {
    scenarios().iter().find(|s| s.id == id)
}

/// A scenario's file as it was written.
pub fn scenario_file(id: &str) -> Option<&'static str> {
    let path = format!("scenarios/{id}.json");
    FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// The designs that come with the kata; the first is the one a learner starts with.
pub fn designs() -> &'static [DesignFile] {
    &kata().designs
}

pub fn design(id: &str) -> Option<&'static DesignFile> {
    designs().iter().find(|d| d.id == id)
}

/// The design with which a learner starts.
pub fn starting_design() -> Design {
    kata().designs[0].design()
}
