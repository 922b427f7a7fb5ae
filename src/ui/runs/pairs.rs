//! Two runs side by side: each goal with both values and the difference.

use crate::ui::prelude::*;

use crate::record::RunRecord;
use crate::session::Action;
use crate::session::run::history::{Pair, compare};
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::{ByPtr, Dialog, Widget, widget};

#[derive(PartialEq)]
pub struct PairsDialog {
    /// The earlier run and the later one; `None`: the dialog is closed.
    pub pair: Option<(ByPtr<RunRecord>, ByPtr<RunRecord>)>,
    pub on_close: Callback<()>,
    pub dispatch: Callback<Action>,
}

widget!(PairsDialog => pairs_dialog);

fn pairs_dialog(props: &PairsDialog) -> Html {
    let body = props.pair.as_ref().map(|(first, second)| body(props, first, second)).unwrap_or_default();
    let open = props.pair.is_some();
    Dialog { class: "wide", body, ..Dialog::new("pairs", "Two runs side by side", open, props.on_close.clone()) }.view()
}

fn body(props: &PairsDialog, first: &RunRecord, second: &RunRecord) -> Html {
    let pairs = compare(first, second);
    let show = {
        let action = Action::ShowRuns { first: first.id.clone(), second: second.id.clone() };
        let (dispatch, close) = (props.dispatch.clone(), props.on_close.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            dispatch.emit(action.clone());
        })
    };
    html! {
        <>
            if pairs.is_empty() {
                <p>{ "These runs have no goal in common." }</p>
            } else {
                <table class="pairs">
                    <thead><tr><th scope="col">{ "Goal" }</th><th scope="col">{ &first.name }</th><th scope="col">{ &second.name }</th><th scope="col">{ "Difference" }</th></tr></thead>
                    <tbody>{ for pairs.iter().map(row) }</tbody>
                </table>
            }
            <p class="show-both">
                <button class="btn primary" onclick={show}>{ "Show both in the charts" }</button>
                <span>{ format!("{} stays as pale lines while the other runs again.", first.name) }</span>
            </p>
        </>
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
