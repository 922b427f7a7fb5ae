//! The brief: the story, how to begin, the four scenarios with what each trades off, what has to hold in the one that is chosen, what is given,
//! what there is to take away; then what the learner has seen so far, hints and words. All facts come from the kata's data.
//!
//! What is open from the start is read in two minutes: a test counts the words.

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::{ByPtr, Widget, widget};
use super::words::Words;
use crate::design::Design;
use crate::format;
use crate::kata::builtin::{checklist, glossary, hints};
use crate::kata::{Brief, Goal, Scenario, brief, scenarios};
use crate::record::RunHistory;
use crate::session::Action;
use crate::session::run::progress::Progress;

/// How to begin, a step a line. Also in the picture that stands there while the page comes, so in a file of its own.
const BEGIN: &str = include_str!("../../static/begin.txt");

#[derive(PartialEq)]
pub struct BriefPanel {
    pub scenario: ByPtr<Scenario>,
    pub design: ByPtr<Design>,
    pub runs: ByPtr<RunHistory>,
    pub progress: Progress,
    pub dispatch: Callback<Action>,
}

widget!(BriefPanel => brief_panel);

fn brief_panel(props: &BriefPanel) -> Html {
    let brief = brief();
    let words = &Words::new();
    html! {
        <article class="brief">
            <h2 class="sr-only">{ &brief.title }</h2>
            <p class="meta">{ format!("{} · {} · {}–{} minutes", brief.level, brief.domain, brief.minutes.0, brief.minutes.1) }</p>
            { for brief.story.iter().map(|paragraph| html! { <p>{ words.mark(paragraph) }</p> }) }
            <h3>{ "How to begin" }</h3>
            <ol class="start">
                { for BEGIN.lines().map(|step| html! { <li>{ words.mark(step) }</li> }) }
            </ol>
            { scenario_list(props, brief, words) }
            <h3>{ "All must hold: at most" }</h3>
            <dl class="limits">
                { for props.scenario.goals.iter().map(|goal| html! {
                    <>
                        <dt title={brief.goal(goal.metric.key).map(str::to_owned)}>{ words.mark(goal.metric.label) }</dt>
                        <dd>{ most(goal) }</dd>
                    </>
                }) }
            </dl>
            <h3>{ "Given" }</h3>
            <ul class="facts">{ for brief.constraints.iter().map(|fact| html! { <li>{ words.mark(fact) }</li> }) }</ul>
            <h3>{ "What you take away" }</h3>
            <ul class="facts">{ for brief.learn.iter().map(|point| html! { <li>{ words.mark(point) }</li> }) }</ul>
            { seen(&props.progress, words) }
            { HintSteps { scenario: props.scenario.id.clone().into() }.keyed(&props.scenario.id) }
            <details class="words">
                <summary>{ format!("The words: all {}", glossary().len()) }</summary>
                <dl>
                    { for glossary().iter().map(|term| html! { <><dt>{ &term.term }</dt><dd>{ &term.text }</dd></> }) }
                </dl>
            </details>
        </article>
    }
}

/// The scenarios with what each trades off: which one is chosen, which ones this design has passed; a press chooses another.
fn scenario_list(props: &BriefPanel, brief: &Brief, words: &Words) -> Html {
    let one = |scenario: &'static Scenario, passed: bool| {
        let chosen = scenario.id == props.scenario.id;
        let onclick = props.dispatch.reform(move |_: MouseEvent| Action::SetScenario(Box::new(scenario.clone())));
        html! {
            <li key={scenario.id.clone()} class={classes!(chosen.then_some("chosen"), passed.then_some("passed"))}>
                <button type="button" aria-pressed={chosen.to_string()} {onclick}>
                    <span class="name">{ &scenario.name }</span>
                    if passed { <span class="state holds">{ icon(Icon::Check) }{ "passed" }</span> }
                    <span class="now">{ if chosen { "chosen" } else { "choose" } }</span>
                </button>
                <p>{ words.mark(brief.scenario(&scenario.id).unwrap_or_default()) }</p>
            </li>
        }
    };
    // Looked for when the design or the runs are new, not with every frame.
    let passed: Vec<bool> = scenarios().iter().map(|s| props.runs.has_passed(&props.design, &s.id)).collect();
    let count = scenarios().len();
    let done = passed.iter().filter(|passed| **passed).count();
    let heading = match done {
        0 => format!("{count} scenarios for one design"),
        done => format!("This design has passed {done} of {count}"),
    };
    html! {
        <>
            <h3>{ heading }</h3>
            <ul class="scenarios">{ for scenarios().iter().zip(passed).map(|(scenario, passed)| one(scenario, passed)) }</ul>
        </>
    }
}

/// The checklist: it ticks itself when a run comes to its end.
fn seen(progress: &Progress, words: &Words) -> Html {
    let done = checklist().iter().filter(|item| progress.figure(&item.id).is_some()).count();
    html! {
        <>
            <h3>{ format!("What you have seen: {done} of {}", checklist().len()) }</h3>
            <ul class="checklist">
                { for checklist().iter().map(|item| {
                    let figure = progress.figure(&item.id);
                    html! {
                        <li key={item.id.clone()} class={figure.is_some().then_some("seen")}>
                            { icon(if figure.is_some() { Icon::Check } else { Icon::Wait }) }
                            <span>
                                <span class="sr-only">{ if figure.is_some() { "Done: " } else { "Open: " } }</span>
                                { words.mark(&item.text) }
                                if let Some(figure) = figure { <small>{ figure }</small> }
                            </span>
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}

#[derive(PartialEq)]
struct HintSteps {
    scenario: AttrValue,
}

widget!(HintSteps, use_hint_steps);

/// Hints, one more on each request, the gentlest first.
#[hook]
fn use_hint_steps(props: &HintSteps) -> Html {
    let shown = use_state(|| 0_usize);
    let Some(steps) = hints(&props.scenario) else { return Html::default() };
    let onclick = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + 1))
    };
    let label = match *shown {
        0 => "Give me a hint".to_owned(),
        n => format!("Another hint ({} of {})", n + 1, steps.len()),
    };
    let words = Words::new();
    html! {
        <>
            <h3>{ "Stuck?" }</h3>
            <ol class="hints" aria-live="polite">{ for steps.iter().take(*shown).map(|hint| html! { <li>{ words.mark(hint) }</li> }) }</ol>
            if *shown < steps.len() { <button class="btn" {onclick}>{ label }</button> }
        </>
    }
}

/// The limit without "at most": the heading says it.
fn most(goal: &Goal) -> String {
    if goal.at_most == 0.0 { "none".to_owned() } else { format::metric(Some(goal.at_most), goal.metric.unit) }
}
