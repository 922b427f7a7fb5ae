//! Recorded runs: what a run was and what came out, without its curves, which a replay brings back.
//!
//! Bounded in number and bytes: what is over the bound leaves oldest first, pinned ones last, and it is said. The same run is recorded
//! once. Two lists that went apart from a common one (two tabs) can be merged, so that neither loses what the other did.

use crate::say;
use std::rc::Rc;

use crate::design::{Design, Node, file};
use crate::kata::stars::{Shown, stars};
use crate::kata::verdict::{Unconfirmed, shown};
use crate::kata::{Goal, Scenario, Verdict};
use crate::letters::seen;
use crate::record::origin::{Changed, Origin};
use engine::measure::{Metric, MetricId};

/// The most recorded runs.
pub const MOST_RUNS: usize = 50;
/// The most bytes that they may take, as they are written.
pub const MOST_BYTES: usize = 512 * 1024;
/// Letters of a run's name at most.
pub const MAX_RUN_NAME: usize = 80;
/// What a run takes beside its design and changes, at most.
const OWN_BYTES: usize = 2048;

/// A run that came to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// Follows from what the run is: the same run has the same id on any page.
    pub id: String,
    pub name: String,
    /// Counts runs from 1.
    pub number: u32,
    /// As it was when the run began.
    pub design: Rc<Design>,
    /// The scenario's id; this page may not have it.
    pub scenario: String,
    pub seed: u64,
    /// With any, the run is an exploration and is not scored.
    pub changes: Vec<Changed>,
    pub goals: Vec<Outcome>,
    /// 16 hexadecimal digits over all facts of the run.
    pub digest: String,
    /// Compared with what runs now. One at a time.
    pub pinned: bool,
    /// The design on many Mondays of the scenario: how many passed, of how many; kept with a run that passed.
    pub mondays: Option<(u64, u64)>,
}

/// What a goal came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    pub metric: &'static Metric,
    pub at_most: f64,
    /// `None`: infinite, or nothing to count.
    pub value: Option<f64>,
    /// What stands in the place of a confirmation latency without a value; runs of before don't say.
    pub unconfirmed: Option<Unconfirmed>,
}

impl Outcome {
    /// The value in words, as everywhere.
    pub fn shown(&self) -> String {
        shown(&Goal { metric: self.metric, at_most: self.at_most }, self.value, self.unconfirmed)
    }

    pub fn met(&self) -> bool {
        self.value.is_some_and(|value| value <= self.at_most)
    }
}

impl RunRecord {
    /// A run that has ended.
    pub fn of(origin: &Origin, verdict: &Verdict, digest: &str, number: u32) -> RunRecord {
        let outcome = |status: &crate::kata::GoalStatus| {
            let Goal { metric, at_most } = status.goal;
            Outcome { metric, at_most, value: status.value, unconfirmed: status.unconfirmed }
        };
        let mut record = RunRecord {
            id: String::new(),
            name: say!("run_record.name", n = number, scenario = origin.scenario.name),
            number,
            design: origin.design.clone(),
            scenario: origin.scenario.id.clone(),
            seed: origin.seed,
            changes: origin.changes.clone(),
            goals: verdict.goals.iter().map(outcome).collect(),
            digest: digest.to_owned(),
            pinned: false,
            mondays: None,
        };
        record.id = record.content_id();
        record
    }

    /// The id that follows from the design (but for names and places), the scenario, the seed and the digest.
    pub fn content_id(&self) -> String {
        fingerprint(&format!("{} {} {} {}", self.digest, self.seed, self.scenario, likeness(&self.design)))
    }

