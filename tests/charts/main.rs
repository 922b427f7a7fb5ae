//! Charts, drawn as SVG and summed up in words, from a made-up Monday.

mod colours;
mod drains;
mod maps;
mod monday;
mod pictures;
mod ranges;
mod sounds;
mod spreads;
mod tracks;
mod windows;
mod words;

#[path = "../support/mod.rs"]
mod support;

use support::designs::plain;
use support::golden;

use engine::measure::{METRICS, Series};
use waiting_room::chart::{ChartInput, Event, Expected, Limit, Size, Window};

/// The kata's goals that charts show.
fn limits() -> Vec<Limit> {
    let limit = |(key, at_most): (&str, f64)| Limit {
        metric: METRICS.iter().find(|m| m.key == key).expect("a metric"),
        at_most,
    };
    [("acceptance_p95_ms", 200.0), ("end_to_end_p95_ms", 120_000.0), ("max_backlog", 3_000.0), ("cost", 10.0)]
        .map(limit)
        .into()
}

fn outage() -> Vec<Event> {
    vec![Event { from_s: 2_700.0, to_s: 3_300.0, name: "clinics dark".into() }]
}

/// An input with nothing special: tests change what they are about.
fn input<'a>(series: &'a Series, limits: &'a [Limit]) -> ChartInput<'a> {
    ChartInput {
        run: 1,
        duration_s: 10_800.0,
        window: Window::whole(10_800.0),
        starts_at_s: 27_000.0,
        now_s: series.bins.last().map_or(0.0, |b| b.to.seconds()),
        limits,
        expected: Expected { peak_per_s: 40.0, workers: 90, slots: 90, ..Expected::default() },
        size: Size { width: 640, height: 240, scale: 1.0 },
        opaque: true,
        ..ChartInput::of(series)
    }
}
