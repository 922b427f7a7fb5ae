//! The recorded runs: each that comes to its end, to be opened, renamed, pinned, restored or deleted again.
//!
//! A run that is broken off is not recorded, nor one that ended early because it held too many bookings: its replay would hold as many. A
//! pinned run's curves are not stored, so it is simulated again in the background; if its digest then differs, that is said. Deleting asks
//! nothing, because it can be taken back.

use crate::say;
use std::rc::Rc;

use crate::design::{Design, Edit};
use crate::format;
use crate::kata::{Scenario, builtin, goal};
use crate::record::history::{Keeping, MAX_RUN_NAME, MOST_RUNS, Outcome};
use crate::record::{Origin, RunHistory, RunRecord};
use crate::session::Session;
use crate::session::run::compared::ComparedRun;
use crate::session::run::playback::RunState;
use crate::session::text::differences;
use engine::measure::MetricId;
use engine::measure::metric::Unit;

/// A goal of two runs, side by side, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub label: &'static str,
    pub limit: String,
    pub first: String,
    pub second: String,
    pub first_met: bool,
    pub second_met: bool,
    /// The second less the first, with its sign; empty where one has no value.
    pub difference: String,
    pub better: Better,
    pub bar: Bar,
}

/// Which of two runs has the lower value: of every goal the lower one is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    First,
    Second,
    Neither,
}

/// Where both values and the limit lie on a bar that begins at nothing, as shares of its length. Far from linear, so that milliseconds and
/// minutes both have room; what never happened lies at its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    pub first: f64,
    pub second: f64,
    pub limit: f64,
}

/// Where the limit's twentieth lies, everything is still told apart.
const FINE: f64 = 0.05;
/// The room beyond the largest value.
const ROOM: f64 = 1.1;

impl Bar {
    fn of(first: Option<f64>, second: Option<f64>, limit: f64) -> Bar {
        let values = [first.unwrap_or(0.0), second.unwrap_or(0.0), limit];
        let most = values.iter().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE) * ROOM;
        // Without a limit to measure by, the bar is linear.
        let unit = if limit > 0.0 { limit * FINE } else { most };
        let place = |value: f64| libm::log1p(value / unit) / libm::log1p(most / unit);
        Bar { first: first.map_or(1.0, place), second: second.map_or(1.0, place), limit: place(limit) }
    }
}

/// The goals of two runs side by side; those that only one of them has are left out.
pub fn compare(first: &RunRecord, second: &RunRecord) -> Vec<Pair> {
    let pair = |a: &Outcome| {
        let b = second.goals.iter().find(|b| b.metric == a.metric)?;
        let unit = a.metric.unit;
        let (shown_first, shown_second) = (a.shown(), b.shown());
        let share = |outcome: &Outcome| outcome.unconfirmed.map_or(1.0, |unconfirmed| unconfirmed.share);
        let better = match (a.value, b.value) {
            _ if shown_first == shown_second => Better::Neither,
            (Some(_), None) => Better::First,
            (None, Some(_)) => Better::Second,
            (None, None) if share(a) < share(b) => Better::First,
            (a, b) if a.is_some() && a < b => Better::First,
            _ => Better::Second,
        };
        Some(Pair {
            label: goal::name(a.metric),
            limit: format::limit(a.at_most, unit),
            first: shown_first,
            second: shown_second,
            first_met: a.met(),
            second_met: b.met(),
            difference: a.value.zip(b.value).map_or(String::new(), |(a, b)| {
                difference(format::as_shown(b, unit) - format::as_shown(a, unit), unit)
            }),
            better,
            bar: Bar::of(a.value, b.value, a.at_most),
        })
    };
    first.goals.iter().filter_map(pair).collect()
}

/// Whether a run is that of this design in this scenario with this seed: the one that Play would bring.
pub fn is_of(record: &RunRecord, design: &Design, scenario: &str, seed: u64) -> bool {
    let same = !record.is_exploration() && record.scenario == scenario && record.seed == seed;
    same && record.has_design(design)
}

