//! The story of one booking: what happened to it from the patient's request to its confirmation, found in a replay from the seed.
//!
//! Its pieces lie end to end: each says where the booking was from one moment to the next, and together they are its whole latency, to the
//! nanosecond. A replay handles a bounded number of events at a time. A booking that is still on its way has a story so far.

use std::rc::Rc;

use crate::design::Design;
use crate::kata::{Analysis, Person, builtin};
use crate::record::Origin;
use crate::session::Session;
use crate::session::run::playback::TICK_EVENTS;
use crate::session::text::describe;
use crate::{format, say};
use engine::measure::BookingTracer;
use engine::measure::trace::{Facts, Latency, Stretch};
use engine::sim::time::{Span, Time};
use engine::sim::{Fact, FactKind, FactSet};
use engine::{Progress, Simulation};

/// Which booking's story.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BookingChoice {
    /// The booking with the longest end-to-end latency so far.
    Worst,
    /// A booking accepted or confirmed from `from_s` up to `to_s` (seconds of the run), with the latency at percentile `p` (0–1) of those.
    Near { latency: Latency, from_s: f64, to_s: f64, p: f64 },
    /// The booking that came last, up to the play head, to this component (its number in the design): a dot on its way there.
    Passing { to: usize },
    /// The booking that met one of these last, up to the play head.
    Met(FactSet),
    /// By its number, from 0 on.
    Number(u64),
}

/// What happened to a booking.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    pub number: u64,
    /// Whose it is, and what brings them.
    pub person: Person<'static>,
    pub outcome: Outcome,
    /// The outcome in a sentence with its figures.
    pub headline: String,
    /// From the first try to the end, or to the moment the run has come to.
    pub from: Time,
    pub to: Time,
    /// From the first try until the patient has the acknowledgement.
    pub acceptance: Option<Span>,
    /// From the first try until the confirmation.
    pub end_to_end: Option<Span>,
    /// End to end, from `from` to `to`.
    pub stages: Vec<Stage>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Confirmed,
    Rejected,
    Abandoned,
    DeadLettered,
    Lost,
    /// Still on its way.
    Open,
}

/// A stretch of time in which the booking was in one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    pub place: Place,
    pub from: Time,
    pub to: Time,
}

/// Where a booking is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Between the patient and the API.
    Travel,
    /// In the line for a thread.
    Line,
    /// On a thread.
    Api,
    Queue,
    /// In a worker's hands, before it calls.
    Worker,
    /// In the line for a slot.
    ClinicLine,
    Clinic,
    /// Waits after a failed attempt.
    Backoff,
    /// The patient waits before another try.
    Patient,
}

impl Place {
    pub const ALL: [Place; 9] = [
        Place::Travel,
        Place::Line,
        Place::Api,
        Place::Queue,
        Place::Worker,
        Place::ClinicLine,
        Place::Clinic,
        Place::Backoff,
        Place::Patient,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Place::Travel => say!("story.travel"),
            Place::Line => say!("story.line"),
            Place::Api => say!("story.api"),
            Place::Queue => say!("story.queue"),
            Place::Worker => say!("story.worker"),
            Place::ClinicLine => say!("story.slot_line"),
            Place::Clinic => say!("story.service"),
            Place::Backoff => say!("story.backoff"),
            Place::Patient => say!("story.between_tries"),
        }
    }

    /// For styles and tests.
    pub fn key(self) -> &'static str {
        match self {
            Place::Travel => "travel",
            Place::Line => "line",
            Place::Api => "api",
            Place::Queue => "queue",
            Place::Worker => "worker",
            Place::ClinicLine => "clinic-line",
            Place::Clinic => "clinic",
            Place::Backoff => "backoff",
            Place::Patient => "patient",
        }
    }
}

/// Something that happened, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub at: Time,
    pub text: String,
    /// How long the booking stayed where this brought it.
    pub lasted: Option<(Place, Span)>,
}

/// A replay that searches a booking and then follows it.
pub(in crate::session) struct StoryReplay {
    origin: Origin,
    analysis: Rc<Analysis>,
    which: BookingChoice,
    /// Up to where the run had come when the story was asked for.
    until: Time,
    run: Simulation,
    tracer: BookingTracer,
}

/// What became of a telling after some events.
pub(in crate::session) enum ReplayOutcome {
    NotYet,
    Story(Box<Story>),
    /// There is no such booking: in words.
    Nobody(String),
}

