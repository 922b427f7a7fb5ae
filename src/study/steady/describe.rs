//! The steady state in words and figures: what the runs gave beside what theory says.
//!
//! Plain sentences, without the terms of statistics. Where there is no steady state it says why, with the figure.

use crate::advice::theory::{Figures, Theory, theory};
use crate::format::{clock, count, duration_s, estimate, number};
use crate::kata::{Analysis, Scenario};
use crate::say;
use crate::study::Interval;
use crate::study::steady::{Found, Measured, Steady};
use engine::measure::Unit;

/// What is said about one group of pools.
#[derive(Clone, Debug, PartialEq)]
pub struct SteadyText {
    /// The names of its pools.
    pub name: String,
    /// Sentences before the figures.
    pub before: Vec<String>,
    /// None where there is no steady state.
    pub rows: Vec<Row>,
    /// How theory and the runs go together; empty where theory says nothing.
    pub after: String,
}

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub label: &'static str,
    pub theory: Option<String>,
    pub measured: String,
    /// The 95 % interval.
    pub range: String,
    /// Theory lies in it.
    pub agrees: bool,
}

/// What swings by more than this share of its middle, and by more than so many messages, is said to swing.
const SWING: (f64, f64) = (0.5, 20.0);

impl Steady {
    /// "08:00–08:30".
    pub fn when(&self, scenario: &Scenario) -> String {
        let day = |t: f64| clock(f64::from(scenario.starts_at_s) + t);
        format!("{}–{}", day(self.plan.stretch.from_s), day(self.plan.stretch.to_s))
    }

    /// What there is to say about each group that bookings reach. `analysis` is that of the design that was run.
    pub fn told(&self, analysis: &Analysis) -> Vec<SteadyText> {
        let Analysis { design, scenario, .. } = analysis;
        let groups = self.plan.groups.iter().enumerate();
        let all = groups.filter_map(|(number, pools)| {
            let names = pools.iter().filter_map(|id| design.node(id)).map(|node| node.name().to_owned());
            let says = theory(analysis, pools.first()?)?;
            let name = names.reduce(|one, other| say!("list.two", one, other)).unwrap_or_default();
            Some(SteadyText { name, ..self.group(number, says, scenario) })
        });
        all.collect()
    }

    fn group(&self, group: usize, says: Theory, scenario: &Scenario) -> SteadyText {
        let plain = |words: String| SteadyText {
            name: String::new(),
            before: vec![words],
            rows: Vec::new(),
            after: String::new(),
        };
        match (self.found(group), says) {
            (Found::TooFew, _) => plain(say!("steady.too_few").to_owned()),
            (_, Theory::Grows(g)) => plain(say!(
                "steady.grows",
                rate = number(g.rate, 1),
                held = number(g.held_s, 2),
                load = number(g.rate * g.held_s, 1),
                limit = g.limit.word(),
                places = number(g.places, 0),
                growth = number(g.per_s, 1),
                n = count(self.runs() as u64),
                grew = number(self.growth(group), 1),
            )),
            (Found::Idle, _) => plain(say!("steady.idle").to_owned()),
            (Found::Unsettled { per_s }, _) => {
                let middle = self.plan.stretch.from_s + self.plan.stretch.seconds() / 2.0;
                let day = |t: f64| clock(f64::from(scenario.starts_at_s) + t);
                plain(unsettled(per_s, &day(middle), &day(self.plan.stretch.to_s), self.plan.stretch.seconds()))
            }
            (Found::Settled(measured), Theory::Settles(figures)) => self.beside(&measured, &figures),
            (Found::Settled(measured), Theory::Silent(why)) => {
                let mut before = vec![self.left_out(&measured), why];
                before.extend(swing(&measured));
                SteadyText { name: String::new(), before, rows: rows(&measured, None), after: String::new() }
            }
        }
    }

