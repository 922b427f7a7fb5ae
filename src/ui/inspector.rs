//! The inspector: everything about what is selected, made from the catalogue alone.

use yew::prelude::*;

use super::diagram::Scene;
use crate::session::Action;

#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    pub scene: Scene,
    pub dispatch: Callback<Action>,
    #[prop_or_default]
    pub readonly: bool,
}

#[component]
pub fn Inspector(_props: &InspectorProps) -> Html {
    html! { <section class="inspector"></section> }
}
