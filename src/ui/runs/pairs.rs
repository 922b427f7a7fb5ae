//! Two runs side by side: each goal with both values and the difference.

use std::rc::Rc;

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::record::RunRecord;
use crate::session::run::history::{Pair, compare};
use crate::ui::focus;
use crate::ui::icons::{Icon, icon};

#[derive(Properties, PartialEq)]
pub struct PairsDialogProps {
    pub first: Rc<RunRecord>,
    pub second: Rc<RunRecord>,
    pub on_close: Callback<()>,
    /// Both in the charts.
    pub on_show: Callback<()>,
}

#[component]
pub fn PairsDialog(props: &PairsDialogProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                focus::open_modal(&dialog);
            }
        });
    }
    let (first, second) = (&props.first, &props.second);
    let pairs = compare(first, second);
    html! {
        <dialog ref={dialog} class="wide" aria-labelledby="pairs-title" onclose={props.on_close.reform(|_: Event| ())}>
            <div class="dialog-head">
                <h2 id="pairs-title">{ "Two runs side by side" }</h2>
                <button class="btn plain icon" onclick={props.on_close.reform(|_: MouseEvent| ())} aria-label="Close" title="Close">{ icon(Icon::Close) }</button>
            </div>
            <div class="dialog-body">
                if pairs.is_empty() {
                    <p>{ "These runs have no goal in common." }</p>
                } else {
                    <table class="pairs">
                        <thead><tr><th scope="col">{ "Goal" }</th><th scope="col">{ &first.name }</th><th scope="col">{ &second.name }</th><th scope="col">{ "Difference" }</th></tr></thead>
                        <tbody>{ for pairs.iter().map(row) }</tbody>
                    </table>
                }
                <p class="show-both">
                    <button class="btn primary" onclick={props.on_show.reform(|_: MouseEvent| ())}>{ "Show both in the charts" }</button>
                    <span>{ format!("{} stays as pale lines while the other runs again.", first.name) }</span>
                </p>
            </div>
        </dialog>
    }
}

fn row(pair: &Pair) -> Html {
    html! {
        <tr>
            <th scope="row">{ pair.label }<small>{ &pair.limit }</small></th>
            <td>{ value(&pair.first, pair.first_met) }</td>
            <td>{ value(&pair.second, pair.second_met) }</td>
            <td>{ &pair.difference }</td>
        </tr>
    }
}

fn value(shown: &str, met: bool) -> Html {
    let (class, shape, word) = if met { ("holds", Icon::Check, "holds") } else { ("lost", Icon::Cross, "missed") };
    html! { <><b>{ shown }</b><span class={classes!("state", class)}>{ icon(shape) }{ word }</span></> }
}
