//! Exchange, behind Files and Share: the design as a file, as text and as a picture, and opening one.
//!
//! Each way out has another one beside it, because a frame may block downloads without a word and refuse the clipboard: the text is always
//! there to be selected. Each way in (picker, drop, pasted text) ends in one [`Received`]. Knows nothing of what a design means.

use crate::say;
use std::rc::Rc;

use crate::ui::prelude::*;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use super::earlier::GoBack;
use super::focus;
use super::kit::{ByPtr, Dialog, Widget, widget};
use super::rich::rich;
use super::share::{Checked, Share};
use super::shared::Shared;
use crate::design::{Design, file, picture};
use crate::record::States;
use crate::session::exchange;

pub mod carry;
pub mod copy;
mod kept;
pub mod page;
mod png;
pub mod receive;
pub mod when;

use kept::{Forget, Unread};
pub use receive::Received;

/// The dialogs in which things go in and out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    Files,
    Share,
}

#[derive(PartialEq)]
pub struct Exchange {
    /// Which one is open.
    pub open: Option<Desk>,
    pub session: Shared,
    /// The number of the run that is seen.
    pub run: u64,
    /// What became of a receipt that came in.
    pub checked: Option<ByPtr<Checked>>,
    pub design: ByPtr<Design>,
    /// Why the last file or text was not opened.
    pub faults: ByPtr<Vec<String>>,
    pub readonly: bool,
    /// The browser keeps the design between visits.
    pub keeps: bool,
    pub on_received: Callback<Received>,
    /// Designs to go back to.
    pub earlier: ByPtr<States>,
    pub on_back: Callback<Option<u64>>,
    pub on_close: Callback<()>,
}

widget!(late Exchange, use_exchange; until |it, notice| Dialog::meanwhile("exchange", title(it.open), it.open.is_some(), &it.on_close, notice));

fn title(open: Option<Desk>) -> &'static str {
    if open == Some(Desk::Share) { say!("exchange.share") } else { say!("exchange.files") }
}

#[hook]
fn use_exchange(props: &Exchange) -> Html {
    let told = use_state_eq(String::new);
    {
        let told = told.clone();
        use_effect_with(props.open, move |_| told.set(String::new()));
    }
    let open = Open { faults: props.faults.clone(), on_received: props.on_received.clone() };
    let body = html! {
        <>
            { Save { design: props.design.clone(), told, keeps: props.keeps }.view() }
            if !props.readonly {
                { GoBack { states: props.earlier.clone(), on_back: props.on_back.clone() }.view() }
                { open.view() }
            }
            { Unread.view() }
            if props.keeps { { Forget.view() } }
        </>
    };
    // One that makes room for the other closes too, a moment later; that is no wish to close the other.
    let closing = |own: Desk| {
        let (open, on_close) = (props.open, props.on_close.clone());
        Callback::from(move |()| {
            if open == Some(own) {
                on_close.emit(())
            }
        })
    };
    let files = Dialog::new("exchange", title(None), props.open == Some(Desk::Files), closing(Desk::Files));
    let share = Share {
        open: props.open == Some(Desk::Share),
        session: props.session.clone(),
        run: props.run,
        checked: props.checked.clone(),
        on_close: closing(Desk::Share),
    };
    html! { <>{ Dialog { class: "exchange", body, ..files }.here() }{ share.view() }</> }
}

#[derive(PartialEq)]
struct Save {
    design: ByPtr<Design>,
    /// What became of the last deed.
    told: UseStateHandle<String>,
    keeps: bool,
}

widget!(Save, use_save);

