//! The four charts, with what they share: the crosshair, the lines switched off, and what is known before a run.
//!
//! Knows the scenario and the session's run; a chart itself knows neither.

use std::rc::Rc;

use yew::prelude::*;

use super::app::Shared;
use crate::chart::CHARTS;
use crate::design::Design;
use crate::kata::Scenario;

mod context;
pub mod surface;
mod view;

use context::Around;
use view::ChartView;

#[derive(Properties, PartialEq)]
pub struct ChartsPanelProps {
    pub session: Shared,
    /// Rises whenever there is something new to draw.
    pub revision: u64,
    pub playing: bool,
    pub scenario: Rc<Scenario>,
    pub design: Rc<Design>,
    pub dark: bool,
}

#[component]
pub fn ChartsPanel(props: &ChartsPanelProps) -> Html {
    let cursor = use_state_eq(|| None::<f64>);
    let hidden = use_state(|| Rc::new(Vec::<String>::new()));
    let around = use_memo((props.scenario.clone(), ByPointer(props.design.clone())), |(scenario, design)| {
        Around::of(scenario, &design.0)
    });
    let on_cursor = {
        let cursor = cursor.clone();
        use_callback((), move |at: Option<f64>, ()| cursor.set(at))
    };
    let on_toggle = use_callback(hidden.clone(), |group: String, hidden| {
        let mut groups = (***hidden).clone();
        match groups.iter().position(|g| *g == group) {
            Some(at) => drop(groups.remove(at)),
            None => groups.push(group),
        }
        hidden.set(Rc::new(groups));
    });
    html! {
        <section class="charts" id="panel-charts" aria-label="Charts">
            <div class="charts-grid">
                { for CHARTS.iter().map(|chart| html! {
                    <ChartView key={chart.id} {chart} session={props.session.clone()} revision={props.revision} playing={props.playing}
                        around={around.clone()} hidden={(*hidden).clone()} cursor={*cursor} dark={props.dark}
                        on_cursor={on_cursor.clone()} on_toggle={on_toggle.clone()}/>
                }) }
            </div>
        </section>
    }
}

/// A design compared by pointer: comparing it part by part would cost more than drawing.
#[derive(Clone)]
struct ByPointer(Rc<Design>);

impl PartialEq for ByPointer {
    fn eq(&self, other: &ByPointer) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
