//! The pictures themselves: compared with golden files, free of faults, cheap.

use std::path::Path;

use engine::measure::Series;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use waiting_room::chart::{
    CHARTS, Chart, ChartInput, Compared, Event, Frame, INSTEAD, Layout, Limit, Role, Side, Size, Theme, draw_live,
    draw_standalone, draw_static, static_key,
};

use super::{input, limits, monday, outage};

pub fn svg(chart: &Chart, input: &ChartInput) -> String {
    let mut out = String::new();
    {
        let root = SVGBackend::with_string(&mut out, (input.size.width, input.size.height)).into_drawing_area();
        draw_static(&root, chart, input).expect("SVG takes everything");
        draw_live(&root, chart, input).expect("SVG takes everything");
    }
    out
}

pub fn live(chart: &Chart, input: &ChartInput) -> String {
    let mut out = String::new();
    {
        let root = SVGBackend::with_string(&mut out, (input.size.width, input.size.height)).into_drawing_area();
        draw_live(&root, chart, input).expect("SVG takes everything");
    }
    out
}

/// Compares with `tests/golden/charts/NAME.svg`; `UPDATE_GOLDEN=1` writes it instead.
pub fn golden(name: &str, svg: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/charts").join(format!("{name}.svg"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        std::fs::write(&path, svg).expect("a file to write");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let line = kept.lines().zip(svg.lines()).position(|(a, b)| a != b);
    assert!(kept == svg, "{name} differs from its golden file, first in line {line:?}; UPDATE_GOLDEN=1 rewrites it");
}

/// A colour of the light theme as pictures write it.
pub fn hex(role: Role) -> String {
    let colour = role.colour(Theme::Light);
    format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}

pub fn polylines(svg: &str) -> Vec<Vec<(i32, i32)>> {
    let point = |p: &str| {
        let (x, y) = p.split_once(',').expect("a pair");
        (x.parse().expect("a whole number"), y.parse().expect("a whole number"))
    };
    svg.split("<polyline")
        .skip(1)
        .map(|l| l.split("points=\"").nth(1).expect("points").split('"').next().expect("points"))
        .map(|points| points.split_whitespace().map(point).collect())
        .collect()
}

const THEMES: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];

/// A whole Monday, an outage in the middle of which the run stands, and an empty page: each chart in both themes.
#[test]
fn every_chart_looks_as_it_did() {
    let limits = limits();
    let events = outage();
    let sizes = [Size { width: 640, height: 240, scale: 1.0 }, Size { width: 600, height: 380, scale: 2.0 }];
    let whole = monday::series(1080, false);
    let dark = monday::series(310, true);
    let none = monday::series(0, false);
    for chart in CHARTS {
        for (theme, name) in THEMES {
            let base = |series, size| ChartInput { theme, size, ..input(series, &limits) };
            golden(&format!("{}-whole-{name}", chart.key), &svg(chart, &base(&whole, sizes[0])));
            let outage = ChartInput {
                events: &events,
                compared: Some(Compared { name: "Run 1", series: &whole, id: 1 }),
                ..base(&dark, sizes[1])
            };
            golden(&format!("{}-outage-{name}", chart.key), &svg(chart, &outage));
            golden(&format!("{}-empty-{name}", chart.key), &svg(chart, &base(&none, sizes[1])));
            let track = ChartInput {
                frame: Frame::Track,
                now: dark.bins.last(),
                rush: &[(1_800.0, 3_600.0)],
                opaque: false,
                ..ChartInput { size: Size { width: 930, height: 98, scale: 1.0 }, ..outage }
            };
            golden(&format!("{}-track-{name}", chart.key), &svg(chart, &track));
        }
    }
}

/// Whatever the size, nothing is drawn or written outside, and no coordinate is not a number.
#[test]
fn nothing_is_clipped_at_any_size() {
    let (series, events) = (monday::series(700, true), outage());
    let mut wide = limits();
    for (limit, at_most) in wide.iter_mut().zip([1_250.0, 4_210_000.0, 2_500_000.0, 12_345.67]) {
        limit.at_most = at_most;
    }
    for limits in [limits(), wide] {
        nothing_is_clipped(&series, &limits, &events);
    }
}

