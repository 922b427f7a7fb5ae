//! Draw it first: the learner sketches the backlog that they expect, with pointer or finger on the axes of the backlog chart, or in three
//! figures. Done keeps it; Escape and Cancel leave everything as it was.

use crate::ui::prelude::*;
use crate::vocabulary::filled;
use plotters::drawing::IntoDrawingArea;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

use super::context::ChartContext;
use super::input;
use crate::chart::{Chart, ChartInput, Expected, Layout, Side, Size, backlog, draw_static, expected};
use crate::format::{self, clock};
use crate::session::Action;
use crate::session::run::sketch::{Draft, Field, Figures, Impossible, Sketch};
use crate::session::text::typed::whole;
use crate::ui::canvas::{CachedCanvasBackend, fitted};
use crate::ui::kit::number_field::NumberField;
use crate::ui::kit::{ByPtr, Dialog, widget};
use engine::measure::MetricId;

const TITLE: &str = "What do you expect?";
/// How many times the allowed backlog the axis reaches at first.
const ROOM: f64 = 3.0;
/// What it reaches where nothing is said of what is allowed, in messages.
const SOME_ROOM: f64 = 5_000.0;
/// A stroke that comes this near to the top asks for more room.
const TOP: f64 = 0.985;

#[derive(Properties, Clone, PartialEq)]
pub struct SketchProps {
    pub open: bool,
    pub chart_context: ByPtr<ChartContext>,
    pub sketch: Option<ByPtr<Sketch>>,
    pub dark: bool,
    pub on_close: Callback<()>,
    pub dispatch: Callback<Action>,
}

widget!(late SketchProps => sketch; until |it, notice| Dialog::meanwhile("sketch", TITLE, it.open, &it.on_close, notice));

fn sketch(props: &SketchProps) -> Html {
    html! { <SketchDialog ..props.clone()/> }
}

pub enum Msg {
    Pointer(PointerEvent),
    Figure(Field, String),
    Clear,
    Done,
}

pub struct SketchDialog {
    canvas: NodeRef,
    draft: Draft,
    /// The sketch to the last digit, as it was kept or given in figures, until something is drawn.
    exact: Option<Sketch>,
    /// The pointer that draws; others don't, meanwhile.
    pen: Option<Pen>,
    /// What the axis has room for, in messages.
    room: f64,
    texts: [String; 3],
    wrong: Option<Impossible>,
    size: Option<Size>,
}

/// Which pointer, and where it was last.
#[derive(Clone, Copy)]
struct Pen {
    pointer: i32,
    at: (f64, f64),
}

impl Component for SketchDialog {
    type Message = Msg;
    type Properties = SketchProps;

