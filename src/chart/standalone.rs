//! A chart as a picture that stands by itself: title, figures and legend over both layers, on an opaque ground. For saving.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::chart::frame::draw_static;
use crate::chart::input::{ChartInput, Size};
use crate::chart::line::{Key, Weight};
use crate::chart::live::draw_live;
use crate::chart::path::dashes;
use crate::chart::pen::{Anchor, Drawn, Pen};
use crate::chart::theme::{Role, Theme};
use crate::chart::{Chart, Frame, text_width};

/// The size of a saved picture in CSS pixels, and how many device pixels make one.
pub const SIZE: Size = Size { width: 1920, height: 960, scale: 2.0 };
/// Room over the chart, in CSS pixels, and where its rows stand.
pub(super) const HEAD: f64 = 84.0;
const MARGIN: f64 = 20.0;
const TITLE: f64 = 18.0;
const TEXT: f64 = 12.0;

/// Draws chart and words; `about` says of which run. The size is that of the area.
pub fn draw_standalone<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    chart: &Chart,
    input: &ChartInput,
    about: &str,
) -> Drawn<DB> {
    let subtitle = (chart.subtitle)(input);
    head(
        root,
        input.size.scale,
        input.theme,
        (chart.title(), &subtitle, about),
        &chart.legend_now(&ChartInput { frame: Frame::Picture, ..*input }),
    )?;
    let head = libm::round(HEAD * input.size.scale) as u32;
    let (_, below) = root.split_vertically(head as i32);
    let size = Size { height: input.size.height.saturating_sub(head), ..input.size };
    let frame = Frame::Picture;
    let inner = ChartInput { size, frame, opaque: false, cursor_s: None, band: None, ..*input };
    draw_static(&below, chart, &inner)?;
    draw_live(&below, chart, &inner)
}

/// The ground, the title, what the figures say and of which run, and the legend.
pub(super) fn head<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    scale: f64,
    theme: Theme,
    (title, subtitle, about): (&str, &str, &str),
    keys: &[Key],
) -> Drawn<DB> {
    let (width, height) = root.dim_in_pixel();
    let (width, height) = (f64::from(width) / scale, f64::from(height) / scale);
    let pen = Pen::new(root, scale, TEXT, theme);
    pen.rect((0.0, 0.0), (width, height), Role::Surface, 1.0)?;
    Pen::new(root, scale, TITLE, theme).bold(title, (MARGIN, 24.0), Role::Ink)?;
    pen.text(about, (width - MARGIN, 24.0), Anchor::End, Role::Muted)?;
    pen.text(subtitle, (MARGIN, 46.0), Anchor::Start, Role::Muted)?;
    let (mut x, y) = (MARGIN, 66.0);
    for key in keys {
        let weight = if key.weight == Weight::Bold { 2.5 } else { 1.5 };
        let line = [pen.pixel(x, y), pen.pixel(x + 22.0, y)];
        match key.dash.pattern() {
            None => pen.path(&line, weight, key.role, 1.0)?,
            Some((on, off)) => {
                for dash in dashes(&line, on * scale, off * scale) {
                    pen.path(&dash, weight, key.role, 1.0)?;
                }
            }
        }
        pen.text(&key.label, (x + 28.0, y), Anchor::Start, Role::Ink)?;
        x += 28.0 + text_width(&key.label, TEXT) + 18.0;
    }
    Ok(())
}
