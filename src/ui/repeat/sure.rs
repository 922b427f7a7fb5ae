//! How sure the figures of many Mondays are, on request: each goal's mean with its range, and the steady state of the workers.
//!
//! The words for the steady state are the study's; here they get their places.

use crate::kata::goal::name as goal_name;
use crate::say;
use crate::ui::prelude::*;

use crate::format;
use crate::study::repeat::{ENOUGH, GoalGrade};
use crate::study::steady::{Row, SteadyText};
use crate::study::{Grade, Sample};

/// Each goal's mean over the Mondays with its 95 % interval.
pub fn means(grade: &Grade) -> Html {
    if let Some(words) = too_few(grade) {
        return html! { <details class="sure"><summary>{ say!("repeat.how_sure") }</summary><p>{ words }</p></details> };
    }
    let four = format::count(4 * grade.seeds);
    html! {
        <details class="sure">
            <summary>{ say!("repeat.how_sure") }</summary>
            <p>{ say!("repeat.ranges", n = format::count(grade.seeds)) }</p>
            <table class="means" aria-label={say!("repeat.averages")}>
                <thead><tr><th scope="col">{ say!("repeat.goal") }</th><th scope="col">{ say!("repeat.average") }</th><th scope="col">{ say!("repeat.between") }</th></tr></thead>
                <tbody>{ for grade.goals.iter().map(mean) }</tbody>
            </table>
            <p>{ say!("repeat.four_times", n = four) }</p>
        </details>
    }
}

/// What is said instead of ranges while there are too few Mondays for them.
fn too_few(grade: &Grade) -> Option<String> {
    let more = Some(grade.until_ranges()).filter(|more| *more > 0)?;
    Some(say!("repeat.too_few", plural = more, enough = ENOUGH, n = format::count(more)))
}

fn mean(goal: &GoalGrade) -> Html {
    let metric = goal.goal.metric;
    let (figure, range) = match goal.spread.interval() {
        Some(i) if i.sd == 0.0 => {
            let (figure, _) = format::estimate(i.mean, i.mean, i.mean, metric.unit);
            (figure, say!("repeat.same", n = i.n))
        }
        Some(i) => {
            let (figure, range) = format::estimate(i.mean, i.low(), i.high(), metric.unit);
            (figure, say!("repeat.true_average", range))
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
    say!("repeat.never", n = format::count(spread.without), all = format::count(all))
}

/// The steady state, beside theory.
pub fn steady(when: &str, told: &[SteadyText]) -> Html {
    if told.is_empty() {
        return Html::default();
    }
    html! {
        <details class="sure">
            <summary>{ say!("repeat.theory_when", when) }</summary>
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
                <table class="figures" aria-label={told.name.clone()}>
                    <thead><tr>
                        <th scope="col"><span class="sr-only">{ told.name.clone() }</span></th>
                        if theory { <th scope="col">{ say!("repeat.theory") }</th> }
                        <th scope="col">{ say!("repeat.measured") }</th>
                        <th scope="col">{ say!("repeat.range") }</th>
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
