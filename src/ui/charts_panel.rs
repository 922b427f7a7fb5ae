//! The four charts as tracks on one axis of time, with what they share: the crosshair, the stretch of time that is shown, the lines switched off, and what is known before a
//! run. And the dialog that belongs to them: the distribution of latencies.
//!
//! Knows the scenario and the session's run; a chart itself knows neither.

use crate::say;
use std::rc::Rc;

use crate::ui::prelude::*;
use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::advice::fluid::Forecast;
use crate::chart::{CHARTS, Chart, ChartId, Dialog, Theme, Window};
use crate::design::Design;
use crate::kata::Scenario;
use crate::session::text::goals::GoalText;
use crate::session::{Action, Compared, Sketch};
use crate::ui::kit::{ByPtr, Fixed, Widget, widget};
use crate::ui::late;
use crate::ui::shared::Shared;

mod context;
mod distribution;
mod guessing;
mod input;
mod legend;
mod menu;
mod readout;
mod table;
mod view;

use context::ChartContext;
use distribution::SpreadDialog;
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

/// How much room a track has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    #[default]
    Its,
    /// Most of it.
    Enlarged,
    /// Nearly all of it: the learner draws on it what they expect.
    Guessed,
    /// Another has most of it.
    Folded,
}

impl Room {
    fn class(self) -> Option<&'static str> {
        match self {
            Room::Its => None,
            Room::Enlarged => Some("enlarged"),
            Room::Guessed => Some("guessed"),
            Room::Folded => Some("folded"),
        }
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
    pub goals: Rc<Vec<GoalText>>,
    pub compared: Option<ByPtr<Compared>>,
    pub sketch: Option<ByPtr<Sketch>>,
    /// What is predicted, where it may be seen.
    pub prediction: ByPtr<Option<Forecast>>,
    /// The learner is asked for the backlog.
    pub guessing: bool,
    pub theme: Theme,
    /// Is printed.
    pub paper: bool,
    pub dispatch: Callback<Action>,
    /// Told where the crosshair is, in seconds of the run, whenever it moves: for what shares the tracks' axis of time.
    pub on_look: Callback<Option<f64>>,
}

widget!(ChartsPanel, use_charts_panel);

#[hook]
fn use_charts_panel(props: &ChartsPanel) -> Html {
    let cursor_state = use_state_eq(ChartCursor::default);
    let enlarged = use_state_eq(|| None::<ChartId>);
    let dialog = use_state_eq(|| None::<Dialog>);
    let hidden = use_state(|| Rc::new(Vec::<String>::new()));
    let typeface = use_typeface();
    let here = late::use_state().is_here();
    let chart_context = use_memo((props.scenario.clone(), props.design.clone(), props.prediction.clone()), |_| {
        ChartContext::of(props.session.borrow().analysis(), props.prediction.rc().as_ref().as_ref())
    });
    let on_sight = {
        let cursor_state = cursor_state.clone();
        use_callback(props.on_look.clone(), move |now: ChartCursor, on_look| {
            cursor_state.set(now);
            on_look.emit(now.cursor);
        })
    };
    let on_dialog = {
        let dialog = dialog.clone();
        use_callback((), move |wanted: Option<Dialog>, ()| dialog.set(wanted))
    };
    let on_close = use_callback(on_dialog.clone(), |(), on_dialog| on_dialog.emit(None));
    let on_enlarge = use_callback(enlarged.clone(), |chart: ChartId, enlarged| {
        enlarged.set((**enlarged != Some(chart)).then_some(chart));
    });
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
        let on_sight = on_sight.clone();
        use_effect_with(props.scenario.id.clone(), move |_| on_sight.emit(ChartCursor::default()));
    }
    let room = |chart: &Chart| match *enlarged {
        _ if props.guessing && chart.expects => Room::Guessed,
        _ if props.guessing => Room::Folded,
        None => Room::Its,
        Some(id) if id == chart.id => Room::Enlarged,
        Some(_) => Room::Folded,
    };
    let track = |place: &'static Chart| {
        let fitting = place.fitting(chart_context.parts);
        html! {
            <ChartView key={place.key} chart={Fixed(fitting.unwrap_or(place))} empty={fitting.is_none()} place={place.key} room={room(place)}
                first={place.id == CHARTS[0].id} goals={decided(&props.goals, place)} {typeface} {here} session={props.session.clone()} revision={props.revision}
                playing={props.playing} chart_context={ByPtr::from(&chart_context)} hidden={ByPtr::from(&*hidden)} cursor_state={*cursor_state}
                compared={props.compared.clone()} sketch={props.sketch.clone()} theme={props.theme} paper={props.paper} on_sight={on_sight.clone()} on_toggle={on_toggle.clone()}
                on_dialog={on_dialog.clone()} on_enlarge={on_enlarge.clone()} dispatch={props.dispatch.clone()}/>
        }
    };
    html! {
        <section class="charts tracks" id="panel-charts" aria-label={say!("charts.panel")}>
            { for CHARTS.iter().map(track) }
            { spread(props, &chart_context, *dialog == Some(Dialog::Distribution), on_close) }
        </section>
    }
}

/// The goals that a chart's curves decide; those that none does stand with the first chart.
fn decided(goals: &[GoalText], chart: &Chart) -> Rc<Vec<GoalText>> {
    let own = |goal: &&GoalText| Chart::deciding(goal.metric).unwrap_or(&CHARTS[0]).id == chart.id;
    Rc::new(goals.iter().filter(own).cloned().collect())
}

/// Whether the page's typeface is there: canvases drawn before have another one.
#[hook]
fn use_typeface() -> bool {
    let there = use_state_eq(|| false);
    {
        let there = there.clone();
        use_effect_with((), move |()| {
            let fonts = web_sys::window().and_then(|w| w.document()).and_then(|document| {
                let fonts = Reflect::get(&document, &"fonts".into()).ok()?;
                Reflect::get(&fonts, &"ready".into()).ok()?.dyn_into::<Promise>().ok()
            });
            let ready = Closure::<dyn FnMut(JsValue)>::new(move |_| there.set(true));
            // A browser without it draws with what it has.
            drop(fonts.map(|ready_at| ready_at.then(&ready)));
            move || drop(ready)
        });
    }
    *there
}

fn spread(props: &ChartsPanel, chart_context: &Rc<ChartContext>, open: bool, on_close: Callback<()>) -> Html {
    SpreadDialog {
        open,
        session: props.session.clone(),
        // A closed dialog has nothing to draw.
        revision: if open { props.revision } else { 0 },
        chart_context: chart_context.into(),
        compared: props.compared.clone(),
        theme: props.theme,
        on_close,
        dispatch: props.dispatch.clone(),
    }
    .view()
}
