//! Tracks: charts on one axis of time, with what stands beside them.

use engine::measure::{METRICS, MetricId, Series};
use waiting_room::chart::axis::Scale;
use waiting_room::chart::layout::TRACK_LEFT;
use waiting_room::chart::{
    CHARTS, Chart, ChartInput, Compared, Entry, Frame, INSTEAD, Layout, LineExtents, Parts, Role, Side, Size, Window,
};

use super::pictures::{hex, live, polylines, svg};
use super::{input, limits, monday, plain};

fn chart(key: &str) -> &'static Chart {
    Chart::find(key).expect("a chart")
}

/// A track as at 1440 × 900.
fn track<'a>(series: &'a Series, limits: &'a [waiting_room::chart::Limit]) -> ChartInput<'a> {
    let size = Size { width: 932, height: 98, scale: 1.0 };
    ChartInput { frame: Frame::Track, size, now: series.bins.last(), opaque: false, ..input(series, limits) }
}

fn entries(chart: &Chart, input: &ChartInput) -> Vec<(String, Option<String>, bool)> {
    let told = |e: Entry| (e.key.label.into_owned(), e.value.map(|v| plain(&v)), e.drawn);
    chart.entries(input, &LineExtents::of(chart, input.series)).into_iter().map(told).collect()
}

/// The same moment has the same place in all of them: its share of the column's width, whatever the height.
#[test]
fn all_tracks_share_one_axis_of_time() {
    let (series, limits) = (monday::series(1080, true), limits());
    for (width, height) in [(772, 56), (932, 98), (932, 28), (1_412, 332)] {
        for scale in [1.0, 2.0] {
            let pixels = |css: u32| (f64::from(css) * scale) as u32;
            let size = Size { width: pixels(width), height: pixels(height), scale };
            for chart in CHARTS.iter().chain(INSTEAD) {
                for enlarged in [false, true] {
                    let layout = Layout::new(chart, &ChartInput { size, enlarged, ..track(&series, &limits) });
                    let column = f64::from(width) - TRACK_LEFT;
                    for share in [0.0, 0.2, 0.5, 1.0] {
                        let x = layout.x(share * 10_800.0);
                        assert!((x - TRACK_LEFT - share * column).abs() < 1e-9, "{} at {share}: {x}", chart.key);
                    }
                }
            }
        }
    }
}

/// On a phone too, with a second axis and without: it stands within the plot.
#[test]
fn all_columns_share_one_axis_of_time() {
    let (series, limits) = (monday::series(1080, true), limits());
    let size = Size { width: 352, height: 140, scale: 1.0 };
    let ends = |chart: &'static Chart, enlarged| {
        let layout =
            Layout::new(chart, &ChartInput { frame: Frame::Column, size, enlarged, ..track(&series, &limits) });
        (layout.x(0.0), layout.x(10_800.0))
    };
    for chart in CHARTS.iter().chain(INSTEAD) {
        for enlarged in [false, true] {
            assert_eq!(ends(chart, enlarged), ends(&CHARTS[0], false), "{}", chart.key);
        }
    }
}

/// Where acknowledged and confirmed are one, the upper one is dashed, so that both are seen; and it is said.
#[test]
fn two_curves_that_are_one_are_both_seen() {
    let limits = limits();
    let mut series = monday::series(400, false);
    for bin in &mut series.bins {
        bin.end_to_end = bin.acceptance.clone();
    }
    let gap = chart("gap");
    let told = svg(gap, &track(&series, &limits));
    let of = |role: Role| {
        let bold = told.split("<polyline").filter(|l| l.contains(&hex(role)) && l.contains("stroke-width=\"2\""));
        bold.flat_map(|l| polylines(&format!("<polyline{l}"))).collect::<Vec<_>>()
    };
    let length = |lines: &[Vec<(i32, i32)>]| -> i32 {
        lines.iter().map(|l| l.last().expect("an end").0 - l.first().expect("a start").0).sum()
    };
    let (under, over) = (of(Role::Wait), of(Role::Ack));
    assert!(over.len() > 20, "{} dashes", over.len());
    // Beside the last point, not on it: the other run's curve goes on there.
    let end = under.last().and_then(|line| line.last()).expect("a curve").1;
    let words = texts(&told).into_iter().find(|(words, ..)| words.contains("acknowledged = confirmed")).expect("words");
    assert!((words.2 - f64::from(end)).abs() >= 10.0, "{words:?} at {end}");
    let (under, over) = (length(&under), length(&over));
    assert!(over * 10 > under * 4 && over * 10 < under * 8, "{over} px of dashes on {under} px");
    assert!(plain(&told).contains("acknowledged = confirmed: 8"), "it is said");
    // Apart they are two whole lines.
    let apart = monday::series(400, false);
    let told = svg(gap, &track(&apart, &limits));
    assert!(!told.contains("acknowledged = confirmed"));
}

