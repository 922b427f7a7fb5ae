//! The four charts.

use std::rc::Rc;

use yew::prelude::*;

use super::app::Shared;
use crate::kata::Scenario;

#[derive(Properties, PartialEq)]
pub struct ChartsPanelProps {
    pub session: Shared,
    pub revision: u64,
    pub run: u64,
    pub scenario: Rc<Scenario>,
    pub dark: bool,
}

#[component]
pub fn ChartsPanel(_props: &ChartsPanelProps) -> Html {
    html! { <section class="charts" id="panel-charts" aria-label="Charts"></section> }
}