/// By how much a value is another one, of which each is taken as it is shown beside it.
fn difference(by: f64, unit: Unit) -> String {
    let amount = match unit {
        // No finer than the shares beside it.
        Unit::Share if by.abs() >= 0.001 => format!("{}\u{a0}%", format::number(100.0 * by.abs(), 1)),
        _ => format::metric(Some(by.abs()), unit),
    };
    if amount == format::metric(Some(0.0), unit) {
        return say!("run.same").to_owned();
    }
    // Of two shares, in percentage points: a difference in per cent would be a share of the first.
    let amount = if unit == Unit::Share { amount.replace('%', say!("run.points")) } else { amount };
    if by > 0.0 { format!("+{amount}") } else { format!("−{amount}") }
}

impl Session {
    /// The recorded runs, the latest first. Another `Rc` whenever something about them is new: save when it is.
    pub fn runs(&self) -> &Rc<RunHistory> {
        &self.runs
    }

    /// The run deleted last, as long as it can be brought back.
    pub fn deleted_run(&self) -> Option<&Rc<RunRecord>> {
        self.deleted.as_ref().map(|(_, record)| record)
    }

    /// The run has come to its end: it is recorded.
    pub(in crate::session) fn keep_run(&mut self) {
        let Some((origin, run)) = self.play.origin().zip(self.play.run()) else { return };
        let Some(verdict) = self.play.verdict().filter(|v| v.is_final && !v.cut_short) else { return };
        let mut record = RunRecord::of(origin, verdict, &run.measures().digest(), self.runs.next_number());
        record.name = self.name_of(&record, origin);
        self.keep(record);
    }

    /// The future that a fork left has come to its end: it is recorded as well.
    pub(in crate::session) fn keep_left(&mut self) {
        let Some(left) = &self.left else { return };
        let held = left.compared();
        if !held.verdict.cut_short {
            let mut record = RunRecord::of(left.origin(), &held.verdict, &held.digest, self.runs.next_number());
            record.name = self.name_of(&record, left.origin());
            if self.runs.get(&record.id).is_none() {
                self.keep(record);
            }
        }
    }

    /// What a run is called: what differs from the run that was recorded before it.
    fn name_of(&self, record: &RunRecord, origin: &Origin) -> String {
        let before = self.runs.list().iter().find(|other| other.id != record.id);
        differences::run_name(origin, before.map(|before| &**before)).chars().take(MAX_RUN_NAME).collect()
    }

    fn keep(&mut self, record: RunRecord) {
        match Rc::make_mut(&mut self.runs).keep(record) {
            Keeping::RunRecord | Keeping::Again => {}
            Keeping::Instead(gone) => {
                self.say(made_room(gone));
                // A pinned run is the last to go, and may.
                self.follow_pin();
            }
            Keeping::TooBig => self.refuse(say!("run.too_big")),
        }
    }

    pub(in crate::session) fn take_runs(&mut self, runs: RunHistory) {
        for record in runs.list() {
            // What is kept of a run tells of failed calls by what came of them.
            let came = |goal: &Outcome| matches!(goal.metric.id, MetricId::DroppedRatio | MetricId::Duplicates);
            let failures = record.goals.iter().any(|goal| came(goal) && goal.value.is_some_and(|value| value > 0.0));
            self.note_seen(&record.scenario, failures);
        }
        self.runs = runs.into();
        self.look_again();
        self.deleted = None;
        self.follow_pin();
    }

    pub(in crate::session) fn rename_run(&mut self, id: &str, name: &str) {
        if !Rc::make_mut(&mut self.runs).rename(id, name) {
            return self.refuse(say!("run.needs_name"));
        }
        let name = self.runs.get(id).map_or(String::new(), |record| record.name.clone());
        if self.runs.pinned().is_some_and(|record| record.id == id)
            && let Some(pinned) = &mut self.pinned
        {
            pinned.rename(&name);
        }
        self.say(say!("run.renamed", name));
    }

    pub(in crate::session) fn pin_run(&mut self, id: Option<&str>) {
        let Some(id) = id else {
            Rc::make_mut(&mut self.runs).pin(None);
            self.pinned = None;
            return self.say(say!("run.not_compared"));
        };
        let Some(record) = self.runs.get(id).cloned() else { return };
        match self.compared_run(&record) {
            Ok(compared_run) => {
                self.pinned = Some(compared_run);
                // What a fork left would stand in front of it.
                self.left = None;
                Rc::make_mut(&mut self.runs).pin(Some(id));
                self.say(say!("run.pinned", name = record.name));
            }
            Err(why) => self.refuse(why),
        }
    }

