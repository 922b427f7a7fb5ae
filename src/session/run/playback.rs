//! Playback: what the run's controls show, and how wall time maps to simulated time. `session::run::player` moves the run.
//!
//! A tick maps wall time × speed to a simulated time and runs to it within a budget of events. The budget is a constant, so a slow machine
//! shows a slower picture of the same run. Knows nothing of designs: it is given a network.

use engine::sim::time::{Span, Time};

/// The most events that one tick handles. A Monday has about 1.2 million: at 60 ticks a second it is over in a third of a second at most speed.
pub const TICK_EVENTS: u64 = 60_000;
/// The most wall time that one tick stands for, in seconds, so that a page that was hidden goes on where it stopped.
pub const MAX_TICK_S: f64 = 0.1;
/// How much wall time passes between two snapshots of the figures in the diagram, in seconds.
pub(in crate::session) const SNAPSHOT_EVERY_S: f64 = 0.08;

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

    /// A morning of three hours in 36 seconds.
    pub const DEFAULT: Speed = Speed::Times(300);

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
    /// The play head.
    pub now: Time,
    /// The length of the scenario.
    pub duration: Span,
    /// Something was changed midway: the run is not scored.
    pub exploration: bool,
    /// The run came to its end and the design is another one since: all figures are those of the design before the change.
    pub outdated: bool,
    /// The play head was led to a moment of a run that is over, to look at it: an edit is one of the design, not of this run.
    pub visiting: bool,
    /// On its way to the end at once, whatever the speed.
    pub to_end: bool,
    /// On its way to this moment: the play head is there already, the diagram not yet.
    pub seeking: Option<Time>,
    /// How far this very run has been simulated; beyond [`Playback::now`] after going back.
    pub furthest: Time,
    /// The moment at which this run branched off another one.
    pub forked: Option<Time>,
}

impl Default for Playback {
    fn default() -> Playback {
        Playback {
            state: RunState::Ready,
            speed: Speed::DEFAULT,
            now: Time::ZERO,
            duration: Span::ZERO,
            exploration: false,
            outdated: false,
            visiting: false,
            to_end: false,
            seeking: None,
            furthest: Time::ZERO,
            forked: None,
        }
    }
}
