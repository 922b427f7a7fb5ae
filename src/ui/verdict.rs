//! The verdict on a run that is over: a card over the corner of the diagram that can be closed and asked for again.

use std::rc::Rc;

use yew::prelude::*;

use super::goals::look;
use super::icons::{Icon, icon};
use crate::kata::{GoalStatus, Scenario, Verdict};
use crate::measure::format;
use crate::sim::run::MAX_ALIVE;

#[derive(Properties, PartialEq)]
pub struct VerdictProps {
    pub scenario: Rc<Scenario>,
    pub verdict: Verdict,
    pub seed: u64,
    /// What names the run: equal digests are equal runs.
    pub digest: String,
    /// Something was changed midway.
    pub exploration: bool,
    pub on_close: Callback<()>,
    pub on_again: Callback<()>,
}

#[component]
pub fn VerdictCard(props: &VerdictProps) -> Html {
    let verdict = &props.verdict;
    let met = verdict.goals.iter().filter(|g| g.met()).count();
    let all = verdict.goals.len();
    let (class, shape, title) = match (props.exploration, verdict.passed()) {
        (true, _) => ("explored", Icon::Note, "Exploration".to_owned()),
        (false, true) => ("passed", Icon::Check, "Passed".to_owned()),
        (false, false) => ("failed", Icon::Cross, "Not passed".to_owned()),
    };
    let words = match (props.exploration, verdict.passed()) {
        _ if verdict.cut_short => format!(
            "The run ended early: more than {} bookings were under way, and a run holds no more.",
            format::count(MAX_ALIVE)
        ),
        (true, _) => {
            format!("You changed something during the run, so it is not scored. At the end {met} of {all} goals hold.")
        }
        (false, true) => format!(
            "“{}”, seed {}: all {all} goals hold, and nobody touched the system.",
            props.scenario.name, props.seed
        ),
        (false, false) => {
            format!("“{}”, seed {}: {met} of {all} goals hold. All must.", props.scenario.name, props.seed)
        }
    };
    let close = props.on_close.reform(|_| ());
    let again = props.on_again.reform(|_| ());
    html! {
        <section class={classes!("verdict", class)} aria-labelledby="verdict-title" data-digest={props.digest.clone()}>
            <header>
                <h2 id="verdict-title">{ icon(shape) }{ title }</h2>
                <button class="btn plain icon" onclick={close.clone()} aria-label="Close the result" title="Close">{ icon(Icon::Close) }</button>
            </header>
            <p>{ words }</p>
            <table>
                <thead><tr><th scope="col">{ "Goal" }</th><th scope="col">{ "Value" }</th><th scope="col">{ "Limit" }</th><th scope="col">{ "Margin" }</th></tr></thead>
                <tbody>{ for verdict.goals.iter().map(row) }</tbody>
            </table>
            <div class="actions">
                <button class="btn primary" onclick={again}>{ icon(Icon::Restart) }{ "Run again" }</button>
                <button class="btn" onclick={close}>{ "Change the design" }</button>
            </div>
        </section>
    }
}

fn row(status: &GoalStatus) -> Html {
    let goal = status.goal;
    let (class, shape, word) = look(status.state);
    html! {
        <tr class={class} key={goal.metric.key}>
            <td><span class={classes!("state", class)} title={word}>{ icon(shape) }<span class="sr-only">{ word }</span></span>{ " " }{ goal.metric.label }</td>
            <td><b>{ status.shown() }</b></td>
            <td>{ bare_limit(status) }</td>
            <td class="margin">{ margin(status) }</td>
        </tr>
    }
}

/// The limit without "at most": the column says it.
fn bare_limit(status: &GoalStatus) -> String {
    format::metric(Some(status.goal.at_most), status.goal.metric.unit)
}

/// The room below the limit, or how far above it the value is.
fn margin(status: &GoalStatus) -> String {
    let Some(margin) = status.margin() else { return format::NONE.to_owned() };
    match margin {
        m if m >= 0.0 => format!("{} left", format::share(m)),
        m if m > -1.0 => format!("{} over", format::share(-m)),
        m => format!("{}\u{a0}× the limit", format::number(1.0 - m, if m > -9.0 { 1 } else { 0 })),
    }
}
