//! Two canvases on top of each other: the lower one for what changes seldom, the upper one for curves. Sizes them for the screen's pixels and
//! draws without flicker: a canvas is cleared and drawn within one frame.

use plotters::drawing::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::NodeRef;

use crate::chart::{Chart, ChartInput, Size, StaticKey, draw_live, draw_static, static_key};

/// The most device pixels for one CSS pixel: more is not seen and costs time.
const MAX_SCALE: f64 = 3.0;

#[derive(Default)]
pub struct Surface {
    pub lower: NodeRef,
    pub upper: NodeRef,
    /// What the lower canvas was drawn for.
    drawn: Option<StaticKey>,
}

impl Surface {
    /// The size to draw in; `None` while the chart is not seen.
    pub fn size(&self) -> Option<Size> {
        let canvas = self.upper.cast::<HtmlCanvasElement>()?;
        let scale = web_sys::window()?.device_pixel_ratio().clamp(1.0, MAX_SCALE);
        let pixels = |css: i32| (f64::from(css) * scale).round() as u32;
        let (width, height) = (pixels(canvas.client_width()), pixels(canvas.client_height()));
        (width > 0 && height > 0).then_some(Size { width, height, scale })
    }

    /// Draws what is not up to date. A canvas that the browser refuses stays empty; the words and the table beside it don't.
    pub fn draw(&mut self, chart: &Chart, input: &ChartInput) {
        let key = static_key(chart, input);
        if self.drawn.as_ref() != Some(&key) {
            if let Some(canvas) = prepared(&self.lower, input.size)
                && let Some(backend) = CanvasBackend::with_canvas_object(canvas)
            {
                let _ = draw_static(&backend.into_drawing_area(), chart, input);
            }
            self.drawn = Some(key);
        }
        if let Some(canvas) = prepared(&self.upper, input.size)
            && let Some(backend) = CanvasBackend::with_canvas_object(canvas)
        {
            let _ = draw_live(&backend.into_drawing_area(), chart, input);
        }
    }
}

/// The canvas in the right size, empty.
fn prepared(canvas: &NodeRef, size: Size) -> Option<HtmlCanvasElement> {
    let canvas = canvas.cast::<HtmlCanvasElement>()?;
    if (canvas.width(), canvas.height()) != (size.width, size.height) {
        // This clears it too.
        canvas.set_width(size.width);
        canvas.set_height(size.height);
    } else {
        let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
        context.clear_rect(0.0, 0.0, f64::from(size.width), f64::from(size.height));
    }
    Some(canvas)
}
