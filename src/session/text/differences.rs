//! What differs between two designs, or between a run and the one before it, in words: for the names of runs, for comparing them and for what
//! is written down of one.

use crate::design::diff::{Difference, diff};
use crate::design::{Design, Node};
use crate::format;
use crate::kata::builtin;
use crate::kinds::check::grouped;
use crate::record::origin::at_the_end;
use crate::record::{Changed, Origin, RunRecord};
use crate::say;
use crate::session::text::edit_captions::{ParamChange, changes, lower_first, upper_first};

/// So many differences are named; of more it is said how many.
const MOST_NAMED: usize = 2;

/// A difference as a row: what it is about, and how it is in either design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceRow {
    /// `Consumers: most workers`.
    pub label: String,
    pub first: String,
    pub second: String,
}

/// The differences of two designs, a row each.
pub fn rows(first: &Design, second: &Design) -> Vec<DifferenceRow> {
    let row =
        |label: String, first: &str, second: &str| DifferenceRow { label, first: first.into(), second: second.into() };
    let way = |from: &Node, to: &Node| format!("{} → {}", from.name(), to.name());
    let mut rows = Vec::new();
    for difference in diff(first, second) {
        match &difference {
            Difference::Added(node) => {
                rows.push(row(node.name().to_owned(), say!("differences.not_there"), say!("differences.added")));
            }
            Difference::Removed(node) => {
                rows.push(row(node.name().to_owned(), say!("differences.there"), say!("differences.removed")));
            }
            Difference::Connected(from, to) => {
                rows.push(row(way(from, to), say!("differences.not_connected"), say!("differences.connected")));
            }
            Difference::Disconnected(from, to) => {
                rows.push(row(way(from, to), say!("differences.connected"), say!("differences.not_connected")));
            }
            Difference::Weighted(from, to, a, b) => {
                rows.push(row(say!("differences.weight", way = way(from, to)), &grouped(*a), &grouped(*b)));
            }
            Difference::Changed(before, after) => rows.extend(changes(before, after).into_iter().map(|change| {
                let (first, second) = change.values.unwrap_or_else(|| {
                    (say!("differences.another").to_owned(), say!("differences.changed").to_owned())
                });
                row(format!("{}: {}", after.name(), change.label), &first, &second)
            })),
        }
    }
    rows
}

/// What was changed midway in one run and not so in the other, a row each: `2 → 3` beside what was kept.
pub fn midway(first: &RunRecord, second: &RunRecord) -> Vec<DifferenceRow> {
    let of = |run: &RunRecord| rows(&run.design, &at_the_end(&run.design, &run.changes));
    let (mut all, kept) = (Vec::<DifferenceRow>::new(), || say!("differences.not_changed").to_owned());
    for change in of(first) {
        let way = format!("{} → {}", change.first, change.second);
        all.push(DifferenceRow { label: change.label, first: way, second: kept() });
    }
    for change in of(second) {
        let way = format!("{} → {}", change.first, change.second);
        match all.iter_mut().find(|row| row.label == change.label) {
            Some(row) => row.second = way,
            None => all.push(DifferenceRow { label: change.label, first: kept(), second: way }),
        }
    }
    all.retain(|row| row.first != row.second);
    all.iter_mut().for_each(|row| row.label = say!("differences.midway", label = row.label));
    // Changed and changed back: the designs are alike, the runs are not.
    if all.is_empty() && first.changes != second.changes {
        let yes = |run: &RunRecord| {
            if run.is_exploration() { say!("differences.yes") } else { say!("differences.no") }.to_owned()
        };
        let label = say!("differences.changed_midway").to_owned();
        all.push(DifferenceRow { label, first: yes(first), second: yes(second) });
    }
    all
}

