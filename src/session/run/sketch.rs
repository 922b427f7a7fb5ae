//! The sketch: the backlog that a learner expects, drawn before a run, one for each scenario.
//!
//! A [`Draft`] is a row of columns over the run, so that drawing over a part replaces it, as paint does, and a stroke back and forth stays
//! a curve. What is stored is a [`Sketch`]: at most [`MOST_POINTS`] points, times rising, nothing below 0. Whatever comes from outside is
//! made to fit or refused; nothing here can fail later.
//!
//! Knows neither charts nor runs.

use crate::say;
use std::rc::Rc;

use crate::order::TextMap;
use crate::session::Session;

/// The most points of a sketch.
pub const MOST_POINTS: usize = 256;
/// The most messages that a sketch can expect.
pub const MOST: f64 = 1e9;

/// An expected backlog: seconds of the run and messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    points: Vec<(f64, f64)>,
}

impl Sketch {
    /// From points in any order: what is no place in a run of this length is left out. `None` if nothing is left, or nothing ever waits.
    pub fn of(points: impl IntoIterator<Item = (f64, f64)>, duration_s: f64) -> Option<Sketch> {
        let fits = |p: &(f64, f64)| (0.0..=duration_s).contains(&p.0) && p.1.is_finite() && p.1 >= 0.0;
        let whole = |(t, n): (f64, f64)| (libm::round(t), libm::round(n.min(MOST)));
        // More than this are not looked at, whatever a file holds.
        let mut points: Vec<(f64, f64)> = points.into_iter().take(100 * MOST_POINTS).filter(fits).map(whole).collect();
        // Of several in one second the highest stays.
        crate::order::sort_by(&mut points, |a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        points.dedup_by_key(|p| p.0);
        let every = points.len().div_ceil(MOST_POINTS).max(1);
        let highest = |part: &[(f64, f64)]| part.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
        let points: Vec<(f64, f64)> = points.chunks(every).filter_map(highest).collect();
        (points.len() > 1 && points.iter().any(|p| p.1 > 0.0)).then_some(Sketch { points })
    }

    /// At most [`MOST_POINTS`], times rising.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The highest point, in messages.
    pub fn peak(&self) -> f64 {
        self.points.iter().map(|p| p.1).fold(0.0, f64::max)
    }

    /// What it says at a second of the run; nothing outside of what was drawn.
    pub fn at(&self, second: f64) -> f64 {
        along(&self.points, second)
    }
}

/// What a curve of seconds and values says at a second: nothing outside it.
fn along(points: &[(f64, f64)], second: f64) -> f64 {
    let after = points.partition_point(|p| p.0 < second);
    match (after.checked_sub(1).map(|before| points[before]), points.get(after)) {
        (_, Some(at)) if at.0 == second => at.1,
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (second - a.0) / (b.0 - a.0),
        _ => 0.0,
    }
}

/// So many handles stand on a sketch, at the ends of equal parts of the run: what keys move.
pub const HANDLES: usize = 10;

/// The columns of a draft, so many that each handle stands on one.
const COLUMNS: usize = 25 * HANDLES + 1;

/// A sketch being drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    columns: Vec<Option<f64>>,
    duration_s: f64,
}

impl Draft {
    pub fn new(duration_s: f64) -> Draft {
        Draft { columns: vec![None; COLUMNS], duration_s }
    }

    /// With a sketch in it, to go on with.
    pub fn of(sketch: &Sketch, duration_s: f64) -> Draft {
        let mut draft = Draft::new(duration_s);
        for pair in sketch.points.windows(2) {
            draft.line(pair[0], pair[1]);
        }
        draft
    }