#[hook]
fn use_save(props: &Save) -> Html {
    let area = use_node_ref();
    let text = file::write(&props.design);
    // The design's name stands in the header; its files are called after it.
    let name = exchange::file_name(&props.design);
    let file = format!("{name}.json");
    let tell = |words: &'static str| {
        let told = props.told.clone();
        move || told.set(words.to_owned())
    };
    let save = {
        let (name, text, tell) = (file.clone(), text.clone(), tell(say!("exchange.file_comes")));
        Callback::from(move |_: MouseEvent| {
            if carry::text(&name, &text, "application/json") {
                tell();
            }
        })
    };
    let copy = {
        let (area, text, told) = (area.clone(), text.clone(), props.told.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            let told = told.clone();
            copy::copy(&text, &area, Callback::from(move |copied: copy::Copied| told.set(copied.words().to_owned())));
        })
    };
    let svg = {
        let (name, design, tell) = (format!("{name}.svg"), props.design.clone(), tell(say!("exchange.picture_comes")));
        Callback::from(move |_: MouseEvent| {
            if carry::text(&name, &picture::picture(&design).svg, "image/svg+xml") {
                tell();
            }
        })
    };
    let page = {
        let told = props.told.clone();
        Callback::from(move |_: MouseEvent| {
            let told = told.clone();
            page::save(Callback::from(move |words: String| told.set(words)));
        })
    };
    let png = as_png(format!("{name}.png"), &props.design, &props.told);
    // What works everywhere comes first where a download may not.
    let blocked = carry::may_be_blocked();
    html! {
        <section aria-labelledby="exchange-save">
            <h3 id="exchange-save">{ say!("exchange.save") }</h3>
            if !props.keeps { <p class="hint">{ say!("exchange.keeps_nothing") }</p> }
            <p class="hint">{ rich!("exchange.as", file = html!(<b>{ file }</b>)) }</p>
            <div class="row">
                if blocked { <button type="button" class="btn primary" onclick={&copy}>{ say!("exchange.copy") }</button> }
                <button type="button" class="btn" onclick={save}>{ say!("exchange.download") }</button>
                if !blocked { <button type="button" class="btn" onclick={copy}>{ say!("exchange.copy") }</button> }
                <button type="button" class="btn" onclick={svg}>{ say!("exchange.svg") }</button>
                <button type="button" class="btn" onclick={png}>{ say!("exchange.png") }</button>
                if !carry::may_be_blocked() { <button type="button" class="btn" onclick={page}>{ say!("exchange.one_file") }</button> }
            </div>
            if !carry::may_be_blocked() { <p class="hint">{ say!("exchange.one_file_has") }</p> }
            <p class="told" role="status">{ &*props.told }</p>
            { carry::warning() }
            <label class="hint" for="exchange-text">{ say!("exchange.as_text") }</label>
            <textarea ref={area} id="exchange-text" class="field" readonly=true rows="4" spellcheck="false" value={text}/>
        </section>
    }
}

/// Draws the design as PNG and offers it as a download.
fn as_png(name: String, design: &ByPtr<Design>, told: &UseStateHandle<String>) -> Callback<MouseEvent> {
    let (design, told) = (design.clone(), told.clone());
    Callback::from(move |_: MouseEvent| {
        let (name, told) = (name.clone(), told.clone());
        let taken = move |drawn: Option<web_sys::Blob>| {
            let there = drawn.is_some_and(|blob| carry::blob(&name, &blob));
            told.set(if there { say!("exchange.picture_comes") } else { say!("exchange.no_png") }.to_owned());
        };
        png::draw(&picture::picture(&design), Callback::from(taken));
    })
}

#[derive(PartialEq)]
struct Open {
    faults: ByPtr<Vec<String>>,
    on_received: Callback<Received>,
}

widget!(Open, use_open);

#[hook]
fn use_open(props: &Open) -> Html {
    let (area, told) = (use_node_ref(), use_node_ref());
    {
        let told = told.clone();
        // New faults are brought into sight, and are where the keyboard goes on.
        use_effect_with(props.faults.clone(), move |_| {
            if let Some(told) = told.cast::<HtmlElement>() {
                focus::follow(&told);
            }
        });
    }
    let pick = {
        let received = props.on_received.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(files) = input.files() {
                receive::files(&files, received.clone());
            }
            // The same file again is a change again.
            input.set_value("");
        })
    };
    let paste = {
        let (area, received) = (area.clone(), props.on_received.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                received.emit(Rc::new(Ok(area.value())));
            }
        })
    };
    html! {
        <section aria-labelledby="exchange-open">
            <h3 id="exchange-open">{ say!("exchange.open") }</h3>
            <p class="hint">{ say!("exchange.open_does") }</p>
            if !props.faults.is_empty() {
                <div ref={told} class="faults" role="alert" tabindex="-1">
                    <p>{ say!("exchange.not_opened", plural = props.faults.len(), n = props.faults.len()) }</p>
                    <ul>{ for props.faults.iter().map(|fault| html! { <li>{ fault }</li> }) }</ul>
                </div>
            }
            <div class="row">
                <input type="file" class="sr-only" id="exchange-file" accept=".json,.txt,application/json,text/plain" onchange={pick}/>
                <label class="btn" for="exchange-file">{ say!("exchange.choose") }</label>
            </div>
            <label class="hint" for="exchange-paste">{ say!("exchange.or_paste") }</label>
            <textarea ref={area} id="exchange-paste" class="field" rows="3" spellcheck="false" autocomplete="off"/>
            <div class="row"><button type="button" class="btn" onclick={paste}>{ say!("exchange.open_text") }</button></div>
        </section>
    }
}