/// One interval in a thousand that goes up is drawn at its full height, however few pixels there are.
#[test]
fn a_spike_of_one_sample_is_not_lost() {
    let limits = limits();
    for width in [352, 932, 1_412] {
        let mut series = monday::series(1080, false);
        series.bins[700].end_to_end.p95_ms = Some(580_000.0);
        let base = track(&series, &limits);
        let input = ChartInput { size: Size { width, ..base.size }, ..base };
        let gap = chart("gap");
        let top = Layout::new(gap, &input).y(Side::Left, 580_000.0).round() as i32;
        let drawn = live(gap, &input);
        let confirmed = drawn.split("<polyline").filter(|l| l.contains(&hex(Role::Wait)));
        let highest = confirmed.flat_map(|l| polylines(&format!("<polyline{l}"))).flatten().map(|p| p.1).min();
        assert_eq!(highest, Some(top), "at {width} px");
    }
}

/// A burst does not flatten the rest: the axis ends a quarter over the highest demand, and what goes beyond is named.
#[test]
fn a_burst_is_cut_off_and_named() {
    let limits = limits();
    let mut series = monday::series(700, false);
    series.bins[500].confirmed = 2_370;
    let input = track(&series, &limits);
    let flow = chart("flow");
    assert_eq!(Layout::new(flow, &input).left, Scale::Linear { top: 50.0 });
    let told = live(flow, &input);
    assert!(told.contains("\n237\n"), "{told}");
    assert!(!live(flow, &track(&monday::series(700, false), &limits)).contains("<text"), "nothing else is said");
}

/// Beside the plot stands what the curves say: now, or at the crosshair.
#[test]
fn values_are_those_of_now_and_of_the_crosshair() {
    let (series, limits) = (monday::series(600, false), limits());
    let mut now = series.bins[599].clone();
    (now.backlog, now.workers, now.busy_workers) = (4_321, 77, 66);
    let at_rest = ChartInput { now: Some(&now), ..track(&series, &limits) };
    let workers = |input: &ChartInput| entries(chart("work"), input);
    let word = |text: &str, value: &str, drawn| (text.to_owned(), Some(value.to_owned()), drawn);
    assert_eq!(workers(&at_rest), [word("ordered", "77", true), word("busy", "66", true)]);
    assert_eq!(entries(chart("backlog"), &at_rest)[0], word("waiting", "4 321", true), "not that of the last sample");
    let looking = ChartInput { cursor_s: Some(2_003.0), ..at_rest };
    let bin = &series.bins[200];
    let (ordered, busy) = (bin.workers.to_string(), bin.busy_workers.to_string());
    assert_eq!(workers(&looking), [word("ordered", &ordered, true), word("busy", &busy, true)]);
    let beyond = ChartInput { cursor_s: Some(9_000.0), ..at_rest };
    assert_eq!(workers(&beyond)[0].1, None, "nothing is known of the future");
    let before = ChartInput { now: None, ..track(&series, &limits) };
    assert_eq!(workers(&before)[0].1, None);
}

/// Money and age have an axis only where there is room for one; the age's figure stays.
#[test]
fn a_second_axis_comes_with_room() {
    let (series, limits) = (monday::series(600, false), limits());
    let small = track(&series, &limits);
    let large = ChartInput { enlarged: true, ..small };
    let names =
        |key, input: &ChartInput| entries(chart(key), input).into_iter().map(|e| (e.0, e.2)).collect::<Vec<_>>();
    let pairs = |all: &[(&str, bool)]| all.iter().map(|(n, d)| ((*n).to_owned(), *d)).collect::<Vec<_>>();
    assert_eq!(names("work", &small), pairs(&[("ordered", true), ("busy", true)]));
    assert_eq!(names("work", &large), pairs(&[("ordered", true), ("busy", true), ("cost", true)]));
    assert_eq!(names("backlog", &small), pairs(&[("waiting", true), ("oldest", false)]));
    assert_eq!(names("backlog", &large), pairs(&[("waiting", true), ("oldest", true)]));
    assert!(!svg(chart("work"), &small).contains("budget"));
    assert!(svg(chart("work"), &large).contains("budget"));
    // Of another run neither: a line without an axis would say nothing.
    let other = monday::series(1080, false);
    let lines = |input: ChartInput, hidden: &[String]| {
        let compared = Some(Compared { name: "Run 3", series: &other, id: 3 });
        svg(chart("work"), &ChartInput { compared, hidden, ..input }).matches("<polyline").count()
    };
    let cost = ["cost".to_owned()];
    assert_eq!(lines(small, &[]), lines(small, &cost));
    assert!(lines(large, &[]) > lines(large, &cost));
}

