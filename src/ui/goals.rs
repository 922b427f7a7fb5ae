//! The goals as a strip: what must hold, where the run stands, and whether it holds: by a word, a shape and a colour.

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::{ByPtr, widget};
use super::words::Words;
use crate::format;
use crate::kata::{Goal, GoalState, GoalStatus, Scenario, Verdict};

#[derive(PartialEq)]
pub struct Goals {
    pub scenario: ByPtr<Scenario>,
    /// `None`: no run yet.
    pub verdict: Option<Verdict>,
}

widget!(Goals => goals);

fn goals(props: &Goals) -> Html {
    let statuses: Vec<GoalStatus> = match &props.verdict {
        Some(verdict) => verdict.goals.clone(),
        None => props.scenario.goals.iter().map(|&goal| waiting(goal)).collect(),
    };
    let holding = statuses.iter().filter(|s| matches!(s.state, GoalState::Met | GoalState::SoFar)).count();
    let words = Words::new();
    html! {
        <section class={classes!("goals", format!("of-{}", statuses.len()))} aria-label="Goals">
            <ul>
                { for statuses.iter().map(|status| cell(&words, status)) }
                <li class="goal sum">
                    <span class="name">{ "All goals" }</span>
                    <span class="now"><b>{ format!("{holding} of {}", statuses.len()) }</b></span>
                    <span class="limit">{ if props.verdict.is_some() { "hold" } else { "waiting" } }</span>
                </li>
            </ul>
        </section>
    }
}

fn waiting(goal: Goal) -> GoalStatus {
    GoalStatus { goal, value: None, state: GoalState::Waiting }
}

fn cell(words: &Words, status: &GoalStatus) -> Html {
    let goal = status.goal;
    let (class, shape, word) = look(status.state);
    // No value yet, and already too many bookings that are late: nothing is "too high".
    let word = if status.value.is_none() && status.state == GoalState::Missing { "behind" } else { word };
    html! {
        <li class={classes!("goal", class)} key={goal.metric.key}>
            <span class="name">{ words.mark(goal.metric.label) }</span>
            <span class="now">
                <b>{ status.shown() }</b>
                <span class={classes!("state", class)}>{ icon(shape) }{ word }</span>
            </span>
            <span class="limit">{ format::limit(goal.at_most, goal.metric.unit) }</span>
        </li>
    }
}

/// How a state looks and reads: its class, its shape, its word.
pub fn look(state: GoalState) -> (&'static str, Icon, &'static str) {
    match state {
        GoalState::Waiting => ("waiting", Icon::Wait, "waiting"),
        GoalState::SoFar => ("holds", Icon::SoFar, "so far"),
        GoalState::Missing => ("missing", Icon::Over, "too high"),
        GoalState::Lost => ("lost", Icon::Cross, "lost"),
        GoalState::Missed => ("lost", Icon::Cross, "missed"),
        GoalState::Met => ("holds", Icon::Check, "holds"),
    }
}
