//! The four charts, with what they share: the crosshair, the stretch of time that is shown, the lines switched off, and what is known before a
//! run. And the two dialogs that belong to them: the distribution of latencies, and the sketch of what the learner expects.
//!
//! Knows the scenario and the session's run; a chart itself knows neither.

use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

use super::app::Shared;
use crate::chart::{CHARTS, ChartId, Dialog, Window};
use crate::design::Design;
use crate::kata::Scenario;
use crate::session::{Action, Compared, Sketch};

mod canvas_backend;
mod context;
mod distribution;
mod input;
mod legend;
mod menu;
mod readout;
pub mod save;
mod sketching;
pub mod surface;
mod table;
mod view;

pub use canvas_backend::CachedCanvasBackend;
pub use distribution::{fitted, show};
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

#[derive(Properties)]
pub struct ChartsPanelProps {
    pub session: Shared,
    /// Rises whenever there is something new to draw.
    pub revision: u64,
    pub playing: bool,
    pub scenario: Rc<Scenario>,
    pub design: Rc<Design>,
    pub compared: Option<ByPointer<Compared>>,
    pub sketch: Option<ByPointer<Sketch>>,
    pub dark: bool,
    /// The same one always, in a new guise each time.
    pub dispatch: Callback<Action>,
}

impl PartialEq for ChartsPanelProps {
    fn eq(&self, other: &ChartsPanelProps) -> bool {
        self.session == other.session
            && self.revision == other.revision
            && self.playing == other.playing
            && Rc::ptr_eq(&self.scenario, &other.scenario)
            && Rc::ptr_eq(&self.design, &other.design)
            && self.compared == other.compared
            && self.sketch == other.sketch
            && self.dark == other.dark
    }
}

#[component]
pub fn ChartsPanel(props: &ChartsPanelProps) -> Html {
    let cursor_state = use_state_eq(ChartCursor::default);
    let dialog = use_state_eq(|| None::<Dialog>);
    let hidden = use_state(|| Rc::new(Vec::<String>::new()));
    let chart_context = use_memo((props.scenario.clone(), ByPointer(props.design.clone())), |_| {
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
                    <ChartView key={chart.key} {chart} session={props.session.clone()} revision={props.revision} playing={props.playing}
                        chart_context={chart_context.clone()} hidden={(*hidden).clone()} cursor_state={*cursor_state} compared={props.compared.clone()}
                        sketch={props.sketch.clone()} dark={props.dark} on_sight={on_sight.clone()} on_toggle={on_toggle.clone()}
                        on_dialog={on_dialog.clone()} dispatch={props.dispatch.clone()}/>
                }) }
            </div>
            <SpreadDialog open={*dialog == Some(Dialog::Distribution)} session={props.session.clone()} revision={props.revision}
                chart_context={chart_context.clone()} compared={props.compared.clone()} dark={props.dark} on_close={on_dialog.reform(|()| None)}
                dispatch={props.dispatch.clone()}/>
            <SketchDialog open={*dialog == Some(Dialog::Expectation)} chart_context={chart_context.clone()} sketch={props.sketch.clone()} dark={props.dark}
                on_close={on_dialog.reform(|()| None)} dispatch={props.dispatch.clone()}/>
        </section>
    }
}

/// Something shared that is compared by pointer: comparing it part by part would cost more than drawing.
#[derive(Debug)]
pub struct ByPointer<T>(pub Rc<T>);

impl<T> Clone for ByPointer<T> {
    fn clone(&self) -> ByPointer<T> {
        ByPointer(self.0.clone())
    }
}

impl<T> PartialEq for ByPointer<T> {
    fn eq(&self, other: &ByPointer<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for ByPointer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
