//! Goals as the page shows them: beside the curves that decide them, and all in three words.
//!
//! The icon says how a goal stands, and the same in words to who listens. Red is for what is missed alone.

use crate::say;
use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::words::Words;
use crate::chart::{Drain, drain};
use crate::format::clock;
use crate::kata::GoalState;
use crate::session::Session;
use crate::session::text::goals::{GoalText, Outlook, Standing, sum, texts, worst};

/// The goals of the session's scenario, with what the run at the play head has made of them.
pub fn of(session: &Session) -> Vec<GoalText> {
    let scenario = session.scenario();
    let duration_s = scenario.world.duration.seconds();
    let starts_at_s = f64::from(scenario.starts_at_s);
    let end = clock(starts_at_s + duration_s);
    let drains_late = session.series().is_some_and(|series| {
        let so_far = series.bins.partition_point(|b| b.to <= session.now());
        match drain(&series.bins[..so_far], session.analysis().newest_first()) {
            Some(Drain::At(t)) => t > duration_s,
            Some(Drain::Stuck | Drain::Overtaken) => true,
            Some(Drain::Empty) | None => false,
        }
    });
    texts(&scenario.goals, session.verdict(), Outlook { starts_at_s, end: &end, drains_late })
}

/// All goals in three words with their icon: "6 hold, 1 open".
pub fn sum_of(goals: &[GoalText]) -> Html {
    let (standing, words) = sum(goals);
    let (class, shape) = shape(standing);
    html! {
        <span class={classes!("sum", class)}>
            if let Some(shape) = shape { { icon(shape) } }
            <span>{ words }</span>
        </span>
    }
}

/// The goals that curves decide, a line each. Where all have one line, the style sheet leaves the worst and how many hold.
pub fn lines(words: &Words, goals: &[GoalText]) -> Html {
    let least = worst(goals).map(|goal| goal.key);
    html! {
        <>
            { for goals.iter().map(|goal| listed(words, goal, (Some(goal.key) == least).then_some("least"))) }
            if goals.len() > 1 { <li class="how-many" aria-hidden="true">{ sum(goals).1 }</li> }
        </>
    }
}

/// A goal's line: name, figure, state, how much of the limit is used up, and the limit.
pub fn line(words: &Words, goal: &GoalText) -> Html {
    listed(words, goal, None)
}

fn listed(words: &Words, goal: &GoalText, least: Option<&'static str>) -> Html {
    let (class, shape) = shape(goal.standing);
    html! {
        <li class={classes!("goal", class, least)} key={goal.key} data-goal={goal.key} title={told(goal)}>
            <span class="name">{ words.mark(goal.name) }</span>
            <b class="value">{ goal.value.clone() }</b>
            <span class="state" title={goal.spoken.clone()}>
                if let Some(shape) = shape { { icon(shape) } }
                <span class="sr-only">{ goal.spoken.clone() }</span>
            </span>
            { bar(goal) }
            <span class="limit">{ limit(&goal.limit) }</span>
        </li>
    }
}

/// Where there is no room, the style sheet has a sign for the words.
fn limit(text: &str) -> Html {
    let at_most = say!("figures.at_most", limit = "");
    match text.strip_prefix(&at_most) {
        Some(rest) => html! { <><span class="at-most">{ at_most }</span><span>{ rest.to_owned() }</span></> },
        None => text.to_owned().into(),
    }
}

/// The goal in a line, for where its name is not seen.
fn told(goal: &GoalText) -> String {
    let parts = [goal.name, &goal.value, &goal.limit];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// From nothing to the limit; with the limit as a tick where the value is beyond it.
fn bar(goal: &GoalText) -> Html {
    let Some(bar) = goal.bar else { return Html::default() };
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    html! {
        <svg class="meter" aria-hidden="true" focusable="false" height="10">
            <rect class="all" y="3" width="100%" height="4" rx="2"/>
            <rect class="used" y="3" width={percent(bar.filled)} height="4" rx="2"/>
            if let Some(limit) = bar.limit { <rect class="limit-tick" x={percent(limit)} width="1.5" height="10"/> }
        </svg>
    }
}

/// How a standing looks: its class and its icon.
pub fn shape(standing: Standing) -> (&'static str, Option<Icon>) {
    match standing {
        Standing::NotRun => ("not-run", None),
        Standing::Holds => ("holds", Some(Icon::Check)),
        Standing::Open => ("open", Some(Icon::Clock)),
        Standing::AtRisk => ("at-risk", Some(Icon::Over)),
        Standing::Missed => ("missed", Some(Icon::Cross)),
    }
}

/// How a state looks and reads in a table: its class, its icon, its word.
pub fn look(state: GoalState) -> (&'static str, Icon, &'static str) {
    match state {
        GoalState::Waiting => ("waiting", Icon::Wait, say!("goals.open")),
        GoalState::SoFar => ("holds", Icon::SoFar, say!("goals.so_far")),
        GoalState::Missing => ("missing", Icon::Over, say!("goals.over")),
        GoalState::Broken | GoalState::Missed => ("missed", Icon::Cross, say!("goals.missed")),
        GoalState::Met => ("holds", Icon::Check, say!("goals.holds")),
    }
}
