//! Axes: what they measure, how far they reach, where their ticks stand and what these say.
//!
//! An axis reaches as far as the run so far and its limits need, in steps of 1, 2, 3, 5: within a run it only grows, and seldom. The
//! latency axis is logarithmic and hardly ever moves. Pure functions of figures; knows no pixels but the room for a label.

use super::window::Window;
use crate::format;
use crate::say;

/// What an axis measures and how its figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Milliseconds, on a logarithmic axis.
    Latency,
    Messages,
    /// Seconds.
    Age,
    PerSecond,
    Workers,
    Pounds,
}

/// How values become heights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// From 0.
    Linear {
        top: f64,
    },
    Log {
        from: f64,
        to: f64,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub value: f64,
    pub label: String,
}

/// The axis of a distribution of latencies in milliseconds: from 10 ms to 2 h.
pub const LATENCY: Scale = Scale::Log { from: 10.0, to: 7_200_000.0 };
/// Where the axis of latencies over time begins, and where it ends at the earliest and then, in milliseconds.
const GAP_FROM: f64 = 20.0;
const GAP_TOPS: [f64; 5] = [1_200_000.0, 3_600_000.0, 7_200_000.0, 21_600_000.0, 86_400_000.0];
/// Ticks of latencies: as even as round times can be. Where they would crowd, every second stays, then the ends.
const LATENCY_TICKS: [&[f64]; 3] = [
    &[10.0, 100.0, 1_000.0, 10_000.0, 60_000.0, 600_000.0, 3_600_000.0, 36_000_000.0],
    &[100.0, 10_000.0, 600_000.0, 36_000_000.0],
    &[100.0, 600_000.0],
];
/// The least distance of its ticks, in rows of type: closer ones read as one.
const LATENCY_APART: f64 = 0.7;
/// Where there is room for no more labels than this, two or three say enough.
const FEW_TICKS: usize = 8;
/// CSS pixels between the lines of time that tracks and ribbon share.
pub const GRID_APART: f64 = 110.0;
/// Tops of an age axis and the step of its ticks, in seconds.
const AGES: [(f64, f64); 14] = [
    (20.0, 5.0),
    (30.0, 10.0),
    (60.0, 20.0),
    (120.0, 60.0),
    (180.0, 60.0),
    (300.0, 60.0),
    (600.0, 120.0),
    (1_200.0, 300.0),
    (1_800.0, 600.0),
    (3_600.0, 1_200.0),
    (7_200.0, 3_600.0),
    (14_400.0, 3_600.0),
    (43_200.0, 10_800.0),
    (86_400.0, 21_600.0),
];
const CLOCK_STEPS: [f64; 15] =
    [1.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0, 10_800.0, 21_600.0, 43_200.0];

impl Scale {
    /// Height of a value: 0 at the bottom, 1 at the top; what lies outside stays at the edge.
    pub fn fraction(&self, value: f64) -> f64 {
        Ruler::new(self).fraction(value)
    }

    /// The value at a height.
    pub fn value(&self, fraction: f64) -> f64 {
        match *self {
            Scale::Linear { top } => top * fraction,
            Scale::Log { from, to } => from * libm::pow(to / from, fraction),
        }
    }
}

/// A scale made ready for many values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruler {
    log: bool,
    from: f64,
    per: f64,
}

impl Ruler {
    pub fn new(scale: &Scale) -> Ruler {
        match *scale {
            Scale::Linear { top } => Ruler { log: false, from: 0.0, per: 1.0 / top },
            Scale::Log { from, to } => Ruler { log: true, from: 1.0 / from, per: 1.0 / libm::log(to / from) },
        }
    }

    pub fn fraction(&self, value: f64) -> f64 {
        // Single precision is a thousandth of a pixel here, and cheaper.
        let length = if self.log { f64::from(libm::logf((value * self.from) as f32)) } else { value };
        // What is not a number stands at the bottom.
        if length > 0.0 { (length * self.per).min(1.0) } else { 0.0 }
    }
}

impl Quantity {
    /// The axis for data up to `most`, with room for limits and expectations up to `reach`.
    pub fn scale(self, most: f64, reach: f64) -> Scale {
        // Money reaches higher, so that a budget and a limit of workers do not lie on each other.
        let reach = reach * if self == Quantity::Pounds { 1.3 } else { 1.15 };
        let top = match self {
            Quantity::Latency => {
                let to = GAP_TOPS.into_iter().find(|top| *top >= most).unwrap_or_else(|| nice(most));
                return Scale::Log { from: GAP_FROM, to };
            }
            Quantity::Age => {
                let need = most.max(reach).max(60.0);
                AGES.iter().map(|a| a.0).find(|top| *top >= need).unwrap_or_else(|| nice(need))
            }
            Quantity::Messages => grown(most, reach, 100.0),
            Quantity::PerSecond => grown(most, reach, 10.0),
            Quantity::Workers => grown(most, reach, 10.0),
            Quantity::Pounds => grown(most, reach, 1.0),
        };
        Scale::Linear { top }
    }

