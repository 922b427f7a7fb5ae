//! Playback: a run, and how wall time moves it.
//!
//! A tick maps wall time × speed to a simulated time and runs to it within a budget of events. The budget is a constant, so a slow machine
//! shows a slower picture of the same run. Knows nothing of designs: it is given a network.

use std::rc::Rc;
use std::sync::Arc;

use crate::kata::{Scenario, Verdict};
use crate::measure::Measures;
use crate::sim::network::{Change, Network};
use crate::sim::time::{Span, Time};
use crate::sim::{Progress, Run};

use super::figures::{Figures, Snapshots};

/// The most events that one tick handles. A Monday has about 1.2 million: at 60 ticks a second it is over in a third of a second at most speed.
pub const TICK_EVENTS: u64 = 60_000;
/// The most wall time that one tick stands for, in seconds, so that a page that was hidden goes on where it stopped.
pub const MAX_TICK_S: f64 = 0.1;
/// How much wall time passes between two looks at the goals, in seconds.
const VERDICT_EVERY_S: f64 = 0.25;
/// How much wall time passes between two snapshots of the figures in the diagram, in seconds.
const SNAPSHOT_EVERY_S: f64 = 0.08;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// No run yet: play starts one.
    Ready,
    Playing,
    Paused,
    /// The run has come to its end.
    Over,
}

/// Simulated seconds a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    Times(u32),
    /// As fast as ticks allow.
    Max,
}

impl Speed {
    /// All speeds that are offered, slowest first.
    pub const ALL: [Speed; 6] =
        [Speed::Times(1), Speed::Times(10), Speed::Times(60), Speed::Times(300), Speed::Times(1800), Speed::Max];

    /// `60×`, `max`.
    pub fn label(self) -> String {
        match self {
            Speed::Times(n) => format!("{n}×"),
            Speed::Max => "max".to_owned(),
        }
    }

    /// From what an address says: a number above 0 or `max`.
    pub fn parse(text: &str) -> Option<Speed> {
        match text {
            "max" => Some(Speed::Max),
            number => number.parse().ok().filter(|n| (1..=100_000).contains(n)).map(Speed::Times),
        }
    }
}

/// What the run controls show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    pub state: RunState,
    pub speed: Speed,
    pub now: Time,
    /// The length of the scenario.
    pub duration: Span,
    /// Something was changed midway: the run is not scored.
    pub exploration: bool,
    /// The run is over and the design has other parameters since: the results are those of the design before.
    pub outdated: bool,
    /// On its way to the end at once, whatever the speed.
    pub to_end: bool,
}

impl Default for Playback {
    fn default() -> Playback {
        Playback {
            state: RunState::Ready,
            speed: Speed::Times(60),
            now: Time::ZERO,
            duration: Span::ZERO,
            exploration: false,
            outdated: false,
            to_end: false,
        }
    }
}

/// The run and its state. The session decides when; this does it.
#[derive(Default)]
pub(super) struct Player {
    playback: Playback,
    run: Option<Run<Measures>>,
    /// The simulated time that the wall clock asks for; never far ahead of the run.
    target: Time,
    behind: bool,
    snapshots: Snapshots,
    since_snapshot_s: f64,
    verdict: Option<Verdict>,
    since_verdict_s: f64,
    revision: u64,
    number: u64,
}

impl Player {
    pub fn playback(&self) -> &Playback {
        &self.playback
    }

    pub fn run(&self) -> Option<&Run<Measures>> {
        self.run.as_ref()
    }

    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    pub fn figures(&self) -> Option<&Rc<Figures>> {
        self.snapshots.latest()
    }

    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub fn number(&self) -> u64 {
        self.number
    }

    pub fn is_behind(&self) -> bool {
        self.behind
    }

    pub fn set_speed(&mut self, speed: Speed) {
        self.playback.speed = speed;
        self.target = self.playback.now;
    }

    pub fn set_duration(&mut self, duration: Span) {
        self.playback.duration = duration;
    }

    pub fn set_state(&mut self, state: RunState) {
        self.playback.state = state;
        self.behind = false;
        if state != RunState::Playing {
            self.playback.to_end = false;
        }
    }

    /// Pauses, with all figures up to this very moment.
    pub fn pause(&mut self, scenario: &Scenario) {
        self.set_state(RunState::Paused);
        self.snapshot();
        self.judge(scenario);
    }