impl StoryReplay {
    /// `None` if the run can't be made again: then it never was.
    pub fn new(origin: Origin, analysis: Rc<Analysis>, which: BookingChoice, until: Time) -> Option<StoryReplay> {
        let tracer = match which {
            BookingChoice::Worst => BookingTracer::Longest(None),
            BookingChoice::Near { latency, from_s, to_s, .. } => {
                BookingTracer::Stretch(Stretch::new(latency, Time::from_seconds(from_s), Time::from_seconds(to_s)))
            }
            BookingChoice::Passing { to } => BookingTracer::Latest { station: to, number: None },
            BookingChoice::Met(kinds) => BookingTracer::Met { kinds, number: None },
            BookingChoice::Number(number) => BookingTracer::Booking { number, facts: Facts::new() },
        };
        let run = origin.start_analysed(&analysis).ok()?;
        Some(StoryReplay { origin, analysis, which, until, run, tracer })
    }

    /// Handles some events.
    pub fn go_on(&mut self) -> ReplayOutcome {
        let StoryReplay { run, tracer, .. } = self;
        let progress = run.observe(self.until, TICK_EVENTS, tracer.kinds(), |at, fact| tracer.fact(at, fact));
        if progress == Progress::OutOfBudget {
            return ReplayOutcome::NotYet;
        }
        let found = match &self.tracer {
            BookingTracer::Booking { number, facts } => {
                return match story(*number, facts, self.until, &self.origin) {
                    Some(story) => ReplayOutcome::Story(Box::new(story)),
                    None => ReplayOutcome::Nobody(say!("story.no_number", n = format::count(*number))),
                };
            }
            BookingTracer::Latest { number, .. } | BookingTracer::Met { number, .. } => *number,
            BookingTracer::Longest(longest) => longest.map(|(_, number)| number),
            BookingTracer::Stretch(stretch) => stretch.at(match self.which {
                BookingChoice::Near { p, .. } => p,
                _ => 1.0,
            }),
        };
        let Some(number) = found else { return ReplayOutcome::Nobody(self.nobody()) };
        match StoryReplay::new(self.origin.clone(), self.analysis.clone(), BookingChoice::Number(number), self.until) {
            Some(next) => *self = next,
            None => return ReplayOutcome::Nobody(self.nobody()),
        }
        ReplayOutcome::NotYet
    }

    /// How far the replay has come, from 0 to 1; and whether the booking is known already.
    pub fn progress(&self) -> (f64, bool) {
        let whole = self.until.seconds().max(f64::MIN_POSITIVE);
        ((self.run.now().seconds() / whole).min(1.0), matches!(self.which, BookingChoice::Number(_)))
    }

    fn nobody(&self) -> String {
        match self.which {
            BookingChoice::Near { latency: Latency::Acceptance, .. } => say!("story.none_accepted"),
            BookingChoice::Near { .. } => say!("story.none_confirmed_then"),
            BookingChoice::Passing { .. } | BookingChoice::Met(_) => say!("story.none_this_way"),
            _ => say!("story.none_confirmed"),
        }
        .to_owned()
    }
}

/// The story made of a booking's facts; `None` without any.
fn story(number: u64, facts: &Facts, until: Time, origin: &Origin) -> Option<Story> {
    let from = facts.first()?.0;
    let mut story = Story {
        number,
        person: builtin::person(origin.seed, number)?,
        outcome: Outcome::Open,
        headline: String::new(),
        from,
        to: until.max(from),
        acceptance: None,
        end_to_end: None,
        stages: Vec::new(),
        rows: Vec::new(),
    };
    let mut here = Here { place: Place::Travel, since: from, row: None };
    for (at, fact) in facts {
        story.add_fact(*at, fact, &mut here, &origin.design);
    }
    if story.outcome == Outcome::Open {
        story.leave(&mut here, None, until);
    }
    story.headline = story.sum_up();
    Some(story)
}

/// Where a booking is while its facts are gone through, since when, and the row that says so.
#[derive(Clone, Copy)]
struct Here {
    place: Place,
    since: Time,
    row: Option<usize>,
}

impl Story {
    fn add_fact(&mut self, at: Time, fact: &Fact, here: &mut Here, design: &Design) {
        let over = self.outcome != Outcome::Open;
        if fact.kind == FactKind::Accepted {
            self.acceptance = Some(fact.span);
        }
        let row = describe::sentence(fact, say!("story.the_item"), design).map(|text| {
            self.rows.push(Row { at, text, lasted: None });
            self.rows.len() - 1
        });
        if over {
            return;
        }
        if let Some(outcome) = outcome(fact.kind) {
            self.leave(here, None, at);
            (self.outcome, self.to) = (outcome, at);
            self.end_to_end = (outcome == Outcome::Confirmed).then_some(fact.span);
        } else if let Some(place) = place(fact.kind) {
            self.leave(here, Some(place), at);
            here.row = row;
        }
    }

