//! What to try next, in sight at the diagram while the learner acts on it: from a run's end, once its result is closed, until the next run
//! begins. Put away, it leaves the way back to the result.

use std::rc::Rc;

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::IconButton;
use super::result::{ResultAction, Shown};
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
        <button class="btn reopen" onclick={props.result_action.reform(|_: MouseEvent| ResultAction::Reopen)} title="The result of the last run">{ "Result" }if props.stale { <small>{ "before the change" }</small> }</button>
    };
    let Some(advice) = finished.review.advice.as_ref().filter(|_| !props.dismissed) else {
        return html! { <div class="next-step only">{ reopen }</div> };
    };
    // The moment has been seen; now it is about the part.
    let show = shown(finished).map_or_else(Html::default, |shown| {
        let result_action = ResultAction::Show(Shown { moment: None, ..shown });
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

/// Where a review leads: to its moment, to the parameter that its advice speaks of, or else to its component; `None` where it is about nothing
/// that can be shown.
pub fn shown(finished: &Finished) -> Option<Shown> {
    let review = &finished.review;
    let advice = review.advice.as_ref();
    let of = |place: &Location| match place {
        Location::Node { id, .. } => Some(Rc::from(id.as_str())),
        _ => None,
    };
    let (node, path) = match advice.and_then(Advice::field) {
        Some((node, path)) => (Some(Rc::from(node)), Some(path.to_owned())),
        None => (advice.and_then(|advice| of(&advice.seen.place)).or_else(|| of(&review.bottleneck.place)), None),
    };
    let shown = Shown { moment: review.moment, node, path };
    (shown.moment.is_some() || shown.node.is_some()).then_some(shown)
}
