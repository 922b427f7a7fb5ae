//! What happened in a run, in a sentence each, for the timeline's marks and the log: goals missed, firsts, breakers, the scenario's events.
//!
//! A goal is missed, never lost: bookings are lost.

use crate::design::Node;
use crate::format;
use crate::kata::{Goal, Person};
use crate::vocabulary::{AN_ITEM, ITEM, ITEMS, PEOPLE, PERSON, SERVICES, TWICE, filled};
use engine::measure::{MetricId, Wait};
use engine::sim::FactKind;
use engine::sim::network::EventKind;

/// What a goal that is missed comes to, for the middle of a sentence: `more than 3 000 waiting`.
pub fn beyond(goal: &Goal) -> String {
    let limit = format::metric(Some(goal.at_most), goal.metric.unit);
    if let Some((wait, percentile)) = goal.metric.id.quantile() {
        let share = one_in(1.0 - percentile);
        return match wait {
            Wait::Acceptance => format!("more than {share} not acknowledged within {limit}"),
            Wait::EndToEnd => format!("more than {share} not confirmed within {limit}"),
            Wait::Queue => format!("more than {share} in the queue for over {limit}"),
        };
    }
    match goal.metric.id {
        MetricId::FinalBacklog => format!("more than {limit} waiting at the end"),
        MetricId::TurnedAwayRatio => format!("more than {} turned away", one_in(goal.at_most)),
        MetricId::DroppedRatio => format!("more than {} let down after a yes", one_in(goal.at_most)),
        MetricId::UnservedRatio => format!("more than {} turned away or let down", one_in(goal.at_most)),
        MetricId::Duplicates if goal.at_most == 0.0 => format!("{AN_ITEM} was {TWICE}"),
        MetricId::Duplicates => format!("more than {limit} {ITEMS} {TWICE}"),
        MetricId::Cost => format!("more than {limit} spent"),
        MetricId::MaxBacklog => format!("more than {limit} waiting"),
        other => unreachable!("{other:?} is a quantile"),
    }
}

/// `1 in 20`; `half`; a share that is no such part as per cent.
fn one_in(share: f64) -> String {
    let whole = (1.0 / share).round();
    match share {
        s if (s - 0.5).abs() < 1e-9 => "half".to_owned(),
        s if s > 0.0 && (s * whole - 1.0).abs() < 1e-9 => format!("1 in {}", format::count(whole as u64)),
        s => format::share(s),
    }
}

/// Something that happened for the first time, or a breaker's turn, at a component, to somebody (`Amina needs a note for work`);
/// `None` for what is not told. Turned away is who is rejected and who gives up; `first_away`: nobody was before.
pub fn milestone(kind: FactKind, node: &Node, person: Option<Person<'_>>, first_away: bool) -> Option<String> {
    let name = node.name();
    let who = person.map_or_else(String::new, |person| format!(" {person}."));
    Some(match kind {
        FactKind::Lined => format!("{name}: all {}threads are taken. {PEOPLE:#} wait in line.", threads(node)),
        FactKind::EndedRejected if first_away => format!("The first {PERSON} is turned away: rejected.{who}"),
        FactKind::EndedAbandoned if first_away => format!("The first {PERSON} is turned away: gave up waiting.{who}"),
        FactKind::EndedRejected => format!("The first {PERSON} is rejected.{who}"),
        FactKind::EndedAbandoned => format!("The first {PERSON} gives up waiting.{who}"),
        FactKind::DeadLettered => format!("{name}: the first {ITEM} is parked.{who}"),
        FactKind::Lost => format!("{name}: the first {ITEM} is lost.{who}"),
        FactKind::BreakerOpened => format!("{name}: the breaker opens. No call is made."),
        FactKind::BreakerClosed => format!("{name}: the breaker closes. Calls go on."),
        _ => return None,
    })
}

/// `64 `; nothing for a component without threads.
fn threads(node: &Node) -> String {
    let number = |key: &str| node.kind.kind().param(key).and_then(|_| node.param(key).number());
    match number("instances").zip(number("threads")) {
        Some((instances, threads)) => format!("{} ", format::count((instances * threads) as u64)),
        None => String::new(),
    }
}

/// An event of the scenario begins.
pub fn begins(what: &EventKind) -> String {
    match what {
        EventKind::Surge(factor) => format!("{} times as many {PEOPLE} come.", format::number(*factor, 2)),
        EventKind::Slow(factor) => {
            format!("The {SERVICES} slow down: a call takes {} times as long.", format::number(*factor, 2))
        }
        EventKind::Errors(rate) => format!("The {SERVICES} fail {} of the calls.", format::share(*rate)),
        EventKind::Outage => filled("The {services} go dark: no call is answered.").to_owned(),
    }
}

/// It ends.
pub fn ends(what: &EventKind) -> &'static str {
    match what {
        EventKind::Surge(_) => filled("As many {people} come as on other days."),
        EventKind::Slow(_) => filled("The {services} are as fast as before."),
        EventKind::Errors(_) => filled("The {services} fail no more calls than before."),
        EventKind::Outage => filled("The {services} answer again."),
    }
}
