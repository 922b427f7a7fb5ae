//! The moment of loss: a goal that is missed is said once, in words, and the page can be held at that moment, with what
//! did it.
//!
//! A flag stays for [`FLAG_S`] of wall time, and the next one waits for that, so that nobody is told faster than they can listen. What is
//! frozen is a moment of a run, whole or under way; it thaws when the run goes on, when the play head goes elsewhere, or when the design changes.

use std::rc::Rc;

use crate::design::NodeId;
use crate::format;
use crate::kata::Goal;
use crate::late::late;
use crate::record::Loss;
use crate::session::run::playback::RunState;
use crate::session::text::edit_captions::upper_first;
use crate::session::text::story::{BookingChoice, Story, StoryReplay};
use crate::session::text::{blame, happened};
use crate::session::{Pick, Selection, Session};
use engine::measure::{MetricId, Wait};
use engine::sim::FactKind;
use engine::sim::fact::FactSet;
use engine::sim::time::Time;

/// How long a flag is shown, in seconds of wall time.
pub const FLAG_S: f64 = 4.0;
/// A moment this near to that of a goal is that goal's.
const NEAR_S: f64 = 15.0;

/// A goal that has just been missed.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// The moment.
    pub at: Time,
    /// `08:16: a booking was made twice`.
    pub text: String,
}

/// A moment that is held.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    pub at: Time,
    /// The time of day, to the second.
    pub clock: String,
    /// What was missed there: `A booking was made twice.`; `None` where nothing was.
    pub missed: Option<String>,
    /// How it came to that, with the figures of the moment; `None` until the run is there.
    pub reason: Option<String>,
    /// The components that did it.
    pub lit: Vec<NodeId>,
    /// What happened to a booking that met it; `None` until it is found, and where nobody did.
    pub story: Option<Rc<Story>>,
}

/// What has been told of the run, and what is held.
#[derive(Debug, Default)]
pub(in crate::session) struct Flags {
    /// Of the run with this number.
    number: u64,
    told: Vec<MetricId>,
    flag: Option<Flag>,
    left_s: f64,
    frozen: Option<Rc<Frozen>>,
    /// What was there when it was frozen: the design's revision and the run's number.
    held: (u64, u64),
    goal: Option<Goal>,
    /// A story is being looked for that is of what is frozen.
    pub telling: bool,
}

impl Session {
    /// The goal that was missed last, for a few seconds.
    pub fn flag(&self) -> Option<&Flag> {
        self.flags.flag.as_ref()
    }

    /// The moment that is held.
    pub fn frozen(&self) -> Option<&Rc<Frozen>> {
        self.flags.frozen.as_ref()
    }

    /// Time has passed: says what was missed meanwhile, one thing at a time.
    pub(in crate::session) fn follow_losses(&mut self, wall_s: f64, was_seeking: bool) {
        let _ = follow(self, wall_s, was_seeking);
    }

    /// Goes to a moment and holds it.
    pub(in crate::session) fn freeze_at(&mut self, seconds: f64) {
        if !seconds.is_finite() || self.playback().state == RunState::Ready {
            return;
        }
        self.pause();
        self.show_moment(seconds);
        let at = self.now();
        let away = |moment: &Time| (moment.seconds() - at.seconds()).abs();
        let losses = self.losses();
        let near = losses.iter().filter(|loss| away(&loss.at) <= NEAR_S);
        let near = near.min_by(|a, b| away(&a.at).total_cmp(&away(&b.at)));
        // Where none is near, what was missed last before.
        let goal = near.or_else(|| losses.iter().rfind(|loss| loss.at <= at)).map(|loss| loss.goal);
        let starts = f64::from(self.scenario().starts_at_s);
        self.flags.goal = goal;
        self.flags.flag = None;
        self.flags.held = (self.design_revision(), self.run_number());
        self.flags.frozen = Some(Rc::new(Frozen {
            at,
            clock: format::time_of_day(starts + at.seconds()),
            missed: goal.map(|goal| format!("{}.", upper_first(&happened::beyond(&goal)))),
            reason: None,
            lit: Vec::new(),
            story: None,
        }));
        if !self.is_seeking() {
            self.look_at_frozen();
        }
    }

    pub(in crate::session) fn thaw(&mut self) {
        if self.flags.frozen.take().is_some() {
            self.forget_strip();
        }
    }