    /// Something was changed by hand.
    pub fn is_exploration(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Whether its design is `design` but for names and places.
    pub fn has_design(&self, design: &Design) -> bool {
        is_same(&self.design, design)
    }

    /// Scored, and every goal held.
    pub fn passed(&self) -> bool {
        !self.is_exploration() && !self.goals.is_empty() && self.goals.iter().all(Outcome::met)
    }

    /// The value of the first of these metrics that is a goal and has one.
    pub fn figure(&self, metrics: &[MetricId]) -> Option<f64> {
        metrics.iter().find_map(|id| self.goals.iter().find(|goal| goal.metric.id == *id)?.value)
    }

    /// What names the run, in its scenario.
    pub fn origin(&self, scenario: Rc<Scenario>) -> Origin {
        Origin { design: self.design.clone(), scenario, seed: self.seed, changes: self.changes.clone() }
    }

    /// At least what it takes when it is written.
    pub fn bytes(&self) -> usize {
        let changes: usize = self.changes.iter().map(|c| 64 + written(&c.node)).sum();
        OWN_BYTES + file::write_compact(&self.design).len() + changes
    }
}

/// 16 hexadecimal digits over a text. FNV-1a: for texts that differ by chance, not for forgeries.
pub(crate) fn fingerprint(text: &str) -> String {
    format!("{:016x}", fnv(text.as_bytes()))
}

/// The same as a number.
pub(crate) fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Whether two designs are one but for names and places: their runs are the same.
pub fn is_same(first: &Design, second: &Design) -> bool {
    bare(first) == bare(second)
}

/// A design without names and places: what a run follows from.
fn bare(design: &Design) -> Design {
    let bare = |node: &Rc<Node>| Rc::new(Node { label: None, x: 0.0, y: 0.0, ..(**node).clone() });
    Design { name: "".into(), nodes: design.nodes.iter().map(bare).collect(), edges: design.edges.clone() }
}

/// A design as a run follows from it: two with the same are alike but for names and places.
pub(crate) fn likeness(design: &Design) -> String {
    file::write_compact(&bare(design))
}

fn written(node: &Node) -> usize {
    node.params.iter().map(|(key, value)| key.len() + 8 + value.json().len()).sum()
}

/// The recorded runs, the latest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunHistory {
    list: Vec<Rc<RunRecord>>,
}

/// What became of a run that was to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    RunRecord,
    /// It was there already and stands first now.
    Again,
    /// So many older ones had to leave.
    Instead(usize),
    /// It alone is larger than the bound.
    TooBig,
}

impl RunHistory {
    /// From the latest to the oldest; of equal ids the first stays, and what is over the bounds leaves.
    pub fn new(list: impl IntoIterator<Item = RunRecord>) -> RunHistory {
        let mut runs = RunHistory::default();
        for record in list {
            if runs.get(&record.id).is_none() {
                runs.list.push(record.into());
            }
        }
        runs.one_pin();
        runs.shrink();
        runs
    }

    /// The latest first.
    pub fn list(&self) -> &[Rc<RunRecord>] {
        &self.list
    }

    pub fn get(&self, id: &str) -> Option<&Rc<RunRecord>> {
        self.list.iter().find(|k| k.id == id)
    }

    pub fn pinned(&self) -> Option<&Rc<RunRecord>> {
        self.list.iter().find(|k| k.pinned)
    }

    /// Whether this very design, whatever its names and places, has passed a scenario.
    pub fn has_passed(&self, design: &Design, scenario: &str) -> bool {
        self.pass_of(design, scenario).is_some()
    }

    /// The latest run in which it has passed.
    pub fn pass_of(&self, design: &Design, scenario: &str) -> Option<&Rc<RunRecord>> {
        self.list.iter().find(|k| k.scenario == scenario && k.passed() && k.has_design(design))
    }

    /// What this very design has shown in a scenario: a pass, its Mondays, its cost.
    pub fn shown(&self, design: &Design, scenario: &str) -> Shown {
        let passes = || self.list.iter().filter(|k| k.scenario == scenario && k.passed() && k.has_design(design));
        let cost = passes().filter_map(|k| k.figure(&[MetricId::Cost])).reduce(f64::min);
        Shown { passed: passes().next().is_some(), mondays: passes().find_map(|k| k.mondays), cost }
    }

    /// The most stars that any design has shown in a scenario.
    pub fn most_stars(&self, scenario: &Scenario) -> u8 {
        let mut most = 0;
        for passed in self.list.iter().filter(|k| k.scenario == scenario.id && k.passed()) {
            let own = Shown { passed: true, mondays: passed.mondays, cost: passed.figure(&[MetricId::Cost]) };
            most = most.max(stars(scenario, own));
        }
        most
    }

    /// Keeps how a design did on many Mondays with its passed runs in the scenario; false where there are none.
    pub fn note_mondays(&mut self, design: &Design, scenario: &str, mondays: (u64, u64)) -> bool {
        let fits = |k: &&mut Rc<RunRecord>| k.scenario == scenario && k.passed() && k.has_design(design);
        let found = self.list.iter_mut().filter(fits);
        found.map(|record| Rc::make_mut(record).mondays = Some(mondays)).count() > 0
    }

