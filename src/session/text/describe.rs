//! Facts in words: what happened, in a short sentence that names the component and the booking.

use crate::design::Design;
use crate::format;
use crate::vocabulary::{ITEM, PERSON, TWICE};
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
    let who = |fact: &Fact| format!("{ITEM} {}", format::count(fact.booking));
    let said: Vec<(usize, String)> =
        facts.iter().filter_map(|fact| Some((subject(fact), sentence(fact, &who(fact), design)?))).collect();
    let station = said.first()?.0;
    let mut text = said.iter().take(MOST).map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("; ");
    if said.len() > MOST {
        text += &format!("; and {} more", said.len() - MOST);
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
    let workers = || match fact.booking {
        1 => "1 worker".to_owned(),
        n => format!("{} workers", format::count(n)),
    };
    Some(match fact.kind {
        FactKind::Arrived => format!("{here}: {who} is asked for"),
        FactKind::TriedAgain => format!("{here}: {who} is asked for again"),
        FactKind::EndedRejected => format!("{here}: {who} ends rejected, no try is left"),
        FactKind::EndedAbandoned => format!("{here}: {who} ends abandoned, no try is left"),
        FactKind::Lined => format!("{here}: {who} waits for a thread"),
        FactKind::GaveUp => format!("{here}: the {PERSON} of {who} gives up waiting"),
        FactKind::Began => format!("{here}: a thread serves {who}"),
        FactKind::Refused => format!("{here}: {who} is refused"),
        FactKind::Accepted => format!("{here}: {who} is accepted, acknowledged after {}", span()),
        FactKind::Enqueued => format!("{here}: {who} is stored"),
        FactKind::Redelivered => format!("{here}: {who} joins the tail again"),
        FactKind::Taken => format!("{by}: a worker takes {who} from {here}"),
        FactKind::Delayed => format!("{here}: {who} backs off for {}", span()),
        FactKind::TimedOut => format!("{here}: no reply from {by} within {}, the call for {who} is given up", span()),
        FactKind::Confirmed => format!("{here}: {who} is confirmed, {} after the first try", span()),
        FactKind::WorkersOrdered => format!("{here}: {} ordered", workers()),
        FactKind::WorkersStarted => format!("{here}: {} ready to work", workers()),
        FactKind::WorkersLeft => format!("{here}: {} gone", workers()),
        FactKind::BreakerOpened => format!("{here}: the breaker opens for {}, no message is taken", span()),
        FactKind::BreakerHalfOpened => format!("{here}: the breaker lets one message through"),
        FactKind::BreakerClosed => format!("{here}: the breaker closes"),
        FactKind::DeadLettered => format!("{by}: {who} is given up and parked in {here}"),
        FactKind::Lost => format!("{here}: {who} is given up and lost"),
        FactKind::CallWaits => format!("{here}: {who} waits for a slot"),
        FactKind::Served => format!("{here}: a slot serves {who}, for {}", span()),
        FactKind::CallFailed => format!("{here}: the call for {who} fails"),
        FactKind::CallRefused => format!("{here}: full, {who} is refused"),
        FactKind::Duplicated => format!("{here}: {who} is confirmed once more: {TWICE}"),
        FactKind::Changed => format!("{here} works with other numbers"),
        FactKind::Reached
        | FactKind::Unlined
        | FactKind::Released
        | FactKind::Called
        | FactKind::CallWithdrawn
        | FactKind::CallUnlined
        | FactKind::SlotFreed => return None,
    })
}
