//! Drifting: while something is dragged at the edge of the canvas, the view follows over it.

use crate::session::Session;
use crate::session::action::{Phase, Pointer};
use crate::session::canvas::geometry::Point;
use crate::session::gestures::gesture::{Connecting, Gesture};

/// How near to the edge the view begins to follow, in CSS pixels.
const EDGE: f64 = 28.0;
/// How fast it follows at most, in CSS pixels a second.
const FASTEST: f64 = 600.0;
/// The longest time that a single frame counts for, so that a pause doesn't become a leap.
const LONGEST_S: f64 = 0.05;

impl Session {
    /// Stores the latest event of a drag.
    pub(in crate::session) fn note_drag(&mut self, p: Pointer) {
        self.dragged = (p.phase == Phase::Move && self.is_dragging()).then_some(p);
    }

    fn is_dragging(&self) -> bool {
        match &self.gesture {
            Gesture::Moving { .. } | Gesture::Marquee { .. } => true,
            Gesture::Connecting { how: Connecting::Pointer { dragging, .. }, .. } => *dragging,
            _ => false,
        }
    }

    /// The view's way a second, in CSS pixels.
    pub(in crate::session) fn drift_way(&self) -> (f64, f64) {
        let Some(Pointer { at: Point { x, y }, .. }) = self.dragged.filter(|_| self.is_dragging()) else {
            return (0.0, 0.0);
        };
        let pull = |at: f64, size: f64| {
            let beyond = if at < EDGE { EDGE - at } else { (size - EDGE - at).min(0.0) };
            FASTEST * (beyond / EDGE).clamp(-1.0, 1.0)
        };
        // A canvas too small for a middle stays where it is.
        let room = |size: f64| size > 4.0 * EDGE;
        let (width, height) = (self.view.width, self.view.height);
        (if room(width) { pull(x, width) } else { 0.0 }, if room(height) { pull(y, height) } else { 0.0 })
    }

    pub(in crate::session) fn drift(&mut self, wall_s: f64) {
        let (dx, dy) = self.drift_way();
        let Some(pointer) = self.dragged.filter(|_| (dx, dy) != (0.0, 0.0) && wall_s > 0.0) else { return };
        let passed = wall_s.min(LONGEST_S);
        self.view.pan(dx * passed, dy * passed);
        self.pointer(pointer);
    }
}
