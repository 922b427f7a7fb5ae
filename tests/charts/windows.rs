//! A part of the run, a play head behind the curves' end, another run underneath, and what was expected.

use crate::golden;
use engine::measure::Series;
use waiting_room::chart::{
    CHARTS, COMPARED, Chart, ChartInput, Compared, DrawCache, EXPECTED, Layout, Size, Theme, Window, draw_live_kept,
    readout,
};

use super::pictures::{golden, live, polylines, svg};
use super::{input, limits, monday, outage, plain};

fn rush() -> Window {
    Window { from_s: 1_800.0, to_s: 3_600.0 }
}

/// Pictures zoomed in, and with the play head behind.
#[test]
fn a_window_and_a_veil_look_as_they_did() {
    let (limits, events) = (limits(), outage());
    let (series, other) = (monday::series(700, true), monday::series(1080, false));
    let size = Size { width: 640, height: 240, scale: 1.0 };
    let sketch = [(600.0, 0.0), (2_400.0, 5_000.0), (7_200.0, 0.0)];
    for chart in CHARTS {
        for (theme, ending) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let base = ChartInput { size, theme, events: &events, ..input(&series, &limits) };
            golden(&format!("{}-rush-{ending}", chart.key), &svg(chart, &ChartInput { window: rush(), ..base }));
            let compared = Some(Compared { name: "Run 3", series: &other, id: 3 });
            let behind = ChartInput { now_s: 3_000.0, compared, sketch: &sketch, ..base };
            golden(&format!("{}-behind-{ending}", chart.key), &svg(chart, &behind));
        }
    }
}

/// Nothing is drawn outside the plot, wherever the window begins and ends; lines reach its edges.
#[test]
fn lines_are_cut_at_the_window() {
    let (series, limits) = (monday::series(1080, false), limits());
    for chart in CHARTS {
        for (from_s, to_s) in [(0.0, 60.0), (1_803.0, 3_607.0), (5_005.0, 5_065.0), (9_000.0, 10_800.0)] {
            let input = ChartInput { window: Window { from_s, to_s }, ..input(&series, &limits) };
            let layout = Layout::new(chart, &input);
            let (left, right) = (layout.x0.round() as i32, layout.x1.round() as i32);
            let drawn = polylines(&live(chart, &input));
            let xs: Vec<i32> = drawn.iter().flatten().map(|p| p.0).collect();
            assert!(
                xs.iter().all(|x| (left..=right).contains(x)),
                "{} from {from_s}: {:?}",
                chart.key,
                xs.iter().min()
            );
            let reach = (xs.iter().min().copied(), xs.iter().max().copied());
            let first = if from_s == 0.0 { left + 200 } else { left };
            assert!(reach.0.is_some_and(|x| x <= first), "{} begins at {reach:?}", chart.key);
            let last = if to_s == 10_800.0 { right - 5 } else { right };
            assert!(reach.1.is_some_and(|x| x >= last), "{} ends at {reach:?} of {right}", chart.key);
        }
    }
}

/// Going on with cached strokes gives the very picture that drawing anew gives, bin by bin, through a change of axis and of run.
#[test]
fn going_on_draws_what_drawing_anew_draws() {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};
    let limits = limits();
    for chart in CHARTS {
        let mut kept = DrawCache::default();
        for (run, bins) in
            [(1, 1), (1, 2), (1, 150), (1, 151), (1, 330), (1, 331), (1, 700), (2, 40), (2, 700), (2, 1080)]
        {
            let series = monday::series(bins, run == 1);
            let input = ChartInput { run, ..input(&series, &limits) };
            let mut out = String::new();
            {
                let root = SVGBackend::with_string(&mut out, (640, 240)).into_drawing_area();
                kept.layout(chart, &input);
                draw_live_kept(&root, chart, &input, &mut kept).expect("SVG takes everything");
            }
            assert_eq!(out, live(chart, &input), "{}, run {run}, {bins} bins", chart.key);
        }
    }
}

/// Words are those of the play head; the readout knows what lies beyond it.
#[test]
fn figures_follow_the_play_head() {
    let (series, limits) = (monday::series(1080, false), limits());
    for chart in CHARTS {
        let back = input(&series, &limits);
        let back = ChartInput { now_s: 2_400.0, ..back };
        let short = Series { bins: series.bins[..240].to_vec(), ..series.clone() };
        assert_eq!((chart.subtitle)(&back), (chart.subtitle)(&input(&short, &limits)), "{}", chart.key);
        assert!(!readout(chart, &back, 9_000.0).is_empty());
    }
}

/// The other run has its entry in the legend with its name, can be switched off, and its figures stand beside this one's.
#[test]
fn another_run_lies_underneath() {
    let (series, other, limits) = (monday::series(1080, false), monday::series(1080, true), limits());
    let backlog = Chart::find("backlog").expect("a chart");
    let with =
        ChartInput { compared: Some(Compared { name: "Run 3", series: &other, id: 9 }), ..input(&series, &limits) };
    let keys = backlog.legend_now(&with);
    let key = keys.iter().find(|k| k.id == COMPARED).expect("an entry");
    assert_eq!(key.label, "Run 3");
    let hidden = [COMPARED.to_owned()];
    assert_eq!(svg(backlog, &ChartInput { hidden: &hidden, ..with }).matches("<polyline").count(), {
        svg(backlog, &ChartInput { compared: None, ..with }).matches("<polyline").count()
    });
    let most =
        |s: &Series| plain(&waiting_room::format::count(s.bins.iter().map(|b| b.max_backlog).max().expect("bins")));
    let told = plain(&backlog.words(&with));
    let expected = format!("At their highest: waiting {} (Run 3: {}).", most(&series), most(&other));
    assert!(told.ends_with(&expected), "{told}");
    assert_eq!(backlog.words(&input(&series, &limits)), (backlog.summary)(&input(&series, &limits)));
}

/// The sketch has room on the axis, an entry in the legend, and words on how far off it was.
#[test]
fn what_was_expected_stays_and_is_told() {
    let limits = limits();
    let backlog = Chart::find("backlog").expect("a chart");
    let sketch = [(600.0, 0.0), (2_400.0, 50_000.0), (7_200.0, 0.0)];
    let told = |bins: usize| {
        let series = monday::series(bins, false);
        let input = ChartInput { sketch: &sketch, ..input(&series, &limits) };
        assert!(backlog.legend_now(&input).iter().any(|k| k.id == EXPECTED.id));
        assert!(Layout::new(backlog, &input).left.value(1.0) >= 50_000.0, "the axis has room");
        plain(&waiting_room::chart::expected::told(&input).expect("words"))
    };
    golden::tells("chart", "what is expected", &told(0), &["50 000", "08:10", "09:30"]);
    let early = told(200);
    golden::tells("chart", "what was expected, so far", &early, &["50 000", "08:10"]);
    let series = monday::series(1080, false);
    let most = series.bins.iter().map(|b| b.max_backlog).max().expect("bins");
    let at = series.bins.iter().find(|b| b.max_backlog == most).expect("a peak");
    // From here on hardly anything waits, to the end.
    let few = (most as f64 / 100.0).clamp(5.0, 100.0);
    let drained = series.bins.iter().rev().find(|b| b.max_backlog as f64 > few).expect("it drains");
    let clock = |s: f64| waiting_room::format::clock(27_000.0 + s);
    let most = plain(&waiting_room::format::count(most));
    let (at, until) = (clock(at.from.seconds()), clock(drained.to.seconds()));
    let figures = ["50 000", "08:10", &most, &at, "09:30", &until];
    golden::tells("chart", "what was expected, after the run", &told(1080), &figures);
}
