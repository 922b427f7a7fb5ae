//! What a chart is drawn and told from, put together out of the session, the scenario and what the learner looks at.

use std::rc::Rc;

use super::ChartCursor;
use super::context::ChartContext;
use crate::chart::{self, ChartInput, Frame, Size, Theme, Window};
use crate::session::{Compared, RunState, Session, Sketch};
use crate::ui::kit::ByPtr;
use engine::measure::{Series, series};

/// Words need no pixels; a chart's input has a size all the same.
pub const SOME_SIZE: Size = Size { width: 600, height: 240, scale: 1.0 };

/// What belongs to the page and not to the session.
#[derive(Clone, Copy)]
pub struct ViewContext<'a> {
    pub chart_context: &'a ChartContext,
    pub hidden: &'a [String],
    pub cursor_state: ChartCursor,
    pub compared: Option<&'a ByPtr<Compared>>,
    pub sketch: Option<&'a ByPtr<Sketch>>,
    pub theme: Theme,
    pub frame: Frame,
    pub enlarged: bool,
    /// The chart says the times at its foot.
    pub clock: bool,
}

/// Gives `f` the input for a picture of this size.
pub fn with<R>(session: &Session, scenery: ViewContext, size: Size, f: impl FnOnce(&ChartInput) -> R) -> R {
    let empty = nothing();
    let ViewContext { chart_context, hidden, cursor_state, compared, sketch, theme, frame, enlarged, clock } = scenery;
    let ready = session.playback().state == RunState::Ready;
    f(&ChartInput {
        series: session.series().unwrap_or(&empty),
        run: session.run_number(),
        duration_s: chart_context.duration_s,
        window: cursor_state.window(chart_context.duration_s),
        starts_at_s: chart_context.starts_at_s,
        now_s: if ready { 0.0 } else { session.now().seconds() },
        limits: &chart_context.limits,
        events: &chart_context.events,
        rush: &chart_context.rush,
        expected: chart_context.expected,
        compared: compared.map(|other| chart::Compared {
            name: &other.label,
            series: &other.series,
            // What is held still has an address of its own.
            id: Rc::as_ptr(other.rc()) as usize as u64,
        }),
        predicted: &chart_context.predicted,
        foretold: chart_context.note.as_deref(),
        sketch: sketch.map_or(&[], |s| s.points()),
        now: session.figures().filter(|_| !ready).map(|figures| &figures.run),
        hidden,
        cursor_s: cursor_state.cursor,
        band: cursor_state.band,
        newest_first: chart_context.newest_first,
        theme,
        frame,
        enlarged,
        clock,
        size,
        opaque: false,
    })
}

/// The series of no run.
pub fn nothing() -> Series {
    Series { width: series::BIN, bins: Vec::new(), revision: 0 }
}

/// The input of axes without a run, for a sketch.
pub fn bare<R>(
    chart_context: &ChartContext,
    points: &[(f64, f64)],
    theme: Theme,
    size: Size,
    f: impl FnOnce(&ChartInput) -> R,
) -> R {
    let empty = nothing();
    f(&ChartInput {
        duration_s: chart_context.duration_s,
        window: Window::whole(chart_context.duration_s),
        starts_at_s: chart_context.starts_at_s,
        limits: &chart_context.limits,
        events: &chart_context.events,
        rush: &chart_context.rush,
        expected: chart_context.expected,
        sketch: points,
        newest_first: chart_context.newest_first,
        theme,
        size,
        ..ChartInput::of(&empty)
    })
}