    /// Draws from one place to another; what was there before goes.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        if ![from.0, from.1, to.0, to.1].iter().all(|v| v.is_finite()) {
            return;
        }
        let (a, b) = if from.0 <= to.0 { (from, to) } else { (to, from) };
        let (first, last) = (self.column(a.0), self.column(b.0));
        for column in first..=last {
            let share = if last > first { (column - first) as f64 / (last - first) as f64 } else { 1.0 };
            let value = if last > first { a.1 + (b.1 - a.1) * share } else { to.1 };
            self.columns[column] = Some(value.clamp(0.0, MOST));
        }
    }

    /// What it says at a second of the run so far.
    pub fn at(&self, second: f64) -> f64 {
        along(&self.points(), second)
    }

    /// The second of a handle, from 0 on; the start of the run has none.
    pub fn handle_s(&self, handle: usize) -> f64 {
        (handle + 1) as f64 * self.duration_s / HANDLES as f64
    }

    /// Moves a handle to a height; its neighbours stay where they are, and what lies between is straight.
    pub fn move_handle(&mut self, handle: usize, messages: f64) {
        let here = self.handle_s(handle);
        let before = handle.checked_sub(1).map_or(0.0, |before| self.handle_s(before));
        let from = (before, self.at(before));
        let to = (handle + 1 < HANDLES).then(|| self.handle_s(handle + 1)).map(|after| (after, self.at(after)));
        self.line(from, (here, messages));
        if let Some(to) = to {
            self.line((here, messages), to);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.columns.iter().all(Option::is_none)
    }

    /// What was drawn so far; parts between two strokes are joined.
    pub fn points(&self) -> Vec<(f64, f64)> {
        let place = |(column, value): (usize, &Option<f64>)| value.map(|v| (self.second(column), v));
        self.columns.iter().enumerate().filter_map(place).collect()
    }

    /// The sketch; `None` while nothing that waits was drawn.
    pub fn sketch(&self) -> Option<Sketch> {
        // What is drawn by hand has no more digits than this.
        Sketch::of(self.points().into_iter().map(|(t, n)| (t, rounded(n))), self.duration_s)
    }

    fn column(&self, t: f64) -> usize {
        let share = (t / self.duration_s).clamp(0.0, 1.0);
        libm::round(share * (COLUMNS - 1) as f64) as usize
    }

    fn second(&self, column: usize) -> f64 {
        column as f64 / (COLUMNS - 1) as f64 * self.duration_s
    }
}

/// To two digits: more are not drawn by hand.
pub fn rounded(messages: f64) -> f64 {
    if messages < 10.0 {
        return messages;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(messages)) - 1.0);
    libm::round(messages / unit) * unit
}

/// The sketches of all scenarios, by the scenario's id.
#[derive(Clone, Debug, Default)]
pub struct Sketches {
    by_scenario: TextMap<Rc<Sketch>>,
    revision: u64,
}

/// The most scenarios with a sketch.
const MOST_SCENARIOS: usize = 64;

impl Sketches {
    pub fn get(&self, scenario: &str) -> Option<&Rc<Sketch>> {
        self.by_scenario.get(scenario)
    }

    /// Puts a sketch in the place of the one that was there; `None` takes that away. False: there is no room for another scenario's.
    pub fn set(&mut self, scenario: &str, sketch: Option<Sketch>) -> bool {
        self.revision += 1;
        match sketch {
            Some(_) if self.by_scenario.len() >= MOST_SCENARIOS && self.get(scenario).is_none() => {
                return false;
            }
            Some(sketch) => drop(self.by_scenario.insert(scenario, Rc::new(sketch))),
            None => drop(self.by_scenario.remove(scenario)),
        }
        true
    }

    /// Takes over the sketches of others, in place of those of the same scenarios; where there is no room, these stay.
    pub fn take(&mut self, others: Sketches) {
        for (scenario, sketch) in others.by_scenario.into_entries() {
            self.set(&scenario, Some((*sketch).clone()));
        }
    }

    /// Rises with every change: save when it does.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Scenario and points of each.
    pub fn points(&self) -> impl Iterator<Item = (&str, &[(f64, f64)])> {
        self.by_scenario.iter().map(|(scenario, sketch)| (scenario.as_str(), sketch.points()))
    }

    /// What was stored: whatever does not fit is left out.
    pub fn read(kept: impl IntoIterator<Item = (String, Vec<(f64, f64)>)>) -> Sketches {
        let mut sketches = Sketches::default();
        for (scenario, points) in kept {
            if let Some(sketch) = Sketch::of(points, LONGEST_S) {
                sketches.set(&scenario, Some(sketch));
            }
        }
        sketches.revision = 0;
        sketches
    }
}

/// A scenario lasts at most a week.
const LONGEST_S: f64 = 604_800.0;

impl Session {
    /// The backlog that the learner expects in this scenario.
    pub fn sketch(&self) -> Option<&Rc<Sketch>> {
        self.sketches.get(&self.scenario().id)
    }

    pub fn sketches(&self) -> &Sketches {
        &self.sketches
    }

    /// Stores what the learner expects in this scenario, or removes it.
    pub(in crate::session) fn expect(&mut self, sketch: Option<Sketch>) {
        let (scenario, peak) = (self.scenario().id.clone(), sketch.as_ref().map(Sketch::peak));
        if !self.sketches.set(&scenario, sketch) {
            return self.refuse(say!("run.guesses_full"));
        }
        self.guess_drawn(peak);
    }
}
