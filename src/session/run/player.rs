//! The player: a run and its state. The session decides when; this does it.
//!
//! A run is replayable: its seed and the changes made by hand name it. Going back is replaying it, from the start or from a copy made on the
//! way; the run as far as it had come is stored meanwhile, so that its curves stay, and going forward again costs nothing. A tick handles
//! a bounded number of events.

use std::rc::Rc;

use crate::design::{Design, Node, Problem};
use crate::kata::{Analysis, Scenario, Verdict};
use crate::late::late;
use crate::record::{Moments, Origin};
use engine::measure::trace::MAX_FACTS;
use engine::sim::time::{Span, Time};
use engine::{Progress, Simulation};

use crate::session::run::figures::{Figures, Snapshots, WINDOW};
use crate::session::run::playback::{MAX_TICK_S, Playback, RunState, SNAPSHOT_EVERY_S, Speed, TICK_EVENTS};
use crate::session::text::describe::{self, StepOutcome};

/// How many copies of a run are made along its way: from the nearest one, any moment of a Monday is some twenty milliseconds off.
const STOPS: u64 = 6;
/// A run with more bookings under way is not copied: a copy would take megabytes. It is replayed from the start.
const MAX_COPIED: u64 = 50_000;

mod fork;

#[derive(Default)]
pub(in crate::session) struct Player {
    playback: Playback,
    /// The run at the play head.
    run: Option<Simulation>,
    /// The same run as far as it has come, while the play head is behind that.
    ahead: Option<Simulation>,
    /// The run at earlier moments, in order: from the nearest one a replay is short.
    stops: Vec<Simulation>,
    /// What names the run. Its changes are those of the run, one by one.
    origin: Option<Origin>,
    /// Of the design that the run began with.
    analysis: Option<Rc<Analysis>>,
    /// The simulated time that the wall clock asks for; never far ahead of the run.
    target: Time,
    behind: bool,
    snapshots: Snapshots,
    /// The latest figures in the order of the design, which has other components than the run.
    arranged: Option<Rc<Figures>>,
    /// For each component of that design its station in the run, if it has one.
    order: Option<Vec<Option<usize>>>,
    /// The figures of the run as far as it has come, while the play head is behind that: rates there need what was counted before.
    seen: Snapshots,
    since_snapshot_s: f64,
    verdict: Option<Verdict>,
    moments: Moments,
    acted: Option<StepOutcome>,
    revision: u64,
    /// Rises with each run, and where a run takes another way than it had before.
    number: u64,
}

impl Player {
    pub fn playback(&self) -> &Playback {
        &self.playback
    }

    pub fn run(&self) -> Option<&Simulation> {
        self.run.as_ref()
    }

    /// The run as far as it has come.
    pub fn furthest(&self) -> Option<&Simulation> {
        self.ahead.as_ref().or(self.run.as_ref())
    }

    /// The run has been simulated to its end, wherever the play head is.
    pub fn is_complete(&self) -> bool {
        self.furthest().is_some_and(Simulation::is_over)
    }

    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The analysis of the design that the run began with.
    pub fn analysis(&self) -> Option<&Rc<Analysis>> {
        self.analysis.as_ref()
    }

    pub fn moments(&self) -> &Moments {
        &self.moments
    }

    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    pub fn acted(&self) -> Option<&StepOutcome> {
        self.acted.as_ref()
    }

    pub fn figures(&self) -> Option<&Rc<Figures>> {
        self.arranged.as_ref().or(self.snapshots.latest())
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
        self.behind = self.playback.seeking.is_some();
        if state == RunState::Playing {
            self.playback.visiting = false;
        } else {
            self.playback.to_end = false;
        }
    }

    /// Pauses, with all figures up to this very moment.
    pub fn pause(&mut self, scenario: &Scenario) {
        self.set_state(RunState::Paused);
        if self.playback.seeking.is_none() {
            self.snapshot();
            self.judge(scenario);
        }
    }

    pub fn hurry_to_end(&mut self) {
        self.playback.to_end = true;
    }

    /// Begins a run, paused at its start; or every error that stops it.
    pub fn begin(&mut self, origin: Origin, analysis: &Rc<Analysis>) -> Result<(), Vec<Problem>> {
        let run = origin.start_analysed(analysis)?;
        self.end();
        self.analysis = Some(analysis.clone());
        self.run = Some(run);
        let scenario = origin.scenario.clone();
        self.moments = Moments::new(&scenario);
        self.playback.exploration = !origin.changes.is_empty();
        self.origin = Some(origin);
        self.number += 1;
        self.set_state(RunState::Paused);
        self.went_on();
        self.snapshot();
        self.judge(&scenario);
        Ok(())
    }