    fn create(ctx: &Context<Self>) -> SketchDialog {
        let mut dialog = SketchDialog {
            canvas: NodeRef::default(),
            draft: Draft::new(1.0),
            exact: None,
            pen: None,
            room: SOME_ROOM,
            texts: Default::default(),
            wrong: None,
            size: None,
        };
        dialog.begin(ctx.props());
        dialog
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &SketchProps) -> bool {
        if ctx.props().open && !old.open {
            self.begin(ctx.props());
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::Pointer(event) => return self.pointer(props, &event),
            Msg::Figure(field, text) => self.figure(props, field, &text),
            Msg::Clear => {
                self.draft.clear();
                self.exact = None;
                self.wrong = None;
                self.texts = Default::default();
            }
            Msg::Done => {
                self.wrong = self.wrong.take().or_else(|| self.unfinished());
                if self.wrong.is_some() {
                    return true;
                }
                props.dispatch.emit(Action::Expect(self.sketch()));
                props.on_close.emit(());
            }
        }
        true
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let props = ctx.props();
        if props.open {
            self.paint(props);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let body = if props.open { self.body(ctx) } else { Html::default() };
        Dialog {
            class: "chart-dialog",
            close: "Cancel",
            body,
            ..Dialog::new("sketch", TITLE, props.open, props.on_close.clone())
        }
        .here()
    }
}

impl SketchDialog {
    fn body(&self, ctx: &Context<Self>) -> Html {
        let (link, cancel) = (ctx.link(), ctx.props().on_close.reform(|_: MouseEvent| ()));
        html! {
            <>
                <p>{ filled("How many messages will wait as the {period} goes on? Draw it from left to right, or give three figures. Your curve stays dotted under the real one.") }</p>
                <div class="big drawing">
                    <canvas ref={self.canvas.clone()} aria-hidden="true" onpointerdown={link.callback(Msg::Pointer)}
                        onpointermove={link.callback(Msg::Pointer)} onpointerup={link.callback(Msg::Pointer)} onpointercancel={link.callback(Msg::Pointer)}></canvas>
                    if self.draft.is_empty() { <span class="hint" aria-hidden="true">{ "Draw here" }</span> }
                </div>
                <div class="three">
                    { self.field(ctx, Field::Peak, "At most", "messages", "5000") }
                    { self.field(ctx, Field::At, "at", "", "08:10") }
                    { self.field(ctx, Field::Drained, "drained by", "", "09:30") }
                </div>
                <p class="wrong" id="sketch-wrong" role="status">{ self.wrong.as_ref().map(|w| w.words.clone()) }</p>
                <div class="actions">
                    <button class="btn primary" onclick={link.callback(|_| Msg::Done)}>{ "Done" }</button>
                    <button class="btn" onclick={link.callback(|_| Msg::Clear)} disabled={self.draft.is_empty()}>{ "Clear" }</button>
                    <button class="btn" onclick={cancel}>{ "Cancel" }</button>
                </div>
            </>
        }
    }

    /// What was kept, to go on with.
    fn begin(&mut self, props: &SketchProps) {
        let duration = props.chart_context.duration_s;
        self.draft = props.sketch.as_ref().map_or_else(|| Draft::new(duration), |s| Draft::of(s, duration));
        self.exact = props.sketch.as_ref().map(|s| (**s).clone());
        let allowed =
            props.chart_context.limits.iter().find(|l| l.metric.id == MetricId::MaxBacklog).map(|l| l.at_most);
        self.room = allowed.filter(|most| *most > 0.0).map_or(SOME_ROOM, |most| most * ROOM);
        self.pen = None;
        self.wrong = None;
        self.size = None;
        self.follow(props);
    }

    fn sketch(&self) -> Option<Sketch> {
        self.exact.clone().or_else(|| self.draft.sketch())
    }

    /// Some figures are there and others are not, and nothing was drawn: what is missing, in words.
    fn unfinished(&self) -> Option<Impossible> {
        let missing = |field: &Field| self.texts[*field as usize].trim().is_empty();
        let field = [Field::Peak, Field::At, Field::Drained].into_iter().find(missing)?;
        let begun = self.sketch().is_none() && self.texts.iter().any(|text| !text.trim().is_empty());
        begun.then(|| Impossible { field, words: "All three figures are needed, or a curve that is drawn.".to_owned() })
    }

    /// The fields say what was drawn, and the axis has room for it.
    fn follow(&mut self, props: &SketchProps) {
        let kept = self.sketch();
        let Some(course) = kept.and_then(|sketch| expected::drawn(sketch.points())) else { return };
        let day = |t: f64| clock(props.chart_context.starts_at_s + t);
        let drained = course.drained_s.map_or_else(String::new, day);
        self.texts = [format!("{:.0}", course.peak), day(course.at_s), drained];
        self.room = self.room.max(course.peak);
    }

    fn field(
        &self,
        ctx: &Context<Self>,
        field: Field,
        label: &'static str,
        unit: &'static str,
        example: &'static str,
    ) -> Html {
        let wrong = self.wrong.as_ref().is_some_and(|w| w.field == field);
        html! {
            <span class="figure">
                <label for={format!("sketch-{}", field as u8)}>{ label }</label>
                <NumberField id={format!("sketch-{}", field as u8)} {unit} class="field" inputmode={if field == Field::Peak { "numeric" } else { "text" }} placeholder={example}
                    value={self.texts[field as usize].clone()} read={Callback::from(move |text: String| written(field, &text))}
                    commit={ctx.link().callback(move |text| Msg::Figure(field, text))} invalid={wrong} described={if wrong { "sketch-wrong" } else { "" }}/>
            </span>
        }
    }

