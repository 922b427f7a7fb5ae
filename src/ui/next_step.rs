//! The way back to the result of the last run, at the diagram, once it is closed; and where its evidence leads.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;

use super::result::{ResultAction, Shown};
use crate::design::Location;
use crate::session::Finished;

/// `stale`: the design is another one since.
pub fn next_step(stale: bool, result_action: &Callback<ResultAction>) -> Html {
    html! {
        <div class="next-step">
            <button class="btn reopen" onclick={result_action.reform(|_: MouseEvent| ResultAction::Reopen)} title={say!("moment.result_title")}>{ say!("moment.result") }if stale { <small>{ say!("page.stale") }</small> }</button>
        </div>
    }
}

/// Where a result leads: to its moment, and to the component that its evidence speaks of; `None` where it is about nothing that can be shown.
pub fn shown(finished: &Finished) -> Option<Shown> {
    let review = &finished.review;
    let node = match &review.bottleneck.place {
        Location::Node { id, .. } => Some(Rc::from(id.as_str())),
        _ => None,
    };
    let shown = Shown { moment: review.moment, node };
    (shown.moment.is_some() || shown.node.is_some()).then_some(shown)
}