    /// What was held is not what is there any more.
    pub(in crate::session) fn thaw_if_gone(&mut self) {
        let Some(frozen) = &self.flags.frozen else { return };
        let here = self.now() == frozen.at && self.flags.held == (self.design_revision(), self.run_number());
        if !here || !matches!(self.playback().state, RunState::Paused | RunState::Over) {
            self.thaw();
        }
    }

    /// The run is at the moment: what did it, and who met it.
    fn look_at_frozen(&mut self) {
        let Some((frozen, goal)) = self.flags.frozen.clone().zip(self.flags.goal) else { return };
        if frozen.reason.is_some() {
            return;
        }
        if let Some((lit, reason)) = explained(self, &goal) {
            // Whoever came by a component that has no part in it looks at one that has.
            if let Some(part) =
                lit.first().filter(|_| self.selection.only_node().is_some_and(|node| !lit.contains(node)))
            {
                self.set_selection(Selection::of(Pick::Node(part.clone())));
            }
            self.flags.frozen = Some(Rc::new(Frozen { lit, reason, ..(*frozen).clone() }));
            self.ask_strip(&goal);
        }
    }

    /// Looks for the booking that met what is frozen, up to that moment, for the strip under it.
    fn ask_strip(&mut self, goal: &Goal) {
        let Some((kinds, (origin, analysis))) = met(goal.metric.id).zip(self.play.origin().zip(self.play.analysis()))
        else {
            return;
        };
        self.telling = StoryReplay::new(origin.clone(), analysis.clone(), BookingChoice::Met(kinds), self.now());
        self.flags.telling = true;
    }

    fn forget_strip(&mut self) {
        if std::mem::take(&mut self.flags.telling) {
            self.telling = None;
        }
    }

    /// The story of a booking that met what is frozen.
    pub(in crate::session) fn found_strip(&mut self, story: Option<Story>) {
        let Some(frozen) = &self.flags.frozen else { return };
        let story = story.map(Rc::new);
        self.flags.frozen = Some(Rc::new(Frozen { story, ..(**frozen).clone() }));
    }
}

impl Flags {
    /// Of another run nothing has been told.
    fn fresh(self) -> Flags {
        Flags { told: Vec::new(), flag: None, left_s: 0.0, ..self }
    }
}

/// What happens to a booking by which a goal is missed; `None` where it is nobody's fate.
fn met(metric: MetricId) -> Option<FactSet> {
    use FactKind::*;
    Some(match metric {
        MetricId::TurnedAwayRatio => FactSet::of(&[EndedRejected, EndedAbandoned]),
        MetricId::DroppedRatio => FactSet::of(&[DeadLettered, Lost]),
        MetricId::UnservedRatio => FactSet::of(&[EndedRejected, EndedAbandoned, DeadLettered, Lost]),
        MetricId::Duplicates => FactSet::of(&[Duplicated]),
        MetricId::Cost | MetricId::FinalBacklog => return None,
        other => match other.quantile() {
            Some((Wait::Acceptance, _)) => FactSet::of(&[Accepted]),
            _ => FactSet::of(&[Taken]),
        },
    })
}

late! {
    fn follow(session: &mut Session, wall_s: f64, was_seeking: bool) -> () {
        if session.flags.number != session.run_number() {
            let frozen = session.flags.frozen.take();
            session.flags = Flags { number: session.run_number(), frozen, ..std::mem::take(&mut session.flags).fresh() };
        }
        session.flags.left_s = (session.flags.left_s - wall_s.max(0.0)).max(0.0);
        let quiet = session.flags.left_s == 0.0 || !session.is_playing();
        if quiet {
            session.flags.flag = None;
        }
        if quiet && session.is_playing() {
            let new = session.losses().into_iter().find(|loss| !session.flags.told.contains(&loss.goal.metric.id));
            if let Some(Loss { goal, at, .. }) = new {
                let clock = format::clock(f64::from(session.scenario().starts_at_s) + at.seconds());
                session.flags.told.push(goal.metric.id);
                session.flags.flag = Some(Flag { at, text: format!("{clock}: {}", happened::beyond(&goal)) });
                session.flags.left_s = FLAG_S;
            }
        }
        if was_seeking && !session.is_seeking() {
            session.look_at_frozen();
        }
    }
}

late! {
    fn explained(session: &Session, goal: &Goal) -> (Vec<NodeId>, Option<String>) {
        let lit = session.blamed_for(goal.metric.id);
        let reason = blame::reason(session, goal, &lit);
        (lit, reason)
    }
}