    pub fn hurry_to_end(&mut self) {
        self.playback.to_end = true;
    }

    /// Begins a run, paused at its start.
    pub fn begin(&mut self, network: Network, seed: u64, scenario: &Scenario) {
        let measures = Measures::new(&network);
        self.run = Some(Run::new(Arc::new(network), seed, measures));
        self.playback.exploration = false;
        self.playback.outdated = false;
        self.number += 1;
        self.snapshots.forget();
        self.set_state(RunState::Paused);
        self.target = Time::ZERO;
        self.went_on();
        self.snapshot();
        self.judge(scenario);
    }

    /// Forgets the run, back to the start.
    pub fn end(&mut self) {
        if self.run.take().is_some() {
            self.revision += 1;
        }
        self.verdict = None;
        self.snapshots.forget();
        self.target = Time::ZERO;
        self.playback.now = Time::ZERO;
        self.playback.exploration = false;
        self.playback.outdated = false;
        self.set_state(RunState::Ready);
    }

    /// Goes on with the parameters of `network`, which has the same stations; true if any of them differ from before.
    pub fn change_to(&mut self, network: Network) -> bool {
        let Some(run) = self.run.as_mut().filter(|run| !run.is_over()) else { return false };
        let now = run.now();
        let mut changed = false;
        for (station, spec) in network.stations.into_iter().enumerate() {
            let made = run.changes().iter().rev().find(|c| c.station == station).map(|c| &c.params);
            if *made.unwrap_or(&run.network().stations[station].params) != spec.params {
                run.change(Change { at: now, station, params: spec.params });
                changed = true;
            }
        }
        if changed {
            self.playback.exploration = true;
            self.revision += 1;
        }
        changed
    }

    /// The design has changed since the run ended.
    pub fn outdate(&mut self) {
        self.playback.outdated = true;
    }

    /// Lets `wall_s` seconds of wall time pass.
    pub fn tick(&mut self, wall_s: f64, scenario: &Scenario) {
        let Some(run) = self.run.as_mut() else { return };
        let wall_s = if wall_s.is_finite() { wall_s.clamp(0.0, MAX_TICK_S) } else { 0.0 };
        self.target = match self.playback.speed {
            Speed::Times(n) if !self.playback.to_end => {
                let longest = run.now() + Span::from_seconds(MAX_TICK_S * f64::from(n));
                self.target.max(run.now()).min(longest) + Span::from_seconds(wall_s * f64::from(n))
            }
            _ => Time::NEVER,
        };
        self.behind = run.run_until(self.target, TICK_EVENTS) == Progress::OutOfBudget;
        self.since_verdict_s += wall_s;
        self.since_snapshot_s += wall_s;
        self.went_on();
        if self.since_snapshot_s >= SNAPSHOT_EVERY_S || self.playback.state == RunState::Over {
            self.snapshot();
        }
        if self.since_verdict_s >= VERDICT_EVERY_S || self.playback.state == RunState::Over {
            self.judge(scenario);
        }
    }

    /// Handles one event.
    pub fn step_event(&mut self, scenario: &Scenario) {
        if let Some(run) = self.run.as_mut() {
            run.step();
            self.after_step(scenario);
        }
    }

    /// Handles all events of the next simulated second.
    pub fn step_second(&mut self, scenario: &Scenario) {
        if let Some(run) = self.run.as_mut() {
            let until = run.now() + Span::from_seconds(1.0);
            while run.run_until(until, TICK_EVENTS) == Progress::OutOfBudget {}
            self.after_step(scenario);
        }
    }

    fn after_step(&mut self, scenario: &Scenario) {
        self.went_on();
        self.target = self.playback.now;
        self.snapshot();
        self.judge(scenario);
    }

    /// Takes over what the run says of itself.
    fn went_on(&mut self) {
        let Some(run) = &self.run else { return };
        self.revision += 1;
        self.playback.now = run.now();
        if run.is_over() {
            self.set_state(RunState::Over);
        }
    }

    fn snapshot(&mut self) {
        self.since_snapshot_s = 0.0;
        if let Some(run) = &self.run {
            self.snapshots.take(run);
        }
    }

    fn judge(&mut self, scenario: &Scenario) {
        let Some(run) = &self.run else { return };
        self.since_verdict_s = 0.0;
        self.verdict = Some(Verdict::of(scenario, &run.observer().report(run.now()), run.is_over()));
    }
}
