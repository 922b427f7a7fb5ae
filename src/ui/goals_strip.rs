//! The goals in one line, where there is no room beside the curves: a dot each, how they stand, and the one that is worst. It unfolds into all.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;

use super::goals::{self, shape};
use super::icons::{Icon, icon};
use super::kit::widget;
use super::words::Words;
use crate::session::text::goals::{GoalText, Standing, sum, worst};

#[derive(PartialEq)]
pub struct GoalsStrip {
    pub goals: Rc<Vec<GoalText>>,
    /// The figures are of before a change.
    pub stale: bool,
}

widget!(GoalsStrip, use_goals_strip);

#[hook]
fn use_goals_strip(props: &GoalsStrip) -> Html {
    let open = use_state_eq(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let words = Words::new();
    html! {
        <section class="goals-strip" aria-label={say!("goals.label")}>
            <button type="button" class="line" aria-expanded={open.to_string()} onclick={toggle}>
                <span class="dots" aria-hidden="true">{ for props.goals.iter().map(|goal| html! { <i class={shape(goal.standing).0}></i> }) }</span>
                <b>{ sum(&props.goals).1 }</b>
                if props.stale { <span class="worst">{ say!("page.stale") }</span> } else { { told(worst(&props.goals)) } }
                { icon(Icon::Down) }
            </button>
            if *open {
                <ul>{ for props.goals.iter().map(|goal| goals::line(&words, goal)) }</ul>
            }
        </section>
    }
}

/// The goal that is worst off, with its figure, which is never cut: the name gives way.
fn told(worst: Option<&GoalText>) -> Html {
    match worst {
        Some(goal) if goal.standing != Standing::NotRun => html! {
            <span class="worst"><span class="name">{ short(goal.name) }</span>{ " " }<b>{ goal.value.clone() }</b></span>
        },
        _ => html! { <span class="worst">{ say!("goals.not_run") }</span> },
    }
}

/// A goal's name without the percentile that all goals of its kind have.
fn short(name: &str) -> &str {
    name.split_once(", ").map_or(name, |(short, _)| short)
}
