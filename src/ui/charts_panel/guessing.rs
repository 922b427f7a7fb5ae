//! Guess before you see: the learner draws the backlog that they expect on its own track, with pointer or finger, or moves ten handles with
//! keys. Each stroke is kept at once. It lies over the track's plot and has its axes; a run's curves are not seen meanwhile.
//!
//! The axis begins at twice what is allowed and doubles at its upper edge, so that it gives nothing away.

use crate::say;
use crate::ui::prelude::*;
use plotters::drawing::IntoDrawingArea;
use web_sys::{Element, HtmlCanvasElement};

use super::context::ChartContext;
use super::input;
use crate::chart::layout::TRACK_LEFT;
use crate::chart::{Chart, ChartInput, Expected, Frame, Layout, Side, Size, Theme, backlog, draw_static};
use crate::design::text_width::width;
use crate::format::{clock, count};
use crate::session::gestures::keys::Scope;
use crate::session::run::sketch::{Draft, HANDLES};
use crate::session::{Action, Sketch};
use crate::ui::canvas::{CachedCanvasBackend, fitted};
use crate::ui::kit::{ByPtr, widget};
use crate::ui::{focus, keypress};
use engine::measure::MetricId;

/// How many times the allowed backlog the axis reaches at first.
const ROOM: f64 = 2.0;
/// What it reaches where nothing is said of what is allowed, in messages.
const SOME_ROOM: f64 = 5_000.0;
/// What comes this near to the top asks for twice the room.
const TOP: f64 = 0.985;
/// The axis in steps of a key, and of a page key.
const STEPS: f64 = 40.0;
const PAGES: f64 = 8.0;
/// From this share of the run on it was drawn to its end.
const TO_THE_END: f64 = 0.97;

#[derive(Properties, Clone, PartialEq)]
pub struct Guessing {
    pub chart_context: ByPtr<ChartContext>,
    pub sketch: Option<ByPtr<Sketch>>,
    /// Of the track's canvas: another one is drawn anew.
    pub size: Option<Size>,
    pub frame: Frame,
    pub theme: Theme,
    pub dispatch: Callback<Action>,
}

widget!(late Guessing => guessing);

fn guessing(props: &Guessing) -> Html {
    html! { <GuessLayer ..props.clone()/> }
}

pub enum Msg {
    Pointer(PointerEvent),
    Key(usize, KeyboardEvent),
    Focused(usize),
}

pub struct GuessLayer {
    layer: NodeRef,
    canvas: NodeRef,
    handles: NodeRef,
    draft: Draft,
    /// The pointer that draws, and where it was last; others don't, meanwhile.
    pen: Option<(i32, (f64, f64))>,
    /// What was touched last: what the label says.
    tip: Option<(f64, f64)>,
    /// What the axis has room for, in messages.
    room: f64,
    /// The handle that keys are for.
    active: usize,
}

impl Component for GuessLayer {
    type Message = Msg;
    type Properties = Guessing;

    fn create(ctx: &Context<Self>) -> GuessLayer {
        GuessLayer::begin(ctx.props())
    }

