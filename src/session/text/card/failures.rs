//! Why bookings failed at a component, in words: short ones for the foot of its card, long ones for its tooltip and for screen readers.

use super::{Foot, Tone};
use crate::design::Node;
use crate::design::text_width::width;
use crate::format::{self, NBSP};
use crate::kinds::Behaviour;
use crate::lang::Text;
use crate::late::late;
use crate::session::run::figures::Figure;
use crate::{say, text};
use engine::measure::live::Failures;

/// Less than this a second is nothing now.
const NOW: f64 = 0.05;

/// Plain type is so much narrower than the strong one that widths are known of.
pub const PLAIN: f64 = 0.96;

/// A reason, and how often.
pub struct Reason {
    count: u64,
    /// What is counted: patients, or the requests of which each of them may make many.
    what: &'static str,
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
    let [people, requests] = [say!("failures.people"), say!("failures.requests")];
    let [messages, calls] = [say!("failures.messages"), say!("failures.calls")];
    let table: Vec<(u64, &str, &str, Text)> = match behaviour {
        Behaviour::Source => vec![
            (f.refused, people, say!("failures.rejected"), text!("failures.people_rejected", n)),
            (f.gave_up, people, say!("failures.gave_up"), text!("failures.people_gave_up", n)),
        ],
        Behaviour::PassesOn => {
            let rejected = f.refused.saturating_sub(f.timed_out);
            vec![
                (rejected, requests, say!("failures.rejected"), text!("failures.requests_rejected", n)),
                (f.gave_up, people, say!("failures.gave_up"), text!("failures.no_thread", n)),
                (f.timed_out, calls, say!("failures.timed_out"), text!("failures.service_timed_out", n)),
            ]
        }
        Behaviour::Stores => {
            vec![(f.dropped, messages, say!("failures.dropped"), text!("failures.messages_dropped", n))]
        }
        Behaviour::Fetches => vec![
            (f.dropped, messages, say!("failures.given_up"), text!("failures.messages_given_up", n)),
            (f.timed_out, calls, say!("failures.timed_out"), text!("failures.calls_timed_out", n)),
            (f.calls.saturating_sub(f.timed_out), calls, say!("failures.failed"), text!("failures.calls_failed", n)),
        ],
        Behaviour::Answers => vec![
            (f.calls, calls, say!("failures.failed"), text!("failures.calls_failed", n)),
            (f.refused, calls, say!("failures.refused"), text!("failures.calls_refused", n)),
            (f.gave_up, calls, say!("failures.gave_up"), text!("failures.calls_withdrawn", n)),
        ],
        Behaviour::Parks => Vec::new(),
    };
    let there = table.into_iter().filter(|(count, ..)| *count > 0);
    let reason = |(count, what, short, long): (u64, _, _, Text)| Reason {
        count,
        what,
        short,
        long: long.with(&[&format::count(count)]),
    };
    there.map(reason).collect()
}

impl Reason {
    /// `13 158 turned away`.
    fn counted(&self) -> String {
        format!("{} {}", format::count(self.count), self.short)
    }

    /// What is counted, where the reason has the other line: `99 796 requests`.
    fn things(&self) -> String {
        format!("{}{NBSP}{}", format::count(self.count), self.what)
    }

    /// How many a second: `1.2/s rejected`, without a decimal where there are many.
    fn lately(&self, per_s: f64) -> String {
        format!("{} {}", format::rate(if per_s < 10.0 { per_s } else { per_s.round() }), self.short)
    }

    /// As a second line has room for it, in thousands where they are many: `54k timed out`.
    fn second(&self) -> String {
        match self.count {
            0..10_000 => self.counted(),
            many => format!("{}k {}", format::count((many + 500) / 1000), self.short),
        }
    }
}

/// A foot's two lines in type of this size: a count that has no room for its reason has a line to itself, and the reason the other. One that
/// has no room for what it counts stands alone; and so does a second line's reason that has no room for how often.
pub fn two_lines<'a>(words: &'a str, more: &'a str, size: f64, room: f64) -> (&'a str, &'a str) {
    let is_count = |words: &str| words.starts_with(|c: char| c.is_ascii_digit());
    let reason = more.split_once(' ').filter(|_| is_count(more) && width(more, size) > room / PLAIN);
    let more = reason.map_or(more, |(_, reason)| reason);
    if !is_count(words) || width(words, size) <= room {
        return (words, more);
    }
    let alone = words.split_once(NBSP).map(|(count, _)| (count, more));
    alone.or(words.split_once(' ')).unwrap_or((words, more))
}

/// Both in one line: a count goes on to its reason, two reasons stand apart.
pub fn one_line(words: &str, more: &str) -> String {
    let is_count = |words: &str| words.starts_with(|c: char| c.is_ascii_digit());
    let between = if is_count(words) && !is_count(more) { " " } else { " · " };
    format!("{words}{between}{more}")
}

late! {
    /// The foot of a card where something failed: the reason, and how many or how fast.
    pub fn foot(node: &Node, figure: &Figure, reasons: &[Reason]) -> Option<Foot> {
        let first = reasons.first()?;
        let (live, now) = (figure.live, figure.failing_per_s >= NOW);
        let no_thread = node.behaviour() == Behaviour::PassesOn && live.servers > 0 && live.busy >= live.servers;
        let (words, more) = match reasons.get(1) {
            _ if now && no_thread => {
                (say!("failures.none_free").to_owned(), first.lately(figure.failing_per_s.round()))
            }
            Some(second) => (first.counted(), second.second()),
            None if now => (first.things(), first.lately(figure.failing_per_s)),
            None => (first.things(), first.short.to_owned()),
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
                    // Only what is not the first reason of its kind is ever the second.
                    let other = if at == 0 { String::new() } else { reason.second() };
                    let rate = reason.lately(99.9);
                    for (words, more) in
                        [(reason.counted(), other), (reason.things(), reason.short.to_owned()), (reason.things(), rate)]
                    {
                        let (first, second) = two_lines(&words, &more, TYPE, room);
                        for (line, room) in [(first, room), (second, room / PLAIN)] {
                            assert!(width(line, TYPE) <= room, "{line}: {} of {room}", width(line, TYPE));
                        }
                        assert!(!words.contains(NBSP) || second.contains(reason.short), "the reason stays: {second}");
                        let (usual, _) = two_lines(&words, &more, USUAL, room);
                        assert!(
                            many > 99_999 || kind.behaviour != Behaviour::PassesOn || usual == words,
                            "{words} is said whole"
                        );
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

    #[test]
    fn in_one_line_only_two_reasons_stand_apart() {
        assert_eq!(one_line("17\u{202f}373 patients", "rejected"), "17\u{202f}373 patients rejected");
        assert_eq!(one_line("13 rejected", "54k gave up"), "13 rejected · 54k gave up");
        assert_eq!(one_line("No thread is free", "44/s rejected"), "No thread is free · 44/s rejected");
    }
}
