//! The distribution of the run's latencies, in a dialog: picture, words, table and files.

use std::rc::Rc;

use plotters::drawing::IntoDrawingArea;
use web_sys::{HtmlCanvasElement, HtmlDialogElement};
use yew::prelude::*;

use crate::chart::latency_distribution;
use crate::chart::latency_distribution::{Latencies, SpreadInput};
use crate::chart::{Size, draw_spread, draw_spread_poster, standalone};
use crate::session::{Action, Compared};
use crate::ui::app::Shared;
use crate::ui::charts_panel::canvas_backend::CachedCanvasBackend;
use crate::ui::charts_panel::context::ChartContext;
use crate::ui::charts_panel::table::Table;
use crate::ui::charts_panel::{ByPointer, input, legend, save};
use crate::ui::focus;
use crate::ui::icons::{Icon, icon};
use engine::measure::Histogram;

#[derive(Properties)]
pub struct SpreadProps {
    pub open: bool,
    pub session: Shared,
    pub revision: u64,
    pub chart_context: Rc<ChartContext>,
    pub compared: Option<ByPointer<Compared>>,
    pub dark: bool,
    pub on_close: Callback<()>,
    pub dispatch: Callback<Action>,
}

impl PartialEq for SpreadProps {
    fn eq(&self, other: &SpreadProps) -> bool {
        // A closed dialog has nothing to draw.
        let closed = !self.open && !other.open;
        closed
            || self.open == other.open
                && self.revision == other.revision
                && Rc::ptr_eq(&self.chart_context, &other.chart_context)
                && self.compared == other.compared
                && self.dark == other.dark
    }
}

/// Gives `f` what the picture is drawn from.
fn with<R>(props: &SpreadProps, size: Size, f: impl FnOnce(&SpreadInput) -> R) -> R {
    let session = props.session.borrow();
    let run = session.furthest().map(|run| (run.measures().acceptance(), run.measures().end_to_end()));
    let (acceptance, end_to_end) = run.unwrap_or_else(|| (Histogram::default(), Histogram::default()));
    let other = props.compared.as_ref().map(|other| {
        (other.label.as_str(), Latencies { acceptance: &other.acceptance, end_to_end: &other.end_to_end })
    });
    f(&SpreadInput {
        run: Latencies { acceptance: &acceptance, end_to_end: &end_to_end },
        compared: other,
        limits: &props.chart_context.limits,
        theme: input::theme(props.dark),
        size,
    })
}

#[component]
pub fn SpreadDialog(props: &SpreadProps) -> Html {
    let (dialog, canvas) = (use_node_ref(), use_node_ref());
    let table = use_state_eq(|| false);
    {
        let dialog = dialog.clone();
        use_effect_with(props.open, move |&open| show(&dialog, open));
    }
    {
        let canvas = canvas.clone();
        let (open, props) =
            (props.open, (props.session.clone(), props.chart_context.clone(), props.compared.clone(), props.dark));
        use_effect(move || {
            if open {
                let (session, chart_context, compared, dark) = props;
                let (on_close, dispatch) = (Callback::noop(), Callback::noop());
                paint(
                    &canvas,
                    &SpreadProps { open, session, revision: 0, chart_context, compared, dark, on_close, dispatch },
                );
            }
        });
    }
    let close = props.on_close.reform(|_: MouseEvent| ());
    let dismissed = props.on_close.reform(|_: Event| ());
    if !props.open {
        return html! { <dialog ref={dialog} class="chart-dialog" aria-labelledby="spread-title" onclose={dismissed}></dialog> };
    }
    let (summary, keys, rows) = with(props, input::SOME_SIZE, |i| {
        (latency_distribution::summary(i), latency_distribution::legend(i), latency_distribution::table(i))
    });
    html! {
        <dialog ref={dialog} class="chart-dialog" aria-labelledby="spread-title" onclose={dismissed}>
            <div class="dialog-head">
                <h2 id="spread-title">{ latency_distribution::TITLE }</h2>
                <button class="btn plain icon" onclick={close} aria-label="Close the distribution" title="Close">{ icon(Icon::Close) }</button>
            </div>
            <div class="dialog-body">
                <div class="samples">{ for keys.iter().map(|key| html! { <span>{ legend::sample(key) }{ key.label.to_string() }</span> }) }</div>
                <div class="big">
                    <canvas ref={canvas} role="img" aria-label={latency_distribution::TITLE} aria-describedby="spread-words"></canvas>
                    if *table { <Table title={latency_distribution::TITLE} rows={Rc::new(rows)}/> }
                </div>
                <p class="words" id="spread-words">{ summary }</p>
                <div class="actions">{ actions(props, &table) }</div>
            </div>
        </dialog>
    }
}

/// The table, and files.
fn actions(props: &SpreadProps, table: &UseStateHandle<bool>) -> Html {
    let toggle = {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.set(!*table))
    };
    let here = || SpreadProps {
        open: true,
        session: props.session.clone(),
        revision: props.revision,
        chart_context: props.chart_context.clone(),
        compared: props.compared.clone(),
        dark: props.dark,
        on_close: Callback::noop(),
        dispatch: props.dispatch.clone(),
    };
    let csv = {
        let props = here();
        Callback::from(move |_: MouseEvent| {
            let name = save::name(&props.session.borrow(), "distribution", "csv");
            save::csv(&name, &with(&props, input::SOME_SIZE, latency_distribution::csv), &props.dispatch);
        })
    };
    let png = {
        let props = here();
        Callback::from(move |_: MouseEvent| {
            let session = props.session.borrow();
            let (name, about) = (save::name(&session, "distribution", "png"), save::about(&session));
            drop(session);
            save::png(name, standalone::SIZE, props.dispatch.clone(), |area| {
                with(&props, standalone::SIZE, |input| {
                    // A canvas that refuses a stroke gives a picture without it.
                    let _ = draw_spread_poster(area, input, &about);
                });
            });
        })
    };
    html! {
        <>
            <button class="btn" onclick={toggle} aria-pressed={table.to_string()}>{ "Data" }</button>
            <button class="btn" onclick={png}>{ "Save as PNG" }</button>
            <button class="btn" onclick={csv}>{ "Save as CSV" }</button>
        </>
    }
}

/// Opens or closes a dialog.
pub fn show(dialog: &NodeRef, open: bool) {
    let Some(dialog) = dialog.cast::<HtmlDialogElement>() else { return };
    match (open, dialog.open()) {
        (true, false) => focus::open_modal(&dialog),
        (false, true) => dialog.close(),
        _ => {}
    }
}

/// The size of a canvas as it stands in the page, in the screen's pixels; its own pixels follow.
pub fn fitted(canvas: &HtmlCanvasElement) -> Option<Size> {
    let scale = web_sys::window()?.device_pixel_ratio().clamp(1.0, 3.0);
    let pixels = |css: i32| (f64::from(css) * scale).round() as u32;
    let (width, height) = (pixels(canvas.client_width()), pixels(canvas.client_height()));
    // This clears it too.
    canvas.set_width(width);
    canvas.set_height(height);
    (width > 0 && height > 0).then_some(Size { width, height, scale })
}

fn paint(canvas: &NodeRef, props: &SpreadProps) {
    let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else { return };
    let Some(size) = fitted(&canvas) else { return };
    if let Some(backend) = CachedCanvasBackend::new(canvas) {
        with(props, size, |input| {
            // A canvas that refuses stays empty; words and table don't.
            let _ = draw_spread(&backend.into_drawing_area(), input);
        });
    }
}
