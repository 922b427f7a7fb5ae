//! Run control: what play, pause, steps, seeds and edits mean for the run. [`crate::session::run::playback`] moves it.

use crate::say;
use std::rc::Rc;

use crate::kata::Scenario;
use crate::record::Origin;
use crate::session::Session;
use crate::session::run::compared::{Compared, ComparedRun};
use crate::session::run::playback::RunState;
use engine::Simulation;
use engine::measure::Series;
use engine::sim::time::Time;

impl Session {
    /// The run as far as it has come: the one at the play head, or, after going back, what was simulated before.
    pub fn furthest(&self) -> Option<&Simulation> {
        self.play.furthest()
    }

    /// The curves of this very run as far as it has come, beyond [`Session::now`] after going back.
    pub fn series(&self) -> Option<&Series> {
        self.furthest().map(|run| run.measures().series())
    }

    /// The run to compare with: the future that a fork left, or the pinned run in its own scenario. Another morning has other curves.
    pub fn compared(&self) -> Option<&Rc<Compared>> {
        let pinned = self.pinned.as_ref().filter(|pinned| pinned.origin().scenario.id == self.scenario.id);
        self.left.as_ref().or(pinned).map(ComparedRun::compared)
    }

    /// The design is another one than the run that is shown had at its end: figures, goals and curves are of before the change.
    pub fn is_stale(&self) -> bool {
        self.playback().outdated
    }

    /// On its way to a moment of the run.
    pub fn is_seeking(&self) -> bool {
        self.playback().seeking.is_some()
    }

    /// Whether ticks are wanted: the run plays, is on its way to a moment, or something is simulated behind the scenes.
    pub fn wants_ticks(&self) -> bool {
        self.is_playing() || self.is_seeking() || self.has_background()
    }

    pub(in crate::session) fn play(&mut self) {
        match self.play.playback().state {
            RunState::Playing => {}
            RunState::Paused if !self.is_stale() => self.play.set_state(RunState::Playing),
            RunState::Ready | RunState::Paused | RunState::Over => {
                if self.begin_run() {
                    self.play.set_state(RunState::Playing);
                }
            }
        }
    }

    pub(in crate::session) fn play_or_pause(&mut self) {
        if self.is_playing() { self.pause() } else { self.play() }
    }

    pub(in crate::session) fn pause(&mut self) {
        if self.is_playing() {
            self.play.pause(&self.scenario);
        }
    }

    /// Starts a new run, paused at its start; or says what stops it.
    fn begin_run(&mut self) -> bool {
        self.built();
        self.answer_guess();
        self.remember_slowest();
        let (design, scenario) = (self.history.now().clone(), self.scenario.clone());
        match self.play.begin(Origin { design, scenario, seed: self.seed, changes: Vec::new() }, &self.analysis) {
            Ok(()) => {
                self.forget_what_was_left();
                self.finished = None;
                true
            }
            Err(problems) => {
                let more = match problems.len() {
                    0 | 1 => String::new(),
                    n => format!(" {}", say!("run.more_errors", plural = n - 1, n = n - 1)),
                };
                let first = problems.first().map_or("", |p| p.text.as_str());
                self.refuse(format!("{}{more}", say!("run.cant_yet", fault = first)));
                false
            }
        }
    }

    /// Makes sure there is a run that is not over, paused, and not on its way.
    fn hold(&mut self) -> bool {
        if self.is_seeking() {
            return false;
        }
        match self.play.playback().state {
            RunState::Ready => self.begin_run(),
            _ if self.is_stale() => self.begin_run(),
            RunState::Over => false,
            RunState::Playing | RunState::Paused => {
                self.play.set_state(RunState::Paused);
                true
            }
        }
    }

    pub(in crate::session) fn step_event(&mut self) {
        if self.hold() {
            self.play.step_event(&self.scenario);
            if let Some(acted) = self.play.acted() {
                self.say(format!("{} {}.", self.clock_at(self.now()), acted.text));
            }
            self.say_if_over();
        }
    }

    pub(in crate::session) fn step_second(&mut self) {
        if self.hold() {
            self.play.step_second(&self.scenario);
            self.say_if_over();
        }
    }

    pub(in crate::session) fn restart(&mut self) {
        let playing = self.is_playing();
        self.forget_run();
        if playing && self.begin_run() {
            self.play.set_state(RunState::Playing);
        }
    }

    pub(in crate::session) fn finish(&mut self) {
        if self.is_over() && !self.is_stale() {
            return;
        }
        self.play();
        if self.is_playing() {
            self.play.hurry_to_end();
        }
    }

    pub(in crate::session) fn set_seed(&mut self, seed: u64) {
        if seed == self.seed {
            return;
        }
        self.seed = seed;
        self.end_run(say!("run.ended_seed"));
    }

    pub(in crate::session) fn set_scenario(&mut self, scenario: Scenario) {
        if scenario == *self.scenario {
            return;
        }
        self.scenario = scenario.into();
        self.play.set_duration(self.scenario.world.duration);
        self.end_run(say!("run.ended_scenario"));
        self.reanalyse();
    }

