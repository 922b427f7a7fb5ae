//! The sketch of what a learner expects: drawn over, bounded, stored by scenario.

use waiting_room::kata::builtin;
use waiting_room::session::run::sketch::{Draft, Field, Figures, MOST_POINTS, Sketch, Sketches};
use waiting_room::session::{Action, Session};

const RUN: f64 = 10_800.0;

fn triangle() -> Sketch {
    Sketch::from_figures(Figures { peak: 5_000.0, at_s: 2_400.0, drained_s: 7_200.0 }, RUN).expect("possible figures")
}

#[test]
fn three_figures_make_a_curve() {
    assert_eq!(triangle().points(), [(0.0, 0.0), (2_400.0, 5_000.0), (7_200.0, 0.0)]);
    let late = Figures { peak: 10.0, at_s: 9_000.0, drained_s: 10_000.0 };
    let points = Sketch::from_figures(late, RUN).expect("possible").points().to_vec();
    assert_eq!(points[0], (8_000.0, 0.0), "it builds up in the time that it takes to drain");
    let early = Figures { peak: 10.0, at_s: 0.0, drained_s: 900.0 };
    assert_eq!(Sketch::from_figures(early, RUN).expect("possible").points(), [(0.0, 10.0), (900.0, 0.0)]);
    let wrong = |peak, at_s, drained_s| Sketch::from_figures(Figures { peak, at_s, drained_s }, RUN).unwrap_err().field;
    assert_eq!(wrong(0.0, 2_400.0, 7_200.0), Field::Peak);
    assert_eq!(wrong(f64::NAN, 2_400.0, 7_200.0), Field::Peak);
    assert_eq!(wrong(5.0, RUN, 7_200.0), Field::At);
    assert_eq!(wrong(5.0, -1.0, 7_200.0), Field::At);
    assert_eq!(wrong(5.0, 2_400.0, 2_400.0), Field::Drained);
    assert_eq!(wrong(5.0, 2_400.0, RUN + 1.0), Field::Drained);
}

#[test]
fn drawing_over_replaces_and_times_only_rise() {
    let mut draft = Draft::new(RUN);
    assert_eq!(draft.sketch(), None);
    draft.line((1_000.0, 100.0), (4_000.0, 4_000.0));
    draft.line((4_000.0, 4_000.0), (2_000.0, 900.0));
    draft.line((f64::NAN, 1.0), (5.0, 5.0));
    let sketch = draft.sketch().expect("something was drawn");
    assert!(sketch.points().windows(2).all(|p| p[0].0 < p[1].0), "times rise");
    let near =
        |t: f64| sketch.points().iter().min_by(|a, b| (a.0 - t).abs().total_cmp(&(b.0 - t).abs())).expect("points").1;
    assert!((near(2_000.0) - 900.0).abs() < 60.0, "the way back counts: {}", near(2_000.0));
    assert!((near(4_000.0) - 4_000.0).abs() < 60.0);
    assert!((near(1_000.0) - 100.0).abs() < 60.0, "what was not drawn over stays");
    assert_eq!(Draft::of(&sketch, RUN).sketch(), Some(sketch), "it can be gone on with");
    draft.clear();
    assert!(draft.is_empty() && draft.sketch().is_none());
}

#[test]
fn nothing_from_outside_is_too_much() {
    let many = (0..1_000_000).map(|i| (f64::from(i % 20_000), f64::from(i)));
    let sketch = Sketch::of(many, RUN).expect("a curve");
    assert!(sketch.points().len() <= MOST_POINTS);
    let odd = [(f64::NAN, 1.0), (5.0, f64::INFINITY), (-5.0, 1.0), (20_000.0, 3.0), (7.0, -2.0)];
    assert_eq!(Sketch::of(odd, RUN), None);
    let kept = (0..1_000).map(|i| (i.to_string(), vec![(0.0, 0.0), (60.0, 9.0)]));
    assert!(Sketches::read(kept).points().count() <= 64);
    let of = |id: &str, peak: f64| (id.to_owned(), vec![(0.0, 0.0), (60.0, peak)]);
    let mut mine = Sketches::read([of("monday", 5.0), of("outage", 6.0)]);
    mine.take(Sketches::read([of("monday", 7.0), of("flu-season", 8.0)]));
    let peaks: Vec<(&str, f64)> = mine.points().map(|(id, points)| (id, points[1].1)).collect();
    assert_eq!(
        peaks,
        [("flu-season", 8.0), ("monday", 7.0), ("outage", 6.0)],
        "theirs in place of mine, the others stay"
    );
}

#[test]
fn each_scenario_has_its_own_and_words_tell() {
    let mut session = Session::new(builtin::starting_design(), builtin::scenarios()[0].clone(), 1);
    assert!(session.sketch().is_none());
    let before = session.sketches().revision();
    session.update(Action::Expect(Some(triangle())));
    assert_eq!(session.sketch().map(|s| s.points().len()), Some(3));
    assert!(session.sketches().revision() > before && session.notice().is_some_and(|n| n.text.contains("kept")));
    session.update(Action::SetScenario(Box::new(builtin::scenarios()[2].clone())));
    assert!(session.sketch().is_none());
    session.update(Action::SetScenario(Box::new(builtin::scenarios()[0].clone())));
    let kept: Vec<_> = session.sketches().points().map(|(id, points)| (id.to_owned(), points.to_vec())).collect();
    assert_eq!(Sketches::read(kept).get("monday").map(|s| (**s).clone()), Some(triangle()));
    session.update(Action::Expect(None));
    assert!(session.sketch().is_none());
}
