//! Which files are graded, and their designs: read, checked, and without what makes no difference to a run.

use std::rc::Rc;

use super::Grading;
use crate::cli::files::{self, Found};
use crate::cli::input::{Inputs, unusable};
use crate::cli::output::{self, Stop};
use crate::cli::run::called;
use crate::design::{Design, Node, file};

/// Errors of one file that a row shows; standard error has all.
const SHOWN: usize = 5;

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
    let mut all = Vec::new();
    for found in files::listed(given, inputs)? {
        all.push(match found {
            Found::File(name) => submission(name, grading, inputs)?,
            Found::Refused(name, why) => refused(name, why),
        });
    }
    Ok(all)
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
