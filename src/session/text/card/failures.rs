//! Why bookings failed at a component, in words: short ones for the foot of its card, long ones for its tooltip and for screen readers.

use super::{Foot, Tone};
use crate::design::Node;
use crate::design::text_width::width;
use crate::format;
use crate::kinds::Behaviour;
use crate::lang::Text;
use crate::late::late;
use crate::session::run::figures::Figure;
use crate::{say, text};
use engine::measure::live::Failures;

/// Less than this a second is nothing now.
const NOW: f64 = 0.05;

/// A reason, and how often.
pub struct Reason {
    count: u64,
    /// After the count, where there is little room: `rejected`.
    short: &'static str,
    /// With count and unit: `99 796 requests refused`.
    pub long: String,
}

late! {
    /// What failed at a component since the start, and why; what weighs most comes first.
    pub fn reasons(node: &Node, figure: &Figure) -> Vec<Reason> {
        table(node.behaviour(), figure.live.failures)
    }
}

fn table(behaviour: Behaviour, f: Failures) -> Vec<Reason> {
    let table: Vec<(u64, &str, Text)> = match behaviour {
        Behaviour::Source => vec![
            (f.refused, say!("failures.rejected"), text!("failures.people_rejected", n)),
            (f.gave_up, say!("failures.gave_up"), text!("failures.people_gave_up", n)),
        ],
        Behaviour::PassesOn => vec![
            (f.refused.saturating_sub(f.timed_out), say!("failures.rejected"), text!("failures.requests_rejected", n)),
            (f.gave_up, say!("failures.gave_up"), text!("failures.no_thread", n)),
            (f.timed_out, say!("failures.timed_out"), text!("failures.service_timed_out", n)),
        ],
        Behaviour::Stores => vec![(f.dropped, say!("failures.dropped"), text!("failures.messages_dropped", n))],
        Behaviour::Fetches => vec![
            (f.dropped, say!("failures.given_up"), text!("failures.messages_given_up", n)),
            (f.timed_out, say!("failures.timed_out"), text!("failures.calls_timed_out", n)),
            (f.calls.saturating_sub(f.timed_out), say!("failures.failed"), text!("failures.calls_failed", n)),
        ],
        Behaviour::Answers => vec![
            (f.calls, say!("failures.failed"), text!("failures.calls_failed", n)),
            (f.refused, say!("failures.refused"), text!("failures.calls_refused", n)),
            (f.gave_up, say!("failures.gave_up"), text!("failures.calls_withdrawn", n)),
        ],
        Behaviour::Parks => Vec::new(),
    };
    let there = table.into_iter().filter(|(count, ..)| *count > 0);
    there.map(|(count, short, long)| Reason { count, short, long: long.with(&[&format::count(count)]) }).collect()
}

impl Reason {
    /// `13 158 turned away`.
    fn counted(&self) -> String {
        format!("{} {}", format::count(self.count), self.short)
    }

    /// As a second line has room for it, in thousands where they are many: `54k timed out`.
    fn second(&self) -> String {
        match self.count {
            0..10_000 => self.counted(),
            many => format!("{}k {}", format::count((many + 500) / 1000), self.short),
        }
    }
}

/// A foot's two lines in type of this size: a count that has no room for its reason has a line to itself, and the reason the other.
pub fn two_lines<'a>(words: &'a str, more: &'a str, size: f64, room: f64) -> (&'a str, &'a str) {
    match words.split_once(' ') {
        Some(parts) if words.starts_with(|c: char| c.is_ascii_digit()) && width(words, size) > room => parts,
        _ => (words, more),
    }
}

late! {
    /// The foot of a card where something failed: the reason, and how many or how fast.
    pub fn foot(node: &Node, figure: &Figure, reasons: &[Reason]) -> Option<Foot> {
        let first = reasons.first()?;
        let (live, now) = (figure.live, figure.failing_per_s >= NOW);
        let no_thread = node.behaviour() == Behaviour::PassesOn && live.servers > 0 && live.busy >= live.servers;
        let (words, more) = match reasons.get(1) {
            _ if now && no_thread => {
                (say!("failures.none_free").to_owned(), format!("{} {}", format::rate(figure.failing_per_s.round()), first.short))
            }
            Some(second) => (first.counted(), second.second()),
            None if now => (first.counted(), say!("failures.now", rate = format::rate(figure.failing_per_s))),
            None => (first.counted(), say!("failures.so_far").to_owned()),
        };
        Some(Foot { tone: Tone::Failed, words, more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::{KINDS, KindId};
    use crate::lang;
    use crate::lang::tests::german;
    use crate::session::canvas::geometry;

    /// The largest type of a foot, and what of a card's width is not its words': as `ui/diagram/face.rs` has them.
    const TYPE: f64 = 14.0;
    const TAKEN: f64 = 28.0;
    /// The usual type.
    const USUAL: f64 = 11.0;
    /// Plain type is narrower.
    const PLAIN: f64 = 0.96;

    /// The widest of the counts, in figures and in thousands.
    #[test]
    fn every_reason_fits_on_its_card() {
        for (many, language) in [(99_999, None), (999_999, None), (99_999, Some(german())), (999_999, Some(german()))] {
            lang::set(language);
            for kind in KINDS {
                let room = geometry::size(kind.id).0 - TAKEN;
                for (at, reason) in table(
                    kind.behaviour,
                    Failures { refused: many, gave_up: many, timed_out: many / 2, dropped: many, calls: many },
                )
                .iter()
                .enumerate()
                {
                    let words = reason.counted();
                    let (first, second) = two_lines(&words, say!("failures.so_far"), TYPE, room);
                    // Only what is not the first reason of its kind is ever the second.
                    let more = if at == 0 { String::new() } else { reason.second() };
                    for (line, room) in [(first, room), (second, room), (&*more, room / PLAIN)] {
                        assert!(width(line, TYPE) <= room, "{line}: {} of {room}", width(line, TYPE));
                    }
                }
            }
        }
        lang::set(None);
    }

    /// A pool's last line is of a breaker, of workers or of a timeout; in German they are longest. Large type cuts them in English too.
    #[test]
    fn what_a_pool_says_fits_on_its_card() {
        lang::set(Some(german()));
        let room = geometry::size(KindId::Consumers).0 - TAKEN;
        let lines = [
            say!("card.breaker_half_open").to_owned(),
            say!("card.no_timeout").to_owned(),
            say!("card.workers", least = "10", most = "90"),
            say!("card.timeout", time = format::duration_ms(12_345.0)),
            say!("failures.none_free").to_owned(),
        ];
        lang::set(None);
        for line in lines {
            assert!(width(&line, USUAL) <= room, "{line}: {} of {room}", width(&line, USUAL));
        }
    }
}