    /// Ticks from the bottom up, at most `room` of them.
    pub fn ticks(self, scale: &Scale, room: usize) -> Vec<Tick> {
        let values = match (self, scale) {
            (_, Scale::Log { .. }) => latency_ticks(scale, room),
            (Quantity::Age, Scale::Linear { top }) => {
                let step = AGES.iter().find(|a| a.0 == *top).map_or(top / 4.0, |a| a.1);
                steps(*top, step, room)
            }
            (_, Scale::Linear { top }) if room <= FEW_TICKS => {
                steps(*top, rounded(top / 3.5, &[1.0, 2.0, 5.0, 10.0]).max(self.least_step()), room)
            }
            (_, Scale::Linear { top }) => steps(*top, nice(top / 4.5).max(self.least_step()), room),
        };
        values.into_iter().map(|value| Tick { value, label: self.tick(value) }).collect()
    }

    fn least_step(self) -> f64 {
        if self == Quantity::Pounds { 0.1 } else { 1.0 }
    }

    fn tick(self, value: f64) -> String {
        match self {
            Quantity::Age if value == 0.0 => "0".into(),
            Quantity::Pounds if value >= 10_000.0 => say!("figures.money", sign = "", pounds = thousands(value)),
            Quantity::Pounds if libm::floor(value) == value => {
                say!("figures.money", sign = "", pounds = format::number(value, 0))
            }
            Quantity::Messages | Quantity::Workers | Quantity::PerSecond if value >= 100_000.0 => thousands(value),
            _ => self.write(value),
        }
    }

    /// A value in words.
    pub fn write(self, value: f64) -> String {
        match self {
            Quantity::Latency => format::duration_ms(value),
            Quantity::Age => format::duration_s(value),
            Quantity::Messages | Quantity::Workers => format::number(value, 0),
            Quantity::PerSecond => format::number(value, 1),
            Quantity::Pounds => format::pounds(value),
        }
    }

    /// The unit of the bare numbers in a CSV column.
    pub fn unit(self) -> &'static str {
        match self {
            Quantity::Latency => "ms",
            Quantity::Age => "s",
            Quantity::Messages => "messages",
            Quantity::PerSecond => "per second",
            Quantity::Workers => "number",
            Quantity::Pounds => "GBP",
        }
    }
}

/// Moments of the window at which the clock stands on a round time, at least `apart` of `width` pixels apart, with their labels.
pub fn clock_ticks(starts_at_s: f64, window: Window, width: f64, apart: f64) -> Vec<Tick> {
    let least = window.width() * apart / width.max(1.0);
    let step = CLOCK_STEPS.iter().copied().find(|s| *s >= least).unwrap_or_else(|| {
        let days = libm::ceil(least / 86_400.0).max(1.0);
        days * 86_400.0
    });
    let first = libm::ceil((starts_at_s + window.from_s) / step) * step - starts_at_s;
    let count = (libm::floor((window.to_s - first) / step) + 1.0).clamp(0.0, 200.0) as usize;
    let write = if step < 60.0 { format::time_of_day } else { format::clock };
    (0..count).map(|i| first + i as f64 * step).map(|t| Tick { value: t, label: write(starts_at_s + t) }).collect()
}

/// A large number in the room of a tick: "120k", "1.5M".
fn thousands(value: f64) -> String {
    let (part, letter) = if value >= 1e6 { (value / 1e6, 'M') } else { (value / 1e3, 'k') };
    format!("{}{letter}", format::number(part, 1))
}

/// A top for `most`, unless `reach` is the higher.
fn grown(most: f64, reach: f64, least: f64) -> f64 {
    if most <= reach { reach.max(least) } else { nice(most * 1.05).max(least) }
}

/// The smallest of 1, 2, 3, 5 × 10ⁿ that is not below `value`.
fn nice(value: f64) -> f64 {
    rounded(value, &[1.0, 2.0, 3.0, 5.0, 10.0])
}

/// The smallest of these factors × 10ⁿ that is not below `value`.
fn rounded(value: f64, factors: &[f64]) -> f64 {
    if !(value > 0.0 && value.is_finite()) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(value)));
    let factor = factors.iter().copied().find(|f| f * power >= value * 0.999_999).unwrap_or(10.0);
    factor * power
}

