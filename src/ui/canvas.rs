//! Canvases: a plotters backend that remembers its style, the two layers of a chart, and pictures as files.

mod backend;
pub mod save;
mod surface;

use web_sys::HtmlCanvasElement;

use crate::chart::Size;

pub use backend::CachedCanvasBackend;
pub use surface::{Layers, Surface};

/// The most device pixels for one CSS pixel: more is not seen and costs time.
const MAX_SCALE: f64 = 3.0;

/// A size in CSS pixels, in the screen's pixels; `None` for what is not seen.
fn in_pixels(width: f64, height: f64) -> Option<Size> {
    let scale = web_sys::window()?.device_pixel_ratio().clamp(1.0, MAX_SCALE);
    let pixels = |css: f64| (css * scale).round() as u32;
    let (width, height) = (pixels(width), pixels(height));
    (width > 0 && height > 0).then_some(Size { width, height, scale })
}

/// The size of a canvas as it stands in the page, in the screen's pixels; its own pixels follow, and it is empty.
pub fn fitted(canvas: &HtmlCanvasElement) -> Option<Size> {
    let size = in_pixels(f64::from(canvas.client_width()), f64::from(canvas.client_height()));
    // This clears it too.
    canvas.set_width(size.map_or(0, |size| size.width));
    canvas.set_height(size.map_or(0, |size| size.height));
    size
}