    /// A figure: once all three are there, they are the curve.
    fn figure(&mut self, props: &SketchProps, field: Field, text: &str) {
        self.texts[field as usize] = written(field, text).unwrap_or_default();
        self.wrong = None;
        let time = |text: &str| format::parse_clock(text).map(|s| s - props.chart_context.starts_at_s);
        let figures = (whole(&self.texts[0]), time(&self.texts[1]), time(&self.texts[2]));
        // One that is missing may still come.
        let (Some(peak), Some(at_s), Some(drained_s)) = figures else { return };
        let made = Sketch::from_figures(Figures { peak: peak as f64, at_s, drained_s }, props.chart_context.duration_s);
        match made {
            Ok(sketch) => {
                self.draft = Draft::of(&sketch, props.chart_context.duration_s);
                self.room = self.room.max(sketch.points().iter().map(|p| p.1).fold(0.0, f64::max));
                self.exact = Some(sketch);
            }
            Err(wrong) => self.wrong = Some(wrong),
        }
    }

    fn pointer(&mut self, props: &SketchProps, event: &PointerEvent) -> bool {
        let Some(size) = self.size else { return false };
        let layout = self.with(props, size, Layout::new);
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let place = (layout.time_near(x), layout.value_at(Side::Left, y));
        let pointer = event.pointer_id();
        if self.pen.is_some_and(|pen| pen.pointer != pointer) {
            return false;
        }
        match (event.type_().as_str(), self.pen) {
            ("pointerdown", _) if event.button() == 0 => {
                if let Some(canvas) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
                    // The stroke may go on outside; a browser that refuses only ends it at the edge.
                    let _ = canvas.set_pointer_capture(pointer);
                }
                self.exact = None;
                self.draft.line(place, place);
                self.pen = Some(Pen { pointer, at: place });
            }
            ("pointermove", Some(pen)) => {
                self.draft.line(pen.at, place);
                self.pen = Some(Pen { at: place, ..pen });
            }
            ("pointerup" | "pointercancel", Some(_)) => {
                self.pen = None;
                self.wrong = None;
                let top = layout.value_at(Side::Left, layout.y0);
                self.follow(props);
                if self.draft.points().iter().any(|p| p.1 >= top * TOP) {
                    self.room = top * 2.0;
                }
            }
            _ => return false,
        }
        true
    }

    fn with<R>(&self, props: &SketchProps, size: Size, f: impl FnOnce(&Chart, &ChartInput) -> R) -> R {
        let points = self.draft.points();
        input::bare(&props.chart_context, &points, props.dark, size, |input| {
            let expected = Expected { backlog: self.room, ..input.expected };
            f(&backlog::BLANK, &ChartInput { expected, ..*input })
        })
    }

    fn paint(&mut self, props: &SketchProps) {
        let Some(canvas) = self.canvas.cast::<HtmlCanvasElement>() else { return };
        self.size = fitted(&canvas);
        let (Some(size), Some(backend)) = (self.size, CachedCanvasBackend::new(canvas)) else { return };
        self.with(props, size, |chart, input| {
            // A canvas that refuses stays empty; the fields don't.
            let _ = draw_static(&backend.into_drawing_area(), chart, input);
        });
    }
}

/// A figure as the page writes it, or what is allowed in its place. Nothing is allowed: a figure may be taken back.
fn written(field: Field, text: &str) -> Result<String, String> {
    let allowed = match field {
        Field::Peak => "Allowed is a number of messages, such as 5000.",
        Field::At => "Allowed is a time of day, such as 08:10.",
        Field::Drained => "Allowed is a time of day, such as 09:30.",
    };
    let found = match field {
        _ if text.trim().is_empty() => Some(String::new()),
        Field::Peak => whole(&text.replace(',', "")).map(|n| n.to_string()),
        Field::At | Field::Drained => {
            format::parse_clock(text).map(|s| if s % 60.0 == 0.0 { clock(s) } else { format::time_of_day(s) })
        }
    };
    found.ok_or_else(|| allowed.to_owned())
}
