//! Pointers and keys over a plot: the crosshair, the range being chosen, zooming.

use web_sys::Element;

use super::*;
use crate::chart::layout::TRACK_LEFT;
use crate::chart::window::STEP;
use crate::session::gestures::keys::Scope;
use crate::ui::keypress;

/// How many steps of the arrow keys the crosshair needs from one end of what is shown to the other.
const STEPS: f64 = 180.0;
/// How far the page keys move it, in seconds.
const PAGE_S: f64 = 1_800.0;
/// A press this near to the pinned crosshair lets it go, in CSS pixels.
const NEAR: f64 = 6.0;

impl ChartView {
    pub(super) fn layout(&mut self, props: &ChartViewProps) -> Option<Layout> {
        let size = self.surface.borrow().size()?;
        let (mut surface, frame) = (self.surface.borrow_mut(), self.frame);
        Some(props.drawn(frame, size, |input| surface.layout(&props.chart, input)))
    }

    pub(super) fn pointer(&mut self, props: &ChartViewProps, event: &PointerEvent) {
        let phase = match event.type_().as_str() {
            "pointerdown" if event.button() != 0 => return,
            "pointerdown" => Phase::Down,
            "pointermove" => Phase::Move,
            "pointerup" => Phase::Up,
            // Cancelled: the browser has taken the gesture, to scroll.
            _ => {
                let gone = Touch { id: event.pointer_id(), phase: Phase::Up, x: -1e6, finger: true };
                if let Some(layout) = self.layout(props) {
                    self.ranging.stop();
                    self.ranging.take(gone, &layout, props.chart_context.duration_s);
                }
                return props.on_sight.emit(ChartCursor { band: None, ..props.cursor_state });
            }
        };
        let Some(layout) = self.layout(props) else { return };
        let duration = props.chart_context.duration_s;
        // The canvas of a track begins left of the plot.
        let x = f64::from(event.offset_x()) + if self.frame == Frame::Track { TRACK_LEFT } else { 0.0 };
        let touch = Touch { id: event.pointer_id(), phase, x, finger: event.pointer_type() == "touch" };
        let result_action = self.ranging.take(touch, &layout, duration);
        if self.ranging.is_choosing()
            && let Some(plot) = self.plot.cast::<Element>()
            && !plot.has_pointer_capture(event.pointer_id())
        {
            // The drag may end outside; a browser that refuses only ends it at the edge.
            let _ = plot.set_pointer_capture(event.pointer_id());
        }
        let cursor_state = props.cursor_state;
        props.on_sight.emit(match result_action {
            PointerOutcome::Nothing => return,
            PointerOutcome::Look(_) if cursor_state.pinned.is_some() => return,
            PointerOutcome::Look(at) => ChartCursor { cursor: at, ..cursor_state },
            PointerOutcome::Band(from, to) => {
                ChartCursor { band: Some((from, to)), cursor: None, pinned: None, ..cursor_state }
            }
            PointerOutcome::Zoom(window) => cursor_state.through(window, duration),
            PointerOutcome::Press(at) => {
                let next = pressed(props, &layout, at);
                if next.pinned.is_none() {
                    self.ranging.stop();
                }
                next
            }
        });
    }

    pub(super) fn leave(&self, props: &ChartViewProps) {
        // What a press has pinned may not be known here yet.
        let holds = self.ranging.is_choosing() || self.ranging.has_pressed();
        if props.cursor_state.pinned.is_none() && !holds {
            props.on_sight.emit(ChartCursor { cursor: None, ..props.cursor_state });
        }
    }

    /// The keys of [`crate::session::KEYS`] in a chart.
    pub(super) fn key(&mut self, props: &ChartViewProps, event: &KeyboardEvent) {
        if !keypress::takes(event, Scope::Chart) {
            return;
        }
        let (cursor_state, end) = (props.cursor_state, props.chart_context.duration_s);
        let window = cursor_state.window(end);
        let now = cursor_state
            .cursor
            .unwrap_or_else(|| props.session.borrow().now().seconds().clamp(window.from_s, window.to_s));
        let step = window.width() / STEPS * if event.shift_key() { 10.0 } else { 1.0 };
        let to = |at: f64| {
            let at = at.clamp(0.0, end);
            ChartCursor { cursor: Some(at), pinned: None, ..cursor_state }.through(window.holding(at, end), end)
        };
        let next = match event.key().as_str() {
            "ArrowLeft" => to(now - step),
            "ArrowRight" => to(now + step),
            "PageUp" => to(now + PAGE_S),
            "PageDown" => to(now - PAGE_S),
            "Home" => to(window.from_s),
            "End" => to(window.to_s),
            "+" | "=" => cursor_state.through(window.zoomed(now, STEP, end), end),
            "-" => cursor_state.through(window.zoomed(now, 1.0 / STEP, end), end),
            "0" => ChartCursor { window: None, ..cursor_state },
            "Escape" => {
                self.ranging.stop();
                ChartCursor { cursor: None, pinned: None, band: None, ..cursor_state }
            }
            "Enter" if cursor_state.cursor.is_some() => {
                event.prevent_default();
                return asking::known(asking::wish(self, props, Wish::Story), props);
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        props.on_sight.emit(next);
    }
}

impl ChartView {
    /// The keys of the list of curves. Says whether the list is to be drawn anew.
    pub(super) fn curve_key(&mut self, props: &ChartViewProps, event: &KeyboardEvent) -> bool {
        let entries = self.entries(props);
        if !keypress::takes(event, Scope::Curves) || entries.is_empty() {
            return false;
        }
        let active = self.active.min(entries.len() - 1);
        match event.key().as_str() {
            "ArrowUp" => self.active = active.saturating_sub(1),
            "ArrowDown" => self.active = (active + 1).min(entries.len() - 1),
            "Enter" if entries[active].drawn => props.on_toggle.emit(entries[active].key.id.to_owned()),
            _ => return false,
        }
        event.prevent_default();
        event.stop_propagation();
        true
    }
}

/// A press pins the crosshair where it is; one on the pinned crosshair lets it go.
fn pressed(props: &ChartViewProps, layout: &Layout, at: f64) -> ChartCursor {
    let cursor_state = props.cursor_state;
    let near = cursor_state.cursor.is_some_and(|cursor| (layout.x(cursor) - layout.x(at)).abs() <= NEAR);
    match cursor_state.pinned {
        Some(_) if near => ChartCursor { pinned: None, ..cursor_state },
        _ => ChartCursor { cursor: Some(at), pinned: Some(props.chart.id), ..cursor_state },
    }
}