fn nothing_is_clipped(series: &Series, limits: &[Limit], events: &[Event]) {
    for (width, height) in [(260, 160), (300, 190), (420, 186), (640, 240), (900, 320)] {
        for scale in [1u32, 2] {
            for chart in CHARTS.iter().chain(INSTEAD) {
                let size = Size { width: width * scale, height: height * scale, scale: f64::from(scale) };
                let input = ChartInput { size, events, ..input(series, limits) };
                nothing_is_clipped_in_a_track(chart, &input);
                let svg = svg(chart, &input);
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", chart.key);
                texts_are_inside(&svg, chart, &Layout::new(chart, &input), size);
                for (x, y) in polylines(&svg).into_iter().flatten() {
                    let inside = (0..=size.width as i32).contains(&x) && (0..=size.height as i32).contains(&y);
                    assert!(inside, "{} at {width} × {height}: {x}, {y}", chart.key);
                }
            }
        }
    }
}

fn nothing_is_clipped_in_a_track(chart: &Chart, input: &ChartInput) {
    for height in [28, 56, 98, 332] {
        for enlarged in [false, true] {
            let scale = input.size.scale;
            let size = Size { height: (f64::from(height) * scale) as u32, ..input.size };
            let now = input.series.bins.last();
            let track = ChartInput { frame: Frame::Track, clock: true, enlarged, now, size, ..*input };
            let svg = svg(chart, &track);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", chart.key);
            texts_are_inside(&svg, chart, &Layout::new(chart, &track), size);
        }
    }
}

fn texts_are_inside(svg: &str, chart: &Chart, layout: &Layout, size: Size) {
    let attribute = |tag: &str, name: &str| {
        tag.split(&format!("{name}=\"")).nth(1).and_then(|v| v.split('"').next()).unwrap_or_default().to_string()
    };
    for text in svg.split("<text").skip(1) {
        let (tag, rest) = text.split_once('>').expect("a tag");
        let words = rest.split('<').next().unwrap_or_default().trim();
        let (x, y): (f64, f64) = (attribute(tag, "x").parse().expect("x"), attribute(tag, "y").parse().expect("y"));
        let width = layout.text_width(words) * size.scale;
        let left = match attribute(tag, "text-anchor").as_str() {
            "end" => x - width,
            "middle" => x - width / 2.0,
            _ => x,
        };
        let half = layout.font * size.scale / 2.0;
        let inside = left >= -0.5 && left + width <= f64::from(size.width) + 0.5;
        assert!(inside, "{}: “{words}” from {left} to {} of {}", chart.key, left + width, size.width);
        assert!(y - half >= -0.5 && y + half <= f64::from(size.height) + 0.5, "{}: “{words}” at {y}", chart.key);
    }
}

/// The picture that is saved: with title, figures and legend, on its own ground.
#[test]
fn a_saved_picture_stands_by_itself() {
    let (limits, events) = (limits(), outage());
    let series = monday::series(1080, true);
    for chart in CHARTS {
        let size = Size { width: 960, height: 480, scale: 1.0 };
        let input = ChartInput { size, events: &events, ..input(&series, &limits) };
        let mut out = String::new();
        {
            let root = SVGBackend::with_string(&mut out, (960, 480)).into_drawing_area();
            draw_standalone(&root, chart, &input, "The clinic goes dark · seed 1").expect("SVG takes everything");
        }
        assert!(out.contains(chart.title()) && out.contains("The clinic goes dark · seed 1"));
        assert!(chart.legend_now(&input).iter().all(|k| out.contains(&*k.label)), "{}", chart.key);
        golden(&format!("{}-standalone", chart.key), &out);
    }
}

/// A minute without a confirmation leaves a minute's hole in the curve.
#[test]
fn gaps_are_gaps() {
    let limits = limits();
    let gap = Chart::find("gap").expect("a chart");
    let series = monday::series(400, true);
    let input = input(&series, &limits);
    let layout = Layout::new(gap, &input);
    let hole = (layout.x(2_710.0).ceil() as i32, layout.x(3_290.0).floor() as i32);
    // Confirmed, p95, is the only bold line in its colour.
    let waiting = hex(Role::Wait);
    let svg = live(gap, &input);
    let lines = svg.split("<polyline").filter(|l| l.contains(&waiting) && l.contains("stroke-width=\"2\""));
    let crossing = lines
        .flat_map(|l| polylines(&format!("<polyline{l}")))
        .flat_map(|l| l.windows(2).map(|w| (w[0].0, w[1].0)).collect::<Vec<_>>())
        .filter(|(from, to)| *from < hole.1 && *to > hole.0)
        .count();
    assert_eq!(crossing, 0, "a line crosses the hole from {} to {}", hole.0, hole.1);
}