    /// Ends the run, if there is one, and says so: why, in a sentence.
    pub(in crate::session) fn end_run(&mut self, because: &str) {
        let under_way = matches!(self.play.playback().state, RunState::Playing | RunState::Paused);
        let forked = self.play.playback().forked.is_some();
        self.forget_run();
        if under_way {
            self.ended = match forked {
                true => say!("run.ended_both"),
                false => say!("run.ended_play"),
            };
            self.say(because);
        }
    }

    fn forget_run(&mut self) {
        self.remember_slowest();
        self.play.end();
        self.forget_what_was_left();
    }

    fn forget_what_was_left(&mut self) {
        self.left = None;
        self.change_waits = false;
        self.close_story();
    }

    pub(in crate::session) fn tick(&mut self, wall_s: f64) {
        let (was_seeking, was_over) = (self.is_seeking(), self.is_over());
        self.play.tick(wall_s, &self.scenario);
        if was_seeking && !self.is_seeking() && std::mem::take(&mut self.change_waits) {
            self.change_run();
        }
        if self.is_over() && !was_over {
            self.say_if_over();
        }
        self.follow_losses(wall_s, was_seeking);
        self.follow_success();
        // What is simulated behind the scenes gets what the run at the play head leaves.
        if !self.play.is_behind() {
            self.go_on_behind();
        }
    }

    fn is_over(&self) -> bool {
        self.playback().state == RunState::Over
    }

    /// Whether something is simulated behind the scenes.
    pub(in crate::session) fn has_background(&self) -> bool {
        self.is_telling()
            || [&self.left, &self.pinned].into_iter().flatten().any(|compared_run| !compared_run.is_complete())
    }

    fn go_on_behind(&mut self) {
        // The learner waits for a story.
        if self.is_telling() {
            return self.go_on_telling();
        }
        if let Some(left) = self.left.as_mut().filter(|compared_run| !compared_run.is_complete()) {
            if left.go_on() {
                self.keep_left();
            }
        } else if let Some(pinned) = self.pinned.as_mut().filter(|compared_run| !compared_run.is_complete())
            && pinned.go_on()
            && let Some(doubt) = pinned.compared().doubt.clone()
        {
            self.refuse(doubt);
        }
    }

    pub(in crate::session) fn seek(&mut self, seconds: f64) {
        if !seconds.is_finite() {
            return;
        }
        if self.playback().state == RunState::Ready && !self.begin_run() {
            return;
        }
        self.play.seek(Time::from_seconds(seconds));
    }

    /// Goes to a moment to look at it. In a run that is over, what is edited there is the design, as it is at the end: whoever wants to
    /// change the run itself goes back by the timeline, or forks.
    pub(in crate::session) fn show_moment(&mut self, seconds: f64) {
        let ended = self.run_has_ended();
        self.seek(seconds);
        if ended {
            self.play.visit();
        }
    }

    /// Plays on after a drag along the timeline. At the end there is nothing to play on: a new run was not asked for.
    pub(in crate::session) fn go_on(&mut self) {
        if self.playback().state == RunState::Paused {
            self.play();
        }
    }

    pub(in crate::session) fn fork(&mut self) {
        let said = match self.playback().state {
            _ if self.is_stale() => {
                return self.refuse(say!("run.fork_stale"));
            }
            RunState::Ready => return self.refuse(say!("run.fork_play")),
            RunState::Over => {
                return self.refuse(say!("run.fork_over"));
            }
            RunState::Playing | RunState::Paused if self.is_seeking() => {
                return self.refuse(say!("run.fork_way"));
            }
            RunState::Playing | RunState::Paused => self.clock_at(self.now()),
        };
        self.pause();
        if let Some((run, origin)) = self.play.split() {
            self.leave(run, origin);
            self.say(say!("run.forked", at = said));
        }
    }

    /// Stores a future that this run has left, to compare with.
    pub(in crate::session) fn leave(&mut self, run: Simulation, origin: Origin) {
        let label = if origin.changes.is_empty() { say!("run.without_change") } else { say!("run.before_fork") };
        self.left = Some(ComparedRun::new(run, origin, label.to_owned(), self.playback().forked, None));
    }

    fn say_if_over(&mut self) {
        if self.play.playback().state != RunState::Over {
            return;
        }
        self.keep_run();
        self.see_through();
        self.note_progress();
        self.compare_guess();
        self.look_back();
        let Some(verdict) = self.play.verdict() else { return };
        let (met, all) = (verdict.goals.iter().filter(|g| g.met()).count(), verdict.goals.len());
        let words = match (verdict.passed(), self.play.playback().exploration) {
            (_, true) => {
                say!("run.over_changed", plural = met, met, all)
            }
            (true, false) => say!("run.over_passed", plural = all, all),
            (false, false) => say!("run.over", plural = met, met, all),
        };
        self.say(words);
    }
}