    /// Another design or scenario has other axes; what was drawn of it is kept.
    fn changed(&mut self, ctx: &Context<Self>, old: &Guessing) -> bool {
        if ctx.props().chart_context != old.chart_context {
            *self = GuessLayer::begin(ctx.props());
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Pointer(event) => self.pointer(ctx.props(), &event),
            Msg::Key(handle, event) => self.key(ctx.props(), handle, &event),
            Msg::Focused(handle) => std::mem::replace(&mut self.active, handle) != handle,
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        self.paint(ctx.props());
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let layout = props.size.map(|size| self.with(props, size, Layout::new));
        html! {
            <div ref={self.layer.clone()} class="guessing" onpointerdown={link.callback(Msg::Pointer)} onpointermove={link.callback(Msg::Pointer)}
                onpointerup={link.callback(Msg::Pointer)} onpointercancel={link.callback(Msg::Pointer)}>
                <canvas ref={self.canvas.clone()} aria-hidden="true"></canvas>
                if let Some(layout) = layout {
                    <svg ref={self.handles.clone()} role="group" aria-label={say!("charts.sliders")}>
                        { for (0..HANDLES).map(|handle| self.handle(ctx, &layout, handle)) }
                        { self.label(props, &layout) }
                    </svg>
                }
            </div>
        }
    }
}

/// Where the plot begins in the layer: the canvas of a track begins left of it.
fn left(props: &Guessing) -> f64 {
    if props.frame == Frame::Track { TRACK_LEFT } else { 0.0 }
}

impl GuessLayer {
    /// With what was drawn before.
    fn begin(props: &Guessing) -> GuessLayer {
        let duration = props.chart_context.duration_s;
        let limits = &props.chart_context.limits;
        let allowed = limits.iter().find(|l| l.metric.id == MetricId::MaxBacklog).map(|l| l.at_most);
        let mut room = allowed.filter(|most| *most > 0.0).map_or(SOME_ROOM, |most| most * ROOM);
        while props.sketch.as_ref().is_some_and(|sketch| sketch.peak() >= room * TOP) {
            room *= 2.0;
        }
        GuessLayer {
            layer: NodeRef::default(),
            canvas: NodeRef::default(),
            handles: NodeRef::default(),
            draft: props.sketch.as_ref().map_or_else(|| Draft::new(duration), |s| Draft::of(s, duration)),
            pen: None,
            tip: None,
            room,
            active: 0,
        }
    }

    fn handle(&self, ctx: &Context<Self>, layout: &Layout, handle: usize) -> Html {
        let (props, at) = (ctx.props(), self.draft.handle_s(handle));
        let value = self.draft.at(at);
        let time = clock(props.chart_context.starts_at_s + at);
        let [x, y] = [layout.x(at) - left(props), layout.y(Side::Left, value)].map(|v| format!("{v:.1}"));
        html! {
            <circle class="handle" cx={x} cy={y} r="5" role="slider" tabindex={if handle == self.active { "0" } else { "-1" }}
                aria-orientation="vertical" aria-label={say!("charts.guess_at", time)} aria-valuemin="0" aria-valuemax={format!("{:.0}", self.room)}
                aria-valuenow={format!("{value:.0}")} aria-valuetext={say!("charts.at_waiting", time, n = said(value))}
                onkeydown={ctx.link().callback(move |event| Msg::Key(handle, event))} onfocus={ctx.link().callback(move |_| Msg::Focused(handle))}/>
        }
    }

    /// What is touched, in figures; and, after a stroke that ends early, where it goes on.
    fn label(&self, props: &Guessing, layout: &Layout) -> Html {
        let Some((at, value)) = self.tip else {
            let middle = format!("{:.1}", (layout.x0 + layout.x1) / 2.0 - left(props));
            let words = if self.draft.is_empty() { say!("charts.draw_here") } else { "" };
            return html! { <text class="hint" aria-hidden="true" x={middle} y={format!("{:.1}", layout.y1 * 0.7)} text-anchor="middle">{ words }</text> };
        };
        let words = format!("{} · {}", clock(props.chart_context.starts_at_s + at), said(value));
        let (wide, end) = (width(&words, 12.0) + 20.0, layout.x1 - left(props));
        let (x, y) = (layout.x(at) - left(props), layout.y(Side::Left, value));
        let from = if x + wide + 16.0 > end { x - wide - 14.0 } else { x + 14.0 };
        let top = (y - 26.0).clamp(layout.y0, layout.y1 - 24.0);
        let short = at < props.chart_context.duration_s * TO_THE_END && self.pen.is_none() && x + 170.0 < end;
        let day_end = clock(props.chart_context.starts_at_s + props.chart_context.duration_s);
        html! {
            <g class="tip" aria-hidden="true">
                <circle cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="5"/>
                <rect x={format!("{from:.1}")} y={format!("{top:.1}")} width={format!("{wide:.1}")} height="22" rx="5"/>
                <text x={format!("{:.1}", from + wide / 2.0)} y={format!("{:.1}", top + 15.0)} text-anchor="middle">{ words }</text>
                if short { <text class="on" x={format!("{:.1}", x + 16.0)} y={format!("{:.1}", (top + 40.0).min(layout.y1 - 4.0))}>{ say!("charts.draw_on", time = day_end) }</text> }
            </g>
        }
    }