/// A line that goes along with another has its place only in a run in which the two part.
#[test]
fn twins_are_one_until_they_part() {
    let limits = limits();
    let mut series = monday::series(600, false);
    let labels = |series: &Series, key| entries(chart(key), &track(series, &limits)).into_iter().map(|e| e.0).collect();
    let of = |series: &Series, key| -> Vec<String> { labels(series, key) };
    assert_eq!(of(&series, "flow"), ["arrive", "confirmed"]);
    assert_eq!(of(&series, "work"), ["ordered", "busy"]);
    for bin in &mut series.bins[250..] {
        bin.accepted = bin.arrivals * 9 / 10;
        bin.clinic_busy = bin.busy_workers / 2;
    }
    assert_eq!(of(&series, "flow"), ["arrive", "confirmed", "accepted"]);
    assert_eq!(of(&series, "work"), ["ordered", "busy", "slots in use"]);
}

/// Limits are said once, in the plot, and each metric is decided by one chart.
#[test]
fn every_metric_is_decided_by_one_chart() {
    for metric in METRICS {
        let deciding = CHARTS.iter().filter(|chart| chart.decides.contains(&metric.id)).count();
        assert_eq!(deciding, 1, "{}", metric.key);
    }
    assert_eq!(Chart::deciding(MetricId::Cost).map(|c| c.key), Some("work"));
    let (series, limits) = (monday::series(0, false), limits());
    let said = |key| plain(&svg(chart(key), &track(&series, &limits)));
    assert!(said("gap").contains("acknowledged: at most 200 ms") && said("gap").contains("confirmed: at most 2 min"));
    assert!(said("backlog").contains("goal: at most 3 000") && said("work").contains("90 clinic slots"));
}

/// A design without queues and workers shows what it has instead.
#[test]
fn what_a_design_lacks_is_not_shown_empty() {
    let naive = Parts { apis: true, clinics: true, ..Parts::default() };
    let keys = |parts| CHARTS.iter().map(|c| c.fitting(parts).map(|c| c.key)).collect::<Vec<_>>();
    assert_eq!(keys(naive), [Some("gap"), Some("line"), Some("flow"), Some("calls")]);
    let whole = Parts { queues: true, workers: true, ..naive };
    assert_eq!(keys(whole), [Some("gap"), Some("backlog"), Some("flow"), Some("work")]);
    assert_eq!(keys(Parts::default()), [Some("gap"), None, Some("flow"), None]);
}

/// The words of a picture, with x and y.
fn texts(told: &str) -> Vec<(String, f64, f64)> {
    let number = |tag: &str, key: &str| tag.split_once(key).and_then(|(_, rest)| rest.split('"').next()?.parse().ok());
    let one = |text: &str| {
        let (tag, rest) = text.split_once('>')?;
        Some((plain(rest.split('<').next()?.trim()), number(tag, " x=\"")?, number(tag, " y=\"")?))
    };
    told.split("<text").skip(1).filter_map(one).collect()
}

/// Where the labels of an axis would touch, one of them is left out.
#[test]
fn labels_of_an_axis_stand_apart() {
    let (series, limits) = (monday::series(1080, true), limits());
    for height in 40..140 {
        for (key, frame) in [("gap", Frame::Track), ("backlog", Frame::Track), ("gap", Frame::Column)] {
            let size = Size { width: 372, height, scale: 1.0 };
            let told = svg(chart(key), &ChartInput { size, frame, ..track(&series, &limits) });
            let labels: Vec<_> = texts(&told).into_iter().filter(|label| label.1 < TRACK_LEFT).collect();
            for pair in labels.windows(2) {
                assert!((pair[0].2 - pair[1].2).abs() >= 11.0, "{key}, {height} px: {pair:?}");
            }
        }
    }
}

/// Lines of time go through all of a track; its clock is said only where it is not the page's.
#[test]
fn times_are_said_where_they_are_not_the_pages() {
    let (series, limits) = (monday::series(600, false), limits());
    let base = track(&series, &limits);
    let rush = ChartInput { window: Window { from_s: 1_800.0, to_s: 5_400.0 }, clock: true, ..base };
    assert!(!svg(chart("gap"), &base).contains("08:30"));
    assert!(svg(chart("gap"), &rush).contains("08:30"));
}
