//! The names of lines in the plot: on no curve, on no other name, on no limit's words.

use plotters::prelude::{IntoDrawingArea, SVGBackend};
use waiting_room::chart::{CHARTS, Chart, ChartInput, Layout, Size, draw_live};

use super::{input, limits, monday};

type Box = (f64, f64, f64, f64);

fn live(chart: &Chart, input: &ChartInput) -> String {
    let mut out = String::new();
    {
        let root = SVGBackend::with_string(&mut out, (input.size.width, input.size.height)).into_drawing_area();
        draw_live(&root, chart, input).expect("SVG takes everything");
    }
    out
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    tag.split(&format!("{name}=\"")).nth(1).and_then(|v| v.split('"').next()).unwrap_or_default()
}

/// The places of the names: as wide as the text surely is, not as wide as it may be at most, and the height of its letters.
fn names(svg: &str, layout: &Layout) -> Vec<(String, Box)> {
    let place = |text: &str| {
        let (tag, rest) = text.split_once('>').expect("a tag");
        let words = rest.split('<').next().unwrap_or_default().trim().to_owned();
        let (x, y): (f64, f64) = (attribute(tag, "x").parse().expect("x"), attribute(tag, "y").parse().expect("y"));
        let width = layout.text_width(&words) * 0.8;
        let left = if attribute(tag, "text-anchor") == "end" { x - width } else { x };
        let half = layout.font * 0.35;
        (words, (left, y - half, left + width, y + half))
    };
    svg.split("<text").skip(1).map(place).collect()
}

/// Points along all curves, a pixel apart.
fn curves(svg: &str) -> Vec<(f64, f64)> {
    let mut along = Vec::new();
    for line in svg.split("<polyline").skip(1) {
        let points: Vec<(f64, f64)> = attribute(line, "points")
            .split_whitespace()
            .map(|p| p.split_once(',').expect("a pair"))
            .map(|(x, y)| (x.parse().expect("x"), y.parse().expect("y")))
            .collect();
        for pair in points.windows(2) {
            let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let steps = dx.abs().max(dy.abs()).max(1.0) as usize;
            along
                .extend((0..=steps).map(|i| i as f64 / steps as f64).map(|t| (pair[0].0 + dx * t, pair[0].1 + dy * t)));
        }
    }
    along
}

/// At any moment of a Monday with an outage and of one without, in the sizes of the page.
#[test]
fn a_name_stands_on_no_curve_and_no_other_name() {
    let limits = limits();
    let mut seen = 0;
    for bins in (40..=1080).step_by(40) {
        for outage in [false, true] {
            let series = monday::series(bins, outage);
            for (width, height) in [(290, 150), (320, 152), (420, 112), (640, 240)] {
                for chart in CHARTS {
                    let size = Size { width, height, scale: 1.0 };
                    let now_s = series.bins.last().expect("bins").to.seconds();
                    let input = ChartInput { size, now_s, ..input(&series, &limits) };
                    let svg = live(chart, &input);
                    let placed = names(&svg, &Layout::new(chart, &input));
                    let curves = curves(&svg);
                    seen += placed.len();
                    for (i, (name, a)) in placed.iter().enumerate() {
                        let what = format!("{}, {bins} bins, {width} × {height}: “{name}” at {a:?}", chart.key);
                        let on = curves.iter().find(|(x, y)| a.0 < *x && *x < a.2 && a.1 < *y && *y < a.3);
                        assert!(on.is_none(), "{what} stands on a curve at {on:?}");
                        for (other, b) in &placed[i + 1..] {
                            assert!(a.3 <= b.1 || b.3 <= a.1, "{what} stands on “{other}” at {b:?}");
                        }
                    }
                }
            }
        }
    }
    assert!(seen > 500, "only {seen} names were seen");
}
