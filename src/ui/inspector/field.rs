//! The frame of a parameter: label, unit, lock, reset, and what is allowed, around whatever edits it.

use crate::ui::prelude::*;

use crate::ui::kit::widget;
use crate::ui::words::Words;

#[derive(PartialEq)]
pub struct Frame {
    /// Unique on the page; the field inside has it as its id.
    pub id: AttrValue,
    pub label: AttrValue,
    pub help: AttrValue,
    pub locked: bool,
    /// Back to the default; `None` when it is the default or can't be reset.
    pub reset: Option<Callback<MouseEvent>>,
    pub default: AttrValue,
    pub allowed: AttrValue,
    pub children: Html,
}

widget!(Frame, use_frame);

/// A default of so many characters is written beside its button.
const SHORT: usize = 10;

/// A row of the inspector.
#[hook]
fn use_frame(props: &Frame) -> Html {
    let open = use_state_eq(|| false);
    let given = if props.locked { " Given by the scenario." } else { "" };
    let about = format!("{} Allowed: {}. Default: {}.{given}", props.help, props.allowed, props.default);
    html! {
        <div class="param">
            <span class="name">
                <label for={props.id.clone()}>{ Words::of_labels().inside(&props.label) }</label>
                { help_button(&props.label, &format!("{}-about", props.id), &open) }
                if props.locked { <span class="icon-btn lock" title="Given by the scenario">{ lock() }</span> }
                if let Some(reset) = &props.reset {
                    { reset_button(&props.label, &props.default, reset) }
                    if props.default.chars().count() <= SHORT { <span class="default" aria-hidden="true">{ &props.default }</span> }
                }
            </span>
            { props.children.clone() }
            { words_about(format!("{}-about", props.id).into(), *open, &about) }
        </div>
    }
}

/// The button that opens and closes the words about a parameter: for fingers and keys alike, where a tooltip is for neither.
pub fn help_button(label: &str, about: &str, open: &UseStateHandle<bool>) -> Html {
    let (now, set) = (**open, open.clone());
    let onclick = Callback::from(move |_: MouseEvent| set.set(!now));
    html! {
        <button type="button" class="icon-btn what" aria-label={format!("About {label}")} aria-expanded={now.to_string()}
            aria-controls={about.to_owned()} {onclick}>{ "?" }</button>
    }
}

#[derive(PartialEq)]
pub struct About {
    /// Unique on the page.
    pub id: AttrValue,
    pub label: AttrValue,
    pub help: AttrValue,
}

widget!(About, use_about);

/// The same for a group: the button, and the words in a line of their own.
#[hook]
fn use_about(props: &About) -> Html {
    let open = use_state_eq(|| false);
    html! {
        <>
            { help_button(&props.label, &props.id, &open) }
            { words_about(props.id.clone(), *open, &props.help) }
        </>
    }
}

/// The words about a parameter: always there to be heard, to be seen once they are opened, and then with their terms marked.
fn words_about(id: AttrValue, open: bool, about: &str) -> Html {
    match open {
        true => html! { <p class="about" {id}>{ Words::new().mark(about) }</p> },
        false => html! { <p class="sr-only" {id}>{ about.to_owned() }</p> },
    }
}

pub fn reset_button(label: &str, default: &str, onclick: &Callback<MouseEvent>) -> Html {
    let words = format!("Reset {label} to {default}");
    html! {
        <button type="button" class="icon-btn" aria-label={words.clone()} title={words} onclick={onclick}>
            { small_icon("M2.5 7a4.5 4.5 0 1 1 1.5 3.4M2.5 3v4h4") }
        </button>
    }
}

pub fn small_icon(d: &'static str) -> Html {
    html! { <svg viewBox="0 0 14 14" aria-hidden="true"><path {d}/></svg> }
}

pub fn lock() -> Html {
    html! { <svg viewBox="0 0 12 14" aria-hidden="true"><path d="M3.2 6.2V4.4a2.8 2.8 0 0 1 5.6 0v1.8M2 6.2h8v6.3H2z"/></svg> }
}
