//! What is heard of a chart: how many tones, how high, whose, and where a limit is crossed.

use waiting_room::chart::sound::{HIGHEST_HZ, LOWEST_HZ, MOST, TONE_S, Voice, heard, meaning, moments};
use waiting_room::chart::{CHARTS, Chart, ChartInput, INSTEAD, Layout, Side, Window};

use super::{input, limits, monday};

fn chart(key: &str) -> &'static Chart {
    Chart::find(key).expect("a chart")
}

/// A tone is as high as its curve: octaves as tall as each other, the foot and the top of the picture at the ends of the range.
#[test]
fn a_tone_is_as_high_as_its_curve() {
    let (series, limits) = (monday::series(1080, true), limits());
    let input = input(&series, &limits);
    for chart in CHARTS.iter().chain(INSTEAD) {
        let (layout, lines) = (Layout::new(chart, &input), heard(chart, &input));
        assert!((1..=2).contains(&lines.len()), "{}", chart.key);
        let all = moments(chart, &input);
        assert!(all.len() > MOST / 2 && all.len() <= MOST, "{}: {} moments", chart.key, all.len());
        for moment in &all {
            assert!((moment.lasts_s() - moment.tones.len().max(1) as f64 * TONE_S).abs() < 1e-9);
            let bin = waiting_room::chart::bin_at(&input, moment.at_s).expect("a moment of the run");
            for (line, voice) in lines.iter().zip([Voice::First, Voice::Second]) {
                let tone = moment.tones.iter().find(|tone| tone.voice == voice);
                let Some(value) = line.at(&series, bin) else {
                    assert!(tone.is_none(), "{} has no value at {}", line.id, moment.at_s);
                    continue;
                };
                let hz = tone.expect("a tone for a value").hz;
                let share = layout.scale_of(line.side).fraction(value).clamp(0.0, 1.0);
                let expected = LOWEST_HZ * libm::pow(HIGHEST_HZ / LOWEST_HZ, share);
                assert!((hz - expected).abs() < 1e-6, "{} at {}: {hz} Hz, not {expected}", line.id, moment.at_s);
                assert!((LOWEST_HZ..=HIGHEST_HZ).contains(&hz));
            }
        }
    }
}

/// The curves that a learner hears are those that are seen, the bold ones first; what is switched off is not heard.
#[test]
fn two_curves_are_heard_and_hidden_ones_are_not() {
    let (series, limits) = (monday::series(1080, true), limits());
    let ids = |key: &str, hidden: &[String]| {
        let lines = heard(chart(key), &ChartInput { hidden, ..input(&series, &limits) });
        lines.iter().map(|line| line.id).collect::<Vec<_>>()
    };
    assert_eq!(ids("gap", &[]), ["confirmed-p95", "acknowledged-p95"]);
    assert_eq!(ids("gap", &["confirmed".to_owned()]), ["acknowledged-p95"]);
    assert_eq!(ids("backlog", &[])[0], "depth");
    assert_eq!(ids("flow", &[]), ["confirmed-rate", "arrivals"]);
    let told = meaning(chart("gap"), &input(&series, &limits));
    assert_eq!(
        told,
        "High tones are high in the chart. First confirmed, p95, then acknowledged, p95. A buzz: it crosses its limit."
    );
    assert!(!meaning(chart("flow"), &input(&series, &limits)).contains("buzz"), "the flow has no limit");
}

/// A limit sounds where its curve goes beyond it and where it comes back, as high as the limit, before the curve's own tone.
#[test]
fn a_limit_sounds_where_it_is_crossed() {
    let (series, limits) = (monday::series(1080, true), limits());
    let input = input(&series, &limits);
    let layout = Layout::new(chart("backlog"), &input);
    let most = 3_000.0;
    let mut over = false;
    let mut crossings = 0;
    for moment in moments(chart("backlog"), &input) {
        let bin = waiting_room::chart::bin_at(&input, moment.at_s).expect("a bin");
        let crossed = (bin.backlog as f64 > most) != over;
        over = bin.backlog as f64 > most;
        let limit = moment.tones.iter().position(|tone| tone.voice == Voice::Limit);
        assert_eq!(limit.is_some(), crossed, "at {}", moment.at_s);
        if let Some(at) = limit {
            crossings += 1;
            assert_eq!(moment.tones[at + 1].voice, Voice::First);
            let share = layout.scale_of(Side::Left).fraction(most);
            let expected = LOWEST_HZ * libm::pow(HIGHEST_HZ / LOWEST_HZ, share);
            assert!((moment.tones[at].hz - expected).abs() < 1e-6);
        }
    }
    assert_eq!(crossings, 4, "in the rush and in the outage, up and down again");
}

/// Only what is shown is heard: a shorter stretch of time has its own moments, all of it within the stretch.
#[test]
fn a_stretch_of_time_is_heard_alone() {
    let (series, limits) = (monday::series(1080, true), limits());
    let window = Window { from_s: 1_800.0, to_s: 2_400.0 };
    let all = moments(chart("gap"), &ChartInput { window, ..input(&series, &limits) });
    assert!(all.len() > 20 && all.iter().all(|moment| window.contains(moment.at_s)));
    let none = monday::series(0, false);
    assert!(moments(chart("gap"), &input(&none, &limits)).is_empty(), "without a run there is nothing to hear");
}
