//! How far one and the same design has come: the scenarios as a ladder, and what is left to find out once it has passed them all.

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::result::ResultAction;
use crate::format;
use crate::session::Finished;
use engine::measure::MetricId;

/// A scenario, and whether the design has passed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    pub id: String,
    pub name: String,
    pub passed: bool,
    /// What the design costs in it, where it has passed it.
    pub cost: Option<String>,
}

/// The scenarios of the kata beside one design.
pub struct Scenarios<'a> {
    pub passed: &'a [Passed],
    /// The design in the diagram is the one that is spoken of.
    pub playable: bool,
    pub result_action: &'a Callback<ResultAction>,
}

/// Each scenario with a mark; a press plays one that is not passed yet.
pub fn ladder(props: &Scenarios) -> Html {
    let next = props.passed.iter().position(|scenario| !scenario.passed);
    let rung = |(at, scenario): (usize, &Passed)| {
        let note = match (&scenario.cost, next == Some(at)) {
            (Some(cost), _) => cost.clone(),
            (None, true) => "next".to_owned(),
            (None, false) => String::new(),
        };
        let word = if scenario.passed { ": passed" } else { ": not yet" };
        let row = html! {
            <>
                { icon(if scenario.passed { Icon::Check } else { Icon::Ring }) }
                <span>{ &scenario.name }<span class="sr-only">{ word }</span></span>
                <small>{ note }</small>
            </>
        };
        let result_action = ResultAction::Play(scenario.id.clone());
        let playable = !scenario.passed && props.playable;
        html! {
            <li key={scenario.id.clone()} class={scenario.passed.then_some("passed")}>
                if playable {
                    <button type="button" onclick={props.result_action.reform(move |_: MouseEvent| result_action.clone())} title={format!("Play {}", scenario.name)}>{ row }</button>
                } else {
                    { row }
                }
            </li>
        }
    };
    html! {
        <section class="ladder" aria-labelledby="ladder-title">
            <h3 id="ladder-title">{ format!("This design, {} scenarios", number_word(props.passed.len())) }</h3>
            <ol>{ for props.passed.iter().enumerate().map(rung) }</ol>
        </section>
    }
}

/// `four`; figures from seven on.
fn number_word(n: usize) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six"];
    words.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// What there is to save, with the figures of this run.
pub fn cheaper(finished: &Finished) -> String {
    let cost = finished.verdict.goals.iter().find(|g| g.goal.metric.id == MetricId::Cost);
    let all = "This design passes every scenario.";
    let Some((value, limit)) = cost.and_then(|g| Some((g.value?, g.goal.at_most))) else { return all.to_owned() };
    let (value, limit) = (format::pounds(value), format::pounds(limit));
    format!(
        "{all} How cheap can it be? It cost {value} of {limit} here: take something away and see which goal breaks first."
    )
}

/// A seal: a ring of four arcs around a tick.
pub fn mastered_seal() -> Html {
    html! {
        <svg class="seal whole" viewBox="0 0 48 48" width="40" height="40" aria-hidden="true" focusable="false">
            <circle class="ring" cx="24" cy="24" r="20"/>
            <path class="arcs" pathLength="1" d="M27 4.2A20 20 0 0 1 43.8 21M43.8 27A20 20 0 0 1 27 43.8M21 43.8A20 20 0 0 1 4.2 27M4.2 21A20 20 0 0 1 21 4.2"/>
            <path class="tick" pathLength="1" d="M15.5 24.5l6 6L33 18.5"/>
        </svg>
    }
}
