//! One chart on the page: title, subtitle and legend in the page's type, two canvases, a crosshair with values, and the same in words and as
//! a table.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use super::context::Around;
use super::surface::Surface;
use crate::chart::{self, Chart, ChartInput, Key, Layout, Size, Theme, Weight};
use crate::measure::{Series, format, series};
use crate::session::RunState;
use crate::ui::app::Shared;
use crate::ui::icons::{Icon, icon};

/// How many steps of the arrow keys the crosshair needs from one end to the other.
const STEPS: f64 = 180.0;
/// The most rows of a table on the page; with more, every second, third … is shown.
const ROWS: usize = 181;

#[derive(Properties)]
pub struct ChartViewProps {
    pub chart: &'static Chart,
    pub session: Shared,
    pub revision: u64,
    pub playing: bool,
    pub around: Rc<Around>,
    pub hidden: Rc<Vec<String>>,
    /// The crosshair, in seconds of the run.
    pub cursor: Option<f64>,
    pub dark: bool,
    pub on_cursor: Callback<Option<f64>>,
    pub on_toggle: Callback<String>,
}

impl PartialEq for ChartViewProps {
    fn eq(&self, other: &ChartViewProps) -> bool {
        self.chart.id == other.chart.id
            && self.revision == other.revision
            && self.playing == other.playing
            && Rc::ptr_eq(&self.around, &other.around)
            && Rc::ptr_eq(&self.hidden, &other.hidden)
            && self.cursor == other.cursor
            && self.dark == other.dark
            && self.on_toggle == other.on_toggle
    }
}

pub enum Msg {
    Resized,
    /// The pointer is at this place in CSS pixels from the left of the plot.
    Hover(f64),
    Key(KeyboardEvent),
    Leave,
    Table,
}

