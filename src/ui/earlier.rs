//! Going back: the earlier states of the design as a list to choose from, and the design that all begin with.

use js_sys::Date;
use wasm_bindgen::JsValue;
use web_sys::HtmlSelectElement;

use super::kit::{ByPtr, widget};
use crate::format::count;
use crate::record::{State, States};
use crate::say;
use crate::ui::prelude::*;

#[derive(PartialEq)]
pub struct GoBack {
    pub states: ByPtr<States>,
    /// To the state of that time; `None`: to the design that the learner began with.
    pub on_back: Callback<Option<u64>>,
}

widget!(GoBack, use_go_back);

#[hook]
fn use_go_back(props: &GoBack) -> Html {
    let list = use_node_ref();
    let back = {
        let (list, states, on_back) = (list.clone(), props.states.clone(), props.on_back.clone());
        Callback::from(move |_: MouseEvent| {
            let chosen = list.cast::<HtmlSelectElement>().map_or(0, |list| list.selected_index());
            if let Some(state) = usize::try_from(chosen).ok().and_then(|at| states.list().get(at)) {
                on_back.emit(Some(state.at_ms));
            }
        })
    };
    let any = !props.states.list().is_empty();
    html! {
        <section aria-labelledby="exchange-back">
            <h3 id="exchange-back">{ say!("earlier.title") }</h3>
            <p class="hint">{ say!("earlier.hint") }</p>
            if any {
                <select ref={list} class="field" aria-label={say!("earlier.list")}>
                    { for props.states.list().iter().map(|state| html! { <option>{ label(state) }</option> }) }
                </select>
            }
            <div class="row">
                if any { <button type="button" class="btn" onclick={back}>{ say!("earlier.go") }</button> }
                <button type="button" class="btn" onclick={props.on_back.reform(|_| None)}>{ say!("earlier.reset") }</button>
            </div>
        </section>
    }
}

/// The time first: what is cut at the end of a narrow line tells the least.
fn label(state: &State) -> String {
    let what = match (&*state.design.name, state.design.nodes.len()) {
        ("", n) => say!("earlier.components", plural = n, n = count(n as u64)),
        (name, _) => say!("earlier.named", name),
    };
    format!("{}, {what}, {}", when(state), state.why.words())
}

/// When a state was kept: the time of day, and the day where it was not today.
pub fn when(state: &State) -> String {
    let (at, now) = (Date::new(&JsValue::from_f64(state.at_ms as f64)), Date::new_0());
    let day = |date: &Date| (date.get_full_year(), date.get_month(), date.get_date());
    let time = format!("{:02}:{:02}", at.get_hours(), at.get_minutes());
    match day(&at) == day(&now) {
        true => time,
        false => {
            let tag = crate::lang::spoken().map_or("en-GB", |language| &language.tag);
            format!("{}, {time}", String::from(at.to_locale_date_string(tag, &JsValue::UNDEFINED)))
        }
    }
}
