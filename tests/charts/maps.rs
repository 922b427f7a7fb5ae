//! The map of a sweep: its picture, where its marks stand, and which one a pointer means.

use plotters::prelude::{IntoDrawingArea, SVGBackend};
use waiting_room::chart::map::{self, MapInput, Named, Pass, Spot};
use waiting_room::chart::{Size, Theme, draw_map, draw_map_standalone};

use super::pictures;

fn spot(cost: f64, p95_ms: Option<f64>, pass: Pass, label: &str) -> Option<Spot> {
    Some(Spot { cost, p95_ms, pass, label: label.to_owned() })
}

/// Workers from 40 to 90: one never confirms, one has not come, one passes on some Mondays.
fn spots() -> Vec<Option<Spot>> {
    vec![
        spot(6.2, None, Pass::None, "40"),
        spot(8.0, Some(1_500_000.0), Pass::None, "50"),
        spot(8.6, Some(118_000.0), Pass::Some, "60"),
        spot(9.1, Some(52_000.0), Pass::All, "70"),
        None,
        spot(12.4, Some(44_000.0), Pass::None, "90"),
    ]
}

fn named() -> Vec<Named> {
    vec![Named { spot: 3, long: "Knee and cheapest that passes, 70: £9.10, 52 s".into(), short: "knee 70".into() }]
}

fn input<'a>(spots: &'a [Option<Spot>], rows: &'a [Vec<usize>], named: &'a [Named]) -> MapInput<'a> {
    MapInput {
        spots,
        rows,
        front: &[1, 2, 3, 5],
        named,
        present: Some(5),
        chosen: Some(2),
        budget: Some(10.0),
        limit_ms: Some(120_000.0),
        theme: Theme::Light,
        size: Size { width: 760, height: 420, scale: 1.0 },
    }
}

fn drawn(input: &MapInput, standalone: bool) -> String {
    let mut out = String::new();
    {
        let root = SVGBackend::with_string(&mut out, (input.size.width, input.size.height)).into_drawing_area();
        if standalone {
            draw_map_standalone(&root, input, "1 of 5 designs passes.", "Monday, 8 am").expect("SVG takes everything");
        } else {
            draw_map(&root, input).expect("SVG takes everything");
        }
    }
    out
}

#[test]
fn the_map_looks_as_it_did() {
    let (spots, rows, named) = (spots(), [(0..6).collect::<Vec<_>>()], named());
    for (theme, ending) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let wide = MapInput { theme, ..input(&spots, &rows, &named) };
        pictures::golden(&format!("map-one-{ending}"), &drawn(&wide, true));
        let narrow = MapInput { size: Size { width: 640, height: 560, scale: 2.0 }, ..wide };
        pictures::golden(&format!("map-narrow-{ending}"), &drawn(&narrow, false));
    }
}

/// Nothing has come, nothing is ever confirmed, one design alone, no goals at all: a picture without a figure that is none.
#[test]
fn every_map_can_be_drawn() {
    let (none, all): (Vec<Option<Spot>>, Vec<Option<Spot>>) =
        (vec![], (1..4).map(|n| spot(f64::from(n), None, Pass::None, "")).collect());
    let alone = [spot(0.0, Some(0.0), Pass::All, "1")];
    for spots in [&none[..], &all[..], &alone[..]] {
        for (budget, limit_ms) in [(None, None), (Some(10.0), Some(120_000.0)), (Some(0.0), None)] {
            for (width, height) in [(1, 1), (260, 200), (900, 500)] {
                let size = Size { width, height, scale: 1.0 };
                let input = MapInput { front: &[], budget, limit_ms, size, ..input(spots, &[], &[]) };
                let picture = drawn(&input, false);
                assert!(!picture.contains("NaN") && !picture.contains("inf"), "{spots:?}");
                let inside = |(x, y): (f64, f64)| x.is_finite() && y.is_finite();
                assert!(map::places(&input).into_iter().flatten().all(inside), "{spots:?}");
            }
        }
    }
}

/// Dearer is further right, slower is higher, never is highest of all; a pointer means the nearest mark within its reach.
#[test]
fn marks_stand_where_their_figures_say() {
    let (spots, named) = (spots(), named());
    let places = map::places(&input(&spots, &[], &named));
    let at = |cell: usize| places[cell].expect("it has come");
    assert_eq!(places[4], None);
    assert!(at(0).0 < at(1).0 && at(1).0 < at(3).0 && at(3).0 < at(5).0);
    assert!(at(0).1 < at(1).1 && at(1).1 < at(2).1 && at(3).1 < at(5).1);
    let (x, y) = at(3);
    assert_eq!(map::nearest(&places, (x + 3.0, y - 2.0), 22.0), Some(3));
    assert_eq!(map::nearest(&places, (x, 0.0), 5.0), None);
}
