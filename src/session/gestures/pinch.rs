//! Two fingers: they move and zoom the view together, whatever the first of them was doing. A third one means nothing.

use crate::session::Session;
use crate::session::action::{Phase, Pointer};
use crate::session::canvas::geometry::Point;
use crate::session::gestures::gesture::Gesture;

impl Session {
    /// Pinching: two fingers move and zoom the view together. True if the event belongs to that.
    pub(in crate::session) fn two_fingers(&mut self, p: Pointer) -> bool {
        match p.phase {
            Phase::Down => {
                // A third finger, and what it does, means nothing.
                if matches!(self.gesture, Gesture::Pinching { .. }) {
                    return true;
                }
                let placing = matches!(self.gesture, Gesture::Placing { .. });
                if let Some(first) = self.finger.filter(|first| first.0 != p.id && !placing) {
                    self.cancel();
                    self.gesture = Gesture::Pinching { a: first, b: (p.id, p.at) };
                    return true;
                }
                self.finger = Some((p.id, p.at));
                false
            }
            Phase::Move => {
                if let Some(finger) = self.finger.as_mut().filter(|f| f.0 == p.id) {
                    finger.1 = p.at;
                }
                let Gesture::Pinching { a, b } = &mut self.gesture else { return false };
                let (was, was_apart) = (middle(a.1, b.1), a.1.distance(b.1));
                match p.id {
                    id if id == a.0 => a.1 = p.at,
                    id if id == b.0 => b.1 = p.at,
                    _ => return true,
                }
                let (is, is_apart) = (middle(a.1, b.1), a.1.distance(b.1));
                self.view.pan(is.x - was.x, is.y - was.y);
                if was_apart > 1.0 && is_apart > 1.0 {
                    self.view.zoom_at(is, is_apart / was_apart);
                }
                true
            }
            Phase::Up | Phase::Cancel => {
                let Gesture::Pinching { a, b } = &self.gesture else {
                    self.finger = None;
                    return false;
                };
                if a.0 == p.id || b.0 == p.id {
                    self.finger = None;
                    self.gesture = Gesture::Idle;
                }
                true
            }
        }
    }
}

fn middle(a: Point, b: Point) -> Point {
    Point::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0)
}