    /// Theory and the runs, side by side.
    fn beside(&self, measured: &Measured, figures: &Figures) -> SteadyText {
        let rows = rows(measured, Some(figures));
        let apart: Vec<&str> = rows.iter().filter(|row| !row.agrees).map(|row| row.label).collect();
        let after = match apart[..] {
            [] => say!("steady.within", n = rows.len()),
            _ => say!("steady.outside", figures = apart.join(", ")),
        };
        let mut after = format!("{after} {}", say!("steady.chance"));
        if figures.about {
            after = format!("{after} {}", say!("steady.approximation"));
        }
        let mut before = vec![self.left_out(measured)];
        before.extend(swing(measured));
        SteadyText { name: String::new(), before, rows, after }
    }

    fn left_out(&self, measured: &Measured) -> String {
        let rate = number(self.plan.stretch.rate, 1);
        let left_out = match measured.warm_up_s {
            0.0 => say!("steady.all_counted").to_owned(),
            s => say!("steady.left_out", time = duration_s(s)),
        };
        format!("{} {left_out}", say!("steady.come", rate, time = duration_s(self.plan.stretch.seconds())))
    }
}

/// That a stretch is too short to come to rest in: from `middle` on there are `per_s` messages a second more, or fewer.
fn unsettled(per_s: f64, middle: &str, end: &str, seconds: f64) -> String {
    let (rate, long) = (number(per_s.abs(), 2), duration_s(seconds));
    match per_s < 0.0 {
        // What grows is too slow to name, and a swing that does not rest is no growth at all.
        _ if rate == number(0.0, 2) => say!("steady.no_level", end, middle, long),
        true => say!("steady.fewer", end, middle, rate, long),
        false => say!("steady.more", end, middle, rate, long),
    }
}

/// A swing that every run has.
fn swing(measured: &Measured) -> Option<String> {
    let (low, high) = measured.swing;
    let swings = high - low > SWING.1 && high - low > SWING.0 * (high + low) / 2.0;
    swings.then(|| say!("steady.swing", low = number(low, 0), high = number(high, 0)))
}

fn rows(measured: &Measured, theory: Option<&Figures>) -> Vec<Row> {
    // Times in milliseconds, as units have them.
    let ms = |i: Interval| Interval { mean: i.mean * 1e3, half: i.half * 1e3, sd: i.sd * 1e3, ..i };
    [
        (say!("steady.busy"), measured.utilisation, Unit::Share, theory.map(Figures::utilisation)),
        (say!("steady.waiting"), measured.waiting, Unit::Count, theory.map(Figures::waiting)),
        (say!("steady.wait"), ms(measured.wait_s), Unit::Millis, theory.map(|t| t.wait_s * 1e3)),
        (say!("steady.confirmed"), measured.throughput, Unit::Count, theory.map(|t| t.rate)),
    ]
    .into_iter()
    .map(|(label, interval, unit, exact)| {
        let (measured, range) = estimate(interval.mean, interval.low(), interval.high(), unit);
        // With the digits of the range: that is what it is held against.
        let theory = exact.map(|exact| estimate(exact, exact - interval.half, exact + interval.half, unit).0);
        Row { label, theory, measured, range, agrees: exact.is_none_or(|exact| interval.holds(exact)) }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_by_nothing_to_speak_of_is_told_without_a_rate() {
        let text = |per_s: f64| unsettled(per_s, "08:15", "08:30", 1800.0);
        for flat in [0.004, -0.004, 0.0] {
            assert!(text(flat).contains("change by less than 0.01 a second from 08:15 on."), "{}", text(flat));
            assert!(!text(flat).contains("more every") && !text(flat).contains("fewer every"), "{}", text(flat));
        }
        assert!(text(0.02).contains("from 08:15 on there are 0.02 more every second."), "{}", text(0.02));
        assert!(text(-0.02).contains("there are 0.02 fewer every second."), "{}", text(-0.02));
    }
}
