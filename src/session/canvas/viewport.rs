//! The view of the diagram: which part of its plane the canvas shows, and how large.

use crate::session::canvas::geometry::{Point, Rect};

/// The smallest and largest zoom.
pub const ZOOM: (f64, f64) = (0.2, 3.0);
/// A step of the keys + and −.
pub const ZOOM_STEP: f64 = 1.25;
/// Free space around a fitted design, in CSS pixels.
const MARGIN: f64 = 24.0;

/// A point `p` of the diagram appears at `p × zoom + (x, y)`, in CSS pixels from the canvas's top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    pub x: f64,
    pub y: f64,
    pub zoom: f64,
    /// The canvas's size; 0 before it is known.
    pub width: f64,
    pub height: f64,
    /// The learner panned or zoomed, so a new size doesn't fit the design again.
    pub moved: bool,
}

impl Default for Viewport {
    fn default() -> Viewport {
        Viewport { x: 0.0, y: 0.0, zoom: 1.0, width: 0.0, height: 0.0, moved: false }
    }
}

impl Viewport {
    /// The diagram's point under a point of the canvas.
    pub fn to_diagram(&self, at: Point) -> Point {
        Point { x: (at.x - self.x) / self.zoom, y: (at.y - self.y) / self.zoom }
    }

    /// Where on the canvas a point of the diagram appears.
    pub fn to_canvas(&self, at: Point) -> Point {
        Point { x: at.x * self.zoom + self.x, y: at.y * self.zoom + self.y }
    }

    pub fn pan(&mut self, dx: f64, dy: f64) {
        if dx.is_finite() && dy.is_finite() {
            self.x = (self.x + dx).clamp(-1e6, 1e6);
            self.y = (self.y + dy).clamp(-1e6, 1e6);
            self.moved = true;
        }
    }

    /// Zooms by a factor, so that the point at `at` stays where it is.
    pub fn zoom_at(&mut self, at: Point, factor: f64) {
        if !(factor.is_finite() && factor > 0.0 && at.is_finite()) {
            return;
        }
        let fixed = self.to_diagram(at);
        self.zoom = (self.zoom * factor).clamp(ZOOM.0, ZOOM.1);
        self.x = at.x - fixed.x * self.zoom;
        self.y = at.y - fixed.y * self.zoom;
        self.moved = true;
    }

    pub fn centre(&self) -> Point {
        Point { x: self.width / 2.0, y: self.height / 2.0 }
    }

    /// Shows all of `area`, never larger than it is.
    pub fn fit(&mut self, area: Rect) {
        if self.width <= 0.0 || self.height <= 0.0 {
            return;
        }
        let margin = MARGIN.min(self.width / 20.0).min(self.height / 10.0);
        let across = (self.width - 2.0 * margin) / area.width.max(1.0);
        let down = (self.height - 2.0 * margin) / area.height.max(1.0);
        self.zoom = across.min(down).clamp(ZOOM.0, 1.0);
        let middle = area.middle();
        self.x = self.width / 2.0 - middle.x * self.zoom;
        self.y = self.height / 2.0 - middle.y * self.zoom;
        self.moved = false;
    }
}
