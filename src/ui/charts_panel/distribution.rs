//! The distribution of the run's latencies, in a dialog: picture, words, table and files.

use crate::say;
use crate::ui::prelude::*;
use plotters::drawing::IntoDrawingArea;
use web_sys::HtmlCanvasElement;

use crate::chart::latency_distribution;
use crate::chart::latency_distribution::{Latencies, SpreadInput};
use crate::chart::{Size, Theme, draw_spread, draw_spread_standalone, standalone};
use crate::session::{Action, Compared};
use crate::ui::canvas::{CachedCanvasBackend, fitted, save};
use crate::ui::charts_panel::context::ChartContext;
use crate::ui::charts_panel::table::Table;
use crate::ui::charts_panel::{input, legend};
use crate::ui::kit::{ByPtr, Dialog, Widget, widget};
use crate::ui::shared::Shared;
use engine::measure::Histogram;

#[derive(Clone, PartialEq)]
pub struct SpreadDialog {
    pub open: bool,
    pub session: Shared,
    pub revision: u64,
    pub chart_context: ByPtr<ChartContext>,
    pub compared: Option<ByPtr<Compared>>,
    pub theme: Theme,
    pub on_close: Callback<()>,
    pub dispatch: Callback<Action>,
}

widget!(late SpreadDialog, use_spread_dialog; until |it, notice| Dialog::meanwhile("spread", latency_distribution::TITLE.get(), it.open, &it.on_close, notice));

/// Gives `f` what the picture is drawn from.
fn with<R>(props: &SpreadDialog, size: Size, f: impl FnOnce(&SpreadInput) -> R) -> R {
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
        theme: props.theme,
        size,
    })
}

#[hook]
fn use_spread_dialog(props: &SpreadDialog) -> Html {
    let canvas = use_node_ref();
    let table = use_state_eq(|| false);
    {
        let (canvas, props) = (canvas.clone(), props.clone());
        use_effect(move || {
            if props.open {
                paint(&canvas, &props);
            }
        });
    }
    let body = if props.open { body(props, canvas, &table) } else { Html::default() };
    Dialog {
        class: "chart-dialog",
        close: say!("charts.close_distribution"),
        body,
        ..Dialog::new("spread", latency_distribution::TITLE.get(), props.open, props.on_close.clone())
    }
    .view()
}

fn body(props: &SpreadDialog, canvas: NodeRef, table: &UseStateHandle<bool>) -> Html {
    let (summary, keys, rows) = with(props, input::SOME_SIZE, |i| {
        (latency_distribution::summary(i), latency_distribution::legend(i), latency_distribution::table(i))
    });
    html! {
        <>
            <div class="samples">{ for keys.iter().map(|key| html! { <span>{ legend::sample(key) }{ key.label.to_string() }</span> }) }</div>
            <div class="big">
                <canvas ref={canvas} role="img" aria-label={latency_distribution::TITLE.get()} aria-describedby="spread-words"></canvas>
                if **table { { Table { title: latency_distribution::TITLE.get(), rows: ByPtr::new(rows) }.view() } }
            </div>
            <p class="words" id="spread-words">{ summary }</p>
            <div class="actions">{ actions(props, table) }</div>
        </>
    }
}

/// The table, and files.
fn actions(props: &SpreadDialog, table: &UseStateHandle<bool>) -> Html {
    let toggle = {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.set(!*table))
    };
    let csv = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let name = save::name(&props.session.borrow(), "distribution", "csv");
            save::csv(&name, &with(&props, input::SOME_SIZE, latency_distribution::csv), &props.dispatch);
        })
    };
    let png = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let session = props.session.borrow();
            let (name, about) = (save::name(&session, "distribution", "png"), save::about(&session));
            drop(session);
            save::png(name, standalone::SIZE, props.dispatch.clone(), |area| {
                with(&props, standalone::SIZE, |input| {
                    // A canvas that refuses a stroke gives a picture without it.
                    let _ = draw_spread_standalone(area, input, &about);
                });
            });
        })
    };
    html! {
        <>
            <button class="btn" onclick={toggle} aria-pressed={table.to_string()}>{ say!("charts.data") }</button>
            <button class="btn" onclick={png}>{ say!("charts.save_png") }</button>
            <button class="btn" onclick={csv}>{ say!("charts.save_csv") }</button>
        </>
    }
}

fn paint(canvas: &NodeRef, props: &SpreadDialog) {
    let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else { return };
    let Some(size) = fitted(&canvas) else { return };
    if let Some(backend) = CachedCanvasBackend::new(canvas) {
        with(props, size, |input| {
            // A canvas that refuses stays empty; words and table don't.
            let _ = draw_spread(&backend.into_drawing_area(), input);
        });
    }
}
