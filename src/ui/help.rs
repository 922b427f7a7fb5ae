//! Help: how to begin, every key from the one list of them, and licences.

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlInputElement;

use super::app::language;
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
    pub on_language: Callback<String>,
    pub on_close: Callback<()>,
}

widget!(late Help => help; until |it, notice| Dialog::meanwhile("help", say!("help.title"), it.open, &it.on_close, notice));

fn help(props: &Help) -> Html {
    if !props.open {
        return Dialog::new("help", say!("help.title"), false, props.on_close.clone()).view();
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
        true => say!("help.change_phone"),
        false => say!("help.change"),
    };
    let all_keys = html! {
        <>
            { keys(Scope::Page) }
            <label class="switch">
                <input type="checkbox" checked={props.letter_keys} onchange={on_letters}/>
                <span>{ say!("help.letter_keys") }</span>
            </label>
            { for Scope::ALL.into_iter().filter(|scope| *scope != Scope::Page).map(keys) }
        </>
    };
    let body = html! {
        <>
            { languages(&props.on_language) }
            <h3>{ say!("help.what") }</h3>
            <ol>
                <li>{ words.mark(say!("help.play")) }</li>
                <li>{ words.mark(say!("help.watch")) }</li>
                <li>{ words.mark(change) }</li>
                <li>{ words.mark(say!("help.again")) }</li>
            </ol>
            <h3>{ say!("help.dots") }</h3>
            { dots_key() }
            // What points here is a finger: there may be no keyboard at all.
            if Media::is("(pointer: coarse)") {
                <details class="all-keys"><summary>{ say!("help.keys") }</summary>{ all_keys }</details>
            } else { { all_keys } }
            { licences() }
        </>
    };
    Dialog {
        close: say!("help.close"),
        body,
        ..Dialog::new("help", say!("help.title"), props.open, props.on_close.clone())
    }
    .view()
}

/// The languages that the page has, each by its own name; nothing if there is one only.
fn languages(choose: &Callback<String>) -> Html {
    let all = language::languages();
    if all.len() < 2 {
        return Html::default();
    }
    let button = |(tag, name): (String, String)| {
        let (pressed, lang) = ((tag == language::spoken()).to_string(), tag.clone());
        let onclick = choose.reform(move |_: MouseEvent| tag.clone());
        html! { <button type="button" class="lang" {lang} aria-pressed={pressed} {onclick}>{ name }</button> }
    };
    html! {
        <div class="seg" role="group" aria-label={say!("help.language")}>{ for all.into_iter().map(button) }</div>
    }
}

/// Whose work the page is made of, with every text that has to go with it: the single file carries them, beside the hosted page they are a page.
fn licences() -> Html {
    let title = say!("help.licences");
    let block = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("waiting-room-licences"));
    match block.and_then(|block| block.text_content()).and_then(|text| unpack(&text).ok()) {
        Some(text) => html! { <details class="licences"><summary>{ title }</summary><pre>{ text }</pre></details> },
        None => {
            html! { <p class="licences"><a href="./licences.html" target="_blank" rel="noopener">{ title }</a></p> }
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
                        <dt>{ for shortcut.keys().map(|key| html! { <kbd>{ key }</kbd> }) }</dt>
                        <dd>{ shortcut.what.get() }</dd>
                    </>
                }) }
            </dl>
        </>
    }
}
