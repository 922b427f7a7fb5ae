//! The palette: the parts to drag onto the diagram, or to add with Enter or a click.

use yew::prelude::*;

use crate::session::Action;

#[derive(Properties, PartialEq)]
pub struct PaletteProps {
    pub dispatch: Callback<Action>,
}

#[component]
pub fn Palette(_props: &PaletteProps) -> Html {
    html! { <div class="palette"></div> }
}
