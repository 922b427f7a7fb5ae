//! Problems that are the same but for the component's name, told once: what is wrong with 32 pools is one sentence, not 32.

use crate::design::{Design, Location, Problem};
use crate::session::text::edit_captions::lower_first;
use crate::{lang, say};

/// Fewer of a sort are told one by one.
const FEWEST: usize = 3;

/// Problems told together, in the order in which the first of them stood.
#[derive(Clone, Debug, PartialEq)]
pub struct ProblemGroup {
    /// `Each of 32 Consumers has no breaker …`; of one problem, its own words.
    pub text: String,
    pub problems: Vec<Problem>,
}

/// The problems of a design, equal ones together.
pub fn grouped(problems: &[Problem], design: &Design) -> Vec<ProblemGroup> {
    let mut groups: Vec<(String, ProblemGroup)> = Vec::new();
    for problem in problems {
        let key = template(problem, design).unwrap_or_else(|| problem.text.clone());
        let key = format!("{} {key}", problem.code);
        match groups.iter_mut().find(|(other, _)| *other == key) {
            Some((_, group)) => group.problems.push(problem.clone()),
            None => {
                groups.push((key, ProblemGroup { text: problem.text.clone(), problems: vec![problem.clone()] }));
            }
        }
    }
    groups.into_iter().flat_map(|(_, group)| told(group, design)).collect()
}

/// A group as it is told: together if there are enough of them.
fn told(group: ProblemGroup, design: &Design) -> Vec<ProblemGroup> {
    let alone = |p: Problem| ProblemGroup { text: p.text.clone(), problems: vec![p] };
    let Some(text) = (group.problems.len() >= FEWEST).then(|| together(&group.problems, design)).flatten() else {
        return group.problems.into_iter().map(alone).collect();
    };
    vec![ProblemGroup { text, ..group }]
}

/// Stands for the component's name.
const NAME: char = '\u{fffc}';

/// The words of a problem without the name and the kind of its component told apart: `After 4 failed calls ￼ loses the booking.`
fn template(problem: &Problem, design: &Design) -> Option<String> {
    let Location::Node { id, .. } = &problem.place else { return None };
    let node = design.node(id)?;
    let (before, after) = split(&problem.text, node.name())?;
    Some(format!("{}{before}{NAME}{after}", node.kind.kind().key))
}

/// The words before and behind a name that stands in them as words of their own.
fn split<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let whole = |at: &usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..*at].chars().last()) && !letter(text[at + name.len()..].chars().next())
    };
    let at = text.match_indices(name).map(|(at, _)| at).find(whole)?;
    Some((&text[..at], &text[at + name.len()..]))
}

fn together(problems: &[Problem], design: &Design) -> Option<String> {
    let first = problems.first()?;
    let Location::Node { id, .. } = &first.place else { return None };
    let node = design.node(id)?;
    let (before, after) = split(&first.text, node.name())?;
    let kind = node.kind.kind().name();
    // Only English makes its plurals so; a text of another language goes without.
    let as_it_is = kind.ends_with('s') || lang::spoken().is_some();
    let kinds = lower_first(&if as_it_is { kind.to_owned() } else { format!("{kind}s") });
    Some(match before {
        "" => say!("problems.each_first", n = problems.len(), kinds, after),
        _ => say!("problems.each", before, n = problems.len(), kinds, after),
    })
}