    /// Drops the run: back to the start.
    pub fn end(&mut self) {
        if self.run.take().is_some() {
            self.revision += 1;
        }
        self.ahead = None;
        self.stops.clear();
        self.origin = None;
        self.analysis = None;
        self.verdict = None;
        self.moments = Moments::default();
        self.acted = None;
        self.snapshots.forget();
        (self.arranged, self.order) = (None, None);
        self.target = Time::ZERO;
        let Playback { speed, duration, .. } = self.playback;
        self.playback = Playback { speed, duration, ..Playback::default() };
        self.set_state(RunState::Ready);
    }

    /// The design has changed since the run ended, or (`same`) is what it was. Figures go on by the components that are still there.
    pub fn outdate(&mut self, design: &Design, same: bool) {
        self.playback.outdated = !same;
        let Some(origin) = &self.origin else { return };
        let station = |node: &Rc<Node>| origin.design.nodes.iter().position(|n| n.id == node.id);
        let order: Vec<_> = design.nodes.iter().map(station).collect();
        let as_it_was =
            order.len() == origin.design.nodes.len() && order.iter().enumerate().all(|(i, at)| *at == Some(i));
        self.order = (!as_it_was).then_some(order);
        self.arrange();
    }

    /// The play head stands at a moment of a run that is over, to be looked at.
    pub fn visit(&mut self) {
        self.playback.visiting = true;
    }

    /// Goes to a moment, back or forth, with the ticks that follow.
    pub fn seek(&mut self, to: Time) {
        let Some(run) = &self.run else { return };
        let to = to.min(Time::ZERO + self.playback.duration);
        if self.ahead.as_ref().is_some_and(|ahead| to >= ahead.now()) {
            self.run = self.ahead.take();
            self.snapshots = std::mem::take(&mut self.seen);
        } else if to < run.now() {
            self.rewind(to);
        }
        if self.playback.state == RunState::Over {
            self.set_state(RunState::Paused);
        }
        self.playback.visiting = false;
        self.playback.to_end = false;
        self.playback.seeking = Some(to);
        self.behind = true;
        self.went_on();
    }

    /// Back to before a moment of the same run: to its start, or to where a copy was made. The rates shown at the moment need what was
    /// counted a little earlier.
    fn rewind(&mut self, to: Time) {
        let warm = Time(to.0.saturating_sub(WINDOW.0));
        let Some(run) = self.run.take() else { return };
        let (network, seed) = (run.network().clone(), self.origin.as_ref().map_or(0, |origin| origin.seed));
        let changes = run.changes().to_vec();
        self.run = Some(match self.stops.iter().rev().find(|stop| stop.now() <= warm).and_then(copy) {
            Some(mut run) => {
                run.go_on_with(changes);
                run
            }
            None => Simulation::replay(network, seed, changes),
        });
        let shown = std::mem::take(&mut self.snapshots);
        if self.ahead.is_none() {
            (self.ahead, self.seen) = (Some(run), shown);
        }
    }

    /// On towards the moment that is sought. The rates shown there need what was counted a little earlier.
    fn seek_on(&mut self, to: Time, scenario: &Scenario) {
        let Some(run) = self.run.as_mut() else { return };
        let before = Time(to.0.saturating_sub(WINDOW.0));
        if run.now() < before && !run.is_over() {
            if run.run_until(before, TICK_EVENTS) != Progress::OutOfBudget {
                self.snapshots.take(run);
            }
            return self.went_on();
        }
        if run.run_until(to, TICK_EVENTS) == Progress::OutOfBudget {
            return self.went_on();
        }
        self.playback.seeking = None;
        self.behind = false;
        self.after_step(scenario);
    }

