//! Where "Size it" is asked for: a button at the diagram, and under a result, where a design from the map has its way back.

use yew::prelude::*;

use crate::ui::icons::{Icon, icon};

#[derive(Properties, PartialEq)]
pub struct SizeButtonProps {
    pub id: &'static str,
    pub on_size: Callback<()>,
}

#[component]
pub fn SizeButton(props: &SizeButtonProps) -> Html {
    html! {
        <button type="button" class="btn" id={props.id} aria-haspopup="dialog" onclick={props.on_size.reform(|_: MouseEvent| ())}
            title="Sweep a number of the design: what each size costs, and how long patients wait">
            { icon(Icon::Grid) }{ "Size it" }
        </button>
    }
}

/// A design that was opened from the map.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedDesign {
    /// Its numbers and its seed.
    pub what: String,
    /// It took the place of another one, which one undo brings back.
    pub back: bool,
}

#[derive(Properties, PartialEq)]
pub struct AskSizeProps {
    pub opened: Option<OpenedDesign>,
    pub on_size: Callback<()>,
    pub on_undo: Callback<()>,
}

#[component]
pub fn AskSize(props: &AskSizeProps) -> Html {
    html! {
        <section class="ask-size" aria-labelledby="ask-size-title">
            <h3 id="ask-size-title">{ "Is it the right size?" }</h3>
            if let Some(opened) = &props.opened { <p>{ format!("Opened from the map: {}.", opened.what) }</p> }
            <div class="both">
                <SizeButton id="result-size" on_size={props.on_size.clone()}/>
                if props.opened.as_ref().is_some_and(|o| o.back) {
                    <button class="btn" onclick={props.on_undo.reform(|_: MouseEvent| ())}>{ icon(Icon::Undo) }{ "Undo" }</button>
                }
            </div>
        </section>
    }
}
