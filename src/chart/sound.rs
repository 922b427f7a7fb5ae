//! A chart as tones: what is heard when somebody listens to it, moment by moment.
//!
//! A tone is as high as its curve stands in the picture, from [`LOWEST_HZ`] at the foot of the chart to [`HIGHEST_HZ`] at its top, each octave
//! as tall as the next; a logarithmic axis is heard as one. The range is that of common practice for charts (Highcharts: 392–1046 Hz at first,
//! later 65–1046 Hz), kept where small loudspeakers and most ears are good. Two curves at most, each in a voice of its own; where one crosses
//! its limit a third voice is heard at the limit's height.
//!
//! Knows nothing of what makes a sound.

use super::input::{ChartInput, Frame};
use super::line::{Line, Weight};
use super::line_extents::LineExtents;
use super::{Chart, Layout};
use crate::say;
use engine::measure::Bin;

/// At the foot of the chart.
pub const LOWEST_HZ: f64 = 200.0;
/// At its top.
pub const HIGHEST_HZ: f64 = 1000.0;
/// How long a tone is, with the pause behind it, in seconds.
pub const TONE_S: f64 = 0.1;
/// The most moments: with two curves twelve seconds.
pub const MOST: usize = 60;

/// Whose tone it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    First,
    Second,
    /// Of a limit that is crossed.
    Limit,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    pub voice: Voice,
    pub hz: f64,
}

/// What is heard at a moment: one tone after the other, or nothing for as long as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Second of the run.
    pub at_s: f64,
    pub tones: Vec<Tone>,
}

impl Moment {
    /// How long it takes, in seconds.
    pub fn lasts_s(&self) -> f64 {
        self.tones.len().max(1) as f64 * TONE_S
    }
}

/// The curves that are heard: of those that are shown the bold ones first.
pub fn heard(chart: &Chart, input: &ChartInput) -> Vec<&'static Line> {
    let extents = LineExtents::of(chart, input.series);
    let shown = |bold: bool| {
        let all = chart.lines.iter().enumerate();
        let seen = all.filter(|(at, line)| input.shows(line.group) && extents.shows(chart, *at));
        seen.map(|(_, line)| line).filter(move |line| (line.weight == Weight::Bold) == bold).collect::<Vec<_>>()
    };
    let mut lines = shown(true);
    // A thin line beside a bold one of the same name says little more.
    for line in shown(false) {
        if lines.iter().all(|other| other.group != line.group) {
            lines.push(line);
        }
    }
    lines.truncate(2);
    lines
}

/// The moments of the stretch of time that is shown, up to [`MOST`]: of more, the highest of each few.
pub fn moments(chart: &Chart, input: &ChartInput) -> Vec<Moment> {
    let lines = heard(chart, input);
    let layout = Layout::new(chart, &ChartInput { frame: Frame::Picture, ..*input });
    let marks = (chart.marks)(input);
    let hz = |line: &Line, value: f64| {
        let share = layout.scale_of(line.side).fraction(value).clamp(0.0, 1.0);
        LOWEST_HZ * libm::pow(HIGHEST_HZ / LOWEST_HZ, share)
    };
    let bins: Vec<&Bin> = input.series.bins.iter().filter(|bin| input.window.contains(middle(bin))).collect();
    let first = |bin: &Bin| lines.first().and_then(|line| line.at(input.series, bin)).unwrap_or(f64::NEG_INFINITY);
    let mut over = [false; 2];
    let moment = |few: &[&Bin]| {
        let bin = few.iter().copied().reduce(|best, bin| if first(bin) > first(best) { bin } else { best })?;
        let mut tones = Vec::new();
        for ((line, over), voice) in lines.iter().zip(&mut over).zip([Voice::First, Voice::Second]) {
            let Some(value) = line.at(input.series, bin) else { continue };
            let limit = marks.iter().find(|mark| mark.of == line.id).map(|mark| mark.value);
            let is_over = limit.is_some_and(|limit| value > limit);
            if let Some(limit) = limit.filter(|_| is_over != *over) {
                tones.push(Tone { voice: Voice::Limit, hz: hz(line, limit) });
            }
            *over = is_over;
            tones.push(Tone { voice, hz: hz(line, value) });
        }
        Some(Moment { at_s: middle(bin), tones })
    };
    bins.chunks(bins.len().div_ceil(MOST).max(1)).filter_map(moment).collect()
}

/// What the tones mean, in two sentences.
pub fn meaning(chart: &Chart, input: &ChartInput) -> String {
    let lines = heard(chart, input);
    let order = match lines.as_slice() {
        [first, second] => say!("listen.first_then", first = first.label.get(), second = second.label.get()),
        [only] => say!("listen.only", line = only.label.get()),
        _ => String::new(),
    };
    let limited = lines.iter().any(|line| (chart.marks)(input).iter().any(|mark| mark.of == line.id));
    let buzz = if limited { say!("listen.buzz") } else { "" };
    [say!("listen.high"), &order, buzz].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

fn middle(bin: &Bin) -> f64 {
    (bin.from.seconds() + bin.to.seconds()) / 2.0
}
