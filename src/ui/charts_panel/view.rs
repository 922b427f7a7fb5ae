//! One track: title and curves with their live values, the plot with its crosshair, the goals that it decides; and the same in words and as a
//! table.
//!
//! Pointers, keys and the menu change what all charts share ([`ChartCursor`]) or ask for something; nothing of a run is kept here.

use crate::say;
use std::cell::RefCell;
use std::rc::Rc;

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

use super::context::ChartContext;
use super::guessing::Guessing;
use super::input::{self, SOME_SIZE, ViewContext};
use super::legend::Legend;
use super::menu::{Item, Menu};
use super::readout::{self, Wish};
use super::table::{Table, thinned};
use super::{ChartCursor, Room};
use crate::chart;
use crate::chart::layout::TRACK_LEFT;
use crate::chart::zoom::{Phase, PointerOutcome, Touch, ZoomGesture};
use crate::chart::{
    Chart, ChartId, ChartInput, Dialog, EXPECTED, Entry, Frame, Layout, LineExtents, Side, Size, Theme, standalone,
};
use crate::format;
use crate::late::late;
use crate::session::text::goals::{GoalText, Standing};
use crate::session::{Action, Compared, Guessing as Guess, RunState, Sketch};
use crate::ui::canvas::Surface;
use crate::ui::goals;
use crate::ui::kit::{ByPtr, Fixed, Widget};
use crate::ui::shared::Shared;
use crate::ui::words::Words;

mod asking;
mod listening;
mod pointing;
mod printing;
mod steps;

use printing::{PAPER, Printing};

#[derive(Properties, Clone, PartialEq)]
pub struct ChartViewProps {
    /// What is shown.
    pub chart: Fixed<Chart>,
    /// The design has nothing of it.
    pub empty: bool,
    /// In whose place, as the page's elements name it.
    pub place: &'static str,
    pub room: Room,
    /// The first track: what concerns all of them stands in it.
    pub first: bool,
    /// The goals that its curves decide.
    pub goals: Rc<Vec<GoalText>>,
    /// The page's typeface is there.
    pub typeface: bool,
    /// What comes with the second module is there: see [`late`](crate::ui::late).
    pub here: bool,
    pub session: Shared,
    pub revision: u64,
    pub playing: bool,
    pub chart_context: ByPtr<ChartContext>,
    pub hidden: ByPtr<Vec<String>>,
    pub cursor_state: ChartCursor,
    pub compared: Option<ByPtr<Compared>>,
    pub sketch: Option<ByPtr<Sketch>>,
    pub theme: Theme,
    /// Is printed: in one size, whatever the window's is.
    pub paper: bool,
    pub on_sight: Callback<ChartCursor>,
    pub on_toggle: Callback<String>,
    pub on_dialog: Callback<Option<Dialog>>,
    /// Its name was pressed: it wants most of the room, or no longer.
    pub on_enlarge: Callback<ChartId>,
    pub dispatch: Callback<Action>,
}

impl ChartViewProps {
    fn scenery(&self, frame: Frame) -> ViewContext<'_> {
        ViewContext {
            chart_context: &self.chart_context,
            hidden: &self.hidden,
            cursor_state: self.cursor_state,
            compared: self.compared.as_ref(),
            sketch: self.sketch.as_ref(),
            theme: self.theme,
            frame,
            enlarged: self.room == Room::Enlarged,
            clock: self.cursor_state.window.is_some() && (self.first || self.room == Room::Enlarged),
        }
    }

    /// Words and figures need no size.
    fn with<R>(&self, f: impl FnOnce(&ChartInput) -> R) -> R {
        self.drawn(Frame::Track, SOME_SIZE, f)
    }

    fn drawn<R>(&self, frame: Frame, size: Size, f: impl FnOnce(&ChartInput) -> R) -> R {
        input::with(&self.session.borrow(), self.scenery(frame), size, f)
    }
}