/// The ticks of a latency axis that stand apart where `room` labels fit one above the other.
fn latency_ticks(scale: &Scale, room: usize) -> Vec<f64> {
    let rows = room.max(2) as f64 - 1.0;
    let (least, most) = (scale.value(0.0), scale.value(1.0));
    let within = |ticks: &&[f64]| -> Vec<f64> {
        ticks.iter().copied().filter(|tick| (least * 0.999..=most * 1.001).contains(tick)).collect()
    };
    let distance = |pair: &[f64]| (scale.fraction(pair[1]) - scale.fraction(pair[0])) * rows;
    let apart = |ticks: &Vec<f64>| ticks.windows(2).all(|pair| distance(pair) >= LATENCY_APART);
    let choices: Vec<Vec<f64>> = LATENCY_TICKS.iter().map(within).collect();
    choices.iter().find(|ticks| apart(ticks)).or(choices.last()).cloned().unwrap_or_default()
}

fn steps(top: f64, step: f64, room: usize) -> Vec<f64> {
    let room = room.max(2) as f64;
    let skip = libm::ceil((top / step + 1.0) / (room + 0.999)).max(1.0);
    let step = step * skip;
    (0..=(libm::floor(top / step * 1.000_001) as usize)).map(|i| i as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: Vec<Tick>) -> Vec<String> {
        ticks.into_iter().map(|t| t.label.replace([format::NBSP, format::THIN], " ")).collect()
    }

    #[test]
    fn ticks_speak_human_units() {
        let gap = Quantity::Latency.scale(60_000.0, 0.0);
        assert_eq!(labels(Quantity::Latency.ticks(&gap, 7)), ["100 ms", "1 s", "10 s", "1 min", "10 min"]);
        // Where labels would crowd, what stays is as even as before.
        assert_eq!(labels(Quantity::Latency.ticks(&gap, 4)), ["100 ms", "10 s", "10 min"]);
        assert_eq!(labels(Quantity::Latency.ticks(&gap, 2)), ["100 ms", "10 min"]);
        let day = Quantity::Latency.scale(5_000_000.0, 0.0);
        assert_eq!(
            labels(Quantity::Latency.ticks(&day, 9)),
            ["100 ms", "1 s", "10 s", "1 min", "10 min", "1 h"],
            "data beyond 20 min have room"
        );
        let backlog = Quantity::Messages.scale(0.0, 3_000.0);
        assert_eq!(labels(Quantity::Messages.ticks(&backlog, 6)), ["0", "1 000", "2 000", "3 000"]);
        let age = Quantity::Age.scale(53.0, 0.0);
        assert_eq!(labels(Quantity::Age.ticks(&age, 6)), ["0", "20 s", "40 s", "1 min"]);
        let cost = Quantity::Pounds.scale(4.0, 10.0);
        assert_eq!(labels(Quantity::Pounds.ticks(&cost, 6)), ["£0", "£5", "£10"]);
    }

    #[test]
    fn an_axis_only_grows_and_seldom() {
        let mut tops: Vec<f64> = Vec::new();
        for most in 0..100_000 {
            let Scale::Linear { top } = Quantity::Messages.scale(f64::from(most), 3_000.0) else { panic!("linear") };
            assert!(top >= f64::from(most), "{most} does not fit under {top}");
            if tops.last() != Some(&top) {
                assert!(tops.last().is_none_or(|before| *before < top), "shrinks at {most}");
                tops.push(top);
            }
        }
        assert!(tops.len() <= 9, "{tops:?}");
    }

    #[test]
    fn the_clock_stands_on_round_times() {
        assert_eq!(
            labels(clock_ticks(27_000.0, Window::whole(10_800.0), 400.0, 56.0)),
            ["07:30", "08:00", "08:30", "09:00", "09:30", "10:00", "10:30"]
        );
        assert_eq!(labels(clock_ticks(27_000.0, Window::whole(10_800.0), 160.0, 56.0)), ["08:00", "10:00"]);
        assert_eq!(labels(clock_ticks(27_003.0, Window::whole(20.0), 200.0, 56.0)), ["07:30:10", "07:30:20"]);
        let rush = Window { from_s: 1_790.0, to_s: 3_700.0 };
        assert_eq!(labels(clock_ticks(27_000.0, rush, 200.0, 56.0)), ["08:00", "08:10", "08:20", "08:30"]);
        assert!(clock_ticks(0.0, Window::whole(604_800.0), 300.0, 56.0).len() <= 6);
    }

    #[test]
    fn heights_and_values_are_inverse_and_stay_inside() {
        for scale in [LATENCY, Scale::Linear { top: 3_450.0 }] {
            for fraction in [0.0, 0.2, 0.55, 1.0] {
                assert!((scale.fraction(scale.value(fraction)) - fraction).abs() < 1e-6);
            }
            assert_eq!(scale.fraction(0.0), 0.0);
            assert_eq!(scale.fraction(1e12), 1.0);
            assert_eq!(scale.fraction(f64::NAN), 0.0);
        }
    }
}
