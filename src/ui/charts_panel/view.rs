//! One chart on the page: title, figures and legend in the page's type, two canvases, a crosshair with values, and the same in words and as a
//! table.
//!
//! Pointers, keys and the menu change what all charts share ([`ChartCursor`]) or ask for something; nothing of a run is kept here.

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

use super::context::ChartContext;
use super::input::{self, SOME_SIZE, ViewContext};
use super::menu::{Item, Menu};
use super::readout::{self, Wish};
use super::table::{Table, thinned};
use super::{ChartCursor, legend};
use crate::chart;
use crate::chart::zoom::{Phase, PointerOutcome, Touch, ZoomGesture};
use crate::chart::{Chart, ChartInput, Dialog, Layout, Size, expected, standalone};
use crate::session::{Action, Compared, RunState, Sketch};
use crate::ui::canvas::Surface;
use crate::ui::kit::{ByPtr, Fixed, Widget};
use crate::ui::shared::Shared;
use crate::ui::words::Words;

mod asking;
mod pointing;

#[derive(Properties, PartialEq)]
pub struct ChartViewProps {
    pub chart: Fixed<Chart>,
    pub session: Shared,
    pub revision: u64,
    pub playing: bool,
    pub chart_context: ByPtr<ChartContext>,
    pub hidden: ByPtr<Vec<String>>,
    pub cursor_state: ChartCursor,
    pub compared: Option<ByPtr<Compared>>,
    pub sketch: Option<ByPtr<Sketch>>,
    pub dark: bool,
    pub on_sight: Callback<ChartCursor>,
    pub on_toggle: Callback<String>,
    pub on_dialog: Callback<Option<Dialog>>,
    pub dispatch: Callback<Action>,
}

impl ChartViewProps {
    fn scenery(&self) -> ViewContext<'_> {
        ViewContext {
            chart_context: &self.chart_context,
            hidden: &self.hidden,
            cursor_state: self.cursor_state,
            compared: self.compared.as_ref(),
            sketch: self.sketch.as_ref(),
            dark: self.dark,
        }
    }

    fn with<R>(&self, size: Size, f: impl FnOnce(&ChartInput) -> R) -> R {
        input::with(&self.session.borrow(), self.scenery(), size, f)
    }
}

pub enum Msg {
    Resized,
    Pointer(PointerEvent),
    Key(KeyboardEvent),
    /// The pointer or the focus has gone elsewhere.
    Leave,
    /// All of the morning again.
    Whole,
    Item(Item),
    Wish(Wish),
}

pub struct ChartView {
    surface: Surface,
    plot: NodeRef,
    observer: Option<(ResizeObserver, Closure<dyn Fn()>)>,
    ranging: ZoomGesture,
    on_item: Callback<Item>,
    table: Option<ByPtr<Vec<Vec<String>>>>,
    /// The words for who can't see the chart, as of the last moment without a running clock.
    summary: String,
}

impl Component for ChartView {
    type Message = Msg;
    type Properties = ChartViewProps;

    fn create(ctx: &Context<Self>) -> ChartView {
        let mut view = ChartView {
            surface: Surface::default(),
            plot: NodeRef::default(),
            observer: None,
            ranging: ZoomGesture::default(),
            on_item: ctx.link().callback(Msg::Item),
            table: None,
            summary: String::new(),
        };
        view.tell(ctx.props());
        view
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ChartViewProps) -> bool {
        let props = ctx.props();
        if !props.playing {
            self.tell(props);
            if self.table.is_some() && (old.revision != props.revision || old.playing) {
                self.table = Some(rows(props));
            }
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::Resized => {
                if let Some(plot) = self.plot.cast::<Element>() {
                    self.surface.resized(f64::from(plot.client_width()), f64::from(plot.client_height()));
                }
                return true;
            }
            Msg::Pointer(event) => self.pointer(props, &event),
            Msg::Leave => self.leave(props),
            Msg::Key(event) => self.key(props, &event),
            Msg::Whole => props.on_sight.emit(ChartCursor { window: None, band: None, ..props.cursor_state }),
            Msg::Item(item) => return self.choose(props, item),
            Msg::Wish(wish) => self.wish(props, wish),
        }
        false
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.observe(ctx);
        }
        let Some(size) = self.surface.size() else { return };
        let props = ctx.props();
        let surface = &mut self.surface;
        props.with(size, |input| surface.draw(&props.chart, input));
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
        let (title_id, words_id) = (format!("chart-{}", chart.key), format!("words-{}", chart.key));
        html! {
            <figure class="chart" data-chart={chart.key} aria-labelledby={title_id.clone()}>
                <figcaption>
                    { self.top(ctx, title_id, &words) }
                    { props.with(SOME_SIZE, |input| figures(chart, input, props.chart_context.foretold.as_deref(), &words)) }
                    <div class="legend" role="group" aria-label={format!("Lines of {}", chart.title)}>
                        { for props.with(SOME_SIZE, |input| chart.legend_now(input)).into_iter().map(|key| legend::entry(&words, &props.hidden, key, &props.on_toggle)) }
                    </div>
                </figcaption>
                <div class="plot-box">
                    { self.plot(ctx, &words_id) }
                    { self.readout(ctx) }
                    { invitation(props, false) }
                </div>
                <p class="sr-only" id={words_id}>{ &self.summary }</p>
                if let Some(rows) = &self.table { { Table { title: chart.title, rows: rows.clone() }.view() } }
            </figure>
        }
    }
}

