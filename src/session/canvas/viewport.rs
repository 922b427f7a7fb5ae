//! The view of the diagram: which part of its plane the canvas shows, and how large.

use crate::design::layout::USUAL_ASPECT;
use crate::session::canvas::geometry::{Point, Rect};

/// The smallest and largest zoom by hand. A fitted design may be smaller still: all of it is shown.
pub const ZOOM: (f64, f64) = (0.08, 3.0);
/// The largest zoom of a fitted design.
pub const FIT_MOST: f64 = 1.4;
/// The smallest zoom of all: a design as large as the plane is still drawn.
const SMALLEST: f64 = 0.002;
/// In a narrow canvas a design is not fitted smaller than this: what can't be read is no use. Its start is shown then.
pub const FIT_LEAST: f64 = 0.8;
/// A canvas under this width is narrow, in CSS pixels.
const NARROW: f64 = 600.0;
/// With more components than this the whole is shown all the same.
const LARGE: usize = 8;
/// A step of the keys + and −.
pub const ZOOM_STEP: f64 = 1.25;
/// Free space around a fitted design, in CSS pixels.
const MARGIN: f64 = 18.0;
/// Room at the lower edge for the tools that stand there, in CSS pixels.
pub const TOOLS: f64 = 52.0;
/// So near to the actual size a fitted design has it: text is sharpest there.
const ACTUAL: std::ops::Range<f64> = 1.0..1.04;

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
    /// How much of the canvas something lies over, at its right and its lower edge, in CSS pixels.
    pub covered: (f64, f64),
}

impl Default for Viewport {
    fn default() -> Viewport {
        Viewport { x: 0.0, y: 0.0, zoom: 1.0, width: 0.0, height: 0.0, moved: false, covered: (0.0, 0.0) }
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
        self.zoom = (self.zoom * factor).clamp(ZOOM.0.min(self.zoom), ZOOM.1);
        self.x = at.x - fixed.x * self.zoom;
        self.y = at.y - fixed.y * self.zoom;
        self.moved = true;
    }

    /// Pans as little as shows all of `area` beside what covers the canvas; of what is larger than that, its start. The learner has not moved
    /// the view by that.
    pub fn bring(&mut self, area: Rect) {
        let by = |from: f64, size: f64, room: f64| {
            let (low, high) = (MARGIN - from, room - MARGIN - from - size);
            if high < low { low } else { 0.0_f64.clamp(low, high) }
        };
        let start = self.to_canvas(Point::new(area.x, area.y));
        self.x += by(start.x, area.width * self.zoom, self.width - self.covered.0);
        self.y += by(start.y, area.height * self.zoom, self.height - self.covered.1);
    }

    pub fn is_covered(&self) -> bool {
        self.covered != (0.0, 0.0)
    }

    pub fn centre(&self) -> Point {
        Point { x: self.width / 2.0, y: self.height / 2.0 }
    }

    /// Width ÷ height of what is free for a design.
    pub fn aspect(&self) -> f64 {
        let (width, height) = self.free();
        if self.width > 0.0 && self.height > 0.0 { width / height } else { USUAL_ASPECT }
    }

    /// Width and height without margins and tools.
    fn free(&self) -> (f64, f64) {
        let margin = MARGIN.min(self.width / 20.0).min(self.height / 10.0);
        let tools = TOOLS.min(self.height / 4.0);
        ((self.width - 2.0 * margin).max(1.0), (self.height - tools - 2.0 * margin).max(1.0))
    }

    /// Shows all of `area`, which holds so many components, as large as is useful and centred above the tools. In a narrow canvas the start
    /// of what would be too small to be read.
    pub fn fit(&mut self, area: Rect, components: usize) {
        if self.width <= 0.0 || self.height <= 0.0 {
            return;
        }
        let (width, height) = self.free();
        let whole = (width / area.width.max(1.0)).min(height / area.height.max(1.0));
        let least = if self.width < NARROW && components <= LARGE { FIT_LEAST } else { SMALLEST };
        self.zoom = whole.clamp(least, FIT_MOST);
        if ACTUAL.contains(&self.zoom) {
            self.zoom = 1.0;
        }
        // Centred, or with its start in sight where it is larger than the room.
        let place = |whole: f64, free: f64, start: f64, size: f64| {
            let edge = (whole - free) / 2.0;
            edge + ((free - size * self.zoom) / 2.0).max(0.0) - start * self.zoom
        };
        let above = self.height - TOOLS.min(self.height / 4.0);
        (self.x, self.y) = (place(self.width, width, area.x, area.width), place(above, height, area.y, area.height));
        self.moved = false;
    }
}
