//! The run to compare with: a pinned one, or the future that a fork left behind. Simulated in the background, a bounded number of events at a
//! time; what it shows is what has been simulated so far, and all of it at the end.

use crate::say;
use std::rc::Rc;

use crate::kata::Verdict;
use crate::record::{Origin, RunRecord};
use engine::measure::{Histogram, Series};
use engine::sim::time::Time;
use engine::{Progress, Simulation};

use crate::session::run::playback::TICK_EVENTS;

/// A run to compare with, held still.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What it is called, such as `Run 3 · Monday, 8 am`.
    pub label: String,
    /// The moment from which this run and the other one differ, if one is the other's fork.
    pub forked: Option<Time>,
    pub series: Series,
    pub acceptance: Histogram,
    /// Of what was confirmed.
    pub end_to_end: Histogram,
    pub verdict: Verdict,
    pub digest: String,
    /// It has come to its end; until then the figures are those so far.
    pub complete: bool,
    /// It was pinned, and it is not the run that it was: why, in words.
    pub doubt: Option<String>,
}

/// A run on its way to its end behind the scenes.
pub(in crate::session) struct ComparedRun {
    run: Simulation,
    origin: Origin,
    label: String,
    forked: Option<Time>,
    /// The digest that it is expected to end with.
    expected: Option<String>,
    compared: Rc<Compared>,
}

impl ComparedRun {
    pub fn new(
        run: Simulation,
        origin: Origin,
        label: String,
        forked: Option<Time>,
        expected: Option<String>,
    ) -> ComparedRun {
        let compared = Rc::new(held(&run, &origin, &label, forked, expected.as_deref()));
        ComparedRun { run, origin, label, forked, expected, compared }
    }

    pub fn compared(&self) -> &Rc<Compared> {
        &self.compared
    }

    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    pub fn is_complete(&self) -> bool {
        self.compared.complete
    }

    /// Handles some events; true when this brought it to its end.
    pub fn go_on(&mut self) -> bool {
        if self.is_complete() {
            return false;
        }
        let over = self.run.is_over() || self.run.run_until(Time::NEVER, TICK_EVENTS) == Progress::Over;
        if over {
            let held = held(&self.run, &self.origin, &self.label, self.forked, self.expected.as_deref());
            self.compared = Rc::new(held);
        }
        over
    }

    /// Whether it is this recorded run.
    pub fn is(&self, kept: &RunRecord) -> bool {
        self.expected.as_deref() == Some(&kept.digest)
            && self.origin == kept.origin(self.origin.scenario.clone())
            && self.origin.scenario.id == kept.scenario
    }

    /// Calls it something else.
    pub fn rename(&mut self, label: &str) {
        self.label = label.to_owned();
        Rc::make_mut(&mut self.compared).label = label.to_owned();
    }
}

fn held(run: &Simulation, origin: &Origin, label: &str, forked: Option<Time>, expected: Option<&str>) -> Compared {
    let measures = run.measures();
    let complete = run.is_over();
    let digest = measures.digest();
    let other = complete && expected.is_some_and(|expected| expected != digest);
    Compared {
        label: label.to_owned(),
        forked,
        series: measures.series().clone(),
        acceptance: measures.acceptance(),
        end_to_end: measures.end_to_end(),
        verdict: Verdict::of(&origin.scenario, &measures.report(run.now()), complete),
        doubt: other.then(|| say!("run.doubt").to_owned()),
        digest,
        complete,
    }
}
