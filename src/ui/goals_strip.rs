//! The goals in one line, where there is no room beside the curves: a dot each, how they stand, and the one that is worst. It unfolds into all.

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::{ByPtr, widget};
use crate::format;
use crate::kata::{GoalState, GoalStatus, Scenario, Verdict};

#[derive(PartialEq)]
pub struct GoalsStrip {
    pub scenario: ByPtr<Scenario>,
    /// `None`: no run yet.
    pub verdict: Option<Verdict>,
}

widget!(GoalsStrip, use_goals_strip);

#[hook]
fn use_goals_strip(props: &GoalsStrip) -> Html {
    let open = use_state_eq(|| false);
    let statuses: Vec<GoalStatus> = match &props.verdict {
        Some(verdict) => verdict.goals.clone(),
        None => {
            let none = |&goal| GoalStatus { goal, value: None, state: GoalState::Waiting };
            props.scenario.goals.iter().map(none).collect()
        }
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <section class="goals-strip" aria-label="Goals">
            <button type="button" class="line" aria-expanded={open.to_string()} onclick={toggle}>
                <span class="dots" aria-hidden="true">{ for statuses.iter().map(|status| html! { <i class={look(status.state).0}></i> }) }</span>
                <b>{ sum(&statuses) }</b>
                <span class="worst">{ worst(&statuses) }</span>
                { icon(Icon::Down) }
            </button>
            if *open {
                <ul>
                    { for statuses.iter().map(|status| {
                        let (class, shape, word) = look(status.state);
                        html! {
                            <li class={class} key={status.goal.metric.key}>
                                <span class="name">{ status.goal.metric.label }</span>
                                <b>{ if status.state == GoalState::Waiting { String::new() } else { status.shown() } }</b>
                                <span class="limit">{ format::limit(status.goal.at_most, status.goal.metric.unit) }</span>
                                <span class={classes!("state", class)}>{ icon(shape) }<span class="sr-only">{ word }</span></span>
                            </li>
                        }
                    }) }
                </ul>
            }
        </section>
    }
}

/// How a state looks and reads: its class, its shape, its word.
fn look(state: GoalState) -> (&'static str, Icon, &'static str) {
    match state {
        GoalState::Waiting => ("waiting", Icon::Wait, "not run yet"),
        GoalState::SoFar | GoalState::Met => ("holds", Icon::Check, "holds"),
        GoalState::Missing => ("open", Icon::Wait, "open"),
        GoalState::Lost | GoalState::Missed => ("lost", Icon::Cross, "missed"),
    }
}

/// How all of them stand: `6 hold, 1 open`.
pub fn sum(statuses: &[GoalStatus]) -> String {
    let count = |class: &str| statuses.iter().filter(|status| look(status.state).0 == class).count();
    let all = statuses.len();
    match (count("lost"), count("open"), count("waiting")) {
        (0, 0, 0) => format!("{all} of {all} hold"),
        (0, 0, waiting) if waiting == all => format!("{all} goals"),
        (0, open, _) => format!("{} hold, {open} open", count("holds")),
        (missed, ..) => format!("{missed} of {all} missed"),
    }
}

/// The goal that is worst off, with its figure: one that is missed, else the one with the least to spare.
fn worst(statuses: &[GoalStatus]) -> String {
    let rank = |status: &GoalStatus| match look(status.state).0 {
        "lost" => 0.0,
        "open" => 1.0,
        "holds" => 2.0 + status.margin().unwrap_or(1.0),
        _ => 9.0,
    };
    let worst = statuses.iter().min_by(|a, b| rank(a).total_cmp(&rank(b)));
    match worst {
        Some(status) if status.state != GoalState::Waiting => {
            format!("{}: {}", status.goal.metric.label, status.shown())
        }
        _ => "not run yet".to_owned(),
    }
}
