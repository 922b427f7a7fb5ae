//! Which files a command is about: those that were named, the designs in folders, or a list of them on standard input.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::input::Inputs;
use super::output::{self, Stop};

/// Names of files that a message shows.
const NAMED: usize = 3;

/// What a name stands for.
pub enum Found {
    /// A file, or the id of a design of the kata.
    File(String),
    /// No file that may be read, and why.
    Refused(String, String),
}

/// All that was given: files, folders, ids of the kata's designs, or a list of these on standard input. What is passed over is told.
pub fn listed(given: &[String], inputs: &mut Inputs) -> Result<Vec<Found>, Stop> {
    let mut names = Vec::new();
    for name in given {
        if name == "-" {
            names.extend(names_in(&inputs.standard_input()?));
        } else {
            names.push(name.clone());
        }
    }
    all(names)
}

/// The names of a list, one a line.
pub fn names_in(list: &str) -> Vec<String> {
    list.trim_start_matches('\u{feff}').lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The same of names.
pub fn all(names: Vec<String>) -> Result<Vec<Found>, Stop> {
    if names.is_empty() {
        return Err(Stop::Unusable("The list on standard input is empty.".to_owned()));
    }
    let mut found = Vec::new();
    for name in names {
        if name == "-" {
            return Err(Stop::Unusable("The list on standard input can't name itself (\"-\").".to_owned()));
        }
        if Path::new(&name).is_dir() {
            found.extend(folder(&name));
        } else {
            found.push(Found::File(name));
        }
    }
    Ok(found)
}

/// Every design in a folder and those below it.
fn folder(name: &str) -> Vec<Found> {
    let (mut designs, mut others) = (Vec::new(), Vec::new());
    if let Err(error) = collect(Path::new(name), &mut designs, &mut others) {
        return vec![Found::Refused(name.to_owned(), format!("can't be read: {error}"))];
    }
    if !others.is_empty() {
        let named: Vec<_> = others.iter().take(NAMED).map(|path| path.to_string_lossy()).collect();
        let more = if others.len() > NAMED { ", …" } else { "" };
        let (files, them) = if others.len() == 1 { ("file does", "it is") } else { ("files do", "they are") };
        let count = others.len();
        let named = named.join(", ");
        output::complain(&format!("{name}: {count} {files} not end in .json, so {them} passed over: {named}{more}"));
    }
    if designs.is_empty() {
        return vec![Found::Refused(name.to_owned(), "there is no design (*.json) in this folder.".to_owned())];
    }
    let one = |path: PathBuf| {
        let name = path.to_string_lossy().into_owned();
        // A link could lead to a solution that lies on the grading machine; a pipe could be waited for in vain.
        if path.symlink_metadata().is_ok_and(|found| found.is_file()) {
            Found::File(name)
        } else {
            Found::Refused(name, "is a link or no file at all; hand in the file itself.".to_owned())
        }
    };
    designs.into_iter().map(one).collect()
}

/// The files below a folder by name, designs and others; what is hidden, and links to folders, are passed over.
fn collect(folder: &Path, designs: &mut Vec<PathBuf>, others: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().to_lowercase());
        if name.starts_with('.') || name == "__macosx" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&path, designs, others)?;
        } else if name.ends_with(".json") {
            designs.push(path);
        } else {
            others.push(path);
        }
    }
    Ok(())
}
