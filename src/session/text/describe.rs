//! Facts in words: what happened, in a short sentence that names the component and the booking.

use crate::design::Design;
use crate::{format, say};
use engine::sim::{Fact, FactKind};

/// What one step of a run did.
#[derive(Clone, Debug, PartialEq)]
pub struct StepOutcome {
    /// The component that acted, as its number in the design.
    pub station: usize,
    /// `Consumers: a worker takes booking 1 284 from Queue`.
    pub text: String,
}

/// The most sentences for a step.
const MOST: usize = 3;

/// What the facts of one step come to; `None` if nothing of them has words.
pub fn step(facts: &[Fact], design: &Design) -> Option<StepOutcome> {
    let who = |fact: &Fact| say!("describe.who", n = format::count(fact.booking));
    let said: Vec<(usize, String)> =
        facts.iter().filter_map(|fact| Some((subject(fact), sentence(fact, &who(fact), design)?))).collect();
    let station = said.first()?.0;
    let mut text = said.iter().take(MOST).map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("; ");
    if said.len() > MOST {
        text = say!("describe.more", said = text, n = said.len() - MOST);
    }
    Some(StepOutcome { station, text })
}

/// The station that a sentence is about: what a worker does stands at its queue.
fn subject(fact: &Fact) -> usize {
    if fact.kind == FactKind::Taken { fact.other } else { fact.station }
}

/// A fact as a sentence without a full stop, `who` being the booking; `None` for what another fact says better.
pub fn sentence(fact: &Fact, who: &str, design: &Design) -> Option<String> {
    let name = |station: usize| design.nodes.get(station).map_or("", |node| node.name());
    let (here, by) = (name(fact.station), name(fact.other));
    let span = || format::duration_ms(fact.span.millis());
    // What the pool has, where a fact is of no booking.
    let (many, n) = (fact.booking, format::count(fact.booking));
    Some(match fact.kind {
        FactKind::Arrived => say!("describe.arrived", here, who),
        FactKind::TriedAgain => say!("describe.tried_again", here, who),
        FactKind::EndedRejected => say!("describe.ended_rejected", here, who),
        FactKind::EndedAbandoned => say!("describe.ended_abandoned", here, who),
        FactKind::Lined => say!("describe.lined", here, who),
        FactKind::GaveUp => say!("describe.gave_up", here, who),
        FactKind::Began => say!("describe.began", here, who),
        FactKind::Refused => say!("describe.refused", here, who),
        FactKind::Accepted => say!("describe.accepted", here, who, span = span()),
        FactKind::Enqueued => say!("describe.enqueued", here, who),
        FactKind::Redelivered => say!("describe.redelivered", here, who),
        FactKind::Taken => say!("describe.taken", by, who, here),
        FactKind::Delayed => say!("describe.delayed", here, who, span = span()),
        FactKind::TimedOut => say!("describe.timed_out", here, by, who, span = span()),
        FactKind::Confirmed => say!("describe.confirmed", here, who, span = span()),
        FactKind::WorkersOrdered => say!("describe.workers_ordered", plural = many, here, n),
        FactKind::WorkersStarted => say!("describe.workers_started", plural = many, here, n),
        FactKind::WorkersLeft => say!("describe.workers_left", plural = many, here, n),
        FactKind::BreakerOpened => say!("describe.breaker_opened", here, span = span()),
        FactKind::BreakerHalfOpened => say!("describe.breaker_half_opened", here),
        FactKind::BreakerClosed => say!("describe.breaker_closed", here),
        FactKind::DeadLettered => say!("describe.dead_lettered", by, who, here),
        FactKind::Lost => say!("describe.lost", here, who),
        FactKind::CallWaits => say!("describe.call_waits", here, who),
        FactKind::Served => say!("describe.served", here, who, span = span()),
        FactKind::CallFailed => say!("describe.call_failed", here, who),
        FactKind::CallRefused => say!("describe.call_refused", here, who),
        FactKind::Duplicated => say!("describe.duplicated", here, who),
        FactKind::Changed => say!("describe.changed", here),
        FactKind::Reached
        | FactKind::Unlined
        | FactKind::Released
        | FactKind::Called
        | FactKind::CallWithdrawn
        | FactKind::CallUnlined
        | FactKind::SlotFreed => return None,
    })
}
