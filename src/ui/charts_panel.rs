//! The four charts, with what they share: the crosshair, the stretch of time that is shown, the lines switched off, and what is known before a
//! run. And the two dialogs that belong to them: the distribution of latencies, and the sketch of what the learner expects.
//!
//! Knows the scenario and the session's run; a chart itself knows neither.

use std::rc::Rc;

use crate::ui::prelude::*;

use crate::chart::{CHARTS, ChartId, Dialog, Window};
use crate::design::Design;
use crate::kata::Scenario;
use crate::session::{Action, Compared, Sketch};
use crate::ui::kit::{ByPtr, Fixed, Widget, widget};
use crate::ui::shared::Shared;

mod context;
mod distribution;
mod input;
mod legend;
mod menu;
mod readout;
mod sketching;
mod table;
mod view;

pub use input::theme;

use context::ChartContext;
use distribution::SpreadDialog;
use sketching::SketchDialog;
use view::ChartView;

/// What is looked at, the same on all charts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChartCursor {
    /// The crosshair, in seconds of the run.
    pub cursor: Option<f64>,
    /// The chart whose crosshair was pressed: it stays where it is.
    pub pinned: Option<ChartId>,
    /// The stretch of the run that is shown; `None` is all of it.
    pub window: Option<Window>,
    /// The range that is being chosen.
    pub band: Option<(f64, f64)>,
}

impl ChartCursor {
    pub fn window(&self, duration_s: f64) -> Window {
        self.window.unwrap_or(Window::whole(duration_s))
    }

    /// With another window; all of a run is none.
    pub fn through(self, window: Window, duration_s: f64) -> ChartCursor {
        ChartCursor { window: (!window.is_whole(duration_s)).then_some(window), band: None, ..self }
    }
}

#[derive(PartialEq)]
pub struct ChartsPanel {
    pub session: Shared,
    /// Rises whenever there is something new to draw.
    pub revision: u64,
    pub playing: bool,
    pub scenario: ByPtr<Scenario>,
    pub design: ByPtr<Design>,
    pub compared: Option<ByPtr<Compared>>,
    pub sketch: Option<ByPtr<Sketch>>,
    pub dark: bool,
    pub dispatch: Callback<Action>,
}

widget!(ChartsPanel, use_charts_panel);

#[hook]
fn use_charts_panel(props: &ChartsPanel) -> Html {
    let cursor_state = use_state_eq(ChartCursor::default);
    let dialog = use_state_eq(|| None::<Dialog>);
    let hidden = use_state(|| Rc::new(Vec::<String>::new()));
    let chart_context = use_memo((props.scenario.clone(), props.design.clone()), |_| {
        let session = props.session.borrow();
        ChartContext::of(session.analysis(), session.forecast().as_ref().as_ref())
    });
    let on_sight = {
        let cursor_state = cursor_state.clone();
        use_callback((), move |now: ChartCursor, ()| cursor_state.set(now))
    };
    let on_dialog = {
        let dialog = dialog.clone();
        use_callback((), move |wanted: Option<Dialog>, ()| dialog.set(wanted))
    };
    let on_close = use_callback(on_dialog.clone(), |(), on_dialog| on_dialog.emit(None));
    let on_toggle = use_callback(hidden.clone(), |group: String, hidden| {
        let mut groups = (***hidden).clone();
        match groups.iter().position(|g| *g == group) {
            Some(at) => drop(groups.remove(at)),
            None => groups.push(group),
        }
        hidden.set(Rc::new(groups));
    });
    {
        // Another scenario is another morning.
        let cursor_state = cursor_state.clone();
        use_effect_with(props.scenario.id.clone(), move |_| cursor_state.set(ChartCursor::default()));
    }
    html! {
        <section class="charts" id="panel-charts" aria-label="Charts">
            <div class="charts-grid">
                { for CHARTS.iter().map(|chart| html! {
                    <ChartView key={chart.key} chart={Fixed(chart)} session={props.session.clone()} revision={props.revision} playing={props.playing}
                        chart_context={ByPtr::from(&chart_context)} hidden={ByPtr::from(&*hidden)} cursor_state={*cursor_state} compared={props.compared.clone()}
                        sketch={props.sketch.clone()} dark={props.dark} on_sight={on_sight.clone()} on_toggle={on_toggle.clone()}
                        on_dialog={on_dialog.clone()} dispatch={props.dispatch.clone()}/>
                }) }
            </div>
            { spread(props, &chart_context, *dialog == Some(Dialog::Distribution), &on_close) }
            <SketchDialog open={*dialog == Some(Dialog::Expectation)} chart_context={ByPtr::from(&chart_context)} sketch={props.sketch.clone()} dark={props.dark}
                {on_close} dispatch={props.dispatch.clone()}/>
        </section>
    }
}

fn spread(props: &ChartsPanel, chart_context: &Rc<ChartContext>, open: bool, on_close: &Callback<()>) -> Html {
    SpreadDialog {
        open,
        session: props.session.clone(),
        // A closed dialog has nothing to draw.
        revision: if open { props.revision } else { 0 },
        chart_context: chart_context.into(),
        compared: props.compared.clone(),
        dark: props.dark,
        on_close: on_close.clone(),
        dispatch: props.dispatch.clone(),
    }
    .view()
}
