//! How far one and the same design has come: the scenarios it has passed, and what is left to do once it has passed them all.

use std::rc::Rc;

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::{ByPtr, widget};
use super::repeat::Repeat;
use super::result::ResultAction;
use crate::format;
use crate::kata::builtin;
use crate::session::Finished;
use engine::measure::MetricId;

/// A scenario, and whether the design has passed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    pub id: String,
    pub name: String,
    pub passed: bool,
}

/// The scenarios of the kata beside one design.
pub struct Scenarios<'a> {
    pub passed: &'a [Passed],
    /// The design in the diagram is the one that is spoken of.
    pub playable: bool,
    pub result_action: &'a Callback<ResultAction>,
}

/// Each scenario with a mark, and a way to play what is not passed yet.
pub fn scenarios(props: &Scenarios) -> Html {
    let all = props.passed;
    let count = all.iter().filter(|s| s.passed).count();
    let words = match count {
        n if n == all.len() => format!("This design passes all {n} scenarios"),
        n => format!("This design has passed {n} of {} scenarios", all.len()),
    };
    let row = |scenario: &Passed| {
        let result_action = ResultAction::Play(scenario.id.clone());
        html! {
            <li key={scenario.id.clone()} class={scenario.passed.then_some("passed")}>
                { icon(if scenario.passed { Icon::Check } else { Icon::Wait }) }
                <span>{ &scenario.name }<span class="sr-only">{ if scenario.passed { ": passed" } else { ": not yet" } }</span></span>
                if !scenario.passed && props.playable {
                    <button class="btn small" onclick={props.result_action.reform(move |_: MouseEvent| result_action.clone())} aria-label={format!("Play {}", scenario.name)}>{ "Play" }</button>
                }
            </li>
        }
    };
    html! {
        <section class="mastery" aria-label="Scenarios">
            <h3>{ words }</h3>
            <ul>{ for all.iter().map(row) }</ul>
        </section>
    }
}

#[derive(PartialEq)]
pub struct Mastered {
    pub finished: ByPtr<Finished>,
}

widget!(Mastered, use_mastered);

/// All scenarios are passed: said once, calmly, with what is left to find out.
#[hook]
fn use_mastered(props: &Mastered) -> Html {
    let finished = &props.finished;
    let chosen = use_state_eq(|| finished.origin.scenario.id.clone());
    let scenario = builtin::scenario(&chosen).map(|s| Rc::new(s.clone()));
    let scenario = use_memo(chosen.clone(), |_| scenario);
    let scenarios = builtin::scenarios();
    let pick = |id: &str| {
        let (chosen, id) = (chosen.clone(), id.to_owned());
        Callback::from(move |_: MouseEvent| chosen.set(id.clone()))
    };
    html! {
        <section class="mastered" aria-labelledby="mastered-title">
            { seal() }
            <h3 id="mastered-title">{ "Mastered" }</h3>
            <p>{ format!("One and the same design passes all {} scenarios. That is the whole kata.", scenarios.len()) }</p>
            <h4>{ "How sure is it?" }</h4>
            <p>{ "Every Monday has other patients. Repeat each scenario on 50 of them:" }</p>
            <div class="choose-scenario" role="group" aria-label="Scenario to repeat">
                { for scenarios.iter().map(|s| html! {
                    <button class="btn small" aria-pressed={(s.id == *chosen).to_string()} onclick={pick(&s.id)}>{ &s.name }</button>
                }) }
            </div>
            if let Some(scenario) = &*scenario { <Repeat design={finished.origin.design.clone()} scenario={scenario.clone()}/> }
            { cheaper(finished) }
        </section>
    }
}

/// What there is to save, with the figures of this run.
fn cheaper(finished: &Finished) -> Html {
    let cost = finished.verdict.goals.iter().find(|g| g.goal.metric.id == MetricId::Cost);
    let Some((value, limit)) = cost.and_then(|g| Some((g.value?, g.goal.at_most))) else { return Html::default() };
    html! {
        <>
            <h4>{ "How cheap can it be?" }</h4>
            <p>{ format!("This run cost {} of {}. Take something away and see which goal breaks first.", format::pounds(value), format::pounds(limit)) }</p>
        </>
    }
}

/// A seal: a ring of four arcs, one a scenario, around a tick.
fn seal() -> Html {
    html! {
        <svg class="seal" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
            <circle class="ring" cx="24" cy="24" r="20"/>
            <path class="arcs" d="M27 4.2A20 20 0 0 1 43.8 21M43.8 27A20 20 0 0 1 27 43.8M21 43.8A20 20 0 0 1 4.2 27M4.2 21A20 20 0 0 1 21 4.2"/>
            <path class="tick" d="M15.5 24.5l6 6L33 18.5"/>
        </svg>
    }
}