/// The backlog's highest point is drawn at its exact height, also where one pixel stands for many bins.
#[test]
fn extremes_survive_reduction() {
    let limits = limits();
    let backlog = Chart::find("backlog").expect("a chart");
    let series = monday::series(1080, false);
    let most = series.bins.iter().map(|b| b.max_backlog).max().expect("bins") as f64;
    for (width, scale) in [(260, 1.0), (900, 1.0), (1800, 2.0)] {
        let input = ChartInput { size: Size { width, height: 320, scale }, ..input(&series, &limits) };
        let layout = Layout::new(backlog, &input);
        let top = (layout.y(Side::Left, most) * scale).round() as i32;
        let svg = live(backlog, &input);
        let depth = svg.split("<polyline").filter(|l| l.contains(&hex(Role::Wait))).map(|l| format!("<polyline{l}"));
        let drawn = depth.flat_map(|l| polylines(&l)).flatten().map(|p| p.1).min();
        assert_eq!(drawn, Some(top), "at {width}");
    }
}

/// Ten times the bins cost about the same number of points: at most two a CSS pixel and line, and the ground.
#[test]
fn the_live_layer_does_not_grow_with_the_run() {
    let limits = limits();
    let series = monday::series(1080, false);
    let mut long = Series { bins: Vec::new(), ..series.clone() };
    for bin in &series.bins {
        for part in 0..10 {
            let mut bin = bin.clone();
            let from = bin.from.seconds() + f64::from(part);
            bin.from = engine::sim::time::Time::from_seconds(from);
            bin.to = engine::sim::time::Time::from_seconds(from + 1.0);
            long.bins.push(bin);
        }
    }
    for chart in CHARTS {
        let points = |series| {
            let input = ChartInput { size: Size { width: 600, height: 380, scale: 2.0 }, ..input(series, &limits) };
            polylines(&live(chart, &input)).iter().map(Vec::len).sum::<usize>()
        };
        let (short, long) = (points(&series), points(&long));
        assert!(long <= short * 2 && long <= chart.lines.len() * 3 * 300, "{}: {short}, then {long}", chart.key);
        assert!(short <= 2_600, "{}: {short} points", chart.key);
    }
}

/// While a run goes on within its axes, the static layer's key stays as it is; a higher axis or another size changes it.
#[test]
fn the_static_layer_is_drawn_seldom() {
    let limits = limits();
    for chart in CHARTS {
        let mut keys = Vec::new();
        for bins in (0..=1080).step_by(5) {
            let series = monday::series(bins, false);
            let key = static_key(chart, &input(&series, &limits));
            if keys.last() != Some(&key) {
                keys.push(key);
            }
        }
        assert!(keys.len() <= 4, "{}: {} static layers in a run", chart.key, keys.len());
    }
    let series = monday::series(10, false);
    let base = input(&series, &limits);
    let wide = ChartInput { size: Size { width: 700, height: 240, scale: 1.0 }, ..base };
    assert_ne!(static_key(&CHARTS[0], &base), static_key(&CHARTS[0], &wide));
}

/// What is switched off leaves no trace, and its axis stays.
#[test]
fn hidden_lines_are_not_drawn() {
    let (series, limits) = (monday::series(600, false), limits());
    for chart in CHARTS {
        let hidden: Vec<String> = chart.legend().iter().map(|k| k.id.to_string()).collect();
        let all_off = ChartInput { hidden: &hidden, ..input(&series, &limits) };
        assert!(polylines(&live(chart, &all_off)).is_empty(), "{}", chart.key);
        assert_eq!(Layout::new(chart, &all_off), Layout::new(chart, &input(&series, &limits)));
    }
}

/// The crosshair stands at the asked moment with a dot on each line.
#[test]
fn the_crosshair_has_a_dot_a_line() {
    let (series, limits) = (monday::series(600, false), limits());
    let gap = Chart::find("gap").expect("a chart");
    let with = ChartInput { cursor_s: Some(2_005.0), ..input(&series, &limits) };
    let dots = live(gap, &with).matches("<circle").count();
    assert_eq!(dots, 2 * gap.lines.len(), "a dot and its rim for each line");
    let beyond = ChartInput { cursor_s: Some(9_000.0), ..with };
    assert_eq!(live(gap, &beyond).matches("<circle").count(), 0);
}
