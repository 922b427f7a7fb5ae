//! Two canvases on top of each other: the lower one for what changes seldom, the upper one for curves. Sizes them for the screen's pixels and
//! draws without flicker: a canvas is cleared and drawn within one frame.
//!
//! Nothing is measured when a picture is drawn: the size in CSS pixels is told by whoever watches it.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::NodeRef;

use crate::chart::{
    Chart, ChartInput, DrawCache, Layout, Size, StaticKey, draw_live_kept, draw_static, static_key_kept,
};
use crate::ui::canvas::{CachedCanvasBackend, in_pixels};

#[derive(Default)]
pub struct Surface {
    pub lower: NodeRef,
    pub upper: NodeRef,
    /// In CSS pixels.
    css: (f64, f64),
    layers: Layers,
}

impl Surface {
    /// The canvases have this size now, in CSS pixels.
    pub fn resized(&mut self, width: f64, height: f64) {
        self.css = (width, height);
    }

    /// The size to draw in; `None` while the chart is not seen.
    pub fn size(&self) -> Option<Size> {
        in_pixels(self.css.0, self.css.1)
    }

    /// Forgets what was drawn, so that all is drawn anew: the typeface is another one.
    pub fn forget(&mut self) {
        self.layers.forget();
    }

    /// Draws what is not up to date.
    pub fn draw(&mut self, chart: &Chart, input: &ChartInput) {
        let canvases = self.lower.cast().zip(self.upper.cast());
        if let Some((lower, upper)) = canvases {
            self.layers.draw(&lower, &upper, chart, input);
        }
    }

    /// The geometry of the picture that `input` asks for.
    pub fn layout(&mut self, chart: &Chart, input: &ChartInput) -> Layout {
        self.layers.kept.layout(chart, input).clone()
    }
}

/// What two canvases show.
#[derive(Default)]
pub struct Layers {
    lower: Sheet,
    upper: Sheet,
    /// What the lower canvas was drawn for.
    drawn: Option<StaticKey>,
    kept: DrawCache,
}

impl Layers {
    /// Draws what is not up to date. A canvas that the browser refuses stays empty; the words and the table beside it don't.
    pub fn draw(&mut self, lower: &HtmlCanvasElement, upper: &HtmlCanvasElement, chart: &Chart, input: &ChartInput) {
        let key = static_key_kept(chart, input, &mut self.kept);
        if self.drawn.as_ref() != Some(&key) {
            if let Some(area) = self.lower.empty(lower, input.size) {
                let _ = draw_static(area, chart, input);
            }
            self.drawn = Some(key);
        }
        if let Some(area) = self.upper.empty(upper, input.size) {
            let _ = draw_live_kept(area, chart, input, &mut self.kept);
        }
    }

    /// Forgets what was drawn: the next picture is drawn whole.
    pub fn forget(&mut self) {
        *self = Layers::default();
    }
}

/// A canvas made ready once for many pictures of one size.
#[derive(Default)]
struct Sheet {
    ready: Option<Ready>,
}

struct Ready {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    size: Size,
    area: DrawingArea<CachedCanvasBackend, Shift>,
}

impl Sheet {
    /// The canvas in the right size, empty.
    fn empty(&mut self, canvas: &HtmlCanvasElement, size: Size) -> Option<&DrawingArea<CachedCanvasBackend, Shift>> {
        let (width, height) = (size.width, size.height);
        if self.ready.as_ref().is_some_and(|r| r.size == size && r.canvas == *canvas) {
            let ready = self.ready.as_ref()?;
            ready.context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        } else {
            let area = CachedCanvasBackend::area(canvas, width, height)?;
            let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
            self.ready = Some(Ready { canvas: canvas.clone(), context, size, area });
        }
        self.ready.as_ref().map(|ready| &ready.area)
    }
}