pub enum Msg {
    Resized,
    Pointer(PointerEvent),
    Key(KeyboardEvent),
    /// A key in the list of curves.
    CurveKey(KeyboardEvent),
    /// The pointer or the focus has gone elsewhere.
    Leave,
    /// All of the morning again.
    Whole,
    Item(Item),
    Wish(Wish),
}

pub struct ChartView {
    surface: Rc<RefCell<Surface>>,
    printing: Printing,
    figure: NodeRef,
    plot: NodeRef,
    frame: Frame,
    extents: RefCell<LineExtents>,
    /// The curve that keys are for.
    active: usize,
    observer: Option<(ResizeObserver, Closure<dyn Fn()>)>,
    ranging: ZoomGesture,
    on_item: Callback<Item>,
    table: Option<ByPtr<Vec<Vec<String>>>>,
    /// Its tones can be heard.
    listening: bool,
    /// The words for who can't see the chart, as of the last moment without a running clock.
    summary: String,
}

impl Component for ChartView {
    type Message = Msg;
    type Properties = ChartViewProps;

    fn create(ctx: &Context<Self>) -> ChartView {
        let mut view = ChartView {
            surface: Rc::default(),
            printing: Printing::default(),
            figure: NodeRef::default(),
            plot: NodeRef::default(),
            frame: Frame::Track,
            extents: RefCell::default(),
            active: 0,
            observer: None,
            ranging: ZoomGesture::default(),
            on_item: ctx.link().callback(Msg::Item),
            table: None,
            listening: false,
            summary: String::new(),
        };
        view.tell(ctx.props());
        view
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ChartViewProps) -> bool {
        let props = ctx.props();
        if props.typeface != old.typeface {
            self.surface.borrow_mut().forget();
        }
        // Both stand in a track with most of the room.
        if old.room == Room::Enlarged && props.room != Room::Enlarged {
            (self.table, self.listening) = (None, false);
        }
        let _ = printing::follow(&mut self.printing, props, &self.surface);
        if !props.playing {
            self.tell(props);
            if self.table.is_some() && (old.revision != props.revision || old.playing) {
                self.table = rows(props);
            }
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::Resized => {
                if let Some((plot, figure)) = self.plot.cast::<Element>().zip(self.figure.cast::<Element>()) {
                    let beside = figure.client_width() - plot.client_width();
                    self.frame = if beside > BESIDE { Frame::Track } else { Frame::Column };
                    let left = if self.frame == Frame::Track { TRACK_LEFT } else { 0.0 };
                    self.surface
                        .borrow_mut()
                        .resized(f64::from(plot.client_width()) + left, f64::from(plot.client_height()));
                }
                return true;
            }
            Msg::Pointer(event) => self.pointer(props, &event),
            Msg::Leave => self.leave(props),
            Msg::Key(event) => self.key(props, &event),
            Msg::CurveKey(event) => return self.curve_key(props, &event),
            Msg::Whole => props.on_sight.emit(ChartCursor { window: None, band: None, ..props.cursor_state }),
            Msg::Item(item) => return self.choose(props, item),
            Msg::Wish(wish) => asking::known(asking::wish(self, props, wish), props),
        }
        false
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.observe(ctx);
        }
        self.paint(ctx.props());
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if let Some((observer, _)) = &self.observer {
            observer.disconnect();
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let chart = props.chart.0;
        let words = Words::new();
        let (title_id, words_id) = (format!("chart-{}", props.place), format!("words-{}", props.place));
        let missed = props.goals.iter().any(|goal| goal.standing == Standing::Missed);
        let entries = if props.empty { Vec::new() } else { self.entries(props) };
        let class = classes!("track", props.room.class(), props.empty.then_some("empty"), missed.then_some("missed"));
        html! {
            <figure {class} ref={self.figure.clone()} data-chart={props.place} aria-labelledby={title_id.clone()}>
                <figcaption class="head">
                    { self.top(ctx, title_id) }
                    { self.curves(ctx, &entries) }
                    if props.room == Room::Guessed { <p class="drain">{ say!("charts.doubles") }</p> } else { { asking::drain(chart, props) } }
                </figcaption>
                <div class="plot-box">
                    if props.empty {
                        <p class="quiet">{ say!("charts.nothing") }</p>
                    } else {
                        { self.plot(ctx, &words_id) }
                        { self.steps(props) }
                        { self.pinned(ctx) }
                        if self.listening { { listening::tones(ctx).unwrap_or_default() } }
                        if props.room == Room::Guessed { { self.guessing(props) } } else { { asking::foresee(props) } }
                        if let Some(rows) = &self.table { { Table { title: chart.title(), rows: rows.clone() }.view() } }
                    }
                </div>
                <p class="sr-only" id={words_id}>{ &self.summary }</p>
                <ul class={classes!("decides", format!("of-{}", props.goals.len()))} aria-label={say!("charts.goals_of", chart = chart.title())}>
                    { goals::lines(&words, &props.goals) }
                </ul>
            </figure>
        }
    }
}

