//! How sure the figures of many Mondays are, on request: each goal's mean with its range, and the steady state of the workers.
//!
//! The words for the steady state are the study's; here they get their places.

use crate::kata::goal::name as goal_name;
use crate::ui::prelude::*;
use crate::vocabulary::{DAY, DAYS};

use crate::format;
use crate::study::repeat::{ENOUGH, GoalGrade};
use crate::study::steady::{Row, SteadyText};
use crate::study::{Grade, Sample};

/// Each goal's mean over the Mondays with its 95 % interval.
pub fn means(grade: &Grade) -> Html {
    if let Some(words) = too_few(grade) {
        return html! { <details class="sure"><summary>{ "How sure is that?" }</summary><p>{ words }</p></details> };
    }
    let four = format::count(4 * grade.seeds);
    html! {
        <details class="sure">
            <summary>{ "How sure is that?" }</summary>
            <p>{ format!(
                "These {} {DAYS} have the averages below. All {DAYS} there are have a true one, and it lies in the range given: of 100 ranges \
                 made like this, about 95 hold it. Single {DAYS} spread wider, as the ticks above show.", format::count(grade.seeds)
            ) }</p>
            <table class="means">
                <thead><tr><th scope="col">{ "Goal" }</th><th scope="col">{ "Average" }</th><th scope="col">{ "The true average lies between" }</th></tr></thead>
                <tbody>{ for grade.goals.iter().map(mean) }</tbody>
            </table>
            <p>{ format!("Four times as many {DAYS}, {four}, make each range about half as wide.") }</p>
        </details>
    }
}

/// What is said instead of ranges while there are too few Mondays for them.
fn too_few(grade: &Grade) -> Option<String> {
    let more = Some(grade.until_ranges()).filter(|more| *more > 0)?;
    let (more, word) = (format::count(more), if more == 1 { DAY } else { DAYS });
    Some(format!("Averages have a range from {ENOUGH} {DAYS} on: {more} {word} to go."))
}

fn mean(goal: &GoalGrade) -> Html {
    let metric = goal.goal.metric;
    let (figure, range) = match goal.spread.interval() {
        Some(i) if i.sd == 0.0 => {
            let (figure, _) = format::estimate(i.mean, i.mean, i.mean, metric.unit);
            (figure, format!("the same on all {}", i.n))
        }
        Some(i) => {
            let (figure, range) = format::estimate(i.mean, i.low(), i.high(), metric.unit);
            (figure, format!("true average {range}"))
        }
        None => (format::NONE.to_owned(), never(&goal.spread)),
    };
    html! {
        <tr key={metric.key}><th scope="row">{ goal_name(metric) }</th><td><b>{ figure }</b></td><td class="range">{ range }</td></tr>
    }
}

/// Why there is no mean.
fn never(spread: &Sample) -> String {
    let all = spread.values().len() as u64 + spread.without;
    format!("no average: on {} of {} it never came", format::count(spread.without), format::count(all))
}

/// The steady state, beside theory.
pub fn steady(when: &str, told: &[SteadyText]) -> Html {
    if told.is_empty() {
        return Html::default();
    }
    html! {
        <details class="sure">
            <summary>{ format!("Theory and practice, {when}") }</summary>
            { for told.iter().map(|group| pool(group, told.len() > 1)) }
        </details>
    }
}

fn pool(told: &SteadyText, named: bool) -> Html {
    let theory = told.rows.iter().any(|row| row.theory.is_some());
    html! {
        <>
            if named { <h4>{ told.name.clone() }</h4> }
            { for told.before.iter().map(|words| html! { <p>{ words.clone() }</p> }) }
            if !told.rows.is_empty() {
                <table class="figures">
                    <thead><tr>
                        <th scope="col"><span class="sr-only">{ told.name.clone() }</span></th>
                        if theory { <th scope="col">{ "Theory" }</th> }
                        <th scope="col">{ "Measured" }</th>
                        <th scope="col">{ "95\u{a0}% range" }</th>
                    </tr></thead>
                    <tbody>{ for told.rows.iter().map(figure) }</tbody>
                </table>
            }
            if !told.after.is_empty() { <p>{ told.after.clone() }</p> }
        </>
    }
}

fn figure(row: &Row) -> Html {
    html! {
        <tr class={classes!((!row.agrees).then_some("apart"))} key={row.label}>
            <th scope="row">{ row.label }</th>
            if let Some(theory) = &row.theory { <td>{ theory.clone() }</td> }
            <td><b>{ row.measured.clone() }</b></td>
            // A word joiner: no new line after the dash.
            <td>{ row.range.replace('–', "–\u{2060}") }</td>
        </tr>
    }
}