    /// The number of the next run.
    pub fn next_number(&self) -> u32 {
        self.list.iter().map(|k| k.number).max().unwrap_or(0).saturating_add(1)
    }

    /// Puts a run first; a run that is there already keeps its name and its pin.
    pub fn keep(&mut self, record: RunRecord) -> Keeping {
        if record.bytes() > MOST_BYTES {
            return Keeping::TooBig;
        }
        if let Some(at) = self.list.iter().position(|k| k.id == record.id) {
            let there = self.list.remove(at);
            let design = record.design;
            self.list.insert(0, Rc::new(RunRecord { design, ..(*there).clone() }));
            return Keeping::Again;
        }
        self.list.insert(0, record.into());
        match self.shrink() {
            0 => Keeping::RunRecord,
            gone => Keeping::Instead(gone),
        }
    }

    /// Gives a run another name; false if there is no such run or no name is left of it.
    pub fn rename(&mut self, id: &str, name: &str) -> bool {
        let name: String =
            seen(name).split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_RUN_NAME).collect();
        if name.is_empty() {
            return false;
        }
        self.change(id, |record| record.name = name)
    }

    /// Pins one run, or none.
    pub fn pin(&mut self, id: Option<&str>) {
        let changed: Vec<String> =
            self.list.iter().filter(|k| k.pinned != (Some(&*k.id) == id)).map(|k| k.id.clone()).collect();
        for id in changed {
            self.change(&id, |record| record.pinned = !record.pinned);
        }
    }

    fn change(&mut self, id: &str, change: impl FnOnce(&mut RunRecord)) -> bool {
        let found = self.list.iter_mut().find(|k| k.id == id);
        found.map(|record| change(Rc::make_mut(record))).is_some()
    }

    /// Takes a run out: it, and the place it had.
    pub fn remove(&mut self, id: &str) -> Option<(usize, Rc<RunRecord>)> {
        let at = self.list.iter().position(|k| k.id == id)?;
        Some((at, self.list.remove(at)))
    }

    /// Puts a run that was taken out back in its place, or first where it would be the one to make room; says how many others had to.
    pub fn put_back(&mut self, at: usize, record: Rc<RunRecord>) -> usize {
        if self.get(&record.id).is_some() {
            return 0;
        }
        let full = self.list.len() >= MOST_RUNS || self.bytes() + record.bytes() > MOST_BYTES;
        self.list.insert(if full { 0 } else { at.min(self.list.len()) }, record);
        self.one_pin();
        self.shrink()
    }

    /// At least what they take when they are written.
    fn bytes(&self) -> usize {
        self.list.iter().map(|k| k.bytes()).sum()
    }

    /// `mine` with what has become of `base` in `theirs`: added, renamed, pinned and deleted runs of both sides; where both changed the same
    /// run, mine stands.
    pub fn merge(base: &RunHistory, mine: &RunHistory, theirs: &RunHistory) -> RunHistory {
        let added = theirs.list.iter().filter(|k| mine.get(&k.id).is_none() && base.get(&k.id).is_none());
        let stays = mine.list.iter().filter_map(|k| match (base.get(&k.id), theirs.get(&k.id)) {
            // They deleted what I did not touch.
            (Some(before), None) if before == k => None,
            (Some(before), Some(there)) if before == k => Some(there),
            _ => Some(k),
        });
        let mut runs = RunHistory { list: added.chain(stays).cloned().collect() };
        if let Some(pinned) = mine.pinned().filter(|k| base.pinned().map(|b| &b.id) != Some(&k.id)) {
            let id = pinned.id.clone();
            runs.pin(Some(&id));
        }
        runs.one_pin();
        runs.shrink();
        runs
    }

    /// Of several pinned runs the latest stays pinned.
    fn one_pin(&mut self) {
        if let Some(id) = self.pinned().map(|k| k.id.clone()) {
            self.pin(Some(&id));
        }
    }

    /// Lets runs go until the bounds hold; says how many. The latest always stays.
    fn shrink(&mut self) -> usize {
        let before = self.list.len();
        let mut bytes = self.bytes();
        while self.list.len() > 1 && (self.list.len() > MOST_RUNS || bytes > MOST_BYTES) {
            let at = (1..self.list.len()).rev().find(|&at| !self.list[at].pinned).unwrap_or(self.list.len() - 1);
            bytes -= self.list.remove(at).bytes();
        }
        before - self.list.len()
    }
}
