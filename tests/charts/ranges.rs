//! Pointers over a plot, as scripts of touches: what each makes of the shared crosshair and window.

use waiting_room::chart::zoom::{Phase, PointerOutcome, Touch, ZoomGesture};
use waiting_room::chart::{Chart, Layout, Window};

use super::{input, limits, monday};

const RUN: f64 = 10_800.0;

fn layout() -> Layout {
    let (series, limits) = (monday::series(0, false), limits());
    Layout::new(Chart::find("gap").expect("a chart"), &input(&series, &limits))
}

struct Hand {
    ranging: ZoomGesture,
    layout: Layout,
}

impl Hand {
    fn new() -> Hand {
        Hand { ranging: ZoomGesture::default(), layout: layout() }
    }

    fn does(&mut self, phase: Phase, id: i32, t: f64, finger: bool) -> PointerOutcome {
        let x = self.layout.x(t);
        self.ranging.take(Touch { id, phase, x, finger }, &self.layout, RUN)
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1.0
}

#[test]
fn a_mouse_looks_then_drags_a_range_either_way() {
    let mut hand = Hand::new();
    assert!(matches!(hand.does(Phase::Move, 1, 900.0, false), PointerOutcome::Look(Some(t)) if near(t, 900.0)));
    hand.does(Phase::Down, 1, 3_600.0, false);
    assert!(!hand.ranging.is_choosing());
    assert!(
        matches!(hand.does(Phase::Move, 1, 1_800.0, false), PointerOutcome::Band(a, b) if near(a, 3_600.0) && near(b, 1_800.0))
    );
    assert!(hand.ranging.is_choosing());
    let PointerOutcome::Zoom(window) = hand.does(Phase::Up, 1, 1_800.0, false) else { panic!("a range was chosen") };
    assert!(near(window.from_s, 1_800.0) && near(window.to_s, 3_600.0));
    // A drag beyond the edge ends at the edge.
    hand.does(Phase::Down, 1, 9_000.0, false);
    hand.does(Phase::Move, 1, 20_000.0, false);
    let PointerOutcome::Zoom(window) = hand.does(Phase::Up, 1, 20_000.0, false) else { panic!("a range was chosen") };
    assert!(near(window.from_s, 9_000.0) && near(window.to_s, RUN));
}

#[test]
fn a_press_is_no_range_and_escape_ends_one() {
    let mut hand = Hand::new();
    hand.does(Phase::Down, 1, 3_600.0, false);
    assert!(matches!(hand.does(Phase::Up, 1, 3_600.0, false), PointerOutcome::Press(t) if near(t, 3_600.0)));
    hand.does(Phase::Down, 1, 3_600.0, false);
    hand.does(Phase::Move, 1, 5_000.0, false);
    hand.ranging.stop();
    assert_eq!(hand.does(Phase::Up, 1, 5_000.0, false), PointerOutcome::Nothing);
}

/// A finger that is lifted leaves the plot at once: that it has pressed is known until the next touch, or until the press is taken back.
#[test]
fn a_tap_is_remembered_until_the_next_touch() {
    let mut hand = Hand::new();
    let tap = |hand: &mut Hand| {
        hand.does(Phase::Down, 1, 3_600.0, true);
        assert!(!hand.ranging.has_pressed());
        assert!(matches!(hand.does(Phase::Up, 1, 3_600.0, true), PointerOutcome::Press(_)));
        assert!(hand.ranging.has_pressed());
    };
    tap(&mut hand);
    tap(&mut hand);
    hand.ranging.stop();
    assert!(!hand.ranging.has_pressed());
    // Who draws a finger along only looks.
    hand.does(Phase::Down, 1, 3_600.0, true);
    hand.does(Phase::Move, 1, 5_000.0, true);
    assert_eq!(hand.does(Phase::Up, 1, 5_000.0, true), PointerOutcome::Nothing);
    assert!(!hand.ranging.has_pressed());
}

#[test]
fn one_finger_looks_and_two_zoom_with_their_moments_under_them() {
    let mut hand = Hand::new();
    assert!(matches!(hand.does(Phase::Down, 1, 3_000.0, true), PointerOutcome::Look(Some(_))));
    assert!(matches!(hand.does(Phase::Move, 1, 4_000.0, true), PointerOutcome::Look(Some(t)) if near(t, 4_000.0)));
    assert_eq!(hand.does(Phase::Down, 2, 6_000.0, true), PointerOutcome::Look(None));
    let PointerOutcome::Zoom(window) = hand.does(Phase::Move, 2, 8_000.0, true) else { panic!("two fingers zoom") };
    // Two thousand seconds were held over two thousand seconds' width; now they take four thousand's.
    assert!(near(window.width(), RUN / 2.0), "{window:?}");
    let x = |t: f64| hand.layout.x0 + (t - window.from_s) / window.width() * (hand.layout.x1 - hand.layout.x0);
    assert!((x(4_000.0) - hand.layout.x(4_000.0)).abs() < 1.0 && (x(6_000.0) - hand.layout.x(8_000.0)).abs() < 1.0);
    assert!(
        matches!(hand.does(Phase::Move, 2, 4_100.0, true), PointerOutcome::Zoom(w) if w == Window::whole(RUN)),
        "and back"
    );
    assert_eq!(hand.does(Phase::Up, 2, 4_100.0, true), PointerOutcome::Nothing);
    assert_eq!(hand.does(Phase::Move, 1, 4_500.0, true), PointerOutcome::Nothing, "the other finger ends with it");
    hand.does(Phase::Up, 1, 4_500.0, true);
    assert!(matches!(hand.does(Phase::Down, 3, 100.0, true), PointerOutcome::Look(Some(_))), "then it begins anew");
    assert!(matches!(hand.does(Phase::Up, 3, 100.0, true), PointerOutcome::Press(t) if near(t, 100.0)));
}
