//! The drain clock: when the last patient who waits now is confirmed, at the pace of the last minute.
//!
//! Oldest first: everyone in the system now leaves before anyone who comes later, so the last one of the B that wait and the F in flight is
//! confirmed after (B + F) / r, with r the messages that leave a second. That is the queue-length predictor (R. Ibrahim and W. Whitt,
//! *Real-time delay estimation based on delay history*, M&SOM 11, 2009): B / r until a worker takes the message, and by Little's law (J. D. C.
//! Little, 1961) F / r at a worker. Newcomers do not matter, however many they are.
//!
//! Newest first: newcomers overtake, so the one who has waited longest is reached when the backlog is down to nothing: B / (r − a), with a
//! the messages accepted a second, and never while a ≥ r.
//!
//! Right while r and a stay as they are; a message that fails and comes back to the tail of its queue takes longer than this says.

use super::input::ChartInput;
use crate::format::{clock, duration_s};
use crate::late::late;
use crate::say;
use engine::measure::Bin;

/// The time that rates are taken over, in seconds.
const RECENT_S: f64 = 60.0;
/// A clock's hand says nothing about another day.
const DAY_S: f64 = 86_400.0;

/// When the last patient now waiting is confirmed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drain {
    /// No message waits.
    Empty,
    /// At this second of the run.
    At(f64),
    /// Nothing left the queue in the last minute.
    Stuck,
    /// Newcomers are taken first, and at least as many come as leave.
    Overtaken,
}

/// The drain clock after `bins`; `None` before a run, and where bookings are also confirmed beside the queues, so that nobody knows which of
/// them leave a queue.
pub fn drain(bins: &[Bin], newest_first: Option<bool>) -> Option<Drain> {
    let (last, newest_first) = (bins.last()?, newest_first?);
    if last.backlog == 0 {
        return Some(Drain::Empty);
    }
    let now = last.to;
    let recent = bins.iter().rev().take_while(|b| now.since(b.from).seconds() <= RECENT_S || b.to == now);
    let (left, come, from) = recent.fold((0u64, 0u64, now), |(left, come, _), b| {
        (left + u64::from(b.confirmed) + u64::from(b.given_up), come + u64::from(b.accepted), b.from)
    });
    let seconds = now.since(from).seconds();
    if left == 0 || seconds <= 0.0 {
        return Some(Drain::Stuck);
    }
    let per_s = left as f64 / seconds;
    let gain = per_s - if newest_first { come as f64 / seconds } else { 0.0 };
    if gain <= 0.0 {
        return Some(Drain::Overtaken);
    }
    Some(Drain::At(now.seconds() + last.backlog as f64 / gain + last.in_flight as f64 / per_s))
}

/// The clock in a few words and in a sentence; `None` while no message waits.
pub fn told(input: &ChartInput) -> Option<(String, String)> {
    in_words(input).flatten()
}

late! {
    fn in_words(input: &ChartInput) -> Option<(String, String)> {
        let now = input.so_far().last()?.to.seconds();
        let never = |sentence: String| Some((say!("chart_drain.never").to_owned(), sentence));
        match drain(input.so_far(), input.newest_first)? {
            Drain::Empty => None,
            Drain::At(t) if t - now > DAY_S => never(say!("chart_drain.never_long", time = duration_s(t - now))),
            Drain::At(t) => {
                let at = clock(input.day(t));
                Some((say!("chart_drain.at", at), say!("chart_drain.at_this_rate", at)))
            }
            Drain::Stuck => never(say!("chart_drain.stuck").to_owned()),
            Drain::Overtaken => never(say!("chart_drain.overtaken").to_owned()),
        }
    }
}
