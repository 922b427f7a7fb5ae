//! The canvas as a plotters backend that remembers how it was told to draw: a colour, a width or a font that has not changed is not told again.
//!
//! Most of a chart's strokes come in rows of one style; telling a canvas its style costs as much as a short stroke. Pictures are the same as
//! with plotters' own backend, but that joints are round. What it does not know is left to that one.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontTransform,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

type Refused = <CanvasBackend as DrawingBackend>::ErrorType;

/// One canvas.
pub struct CachedCanvasBackend {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
    stroke: Option<(BackendColor, u32)>,
    fill: Option<BackendColor>,
    font: String,
}

impl CachedCanvasBackend {
    /// `None` if the browser gives no drawing context.
    pub fn new(canvas: HtmlCanvasElement) -> Option<CachedCanvasBackend> {
        let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
        context.set_line_join("round");
        Some(CachedCanvasBackend {
            inner: CanvasBackend::with_canvas_object(canvas)?,
            context,
            stroke: None,
            fill: None,
            font: String::new(),
        })
    }

    /// An area over the whole canvas, empty, of this size in pixels.
    pub fn area(
        canvas: &HtmlCanvasElement,
        width: u32,
        height: u32,
    ) -> Option<DrawingArea<CachedCanvasBackend, Shift>> {
        // This clears it too, and sets it back to what a new canvas is.
        canvas.set_width(width);
        canvas.set_height(height);
        CachedCanvasBackend::new(canvas.clone()).map(IntoDrawingArea::into_drawing_area)
    }

    fn stroke_with(&mut self, style: &impl BackendStyle) {
        let now = (style.color(), style.stroke_width());
        if self.stroke.is_none_or(|before| !same(before.0, now.0) || before.1 != now.1) {
            self.context.set_stroke_style_str(&css(now.0));
            self.context.set_line_width(f64::from(now.1));
            self.stroke = Some(now);
        }
    }

    fn fill_with(&mut self, now: BackendColor) {
        if self.fill.is_none_or(|before| !same(before, now)) {
            self.context.set_fill_style_str(&css(now));
            self.fill = Some(now);
        }
    }

    fn along(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        let mut path = path.into_iter().map(|(x, y)| (f64::from(x), f64::from(y)));
        if let Some((x, y)) = path.next() {
            self.context.move_to(x, y);
        }
        for (x, y) in path {
            self.context.line_to(x, y);
        }
    }
}

fn same(a: BackendColor, b: BackendColor) -> bool {
    a.rgb == b.rgb && a.alpha == b.alpha
}

fn css(BackendColor { rgb: (r, g, b), alpha }: BackendColor) -> String {
    format!("rgba({r},{g},{b},{alpha})")
}

impl DrawingBackend for CachedCanvasBackend {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        self.inner.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Refused>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Refused>> {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), DrawingErrorKind<Refused>> {
        self.fill = None;
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Refused>> {
        self.stroke = None;
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Refused>> {
        if !fill {
            self.stroke = None;
            return self.inner.draw_rect(upper_left, bottom_right, style, fill);
        }
        self.fill_with(style.color());
        let ((x, y), (right, bottom)) = (upper_left, bottom_right);
        self.context.fill_rect(f64::from(x), f64::from(y), f64::from(right - x), f64::from(bottom - y));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Refused>> {
        self.stroke_with(style);
        self.along(path);
        self.context.stroke();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Refused>> {
        self.fill_with(style.color());
        self.along(path);
        self.context.fill();
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Refused>> {
        (self.fill, self.stroke) = (None, None);
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        place: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Refused>> {
        if !matches!(style.transform(), FontTransform::None) {
            (self.fill, self.font) = (None, String::new());
            return self.inner.draw_text(text, style, place);
        }
        self.fill_with(style.color());
        let font = format!("{} {}px {}", style.style().as_str(), style.size(), style.family().as_str());
        if font != self.font {
            self.context.set_font(&font);
            self.font = font;
        }
        self.context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "center",
        });
        self.context.set_text_baseline(match style.anchor().v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        // A browser refuses no text; if one did, the rest of the picture is worth having.
        let _ = self.context.fill_text(text, f64::from(place.0), f64::from(place.1));
        Ok(())
    }
}
