//! Why bookings failed at a component, in words: short ones for the foot of its card, long ones for its tooltip and for screen readers.

use super::{Foot, Tone};
use crate::design::Node;
use crate::format;
use crate::kinds::Behaviour;
use crate::session::run::figures::Figure;
use crate::vocabulary::filled;

/// Less than this a second is nothing now.
const NOW: f64 = 0.05;

/// A reason, and how often.
pub struct Reason {
    count: u64,
    /// After the count, where there is little room: `rejected`.
    short: &'static str,
    /// With count and unit: `99 796 requests refused`.
    pub long: String,
}

/// What failed at a component since the start, and why; what weighs most comes first.
pub fn reasons(node: &Node, figure: &Figure) -> Vec<Reason> {
    let f = figure.live.failures;
    let table: Vec<(u64, &str, &str)> = match node.behaviour() {
        Behaviour::Source => vec![
            (f.refused, "rejected", filled("{people} rejected for good")),
            (f.gave_up, "gave up waiting", filled("{people} gave up waiting for good")),
        ],
        Behaviour::PassesOn => vec![
            (f.refused.saturating_sub(f.timed_out), "rejected", "requests rejected"),
            (f.gave_up, "gave up waiting", filled("{people} gave up waiting for a thread")),
            (f.timed_out, "timed out", filled("calls to the {services} timed out")),
        ],
        Behaviour::Stores => vec![(f.dropped, "dropped", "messages dropped, too old or without room")],
        Behaviour::Fetches => vec![
            (f.dropped, "given up", "messages given up after their last attempt"),
            (f.timed_out, "timed out", "calls timed out"),
            (f.calls.saturating_sub(f.timed_out), "failed calls", "calls failed"),
        ],
        Behaviour::Answers => vec![
            (f.calls, "failed calls", "calls failed"),
            (f.refused, "refused", "calls refused, too many waited"),
            (f.gave_up, "withdrawn", "calls withdrawn while they waited for a slot"),
        ],
        Behaviour::Parks => Vec::new(),
    };
    let there = table.into_iter().filter(|(count, ..)| *count > 0);
    there
        .map(|(count, short, long)| Reason { count, short, long: format!("{} {long}", format::count(count)) })
        .collect()
}

/// The foot of a card where something failed: the reason, and how many or how fast.
pub fn foot(node: &Node, figure: &Figure, reasons: &[Reason]) -> Option<Foot> {
    let first = reasons.first()?;
    let counted = |reason: &Reason| format!("{} {}", format::count(reason.count), reason.short);
    let (live, now) = (figure.live, figure.failing_per_s >= NOW);
    let no_thread = node.behaviour() == Behaviour::PassesOn && live.servers > 0 && live.busy >= live.servers;
    let (words, more) = match reasons.get(1) {
        _ if now && no_thread => {
            ("No thread is free".to_owned(), format!("{} {}", format::rate(figure.failing_per_s.round()), first.short))
        }
        Some(second) => (counted(first), counted(second)),
        None if now => (counted(first), format!("{} now", format::rate(figure.failing_per_s))),
        None => (counted(first), "so far".to_owned()),
    };
    Some(Foot { tone: Tone::Failed, words, more })
}