/// The least width of what stands beside a track's plot, in CSS pixels; in a column next to nothing does.
const BESIDE: i32 = 120;

impl ChartView {
    fn paint(&self, props: &ChartViewProps) {
        let mut surface = self.surface.borrow_mut();
        let seen = surface.size().map(|size| (self.frame, size));
        let Some((frame, size)) = Some((Frame::Column, PAPER)).filter(|_| props.paper).or(seen) else { return };
        props.drawn(frame, size, |input| surface.draw(&props.chart, input));
    }

    fn entries(&self, props: &ChartViewProps) -> Vec<Entry> {
        props.with(|input| {
            let mut extents = self.extents.borrow_mut();
            extents.follow(&props.chart, input.run, input.series);
            let mut entries = props.chart.entries(input, &extents);
            if props.room == Room::Guessed {
                entries.retain(|entry| entry.key.id == EXPECTED.id);
                let peak = props.sketch.as_ref().map(|sketch| format::count(sketch.peak() as u64));
                entries.iter_mut().for_each(|entry| entry.value.clone_from(&peak));
            }
            entries
        })
    }

    /// The name, which enlarges the track, the menu, and what the figures are or at which moment.
    fn top(&self, ctx: &Context<Self>, title_id: String) -> Html {
        let props = ctx.props();
        let chart = props.chart.0;
        let enlarged = props.room == Room::Enlarged;
        let (id, back) = (chart.id, ctx.link().callback(|_: MouseEvent| Msg::Item(Item::Table)));
        let enlarge = props.on_enlarge.reform(move |_: MouseEvent| id);
        let whole = ctx.link().callback(|_: MouseEvent| Msg::Whole);
        let expect = props.dispatch.reform(|_: MouseEvent| Action::Guess(Guess::Ask));
        let title = if enlarged { say!("charts.as_they_were") } else { say!("charts.enlarge") };
        let starts = props.chart_context.starts_at_s;
        html! {
            <div class="top">
                <h2 id={title_id}>
                    <button class="btn plain title" onclick={enlarge} aria-expanded={enlarged.to_string()} {title}>{ chart.title() }</button>
                </h2>
                if !props.empty { { Menu { title: chart.title(), items: self.items(props), on_choose: self.on_item.clone() }.view() } }
                if self.table.is_some() {
                    <button class="btn way" onclick={back}>{ say!("charts.chart") }</button>
                } else if props.first && props.cursor_state.window.is_some() {
                    <button class="btn way" onclick={whole} title={say!("charts.whole_title")}>{ say!("charts.whole") }</button>
                } else if asking::invites(props) {
                    <button class="btn way invite" onclick={expect} title={say!("charts.draw_guess_title")}>{ say!("charts.draw_guess") }</button>
                } else if let Some(at) = props.cursor_state.cursor {
                    <span class="unit at">{ format::time_of_day(starts + at) }</span>
                } else if !props.empty {
                    <span class="unit" title={asking::lately(props)}>{ chart.unit() }</span>
                }
            </div>
        }
    }

