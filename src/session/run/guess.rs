//! The guess: before a figure answers how many will wait, the learner is asked to draw it. Once in a scenario, where a queue and workers are
//! there for the first time and a run has been watched; drawn, skipped, or wanted again. It is never in the way: a run that begins takes it
//! as skipped.
//!
//! The curve is a [`Sketch`](super::sketch::Sketch); here is what was asked, and what came in the first run after it. Bounded by [`MOST`].

use crate::kata::brief;
use crate::say;
use crate::session::Session;
use crate::session::run::playback::RunState;

/// The most guesses that are stored: the oldest go.
pub const MOST: usize = 64;

/// A guess in a scenario: the highest backlog that was drawn, and the one that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The scenario's id.
    pub scenario: String,
    /// Messages; `None`: skipped.
    pub drawn: Option<u64>,
    /// Messages, in the first run after it; `None`: there was none yet.
    pub came: Option<u64>,
}

impl Guess {
    /// How many times too low or too high it was, from 1; `None` before a run.
    pub fn off(&self) -> Option<f64> {
        let (drawn, came) = (self.drawn?.max(1) as f64, self.came?.max(1) as f64);
        Some((drawn / came).max(came / drawn))
    }
}

/// All guesses, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Guesses {
    list: Vec<Guess>,
    /// Asked for by the learner.
    wanted: bool,
    /// Being drawn: the question stays until it is answered.
    drawing: bool,
    revision: u64,
}

/// What is done about the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guessing {
    /// It is wanted, once more or for the first time.
    Ask,
    /// It is put away, as it is.
    PutAway,
}

impl Guesses {
    /// What was stored.
    pub fn read(list: impl IntoIterator<Item = Guess>) -> Guesses {
        Guesses { list: list.into_iter().take(MOST).collect(), ..Guesses::default() }
    }

    /// In the order in which they were made.
    pub fn list(&self) -> &[Guess] {
        &self.list
    }

    /// Rises with every change: save when it does.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The latest one in a scenario.
    pub fn of(&self, scenario: &str) -> Option<&Guess> {
        self.list.iter().rfind(|guess| guess.scenario == scenario)
    }

    fn set(&mut self, scenario: &str, drawn: Option<u64>) {
        self.revision += 1;
        match self.list.iter_mut().rfind(|guess| guess.scenario == scenario) {
            Some(open) if open.came.is_none() => open.drawn = drawn,
            _ => {
                if self.list.len() >= MOST {
                    self.list.remove(0);
                }
                self.list.push(Guess { scenario: scenario.to_owned(), drawn, came: None });
            }
        }
    }
}

impl Session {
    pub fn guesses(&self) -> &Guesses {
        &self.guesses
    }

    /// The learner is asked for the backlog, or draws it.
    pub fn is_guessing(&self) -> bool {
        let watched = brief().steps.first().is_none_or(|step| self.progress().has_step(&step.id));
        let is_new = self.guesses.drawing || self.guesses.of(&self.scenario().id).is_none();
        self.may_guess() && (self.guesses.wanted || is_new && watched)
    }

    /// A guess can be drawn now: there is a queue and what empties it, and no run of this design.
    pub fn may_guess(&self) -> bool {
        let before = self.playback().state == RunState::Ready || self.is_stale();
        let parts = self.analysis().has_queue() && self.analysis().has_workers() && self.analysis().network().is_ok();
        before && parts && !self.is_readonly()
    }

    /// Whether the learner has drawn a guess in this scenario and is done with it: then a prediction gives nothing away.
    pub fn has_guessed(&self) -> bool {
        self.guesses.of(&self.scenario().id).is_some_and(|guess| guess.drawn.is_some()) && !self.is_guessing()
    }

    pub(in crate::session) fn guess(&mut self, guessing: Guessing) {
        match guessing {
            Guessing::Ask if !self.may_guess() => self.refuse(say!("run.guess_first")),
            Guessing::Ask => self.guesses.wanted = true,
            Guessing::PutAway => self.answer_guess(),
        }
    }

    /// A curve was drawn, or taken away, with this as its highest point.
    pub(in crate::session) fn guess_drawn(&mut self, peak: Option<f64>) {
        self.guesses.drawing |= self.is_guessing();
        let scenario = self.scenario().id.clone();
        self.guesses.set(&scenario, peak.map(|peak| libm::round(peak) as u64));
    }

    /// The question is answered, as far as it was.
    pub(in crate::session) fn answer_guess(&mut self) {
        (self.guesses.wanted, self.guesses.drawing) = (false, false);
        if self.guesses.of(&self.scenario().id).is_some_and(|guess| guess.drawn.is_some()) {
            self.foresee();
        }
        let parts = self.analysis().has_queue() && self.analysis().has_workers();
        let scenario = self.scenario().id.clone();
        if parts && self.guesses.of(&scenario).is_none() {
            self.guesses.set(&scenario, None);
        }
    }

    /// A run is over: what came of the guess.
    pub(in crate::session) fn compare_guess(&mut self) {
        let Some(run) = self.simulation() else { return };
        let came = run.measures().report(run.now()).backlog.max;
        let scenario = self.scenario().id.clone();
        let guess = self.guesses.list.iter_mut().rfind(|guess| guess.scenario == scenario);
        if let Some(guess) = guess.filter(|guess| guess.drawn.is_some() && guess.came.is_none()) {
            guess.came = Some(came);
            self.guesses.revision += 1;
        }
    }
}
