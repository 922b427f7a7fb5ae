//! The sketch of what a learner expects: drawn over, bounded, stored by scenario.

use waiting_room::kata::builtin;
use waiting_room::session::run::sketch::{Draft, HANDLES, MOST_POINTS, Sketch, Sketches};
use waiting_room::session::{Action, Session};

const RUN: f64 = 10_800.0;

fn triangle() -> Sketch {
    Sketch::of([(0.0, 0.0), (2_400.0, 5_000.0), (7_200.0, 0.0)], RUN).expect("a curve")
}

#[test]
fn a_curve_says_what_it_is_at_any_second_and_nothing_beyond() {
    let sketch = triangle();
    assert_eq!((sketch.peak(), sketch.at(2_400.0), sketch.at(1_200.0)), (5_000.0, 5_000.0, 2_500.0));
    assert_eq!((sketch.at(7_200.0), sketch.at(9_000.0), sketch.at(-1.0)), (0.0, 0.0, 0.0));
}

/// Ten handles stand every tenth of the run; one that is moved leaves its neighbours where they are.
#[test]
fn a_handle_moves_alone() {
    let mut draft = Draft::new(RUN);
    assert_eq!((draft.handle_s(0), draft.handle_s(HANDLES - 1)), (1_080.0, RUN));
    draft.move_handle(2, 3_000.0);
    let near = |draft: &Draft, handle: usize| draft.at(draft.handle_s(handle));
    assert!((near(&draft, 2) - 3_000.0).abs() < 60.0, "{}", near(&draft, 2));
    assert!(near(&draft, 1) < 60.0 && near(&draft, 3) < 60.0, "{} and {}", near(&draft, 1), near(&draft, 3));
    draft.move_handle(3, 1_000.0);
    assert!((near(&draft, 2) - 3_000.0).abs() < 60.0 && (near(&draft, 3) - 1_000.0).abs() < 60.0);
    assert!(near(&draft, 4) < 60.0);
    draft.move_handle(HANDLES - 1, 500.0);
    assert!((near(&draft, HANDLES - 1) - 500.0).abs() < 10.0);
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
    let draft = Draft::new(RUN);
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
fn each_scenario_has_its_own() {
    let mut session = Session::new(builtin::starting_design(), builtin::scenarios()[0].clone(), 1);
    assert!(session.sketch().is_none());
    let before = session.sketches().revision();
    session.update(Action::Expect(Some(triangle())));
    assert_eq!(session.sketch().map(|s| s.points().len()), Some(3));
    assert!(session.sketches().revision() > before);
    session.update(Action::SetScenario(Box::new(builtin::scenarios()[2].clone())));
    assert!(session.sketch().is_none());
    session.update(Action::SetScenario(Box::new(builtin::scenarios()[0].clone())));
    let kept: Vec<_> = session.sketches().points().map(|(id, points)| (id.to_owned(), points.to_vec())).collect();
    assert_eq!(Sketches::read(kept).get("monday").map(|s| (**s).clone()), Some(triangle()));
    session.update(Action::Expect(None));
    assert!(session.sketch().is_none());
}
