//! What happened in a run, in a sentence each, for the timeline's marks and the log: goals missed, firsts, breakers, the scenario's events.
//!
//! A goal is missed, never lost: bookings are lost.

use crate::design::Node;
use crate::kata::{Goal, Person};
use crate::{format, say};
use engine::measure::{MetricId, Wait};
use engine::sim::FactKind;
use engine::sim::network::EventKind;

/// What a goal that is missed comes to, for the middle of a sentence: `more than 3 000 waiting`.
pub fn beyond(goal: &Goal) -> String {
    let limit = format::metric(Some(goal.at_most), goal.metric.unit);
    if let Some((wait, percentile)) = goal.metric.id.quantile() {
        let share = one_in(1.0 - percentile);
        return match wait {
            Wait::Acceptance => say!("happened.not_acknowledged", share, limit),
            Wait::EndToEnd => say!("happened.not_confirmed", share, limit),
            Wait::Queue => say!("happened.in_queue", share, limit),
        };
    }
    match goal.metric.id {
        MetricId::FinalBacklog => say!("happened.waiting_at_end", limit),
        MetricId::TurnedAwayRatio => say!("happened.turned_away", share = one_in(goal.at_most)),
        MetricId::DroppedRatio => say!("happened.let_down", share = one_in(goal.at_most)),
        MetricId::UnservedRatio => say!("happened.unserved", share = one_in(goal.at_most)),
        MetricId::Duplicates if goal.at_most == 0.0 => say!("happened.one_twice").to_owned(),
        MetricId::Duplicates => say!("happened.many_twice", limit),
        MetricId::Cost => say!("happened.spent", limit),
        MetricId::MaxBacklog => say!("happened.waiting", limit),
        other => unreachable!("{other:?} is a quantile"),
    }
}

/// `1 in 20`; `half`; a share that is no such part as per cent.
fn one_in(share: f64) -> String {
    let whole = (1.0 / share).round();
    match share {
        s if (s - 0.5).abs() < 1e-9 => say!("happened.half").to_owned(),
        s if s > 0.0 && (s * whole - 1.0).abs() < 1e-9 => say!("happened.one_in", n = format::count(whole as u64)),
        s => format::share(s),
    }
}

/// Something that happened for the first time, or a breaker's turn, at a component, to somebody (`Amina needs a note for work`);
/// `None` for what is not told. Turned away is who is rejected and who gives up; `first_away`: nobody was before.
pub fn milestone(kind: FactKind, node: &Node, person: Option<Person<'_>>, first_away: bool) -> Option<String> {
    let name = node.name();
    let with_person = |said: String| match person {
        Some(somebody) => say!("happened.with_person", said, somebody),
        None => said,
    };
    Some(match kind {
        FactKind::Lined => match threads(node) {
            Some(threads) => say!("happened.threads_taken", name, threads),
            None => say!("happened.all_threads_taken", name),
        },
        FactKind::EndedRejected if first_away => with_person(say!("happened.first_away_rejected").to_owned()),
        FactKind::EndedAbandoned if first_away => with_person(say!("happened.first_away_gave_up").to_owned()),
        FactKind::EndedRejected => with_person(say!("happened.first_rejected").to_owned()),
        FactKind::EndedAbandoned => with_person(say!("happened.first_gave_up").to_owned()),
        FactKind::DeadLettered => with_person(say!("happened.first_parked", name)),
        FactKind::Lost => with_person(say!("happened.first_lost", name)),
        FactKind::BreakerOpened => say!("happened.breaker_opens", name),
        FactKind::BreakerClosed => say!("happened.breaker_closes", name),
        _ => return None,
    })
}

/// `64`; nothing for a component without threads.
fn threads(node: &Node) -> Option<String> {
    let number = |key: &str| node.kind.kind().param(key).and_then(|_| node.param(key).number());
    let (instances, threads) = number("instances").zip(number("threads"))?;
    Some(format::count((instances * threads) as u64))
}

/// An event of the scenario begins.
pub fn begins(what: &EventKind) -> String {
    match what {
        EventKind::Surge(factor) => say!("happened.surge", factor = format::number(*factor, 2)),
        EventKind::Slow(factor) => say!("happened.slow", factor = format::number(*factor, 2)),
        EventKind::Errors(rate) => say!("happened.errors", share = format::share(*rate)),
        EventKind::Outage => say!("happened.outage").to_owned(),
    }
}

/// It ends.
pub fn ends(what: &EventKind) -> &'static str {
    match what {
        EventKind::Surge(_) => say!("happened.surge_over"),
        EventKind::Slow(_) => say!("happened.slow_over"),
        EventKind::Errors(_) => say!("happened.errors_over"),
        EventKind::Outage => say!("happened.outage_over"),
    }
}