    /// The booking leaves where it was, for `place` if there is one.
    fn leave(&mut self, here: &mut Here, place: Option<Place>, at: Time) {
        let Here { place: was, since, row } = *here;
        if at > since {
            self.stages.push(Stage { place: was, from: since, to: at });
            if let Some(row) = row.and_then(|row| self.rows.get_mut(row)) {
                row.lasted = Some((was, at - since));
            }
        }
        *here = Here { place: place.unwrap_or(was), since: at, row: None };
    }

    fn sum_up(&self) -> String {
        let took = |span: Span| format::duration_ms(span.millis());
        let acknowledged = match self.acceptance {
            Some(span) => say!("story.acknowledged", time = took(span)),
            None => say!("story.never_acknowledged").to_owned(),
        };
        let whole = took(self.to - self.from);
        match self.outcome {
            Outcome::Confirmed => say!("story.confirmed", acknowledged, whole),
            Outcome::Rejected => say!("story.rejected", acknowledged, whole),
            Outcome::Abandoned => say!("story.abandoned", acknowledged, whole),
            Outcome::DeadLettered => say!("story.dead_lettered", acknowledged, whole),
            Outcome::Lost => say!("story.lost", acknowledged, whole),
            Outcome::Open => say!("story.open", acknowledged, whole),
        }
    }
}

fn outcome(what: FactKind) -> Option<Outcome> {
    Some(match what {
        FactKind::Confirmed => Outcome::Confirmed,
        FactKind::EndedRejected => Outcome::Rejected,
        FactKind::EndedAbandoned => Outcome::Abandoned,
        FactKind::DeadLettered => Outcome::DeadLettered,
        FactKind::Lost => Outcome::Lost,
        _ => return None,
    })
}

/// Where a fact brings the booking. What an abandoned call still does at the clinic does not move it.
fn place(what: FactKind) -> Option<Place> {
    Some(match what {
        FactKind::Arrived | FactKind::TriedAgain => Place::Travel,
        FactKind::Lined => Place::Line,
        FactKind::Began => Place::Api,
        FactKind::GaveUp | FactKind::Refused => Place::Patient,
        FactKind::Enqueued | FactKind::Redelivered => Place::Queue,
        FactKind::Taken => Place::Worker,
        FactKind::CallWaits => Place::ClinicLine,
        FactKind::Called | FactKind::Served | FactKind::CallRefused => Place::Clinic,
        FactKind::Delayed => Place::Backoff,
        _ => return None,
    })
}

impl Session {
    /// The story that was asked for last, until it is closed.
    pub fn story(&self) -> Option<&std::rc::Rc<Story>> {
        self.story.as_ref()
    }

    /// A story is being looked for.
    pub fn is_telling(&self) -> bool {
        self.telling.is_some()
    }

    /// How far the looking has come, as `StoryReplay::progress`; of a strip nothing is told meanwhile.
    pub fn telling(&self) -> Option<(f64, bool)> {
        self.telling.as_ref().filter(|_| !self.flags.telling).map(StoryReplay::progress)
    }

    pub(in crate::session) fn ask_story(&mut self, which: BookingChoice) {
        let Some(((origin, analysis), run)) = self.play.origin().zip(self.play.analysis()).zip(self.play.furthest())
        else {
            return self.refuse(say!("story.play_first").to_owned());
        };
        let which = match which {
            BookingChoice::Passing { to } => {
                // The run had other components, if the design has changed since.
                let node = self.design().nodes.get(to);
                let station = node.and_then(|node| origin.design.nodes.iter().position(|n| n.id == node.id));
                match station {
                    Some(to) => BookingChoice::Passing { to },
                    None => return self.refuse(say!("story.design_before")),
                }
            }
            other => other,
        };
        // A dot is seen at the play head, which may be behind what is known of the run.
        let until = if matches!(which, BookingChoice::Passing { .. }) { self.now() } else { run.now() };
        self.telling = StoryReplay::new(origin.clone(), analysis.clone(), which, until);
        self.flags.telling = false;
    }

    pub(in crate::session) fn close_story(&mut self) {
        (self.telling, self.story) = (None, None);
    }

    pub(in crate::session) fn tell_on(&mut self) {
        let Some(telling) = &mut self.telling else { return };
        match telling.go_on() {
            ReplayOutcome::NotYet => return,
            ReplayOutcome::Story(story) if self.flags.telling => self.found_strip(Some(*story)),
            ReplayOutcome::Nobody(_) if self.flags.telling => self.found_strip(None),
            ReplayOutcome::Story(story) => {
                self.story = Some((*story).into());
            }
            ReplayOutcome::Nobody(words) => self.refuse(words),
        }
        self.telling = None;
    }
}
