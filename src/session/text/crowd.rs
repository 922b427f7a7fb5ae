//! The crowd: those who stand in line before a component, and how many of those who asked there were turned away.

use crate::design::text_width::{cut, width};
use crate::design::{Design, Node, NodeId};
use crate::format;
use crate::kinds::Behaviour;
use crate::say;
use crate::session::run::figures::Figures;

/// The crowd before a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Crowd {
    /// The component, and what leads into it from where they come, by their numbers in the design.
    pub before: usize,
    pub from: Vec<usize>,
    pub waiting: u64,
    /// Those who asked so far, and those of them who were turned away or gave up.
    pub came: u64,
    pub away: u64,
}

impl Crowd {
    /// How many wait, and what a dot of `unit` of them stands for: each in as many lines as it takes to be no wider than there is room, in type
    /// of this size.
    pub fn label(&self, unit: u64, size: f64, room: f64) -> [Vec<String>; 2] {
        let waiting = say!("diagram.in_line", n = format::count(self.waiting));
        [waiting, say!("diagram.dot", n = unit)].map(|words| wrapped(&words, size, room))
    }
}

/// The words in lines no wider than there is room; a word that is wider by itself is cut.
fn wrapped(words: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, size, room)),
        }
    }
    lines
}

/// How many stand in line before a component that answers them; `None` where nobody does.
pub fn in_line(design: &Design, figures: &Figures, before: &NodeId) -> Option<u64> {
    let at = design.nodes.iter().position(|node| node.id == *before)?;
    let figure = figures.of(at).filter(|_| design.nodes[at].behaviour() == Behaviour::PassesOn)?;
    Some(figure.live.waiting).filter(|waiting| *waiting > 0)
}

/// All crowds of a design in a run.
pub fn crowds(design: &Design, figures: &Figures) -> Vec<Crowd> {
    let nodes = || design.nodes.iter().enumerate();
    let of = |(before, node): (usize, &std::rc::Rc<Node>)| {
        let figure = figures.of(before).filter(|_| node.behaviour() == Behaviour::PassesOn)?;
        let leads = |from: &str| design.edges.iter().any(|edge| &*edge.from == from && edge.to == node.id);
        let begins = |source: &Node| source.behaviour() == Behaviour::Source && leads(&source.id);
        let from: Vec<usize> = nodes().filter(|(_, source)| begins(source)).map(|(at, _)| at).collect();
        let live = || from.iter().filter_map(|at| figures.of(*at)).map(|figure| figure.live);
        (!from.is_empty()).then(|| Crowd {
            before,
            waiting: figure.live.waiting,
            came: live().map(|live| live.received).sum(),
            away: live().map(|live| live.failures.refused + live.failures.gave_up).sum(),
            from: from.clone(),
        })
    };
    nodes().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;
    use crate::lang::tests::german;

    /// The type's size at the usual zooms and at the smallest at which words are drawn.
    const SIZES: [f64; 2] = [12.0, 14.0];

    /// Beside the crowd of the first design stands a card: in English and in German no line is wider than the room, nor is anything left out.
    #[test]
    fn no_line_is_wider_than_the_room() {
        for language in [None, Some(german())] {
            lang::set(language);
            for (waiting, size, room) in [256, 99_999].into_iter().flat_map(|n| SIZES.map(|size| (n, size, 98.0))) {
                let lines = Crowd { before: 1, from: vec![0], waiting, came: 0, away: 0 }.label(1000, size, room);
                for line in lines.iter().flatten() {
                    assert!(width(line, size) <= room, "{line}: {} of {room}", width(line, size));
                }
                let said = lines.map(|lines| lines.join(" "));
                assert_eq!(said, [say!("diagram.in_line", n = format::count(waiting)), say!("diagram.dot", n = 1000)]);
            }
        }
        lang::set(None);
        assert_eq!(wrapped("one verylongwordindeed two", 12.0, 98.0).len(), 3);
    }
}