pub struct ChartView {
    surface: Surface,
    plot: NodeRef,
    observer: Option<(ResizeObserver, Closure<dyn Fn()>)>,
    table: Option<Rc<Vec<Vec<String>>>>,
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
            table: None,
            summary: String::new(),
        };
        view.tell(ctx.props());
        view
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &ChartViewProps) -> bool {
        if !ctx.props().playing {
            self.tell(ctx.props());
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
            Msg::Hover(x) => {
                let at = self.layout(props).and_then(|layout| layout.time_at(x));
                props.on_cursor.emit(at);
            }
            Msg::Leave => props.on_cursor.emit(None),
            Msg::Key(event) => self.key(props, &event),
            Msg::Table => {
                self.table = match self.table {
                    Some(_) => None,
                    None => Some(Rc::new(self.rows(props))),
                };
                return true;
            }
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
        with_input(props, size, |input| surface.draw(props.chart, input));
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if let Some((observer, _)) = &self.observer {
            observer.disconnect();
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let chart = props.chart;
        let (title_id, words_id) = (format!("chart-{}", chart.id), format!("words-{}", chart.id));
        let (subtitle, legend_keys) =
            with_input(props, SOME_SIZE, |input| ((chart.subtitle)(input), chart.legend_now(input)));
        let link = ctx.link();
        html! {
            <figure class="chart" data-chart={chart.id} aria-labelledby={title_id.clone()}>
                <figcaption>
                    <div class="top">
                        <h2 id={title_id}>{ chart.title }</h2>
                        <button class="btn plain more" onclick={link.callback(|_| Msg::Table)} aria-expanded={self.table.is_some().to_string()}
                            title="The same as a table">{ if self.table.is_some() { "Chart" } else { "Data" } }</button>
                    </div>
                    <p class="sub" title={chart.about}>{ subtitle }</p>
                    <div class="legend" role="group" aria-label={format!("Lines of {}", chart.title)}>
                        { for legend_keys.into_iter().map(|key| legend(props, key)) }
                    </div>
                </figcaption>
                <div class="plot-box">
                    <div class="plot" ref={self.plot.clone()} tabindex="0" role="img" aria-label={format!("{}: {}", chart.title, chart.about)}
                    aria-describedby={words_id.clone()}
                    onpointermove={link.batch_callback(|e: PointerEvent| hover(&e))}
                    onpointerdown={link.batch_callback(|e: PointerEvent| hover(&e))}
                    onpointerleave={link.callback(|_| Msg::Leave)} onblur={link.callback(|_| Msg::Leave)}
                    onkeydown={link.callback(Msg::Key)}>
                    <canvas ref={self.surface.lower.clone()} aria-hidden="true"></canvas>
                    <canvas ref={self.surface.upper.clone()} aria-hidden="true"></canvas>
                </div>
                { self.readout(props) }
                </div>
                <p class="sr-only" id={words_id}>{ &self.summary }</p>
                if let Some(rows) = &self.table { <Table title={chart.title} rows={rows.clone()}/> }
            </figure>
        }
    }
}

/// Words need no pixels; a chart's input has a size all the same.
const SOME_SIZE: Size = Size { width: 600, height: 240, scale: 1.0 };

fn with_input<R>(props: &ChartViewProps, size: Size, f: impl FnOnce(&ChartInput) -> R) -> R {
    let session = props.session.borrow();
    let empty = Series { width: series::BIN, bins: Vec::new(), revision: 0 };
    let around = &props.around;
    f(&ChartInput {
        series: session.simulation().map_or(&empty, |run| run.observer().series()),
        run: session.run_number(),
        window: chart::Window::whole(around.duration_s),
        duration_s: around.duration_s,
        starts_at_s: around.starts_at_s,
        now_s: if session.playback().state == RunState::Ready { 0.0 } else { session.now().seconds() },
        limits: &around.limits,
        events: &around.events,
        expected: around.expected,
        compared: None,
        band: None,
        newest_first: false,
        predicted: &around.predicted,
        sketch: &[],
        hidden: &props.hidden,
        cursor_s: props.cursor,
        theme: if props.dark { Theme::Dark } else { Theme::Light },
        size,
        opaque: false,
    })
}

fn hover(event: &PointerEvent) -> Option<Msg> {
    let canvas = event.target()?.dyn_into::<Element>().ok()?;
    Some(Msg::Hover(f64::from(event.client_x()) - canvas.get_bounding_client_rect().left()))
}

/// A legend entry: a sample of the line, and a switch for it.
fn legend(props: &ChartViewProps, key: Key) -> Html {
    let shown = !props.hidden.iter().any(|h| h == key.id);
    let onclick = props.on_toggle.reform(move |_: MouseEvent| key.id.to_owned());
    let dashes = key.dash.pattern().map(|(line, gap)| format!("{line} {gap}"));
    let width = if key.weight == Weight::Bold { "2.5" } else { "1.5" };
    html! {
        <button {onclick} aria-pressed={shown.to_string()} title={if shown { "Switch this line off" } else { "Switch this line on" }}>
            <svg viewBox="0 0 18 8" aria-hidden="true" focusable="false">
                <line x1="0" y1="4" x2="18" y2="4" stroke={format!("var({})", key.role.variable())} stroke-width={width} stroke-dasharray={dashes}/>
            </svg>
            { key.label }
        </button>
    }
}

impl ChartView {
    fn observe(&mut self, ctx: &Context<Self>) {
        let Some(plot) = self.plot.cast::<Element>() else { return };
        let link = ctx.link().clone();
        let resized = Closure::<dyn Fn()>::new(move || link.send_message(Msg::Resized));
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&plot);
            self.observer = Some((observer, resized));
        }
    }

    fn layout(&mut self, props: &ChartViewProps) -> Option<Layout> {
        let size = self.surface.size()?;
        let surface = &mut self.surface;
        Some(with_input(props, size, |input| surface.layout(props.chart, input)))
    }

    /// Arrow keys move the crosshair, Escape takes it away.
    fn key(&self, props: &ChartViewProps, event: &KeyboardEvent) {
        let end = props.around.duration_s;
        let now = props.cursor.unwrap_or_else(|| props.session.borrow().now().seconds());
        let step = if event.shift_key() { end / STEPS * 6.0 } else { end / STEPS };
        let at = match event.key().as_str() {
            "ArrowLeft" => Some((now - step).max(0.0)),
            "ArrowRight" => Some((now + step).min(end)),
            "Home" => Some(0.0),
            "End" => Some(end),
            "Escape" => None,
            _ => return,
        };
        event.prevent_default();
        props.on_cursor.emit(at);
    }

    fn tell(&mut self, props: &ChartViewProps) {
        self.summary = with_input(props, SOME_SIZE, |input| (props.chart.summary)(input));
    }

    fn rows(&self, props: &ChartViewProps) -> Vec<Vec<String>> {
        let rows = with_input(props, SOME_SIZE, |input| chart::table(props.chart, input));
        let every = rows.len().div_ceil(ROWS).max(1);
        let (head, body) = rows.split_at(rows.len().min(1));
        head.iter().chain(body.iter().step_by(every)).cloned().collect()
    }

    /// The values at the crosshair.
    fn readout(&self, props: &ChartViewProps) -> Html {
        let Some(at) = props.cursor else { return Html::default() };
        let values = with_input(props, SOME_SIZE, |input| chart::readout(props.chart, input, at));
        let side = if at < props.around.duration_s / 2.0 { "at-right" } else { "at-left" };
        html! {
            <div class={classes!("readout", side)} aria-live="polite">
                <b>{ format::time_of_day(props.around.starts_at_s + at) }</b>
                if values.is_empty() {
                    <span>{ "not there yet" }</span>
                } else {
                    <dl>{ for values.into_iter().map(|v| html! { <><dt>{ v.label }</dt><dd>{ v.value }</dd></> }) }</dl>
                }
            </div>
        }
    }
}

#[derive(Properties)]
struct TableProps {
    title: &'static str,
    rows: Rc<Vec<Vec<String>>>,
}

impl PartialEq for TableProps {
    fn eq(&self, other: &TableProps) -> bool {
        Rc::ptr_eq(&self.rows, &other.rows)
    }
}

/// The table as it was when it was asked for.
#[component]
fn Table(props: &TableProps) -> Html {
    let Some((head, body)) = props.rows.split_first() else { return Html::default() };
    html! {
        <div class="table" tabindex="0" role="region" aria-label={format!("{} as a table", props.title)}>
            if body.is_empty() {
                <p>{ icon(Icon::Note) }{ "No run yet: press Play." }</p>
            } else {
                <table>
                    <thead><tr>{ for head.iter().map(|cell| html! { <th scope="col">{ cell }</th> }) }</tr></thead>
                    <tbody>{ for body.iter().map(|row| html! { <tr>{ for row.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr> }) }</tbody>
                </table>
            }
        </div>
    }
}
