//! What is kept in this browser: what of it could not be read, to be carried away, and the way to forget all of it.

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlTextAreaElement;

use super::{carry, copy};
use crate::ui::kit::widget;
use crate::ui::storage;

const FILE: &str = "waiting-room-unread.txt";

/// Texts that could not be read.
#[derive(PartialEq)]
pub(super) struct Unread;

widget!(Unread, use_unread);

#[hook]
fn use_unread(_props: &Unread) -> Html {
    let (area, told) = (use_node_ref(), use_state_eq(String::new));
    let all = storage::asides();
    if all.is_empty() {
        return html! {};
    }
    let text = all.join("\n\n");
    let save = {
        let (text, told) = (text.clone(), told.clone());
        Callback::from(move |_: MouseEvent| {
            if carry::text(FILE, &text, "text/plain") {
                told.set(say!("exchange.file_comes").to_owned());
            }
        })
    };
    let copy = {
        let (area, text, told) = (area.clone(), text.clone(), told.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            let told = told.clone();
            copy::copy(&text, &area, Callback::from(move |copied: copy::Copied| told.set(copied.words().to_owned())));
        })
    };
    html! {
        <section aria-labelledby="exchange-unread">
            <h3 id="exchange-unread" tabindex="-1">{ say!("kept.unreadable") }</h3>
            <p class="hint">{ say!("kept.stays") }</p>
            <div class="row">
                <button type="button" class="btn" onclick={save}>{ say!("kept.download") }</button>
                <button type="button" class="btn" onclick={copy}>{ say!("kept.copy") }</button>
            </div>
            <p class="told" role="status">{ &*told }</p>
            <textarea ref={area} class="field" readonly=true rows="3" spellcheck="false" aria-label={say!("kept.text")} value={text}/>
        </section>
    }
}

/// All that is kept here, for good.
#[derive(PartialEq)]
pub(super) struct Forget;

widget!(Forget, use_forget);

#[hook]
fn use_forget(_props: &Forget) -> Html {
    let sure = use_state_eq(|| false);
    let forget = {
        let sure = sure.clone();
        Callback::from(move |_: MouseEvent| {
            if !*sure {
                return sure.set(true);
            }
            storage::forget(|| {
                if let Some(window) = web_sys::window() {
                    // A page that can't be loaded again is as it was, and keeps nothing from now on.
                    let _ = window.location().reload();
                }
            });
        })
    };
    let leave = {
        let sure = sure.clone();
        Callback::from(move |_: MouseEvent| sure.set(false))
    };
    html! {
        <section aria-labelledby="exchange-forget">
            <h3 id="exchange-forget">{ say!("kept.here") }</h3>
            <p class="hint">{ say!("kept.all") }</p>
            <div class="row">
                <button type="button" class="btn" onclick={forget}>{ if *sure { say!("kept.for_good") } else { say!("kept.forget") } }</button>
                if *sure { <button type="button" class="btn" onclick={leave}>{ say!("kept.keep") }</button> }
            </div>
        </section>
    }
}
