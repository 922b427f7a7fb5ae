//! What else can be done with a chart, behind one small button: its figures, files, and its dialog.

use crate::say;
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::session::gestures::keys::Scope;
use crate::ui::focus;
use crate::ui::icons::{Icon, icon};
use crate::ui::keypress;
use crate::ui::kit::widget;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Table,
    Listen,
    Png,
    Csv,
    Spread,
    Guess,
    Foresee,
    ZoomIn,
    ZoomOut,
    Whole,
}

#[derive(PartialEq)]
pub struct Menu {
    pub title: &'static str,
    /// Each with its words.
    pub items: Vec<(Item, &'static str)>,
    pub on_choose: Callback<Item>,
}

widget!(Menu, use_menu);

/// The button, and while it is open the list under it. Escape and a focus elsewhere close it.
#[hook]
fn use_menu(props: &Menu) -> Html {
    let open = use_state_eq(|| false);
    let (around, button) = (use_node_ref(), use_node_ref());
    let set = |to: bool| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(to))
    };
    let onfocusout = {
        let (open, around) = (open.clone(), around.clone());
        Callback::from(move |e: FocusEvent| {
            let next = e.related_target().and_then(|t| t.dyn_into::<Node>().ok());
            // A press on what takes no focus leaves it nowhere: that closes too, once the press is done.
            let inside = next.is_some_and(|next| around.cast::<Node>().is_some_and(|a| a.contains(Some(&next))));
            if !inside {
                open.set(false);
            }
        })
    };
    let onkeydown = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |e: KeyboardEvent| {
            if *open && keypress::takes(&e, Scope::Chart) && e.key() == "Escape" {
                e.prevent_default();
                e.stop_propagation();
                open.set(false);
                if let Some(button) = button.cast::<HtmlElement>() {
                    focus::follow(&button);
                }
            }
        })
    };
    let choose = |item: Item| {
        let (open, on_choose, button) = (open.clone(), props.on_choose.clone(), button.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(false);
            // The item goes away: the focus stays near.
            if let Some(button) = button.cast::<HtmlElement>() {
                focus::follow(&button);
            }
            on_choose.emit(item);
        })
    };
    // A press must not take the focus from the list before the click has chosen.
    let keep = Callback::from(|e: MouseEvent| e.prevent_default());
    html! {
        <div class="more-box" ref={around} {onfocusout} {onkeydown}>
            <button class="btn plain icon more" ref={button.clone()} aria-expanded={open.to_string()} aria-label={say!("charts.more", chart = props.title)}
                title={say!("charts.more_title")} onclick={set(!*open)}>{ icon(Icon::More) }</button>
            if *open {
                <div class="pop" role="group" aria-label={props.title}>
                    { for props.items.iter().map(|(item, words)| html! {
                        <button class="btn plain" onmousedown={keep.clone()} onclick={choose(*item)}>{ *words }</button>
                    }) }
                </div>
            }
        </div>
    }
}
