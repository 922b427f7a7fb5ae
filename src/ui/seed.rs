//! The seed: a field and a dice. Typing something impossible keeps the last good seed in force and says what is allowed.

use yew::prelude::*;

use super::icons::{Icon, icon};
use crate::session::Action;

/// What the dice throws: 1 to this, short enough to be told to a neighbour.
const DICE: u32 = 9_999;

#[derive(Properties, PartialEq)]
pub struct SeedProps {
    pub seed: u64,
    pub dispatch: Callback<Action>,
}

#[component]
pub fn SeedField(props: &SeedProps) -> Html {
    let wrong = use_state(|| false);
    // What is being typed: the page is drawn anew many times meanwhile.
    let draft = use_state(|| None::<String>);
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |e: InputEvent| {
            draft.set(e.target_dyn_into::<web_sys::HtmlInputElement>().map(|input| input.value()));
        })
    };
    let onchange = {
        let (wrong, draft, dispatch) = (wrong.clone(), draft.clone(), props.dispatch.clone());
        Callback::from(move |e: Event| {
            let Some(input) = e.target_dyn_into::<web_sys::HtmlInputElement>() else { return };
            let seed = input.value().trim().parse::<u64>();
            wrong.set(seed.is_err());
            draft.set(seed.is_err().then(|| input.value()));
            dispatch.emit(match seed {
                Ok(seed) => Action::SetSeed(seed),
                Err(_) => Action::Say(
                    "A seed is a whole number from 0 on, such as 1. The one before stays in force.".to_owned(),
                ),
            });
        })
    };
    let throw = {
        let (wrong, draft, dispatch) = (wrong.clone(), draft.clone(), props.dispatch.clone());
        Callback::from(move |_| {
            wrong.set(false);
            draft.set(None);
            dispatch.emit(match getrandom::u32() {
                Ok(number) => Action::SetSeed(u64::from(number % DICE) + 1),
                Err(_) => Action::Say("This browser gives no random numbers: type a seed.".to_owned()),
            });
        })
    };
    html! {
        <>
            <label>
                <span>{ "Seed" }</span>
                <input class="field" type="text" inputmode="numeric" autocomplete="off" maxlength="20" value={(*draft).clone().unwrap_or_else(|| props.seed.to_string())} {oninput} {onchange}
                    aria-invalid={wrong.then_some("true")} title="The same seed brings the same patients"/>
            </label>
            <button class="btn icon plain" onclick={throw} aria-label="Another seed" title="Another seed: other patients, the same rush">
                { icon(Icon::Dice) }
            </button>
        </>
    }
}