impl ChartView {
    /// The title, and beside it the drain clock, the way back to the whole morning, and the menu.
    fn top(&self, ctx: &Context<Self>, title_id: String, words: &Words) -> Html {
        let props = ctx.props();
        let chart = props.chart.0;
        let aside = chart.aside.and_then(|aside| props.with(SOME_SIZE, aside));
        let spread = (chart.dialog == Some(Dialog::Distribution))
            .then(|| props.on_dialog.reform(|_: MouseEvent| Some(Dialog::Distribution)));
        html! {
            <div class="top">
                <h2 id={title_id}>{ words.mark(chart.title) }</h2>
                <span class="beside">
                    if let Some((short, sentence)) = aside {
                        <span class="drain" title={sentence.clone()}><span aria-hidden="true">{ short }</span><span class="sr-only">{ sentence }</span></span>
                    }
                    { invitation(props, true) }
                    if spread.is_some() && props.cursor_state.window.is_some() {
                        <button class="btn plain whole" onclick={ctx.link().callback(|_| Msg::Whole)} title="Show the whole morning again (double click, or 0)">{ "Whole morning" }</button>
                    } else if let Some(open) = spread {
                        <button class="btn plain whole" aria-haspopup="dialog" onclick={open} title="How many were served within which time">{ "Distribution" }</button>
                    }
                    { Menu { title: chart.title, items: self.items(props), on_choose: self.on_item.clone() }.view() }
                </span>
            </div>
        }
    }

    fn plot(&self, ctx: &Context<Self>, words_id: &str) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let chart = props.chart.0;
        let at = props.cursor_state.cursor.unwrap_or_else(|| props.session.borrow().now().seconds());
        let told =
            props.cursor_state.cursor.map(|at| props.with(SOME_SIZE, |input| readout::sentence(chart, input, at)));
        html! {
            <div class="plot" ref={self.plot.clone()} tabindex="0" role="slider" aria-label={format!("{}: {}", chart.title, chart.about)}
                aria-describedby={words_id.to_owned()} aria-valuemin="0" aria-valuemax={format!("{:.0}", props.chart_context.duration_s)}
                aria-valuenow={format!("{at:.0}")} aria-valuetext={told.unwrap_or_else(|| "Arrow keys give the values".to_owned())}
                onpointermove={link.callback(Msg::Pointer)} onpointerdown={link.callback(Msg::Pointer)}
                onpointerup={link.callback(Msg::Pointer)} onpointercancel={link.callback(Msg::Pointer)}
                onpointerleave={link.callback(|_| Msg::Leave)} onblur={link.callback(|_| Msg::Leave)}
                ondblclick={link.callback(|_| Msg::Whole)} onkeydown={link.callback(Msg::Key)}>
                <canvas ref={self.surface.lower.clone()} aria-hidden="true"></canvas>
                <canvas ref={self.surface.upper.clone()} aria-hidden="true"></canvas>
            </div>
        }
    }

    /// The values at the crosshair.
    fn readout(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let Some(at) = props.cursor_state.cursor.filter(|_| props.cursor_state.band.is_none()) else {
            return Html::default();
        };
        let pinned = props.cursor_state.pinned == Some(props.chart.id);
        props.with(SOME_SIZE, |input| readout::card(&props.chart, input, at, pinned, ctx.link().callback(Msg::Wish)))
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
        self.summary = props.with(SOME_SIZE, |input| props.chart.words(input));
    }
}

/// The chart's figures as the page shows them.
fn rows(props: &ChartViewProps) -> ByPtr<Vec<Vec<String>>> {
    ByPtr::new(thinned(props.with(SOME_SIZE, |input| chart::table(&props.chart, input))))
}

/// The latest figures, and under them how to read the chart, what the learner expected, or else what is predicted.
fn figures(chart: &Chart, input: &ChartInput, foretold: Option<&str>, words: &Words) -> Html {
    let foretold = foretold.filter(|_| chart.expects);
    let told = chart.expects.then(|| expected::lines(input)).flatten();
    let whole = chart.whole.and_then(|whole| whole(input));
    let subtitle = whole.unwrap_or_else(|| (chart.subtitle)(input));
    // Two lines from the start, so that nothing moves when there are figures. Before a run the prediction is what there is to say.
    let empty = input.series.bins.is_empty();
    let (first, second, class) = match told {
        Some((first, second)) => (first.unwrap_or(subtitle), second, "told"),
        None if foretold.is_some() && empty => (foretold.unwrap_or_default().to_owned(), subtitle, "how"),
        None if foretold.is_some() => (subtitle, foretold.unwrap_or_default().to_owned(), "how"),
        None if subtitle == chart.about => (subtitle, String::new(), "how"),
        None => (subtitle, chart.about.to_owned(), "how"),
    };
    // Figures that change many times a second are no place for words to stop at.
    let first = if empty { words.mark(&first) } else { first.into() };
    let second = words.mark(&second);
    html! { <div class="sub"><p>{ first }</p><p {class}>{ second }</p></div> }
}

/// Before a run the learner draws the backlog that they expect: the way to it, on empty axes or, where a prediction is drawn, above them.
fn invitation(props: &ChartViewProps, above: bool) -> Html {
    let session = props.session.borrow();
    let wanted = props.chart.expects && props.sketch.is_none() && session.playback().state == RunState::Ready;
    if !wanted || above == props.chart_context.predicted.is_empty() {
        return Html::default();
    }
    let open = props.on_dialog.reform(|_: MouseEvent| Some(Dialog::Expectation));
    let class = if above { "btn plain whole" } else { "btn invite" };
    html! { <button {class} aria-haspopup="dialog" onclick={open}>{ "Draw what you expect" }</button> }
}