    /// Lets `wall_s` seconds of wall time pass.
    pub fn tick(&mut self, wall_s: f64, scenario: &Scenario) {
        if let Some(to) = self.playback.seeking {
            return self.seek_on(to, scenario);
        }
        if self.playback.state != RunState::Playing {
            return;
        }
        let Some(run) = self.run.as_mut() else { return };
        let wall_s = if wall_s.is_finite() { wall_s.clamp(0.0, MAX_TICK_S) } else { 0.0 };
        self.target = match self.playback.speed {
            Speed::Times(n) if !self.playback.to_end => {
                let longest = run.now() + Span::from_seconds(MAX_TICK_S * f64::from(n));
                self.target.max(run.now()).min(longest) + Span::from_seconds(wall_s * f64::from(n))
            }
            _ => Time::NEVER,
        };
        // At any pace the rates shown at the end are those of the last stretch, not of however long the last tick was.
        let end = Time::ZERO + self.playback.duration;
        let warm = Time(end.0.saturating_sub(WINDOW.0));
        let until = if run.now() < warm { self.target.min(warm) } else { self.target };
        let progress = run.run_until(until, TICK_EVENTS);
        if until == warm && progress != Progress::OutOfBudget {
            self.snapshots.take(run);
        }
        self.behind = progress == Progress::OutOfBudget || until < self.target;
        self.since_snapshot_s += wall_s;
        self.went_on();
        if self.since_snapshot_s >= SNAPSHOT_EVERY_S || self.playback.state == RunState::Over {
            // Figures and goals are of one moment.
            self.snapshot();
            self.judge(scenario);
        }
    }

    /// Handles one event.
    pub fn step_event(&mut self, scenario: &Scenario) {
        let (Some(run), Some(origin)) = (&mut self.run, &self.origin) else { return };
        let mut facts = Vec::new();
        run.step_observed(|_, fact| {
            if facts.len() < MAX_FACTS {
                facts.push(*fact);
            }
        });
        let acted = describe::step(&facts, &origin.design);
        self.after_step(scenario);
        self.acted = acted;
    }

    /// Handles all events of the next simulated second; where they are more than a tick may handle, the ticks that follow go on.
    pub fn step_second(&mut self, scenario: &Scenario) {
        let Some(run) = self.run.as_mut() else { return };
        let until = (run.now() + Span::from_seconds(1.0)).min(Time::ZERO + self.playback.duration);
        if run.run_until(until, TICK_EVENTS) == Progress::OutOfBudget {
            self.playback.seeking = Some(until);
            self.behind = true;
            return self.went_on();
        }
        self.after_step(scenario);
    }

    fn after_step(&mut self, scenario: &Scenario) {
        self.went_on();
        self.target = self.playback.now;
        self.snapshot();
        self.judge(scenario);
    }

    /// Takes over what the run says of itself.
    fn went_on(&mut self) {
        self.stop_here();
        let Some(run) = &self.run else { return };
        self.revision += 1;
        self.acted = None;
        let (now, is_over) = (run.now(), run.is_over());
        self.ahead.take_if(|ahead| now >= ahead.now());
        self.playback.now = self.playback.seeking.unwrap_or(now);
        self.playback.furthest = self.furthest().map_or(now, Simulation::now);
        if is_over && self.playback.seeking.is_none() {
            self.set_state(RunState::Over);
        }
    }

    /// Copies the run now and then, once the page can: going back before that simulates from the start.
    fn stop_here(&mut self) {
        let Some(run) = &self.run else { return };
        let every = Span(self.playback.duration.0 / STOPS);
        let last = self.stops.last().map_or(Time::ZERO, Simulation::now);
        if run.now() >= last + every && !run.is_over() && run.alive() <= MAX_COPIED {
            self.stops.extend(copy(run));
        }
    }

    fn snapshot(&mut self) {
        self.since_snapshot_s = 0.0;
        if let Some(run) = &self.run {
            self.snapshots.take(run);
            self.arrange();
        }
        let Some(furthest) = self.ahead.as_ref().or(self.run.as_ref()) else { return };
        self.moments.follow(furthest);
    }

    /// Brings the latest figures into the order of the design.
    fn arrange(&mut self) {
        let latest = self.order.as_ref().zip(self.snapshots.latest());
        self.arranged = latest.map(|(order, latest)| Rc::new(latest.arranged(order)));
    }

    fn judge(&mut self, scenario: &Scenario) {
        let Some(run) = &self.run else { return };
        let verdict = Verdict::of(scenario, &run.measures().report(run.now()), run.is_over());
        self.verdict = Some(self.moments.told(verdict, run.now()));
    }
}

late! {
    fn copy(run: &Simulation) -> Simulation {
        run.clone()
    }
}
