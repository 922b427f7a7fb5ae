//! Which files are graded, and their designs: read, checked, and without what makes no difference to a run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::Grading;
use crate::cli::input::{Inputs, unusable};
use crate::cli::output::{self, Stop};
use crate::cli::run::called;
use crate::design::{Design, Node, file};

/// Errors of one file that a row shows; standard error has all.
const SHOWN: usize = 5;
/// Names of files that a message shows.
const NAMED: usize = 3;

/// A file that was handed in.
pub struct Submission {
    /// As it was given, or as it lies below the folder that was given.
    pub file: String,
    /// The design's own name, or what it was asked for by.
    pub name: String,
    /// The design as its file would be without names and places and with every parameter; or why it can't be used.
    pub design: Result<String, Vec<String>>,
}

/// Reads all that was given: files, folders, ids of the kata's designs, or a list of these on standard input. Errors go to standard error.
pub fn gather(given: &[String], grading: &Grading, inputs: &mut Inputs) -> Result<Vec<Submission>, Stop> {
    let mut names = Vec::new();
    for name in given {
        if name == "-" {
            let list = inputs.standard_input()?;
            names
                .extend(list.trim_start_matches('\u{feff}').lines().filter(|line| !line.is_empty()).map(str::to_owned));
        } else {
            names.push(name.clone());
        }
    }
    if names.is_empty() {
        return Err(Stop::Unusable("The list on standard input is empty.".to_owned()));
    }
    let mut all = Vec::new();
    for name in names {
        if name == "-" {
            return Err(Stop::Unusable("The list on standard input can't name itself (\"-\").".to_owned()));
        }
        if Path::new(&name).is_dir() {
            all.extend(folder(&name, grading, inputs)?);
        } else {
            all.push(submission(name, grading, inputs)?);
        }
    }
    Ok(all)
}

/// Every design in a folder and those below it.
fn folder(name: &str, grading: &Grading, inputs: &mut Inputs) -> Result<Vec<Submission>, Stop> {
    let (mut designs, mut others) = (Vec::new(), Vec::new());
    if let Err(error) = collect(Path::new(name), &mut designs, &mut others) {
        return Ok(vec![refused(name.to_owned(), format!("can't be read: {error}"))]);
    }
    if !others.is_empty() {
        let named: Vec<_> = others.iter().take(NAMED).map(|path| path.to_string_lossy()).collect();
        let more = if others.len() > NAMED { ", …" } else { "" };
        let (files, them) = if others.len() == 1 { ("file does", "it is") } else { ("files do", "they are") };
        let count = others.len();
        let named = named.join(", ");
        output::complain(&format!("{name}: {count} {files} not end in .json, so {them} not graded: {named}{more}"));
    }
    if designs.is_empty() {
        return Ok(vec![refused(name.to_owned(), "there is no design (*.json) in this folder.".to_owned())]);
    }
    let mut read = |path: PathBuf| {
        let name = path.to_string_lossy().into_owned();
        // A link could lead to a solution that lies on the grading machine; a pipe could be waited for in vain.
        if path.symlink_metadata().is_ok_and(|found| found.is_file()) {
            submission(name, grading, inputs)
        } else {
            Ok(refused(name, "is a link or no file at all; hand in the file itself.".to_owned()))
        }
    };
    designs.into_iter().map(&mut read).collect()
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

fn submission(file: String, grading: &Grading, inputs: &mut Inputs) -> Result<Submission, Stop> {
    match inputs.design(&file).and_then(|design| runs(&file, design, grading)) {
        Ok(design) => {
            let name = called(&design, &file).to_owned();
            Ok(Submission { name, design: Ok(file::write_compact(&bare(&design))), file })
        }
        Err(Stop::Unusable(message)) => {
            output::complain(&message);
            // The row has the name in a column of its own.
            let lines = message.replace(&format!("{file}: "), "").lines().map(str::to_owned).collect();
            Ok(Submission { name: file.clone(), file, design: Err(lines) })
        }
        Err(stop) => Err(stop),
    }
}

fn refused(file: String, why: String) -> Submission {
    output::complain(&format!("{file}: {why}"));
    Submission { name: file.clone(), file, design: Err(vec![why]) }
}

/// The design, if it can run in every scenario.
fn runs(name: &str, design: Design, grading: &Grading) -> Result<Design, Stop> {
    for scenario in grading.scenarios() {
        scenario.compile(&design).map_err(|problems| unusable(name, &problems))?;
    }
    Ok(design)
}

/// The design without what makes no difference to a run: no names but the ids, no places, and every parameter written out.
fn bare(design: &Design) -> Design {
    let node = |node: &Rc<Node>| {
        let params = node.kind.kind().params.iter().map(|param| (param.key, node.param(param.key)));
        Rc::new(Node { params: params.collect(), ..Node::new(node.id.clone(), node.kind, 0.0, 0.0) })
    };
    Design { name: "".into(), nodes: design.nodes.iter().map(node).collect(), edges: design.edges.clone() }
}

/// Errors in one line.
pub fn told(errors: &[String]) -> String {
    let mut text = errors.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(" ");
    if errors.len() > SHOWN {
        text += &format!(" And {} more.", errors.len() - SHOWN);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::kata::builtin;
    use crate::study;

    /// Names, places and defaults written out change no event of a run; ids and parameters do.
    #[test]
    fn a_design_without_names_and_places_is_the_same_run() {
        let monday = builtin::scenario("monday").expect("built in");
        let digest = |design: &Design| study::run(&Arc::new(monday.compile(design).expect("it runs")), 3).digest;
        for id in ["par", "schedule"] {
            let design = builtin::design(id).expect("built in").design();
            let read = file::read(&file::write_compact(&bare(&design))).expect("a design file");
            assert_eq!(digest(&read), digest(&design), "{id}");
            let mut moved = design.clone();
            moved.name = "Another".into();
            for node in &mut moved.nodes {
                let at = Node { label: Some("Mine".into()), x: 7.0, y: 9.0, ..(**node).clone() };
                *node = Rc::new(at);
            }
            assert_eq!(bare(&moved), bare(&design));
            let mut renamed = design.clone();
            let api = renamed.nodes.iter().position(|node| &*node.id == "api").expect("an API");
            renamed.nodes[api] = Rc::new(Node { id: "door".into(), ..(*design.nodes[api]).clone() });
            assert_ne!(bare(&renamed), bare(&design));
        }
    }

    #[test]
    fn many_errors_are_told_in_a_line() {
        let errors: Vec<String> = (1..=7).map(|n| format!("Fault {n}.")).collect();
        assert_eq!(told(&errors), "Fault 1. Fault 2. Fault 3. Fault 4. Fault 5. And 2 more.");
        assert_eq!(told(&errors[..1]), "Fault 1.");
    }
}
