//! The seed: a field and a dice.

use crate::say;
use crate::ui::prelude::*;

use super::icons::Icon;
use super::kit::number_field::NumberField;
use super::kit::{IconButton, widget};
use crate::session::Action;
use crate::session::text::typed::whole;

/// What the dice throws: 1 to this, short enough to be told to a neighbour.
const DICE: u32 = 9_999;

#[derive(PartialEq)]
pub struct SeedField {
    pub id: &'static str,
    pub seed: u64,
    pub dispatch: Callback<Action>,
}

widget!(SeedField => seed_field);

fn seed_field(props: &SeedField) -> Html {
    let read = Callback::from(|text: String| {
        let allowed = || say!("seed.rule").to_owned();
        whole(&text).map(|seed| seed.to_string()).ok_or_else(allowed)
    });
    let dispatch = props.dispatch.clone();
    let commit = Callback::from(move |text: String| {
        if let Some(seed) = whole(&text) {
            dispatch.emit(Action::SetSeed(seed));
        }
    });
    let throw = props.dispatch.reform(|_: MouseEvent| match getrandom::u32() {
        Ok(number) => Action::SetSeed(u64::from(number % DICE) + 1),
        Err(_) => Action::Say(say!("seed.none").to_owned()),
    });
    html! {
        <>
            <label for={props.id}>{ say!("seed.label") }</label>
            <NumberField id={props.id} class="field" inputmode="numeric" maxlength="20" title={say!("seed.same")}
                value={props.seed.to_string()} {read} {commit} tell={props.dispatch.reform(Action::Say)}/>
            { IconButton::new(Icon::Dice, say!("seed.another"), throw).title(say!("seed.other").to_owned()).view() }
        </>
    }
}
