//! Pointer events turned into gestures, and gestures into edits.

use super::{Gesture, KeyPress, Point, Pointer, Session};
use crate::kinds::KindId;

impl Session {
    pub(super) fn start_connect(&mut self, _from: &str) {}
    pub(super) fn pick_up(&mut self, _kind: KindId, _at: Point) {}
    pub(super) fn pointer(&mut self, _pointer: Pointer) {}
    pub(super) fn cancel(&mut self) {
        self.gesture = Gesture::Idle;
    }
    pub(super) fn press(&mut self, _press: KeyPress) {}
    pub(super) fn canvas(&mut self, _width: f64, _height: f64) {}
    pub(super) fn fit(&mut self) {}
}
