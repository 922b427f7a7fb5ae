//! Help: how to begin, every key from the one list of them, and licences.

use crate::ui::prelude::*;
use crate::vocabulary::filled;
use web_sys::HtmlInputElement;

use super::diagram::key::dots_key;
use super::kit::{Dialog, Media, Widget, widget};
use super::words::Words;
use crate::session::KEYS;
use crate::session::gestures::keys::Scope;
use crate::share::unpack;

#[derive(PartialEq)]
pub struct Help {
    pub open: bool,
    /// Letters are keys on the whole page.
    pub letter_keys: bool,
    pub on_letter_keys: Callback<bool>,
    pub on_close: Callback<()>,
}

widget!(late Help => help; until |it, notice| Dialog::meanwhile("help", "Help", it.open, &it.on_close, notice));

fn help(props: &Help) -> Html {
    if !props.open {
        return Dialog::new("help", "Help", false, props.on_close.clone()).view();
    }
    let on_letters = {
        let on_letter_keys = props.on_letter_keys.clone();
        Callback::from(move |e: Event| {
            if let Some(switch) = e.target_dyn_into::<HtmlInputElement>() {
                on_letter_keys.emit(switch.checked());
            }
        })
    };
    let words = Words::new();
    let change = match Media::is("(max-width: 699px)") {
        true => "Change the design: + puts a part between two others, a press on a part opens its numbers.",
        false => "Change the design: drag parts in, connect them from dot to part, select one to set its numbers.",
    };
    let all_keys = html! {
        <>
            { keys(Scope::Page) }
            <label class="switch">
                <input type="checkbox" checked={props.letter_keys} onchange={on_letters}/>
                <span>{ "Keys without Ctrl work everywhere. Off: only where the focus is, in the diagram." }</span>
            </label>
            { for Scope::ALL.into_iter().filter(|scope| *scope != Scope::Page).map(keys) }
        </>
    };
    let body = html! {
        <>
            <h3>{ "What to do" }</h3>
            <ol>
                <li>{ words.mark(filled("Press Play: {a day} {period} goes through your design. Choose how fast.")) }</li>
                <li>{ words.mark(filled("Watch the goals and the gap chart: two latencies, one until {an item} is acknowledged and one until it is confirmed.")) }</li>
                <li>{ words.mark(change) }</li>
                <li>{ words.mark("Play it again until every goal holds, then try the other scenarios with the same design.") }</li>
            </ol>
            <h3>{ "Dots on the connections" }</h3>
            { dots_key() }
            // What points here is a finger: there may be no keyboard at all.
            if Media::is("(pointer: coarse)") {
                <details class="all-keys"><summary>{ "Keys, for those who have a keyboard" }</summary>{ all_keys }</details>
            } else { { all_keys } }
            { licences() }
        </>
    };
    Dialog { close: "Close help", body, ..Dialog::new("help", "Help", props.open, props.on_close.clone()) }.view()
}

/// Whose work the page is made of, with every text that has to go with it: the single file carries them, beside the hosted page they are a page.
fn licences() -> Html {
    const TITLE: &str = "Licences of all that this page is made of";
    let block = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("waiting-room-licences"));
    match block.and_then(|block| block.text_content()).and_then(|text| unpack(&text).ok()) {
        Some(text) => html! { <details class="licences"><summary>{ TITLE }</summary><pre>{ text }</pre></details> },
        None => {
            html! { <p class="licences"><a href="./licences.html" target="_blank" rel="noopener">{ TITLE }</a></p> }
        }
    }
}

fn keys(scope: Scope) -> Html {
    html! {
        <>
            <h3>{ scope.label() }</h3>
            <dl class="keys" data-scope={scope.label()}>
                { for KEYS.iter().filter(|s| s.scope == scope).map(|shortcut| html! {
                    <>
                        <dt>{ for shortcut.shown.split(", ").map(|key| html! { <kbd>{ key }</kbd> }) }</dt>
                        <dd>{ shortcut.what }</dd>
                    </>
                }) }
            </dl>
        </>
    }
}
