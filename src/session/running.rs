//! Run control: what play, pause, steps, seeds and edits mean for the run. [`super::playback`] moves it.

use super::Session;
use super::playback::RunState;
use crate::kata::Scenario;

impl Session {
    pub(super) fn play(&mut self) {
        match self.play.playback().state {
            RunState::Playing => {}
            RunState::Paused => self.play.set_state(RunState::Playing),
            RunState::Ready | RunState::Over => {
                if self.begin_run() {
                    self.play.set_state(RunState::Playing);
                }
            }
        }
    }

    pub(super) fn pause(&mut self) {
        if self.is_playing() {
            self.play.pause(&self.scenario);
        }
    }

    /// Starts a new run, paused at its start; or says what stops it.
    fn begin_run(&mut self) -> bool {
        match self.scenario.compile(self.history.now()) {
            Ok(network) => {
                self.play.begin(network, self.seed, &self.scenario);
                true
            }
            Err(problems) => {
                let more = match problems.len() {
                    0 | 1 => String::new(),
                    2 => " And one more error.".to_owned(),
                    n => format!(" And {} more errors.", n - 1),
                };
                let first = problems.first().map_or("", |p| p.text.as_str());
                self.refuse(format!("The design can't run yet. {first}{more}"));
                false
            }
        }
    }

    /// Makes sure there is a run that is not over, paused.
    fn hold(&mut self) -> bool {
        match self.play.playback().state {
            RunState::Ready => self.begin_run(),
            RunState::Over => false,
            RunState::Playing | RunState::Paused => {
                self.play.set_state(RunState::Paused);
                true
            }
        }
    }

    pub(super) fn step_event(&mut self) {
        if self.hold() {
            self.play.step_event(&self.scenario);
            self.say_if_over();
        }
    }

    pub(super) fn step_second(&mut self) {
        if self.hold() {
            self.play.step_second(&self.scenario);
            self.say_if_over();
        }
    }

    pub(super) fn restart(&mut self) {
        let playing = self.is_playing();
        self.play.end();
        if playing && self.begin_run() {
            self.play.set_state(RunState::Playing);
        }
    }

    pub(super) fn finish(&mut self) {
        if self.play.playback().state == RunState::Over {
            return;
        }
        self.play();
        if self.is_playing() {
            self.play.hurry_to_end();
        }
    }

    pub(super) fn set_seed(&mut self, seed: u64) {
        if seed == self.seed {
            return;
        }
        self.seed = seed;
        self.end_run("the seed is new");
    }

    pub(super) fn set_scenario(&mut self, scenario: Scenario) {
        if scenario == *self.scenario {
            return;
        }
        self.scenario = scenario.into();
        self.play.set_duration(self.scenario.world.duration);
        self.end_run("the scenario is new");
        self.look_again();
    }

    /// Ends the run, if there is one, and says why.
    pub(super) fn end_run(&mut self, because: &str) {
        let under_way = matches!(self.play.playback().state, RunState::Playing | RunState::Paused);
        self.play.end();
        if under_way {
            self.say(format!("The run has ended: {because}."));
        }
    }

    pub(super) fn tick(&mut self, wall_s: f64) {
        if self.is_playing() {
            self.play.tick(wall_s, &self.scenario);
            self.say_if_over();
        }
    }

    fn say_if_over(&mut self) {
        if self.play.playback().state != RunState::Over {
            return;
        }
        let Some(verdict) = self.play.verdict() else { return };
        let (met, all) = (verdict.goals.iter().filter(|g| g.met()).count(), verdict.goals.len());
        let words = match (verdict.passed(), self.play.playback().exploration) {
            (_, true) => {
                format!("The run is over: {met} of {all} goals hold. It was changed midway, so it is not scored.")
            }
            (true, false) => format!("The run is over: all {all} goals hold. Passed."),
            (false, false) => format!("The run is over: {met} of {all} goals hold."),
        };
        self.say(words);
    }
}
