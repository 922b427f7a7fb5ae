//! What to try next, in sight at the diagram while the learner acts on it: from a run's end, once its result is closed, until the next run
//! begins. Put away, it leaves the way back to the result.

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::IconButton;
use super::result::ResultAction;
use crate::advice::review::Advice;
use crate::design::Location;
use crate::session::Finished;

/// An advice, and how things stand.
pub struct NextStep<'a> {
    pub finished: &'a Finished,
    /// Only the way back to the result.
    pub dismissed: bool,
    /// The scenario is still that of the run.
    pub here: bool,
    /// The design is another one since.
    pub stale: bool,
    pub result_action: &'a Callback<ResultAction>,
}

pub fn next_step(props: &NextStep) -> Html {
    let finished = props.finished;
    let reopen = html! {
        <button class="btn reopen" onclick={props.result_action.reform(|_: MouseEvent| ResultAction::Reopen)} title="The result of the last run">{ "Result" }</button>
    };
    let Some(advice) = finished.review.advice.as_ref().filter(|_| !props.dismissed) else {
        return html! { <div class="next-step only">{ reopen }</div> };
    };
    let show = show(advice).map_or_else(Html::default, |result_action| {
        html! { <button class="btn" onclick={props.result_action.reform(move |_: MouseEvent| result_action.clone())}>{ "Show it" }</button> }
    });
    html! {
        <section class="next-step" aria-label="Try next">
            { icon(Icon::Note) }
            <p>
                <b>{ "Try next: " }</b>{ &advice.text }
                if props.stale { <small>{ " You have changed the design: Play shows what it does now." }</small> }
                if !props.here { <small>{ format!(" After “{}”.", finished.origin.scenario.name) }</small> }
            </p>
            <div class="deeds">
                { show }
                { reopen }
                { IconButton::new(Icon::Close, "Put away", props.result_action.reform(|_: MouseEvent| ResultAction::Dismiss)).view() }
            </div>
        </section>
    }
}

/// Where an advice leads: to the parameter that it speaks of, or else to its component; nowhere if it is about the whole.
pub fn show(advice: &Advice) -> Option<ResultAction> {
    if let Some((node, path)) = advice.field() {
        return Some(ResultAction::Show(node.into(), Some(path.to_owned())));
    }
    match &advice.seen.place {
        Location::Node { id, .. } => Some(ResultAction::Show(id.as_str().into(), None)),
        _ => None,
    }
}