    /// What was changed is kept, and the axis has room for it.
    fn changed(&mut self, props: &Guessing) {
        let points = self.draft.points();
        while points.iter().any(|p| p.1 >= self.room * TOP) {
            self.room *= 2.0;
        }
        props.dispatch.emit(Action::Expect(self.draft.sketch()));
    }

    fn pointer(&mut self, props: &Guessing, event: &PointerEvent) -> bool {
        let Some((size, layer)) = props.size.zip(self.layer.cast::<Element>()) else { return false };
        let layout = self.with(props, size, Layout::new);
        let area = layer.get_bounding_client_rect();
        let x = f64::from(event.client_x()) - area.left() + left(props);
        let place = (layout.time_near(x), layout.value_at(Side::Left, f64::from(event.client_y()) - area.top()));
        let pointer = event.pointer_id();
        if self.pen.is_some_and(|(drawing, _)| drawing != pointer) {
            return false;
        }
        match (event.type_().as_str(), self.pen) {
            ("pointerdown", _) if event.button() == 0 => {
                // The stroke may go on outside; a browser that refuses only ends it at the edge.
                let _ = layer.set_pointer_capture(pointer);
                event.prevent_default();
                // What was not drawn before the first stroke begins at nothing.
                let start = if self.draft.is_empty() { (0.0, 0.0) } else { place };
                self.draft.line(start, place);
            }
            ("pointermove", Some((_, last))) => self.draft.line(last, place),
            ("pointerup" | "pointercancel", Some(_)) => {
                self.pen = None;
                self.changed(props);
                return true;
            }
            _ => return false,
        }
        (self.pen, self.tip) = (Some((pointer, place)), Some(place));
        true
    }

    fn key(&mut self, props: &Guessing, handle: usize, event: &KeyboardEvent) -> bool {
        if !keypress::takes(event, Scope::Guess) {
            return false;
        }
        event.prevent_default();
        event.stop_propagation();
        let at = self.draft.handle_s(handle);
        let now = self.draft.at(at);
        let to = match event.key().as_str() {
            "ArrowLeft" => return self.go(handle.saturating_sub(1)),
            "ArrowRight" => return self.go((handle + 1).min(HANDLES - 1)),
            "ArrowUp" => now + self.room / STEPS,
            "ArrowDown" => now - self.room / STEPS,
            "PageUp" => now + self.room / PAGES,
            "PageDown" => now - self.room / PAGES,
            "Home" => 0.0,
            _ => self.room,
        };
        let to = to.clamp(0.0, self.room);
        self.draft.move_handle(handle, to);
        self.tip = Some((at, to));
        self.changed(props);
        true
    }

    /// The keys are for another handle.
    fn go(&mut self, handle: usize) -> bool {
        self.active = handle;
        let handles = self.handles.cast::<Element>().map(|svg| svg.children());
        if let Some(circle) = handles.and_then(|all| all.item(handle as u32)) {
            focus::follow(&circle);
        }
        true
    }

    fn with<R>(&self, props: &Guessing, size: Size, f: impl FnOnce(&Chart, &ChartInput) -> R) -> R {
        let points = self.draft.points();
        input::bare(&props.chart_context, &points, props.theme, size, |input| {
            let expected = Expected { backlog: self.room, ..input.expected };
            f(&backlog::BLANK, &ChartInput { expected, frame: props.frame, clock: false, ..*input })
        })
    }

    fn paint(&mut self, props: &Guessing) {
        let Some(canvas) = self.canvas.cast::<HtmlCanvasElement>() else { return };
        let (Some(size), Some(backend)) = (fitted(&canvas), CachedCanvasBackend::new(canvas)) else { return };
        self.with(props, size, |chart, input| {
            // A canvas that refuses stays empty; the handles don't.
            let _ = draw_static(&backend.into_drawing_area(), chart, input);
        });
    }
}

/// A height as it is said, in the digits that a hand draws.
fn said(messages: f64) -> String {
    let rounded = crate::session::run::sketch::rounded(messages);
    count(libm::round(rounded) as u64)
}
