//! A menu of a row: a button, and under it what it offers. Choosing gives the focus back to the button first, so that whatever the choice takes
//! away, the list knows where the focus was.

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::focus;
use crate::session::gestures::keys::Scope;
use crate::ui::icons::{Icon, icon};
use crate::ui::keypress;
use crate::ui::kit::widget;

/// What a menu offers.
#[derive(Clone, PartialEq)]
pub struct Choice {
    pub id: String,
    pub words: String,
    /// What is read out, beginning with the words.
    pub label: String,
    pub chosen: Callback<()>,
}

#[derive(PartialEq)]
pub struct RowMenu {
    pub id: String,
    pub icon: Icon,
    /// What the button is called.
    pub label: String,
    pub choices: Vec<Choice>,
}

widget!(RowMenu, use_row_menu);

#[hook]
fn use_row_menu(props: &RowMenu) -> Html {
    let open = use_state_eq(|| false);
    let whole = use_node_ref();
    {
        let whole = whole.clone();
        use_effect_with(*open, move |open| {
            let first = whole.cast::<HtmlElement>().filter(|_| *open);
            if let Some(Ok(Some(first))) = first.map(|whole| whole.query_selector(".menu-item")) {
                crate::ui::focus::follow(&first);
            }
        });
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, id) = (open.clone(), props.id.clone());
        Callback::from(move |event: KeyboardEvent| {
            if *open && keypress::takes(&event, Scope::Menu) {
                event.prevent_default();
                event.stop_propagation();
                focus::to_element(&id);
                open.set(false);
            }
        })
    };
    let onfocusout = {
        let (open, whole) = (open.clone(), whole.clone());
        Callback::from(move |event: FocusEvent| {
            let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
            if !whole.get().is_some_and(|whole| whole.contains(next.as_ref())) {
                open.set(false);
            }
        })
    };
    let choice = |choice: &Choice| {
        let (open, id, chosen) = (open.clone(), props.id.clone(), choice.chosen.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            focus::to_element(&id);
            open.set(false);
            chosen.emit(());
        });
        html! { <button type="button" class="menu-item" id={choice.id.clone()} aria-label={choice.label.clone()} {onclick}>{ &choice.words }</button> }
    };
    html! {
        <span ref={whole} class="row-menu" {onkeydown} {onfocusout}>
            <button type="button" class="btn plain icon" id={props.id.clone()} aria-expanded={open.to_string()} aria-label={props.label.clone()} title={props.label.clone()} aria-description="" onclick={toggle}>
                { icon(props.icon) }
            </button>
            if *open {
                <div class="menu" role="group" aria-label={props.label.clone()}>{ for props.choices.iter().map(choice) }</div>
            }
        </span>
    }
}