    /// Makes the pinned run the one to compare with, as the list says.
    fn follow_pin(&mut self) {
        let wanted = self.runs.pinned().cloned();
        if let (Some(record), Some(compared_run)) = (&wanted, &mut self.pinned)
            && compared_run.is(record)
        {
            return compared_run.rename(&record.name);
        }
        self.pinned = match wanted.map(|record| self.compared_run(&record)) {
            Some(Ok(compared_run)) => Some(compared_run),
            Some(Err(why)) => {
                self.refuse(why);
                None
            }
            None => None,
        };
    }

    /// A recorded run, being simulated again; or why it can't be made.
    fn compared_run(&self, record: &RunRecord) -> Result<ComparedRun, String> {
        let scenario = self.scenario_called(&record.scenario);
        let scenario = scenario.ok_or_else(|| say!("run.no_scenario", name = record.name, id = record.scenario))?;
        let origin: Origin = record.origin(scenario);
        let run = origin.start().map_err(|problems| {
            say!("run.not_again", name = record.name, why = problems.first().map_or("", |p| p.text.as_str()))
        })?;
        Ok(ComparedRun::new(run, origin, record.name.clone(), None, Some(record.digest.clone())))
    }

    /// The scenario of an id: the one in use, or one that comes with the kata.
    fn scenario_called(&self, id: &str) -> Option<Rc<Scenario>> {
        if self.scenario.id == id {
            return Some(self.scenario.clone());
        }
        builtin::scenario(id).map(|scenario| Rc::new(scenario.clone()))
    }

    pub(in crate::session) fn restore_run(&mut self, id: &str) {
        let Some(record) = self.runs.get(id).cloned() else { return };
        self.gesture = crate::session::Gesture::Idle;
        let edit = Edit::Replace { design: (*record.design).clone() };
        if self.edit_as(&edit, &say!("run.restore", name = record.name), None) {
            self.fit();
            self.say_done(say!("run.restored", name = record.name));
        }
    }

    /// Both in the charts, where one of them is the run that is there, or would be: the other one is pinned to it. Comparing never edits: where
    /// neither is, that is said.
    pub(in crate::session) fn show_runs(&mut self, first: &str, second: &str) {
        let found = |id: &str| self.runs.get(id).cloned();
        let (Some(first), Some(second)) = (found(first), found(second)) else { return };
        let here = |record: &RunRecord| {
            let ran = self.play.origin().filter(|_| !self.is_stale());
            let runs_now = |origin: &Origin| {
                let same = record.scenario == origin.scenario.id && record.seed == origin.seed;
                same && record.changes == origin.changes && record.has_design(&origin.design)
            };
            ran.map_or_else(|| is_of(record, self.design(), &self.scenario.id, self.seed), runs_now)
        };
        let other = match (here(&second), here(&first)) {
            (true, _) => first,
            (false, true) => second,
            (false, false) => {
                return self.refuse(say!("run.neither"));
            }
        };
        if other.scenario != self.scenario.id {
            return self.refuse(say!("run.two_scenarios"));
        }
        self.pin_run(Some(&other.id));
        if self.playback().state == RunState::Ready || self.is_stale() {
            self.finish();
        }
    }

    pub(in crate::session) fn note_mondays(&mut self, design: &Design, scenario: &str, passed: u64, played: u64) {
        Rc::make_mut(&mut self.runs).note_mondays(design, scenario, (passed, played));
    }

    pub(in crate::session) fn delete_run(&mut self, id: &str) {
        let Some((at, record)) = Rc::make_mut(&mut self.runs).remove(id) else { return };
        if record.pinned {
            self.pinned = None;
        }
        self.say(say!("run.deleted", name = record.name));
        self.deleted = Some((at, record));
    }

    pub(in crate::session) fn bring_back_run(&mut self) {
        let Some((at, record)) = self.deleted.take() else { return };
        let name = record.name.clone();
        let gone = Rc::make_mut(&mut self.runs).put_back(at, record);
        self.follow_pin();
        let room = if gone > 0 { format!(" {}", made_room(gone)) } else { String::new() };
        self.say(format!("{}{room}", say!("run.brought_back", name)));
    }
}

fn made_room(gone: usize) -> String {
    say!("run.made_room", plural = gone, n = gone, most = MOST_RUNS)
}