/// What leads from one design to another, short enough for a name: `Most workers 10 → 90`, `Queue and Consumers added`; `None` where they are
/// the same.
pub fn short(first: &Design, second: &Design) -> Option<String> {
    let parts = parts(first, second);
    let more = parts.len().saturating_sub(MOST_NAMED);
    let named = parts.into_iter().take(MOST_NAMED).collect::<Vec<_>>().join(", ");
    let words = if more > 0 { say!("differences.and_more", named, n = more) } else { named };
    (!words.is_empty()).then(|| upper_first(&words))
}

/// What was changed since the run that was recorded before, and then midway, all of it: `Most workers 10 → 90, attempts 4 → 5; midway: timeout
/// 3 000 ms → 8 000 ms`. `None` where nothing was.
pub fn since(design: &Design, changes: &[Changed], before: Option<&RunRecord>) -> Option<String> {
    let parts = before.map_or_else(Vec::new, |before| parts(&at_the_end(&before.design, &before.changes), design));
    let midway = self::parts(design, &at_the_end(design, changes));
    let said = |parts: Vec<String>| (!parts.is_empty()).then(|| parts.join(", "));
    let midway = said(midway).map(|changes| say!("differences.midway_changes", changes));
    let words = [said(parts), midway].into_iter().flatten().collect::<Vec<_>>().join("; ");
    (!words.is_empty()).then(|| upper_first(&words))
}

/// What leads from one design to another, part by part.
fn parts(first: &Design, second: &Design) -> Vec<String> {
    let all = diff(first, second);
    let name = |node: &Node| node.name().to_owned();
    let added: Vec<String> =
        all.iter().filter_map(|d| if let Difference::Added(n) = d { Some(name(n)) } else { None }).collect();
    let removed: Vec<String> =
        all.iter().filter_map(|d| if let Difference::Removed(n) = d { Some(name(n)) } else { None }).collect();
    let mut parts: Vec<String> = Vec::new();
    if !added.is_empty() {
        parts.push(say!("differences.parts_added", parts = listed(&added)));
    }
    if !removed.is_empty() {
        parts.push(say!("differences.parts_removed", parts = listed(&removed)));
    }
    for difference in &all {
        if let Difference::Changed(before, after) = difference {
            parts.extend(changes(before, after).iter().map(ParamChange::words));
        }
    }
    let ways = |d: &&Difference| {
        matches!(d, Difference::Connected(..) | Difference::Disconnected(..) | Difference::Weighted(..))
    };
    // Parts that come and go bring their connections along.
    if added.is_empty() && removed.is_empty() && all.iter().any(|d| ways(&d)) {
        parts.push(say!("differences.other_connections").to_owned());
    }
    parts
}

/// `Queue`, `Queue and Consumers`, `3 parts`.
fn listed(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        [one, other] => say!("list.two", one, other),
        many => say!("differences.parts", n = format::count(many.len() as u64)),
    }
}

/// What a run is, beside the one that was recorded before it: what was changed, or else what is new; the design's name for the first one.
pub fn run_name(origin: &Origin, before: Option<&RunRecord>) -> String {
    if let Some(changed) = origin.changes.first()
        && let Some(was) = origin.before(0)
    {
        let what = changes(was, &changed.node).first().map(ParamChange::words).unwrap_or_default();
        let more = origin.changes.len() - 1;
        let what = lower_first(&what);
        let what = if more > 0 { say!("differences.and_more", named = what, n = more) } else { what };
        return say!("differences.run_midway", what);
    }
    let design = &origin.design;
    let own = || match &*design.name {
        "" => say!("differences.nameless").to_owned(),
        name => name.to_owned(),
    };
    let Some(before) = before else { return own() };
    if let Some(words) = short(&at_the_end(&before.design, &before.changes), design) {
        return words;
    }
    match (before.scenario == origin.scenario.id, before.seed == origin.seed) {
        (false, _) => scenario_name(&origin.scenario.id, &origin.scenario.name),
        (true, false) => say!("differences.with_seed", seed = origin.seed),
        (true, true) => own(),
    }
}

fn scenario_name(id: &str, name: &str) -> String {
    builtin::scenario(id).map_or(name, |scenario| scenario.name.as_str()).to_owned()
}