    fn curves(&self, ctx: &Context<Self>, entries: &[Entry]) -> Html {
        if entries.is_empty() {
            return Html::default();
        }
        let props = ctx.props();
        Legend {
            chart: props.place,
            title: props.chart.title(),
            names: props.first,
            entries,
            hidden: &props.hidden,
            active: self.active.min(entries.len() - 1),
            on_toggle: &props.on_toggle,
            onkeydown: ctx.link().callback(Msg::CurveKey),
        }
        .view()
    }

    fn plot(&self, ctx: &Context<Self>, words_id: &str) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let chart = props.chart.0;
        let at = props.cursor_state.cursor.unwrap_or_else(|| props.session.borrow().now().seconds());
        let told = props.cursor_state.cursor.map(|at| props.with(|input| readout::sentence(chart, input, at)));
        html! {
            <div class="plot" ref={self.plot.clone()} tabindex="0" role="slider" aria-label={format!("{}: {}", chart.title(), chart.about())}
                aria-describedby={words_id.to_owned()} aria-valuemin="0" aria-valuemax={format!("{:.0}", props.chart_context.duration_s)}
                aria-valuenow={format!("{at:.0}")} aria-valuetext={told.unwrap_or_else(|| say!("charts.arrow_keys").to_owned())}
                onpointermove={link.callback(Msg::Pointer)} onpointerdown={link.callback(Msg::Pointer)}
                onpointerup={link.callback(Msg::Pointer)} onpointercancel={link.callback(Msg::Pointer)}
                onpointerleave={link.callback(|_| Msg::Leave)} onblur={link.callback(|_| Msg::Leave)}
                ondblclick={link.callback(|_| Msg::Whole)} onkeydown={link.callback(Msg::Key)}>
                <canvas ref={self.surface.borrow().lower.clone()} aria-hidden="true"></canvas>
                <canvas ref={self.surface.borrow().upper.clone()} aria-hidden="true"></canvas>
            </div>
        }
    }

    /// What the learner draws on.
    fn guessing(&self, props: &ChartViewProps) -> Html {
        let (chart_context, sketch, dispatch) =
            (props.chart_context.clone(), props.sketch.clone(), props.dispatch.clone());
        let guessing = Guessing {
            chart_context,
            sketch,
            size: self.surface.borrow().size(),
            frame: self.frame,
            theme: props.theme,
            dispatch,
        };
        guessing.view()
    }

    /// What can be done at the moment that was pressed here.
    fn pinned(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let pinned = props.cursor_state.pinned == Some(props.chart.id);
        let Some(at) = props.cursor_state.cursor.filter(|_| pinned && props.cursor_state.band.is_none()) else {
            return Html::default();
        };
        props.with(|input| readout::card(&props.chart, input, at, ctx.link().callback(Msg::Wish))).unwrap_or_default()
    }

    fn observe(&mut self, ctx: &Context<Self>) {
        let Some(plot) = self.plot.cast::<Element>() else { return };
        let link = ctx.link().clone();
        let resized = Closure::<dyn Fn()>::new(move || link.send_message(Msg::Resized));
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&plot);
            self.observer = Some((observer, resized));
        }
    }

    fn tell(&mut self, props: &ChartViewProps) {
        self.summary = props.with(|input| props.chart.words(input));
        if props.chart.expects && props.with(|input| input.series.bins.is_empty()) {
            self.summary += &props.chart_context.foretold.as_ref().map(|line| format!(" {line}.")).unwrap_or_default();
        }
    }
}

late! {
    /// The chart's figures as the page shows them.
    fn rows(props: &ChartViewProps) -> ByPtr<Vec<Vec<String>>> {
        ByPtr::new(thinned(props.with(|input| chart::table(&props.chart, input))))
    }
}
