//! The brief: the story, what has to hold in the scenario chosen, how to begin, what the learner has seen so far, hints and words. All facts
//! come from the kata's data.

use std::rc::Rc;

use yew::prelude::*;

use super::icons::{Icon, icon};
use crate::kata::learning::{checklist, glossary, hints};
use crate::kata::{Goal, Scenario, brief};
use crate::measure::format;
use crate::session::progress::Progress;

#[derive(Properties, PartialEq)]
pub struct BriefProps {
    pub scenario: Rc<Scenario>,
    pub progress: Progress,
}

#[component]
pub fn BriefPanel(props: &BriefProps) -> Html {
    let brief = brief();
    let scenario = &props.scenario;
    let about = brief.scenarios.iter().find(|(id, _)| *id == scenario.id).map(|(_, text)| text.as_str());
    html! {
        <article class="brief">
            <h2>{ &scenario.name }</h2>
            if let Some(about) = about { <p>{ about }</p> }
            <h3>{ "How to begin" }</h3>
            <ol class="start">
                <li>{ "Press Play and watch the goals: the design you begin with fails. The gap chart shows why." }</li>
                <li>{ "Open Parts. Drop a part on a line to put it in between, or beside it and connect it from dot to part." }</li>
                <li>{ "Select a component to set its numbers. Play again until every goal holds." }</li>
            </ol>
            <h3>{ "All must hold: at most" }</h3>
            <dl class="limits">
                { for scenario.goals.iter().map(|goal| html! {
                    <>
                        <dt>{ goal.metric.label }</dt>
                        <dd>{ most(goal) }</dd>
                    </>
                }) }
            </dl>
            { seen(&props.progress) }
            <HintSteps key={scenario.id.clone()} scenario={scenario.id.clone()}/>
            <h3>{ "The story" }</h3>
            { for brief.story.iter().map(|paragraph| html! { <p>{ paragraph }</p> }) }
            <h3>{ "Given" }</h3>
            <ul class="facts">{ for brief.constraints.iter().map(|fact| html! { <li>{ fact }</li> }) }</ul>
            <h3>{ "What you take away" }</h3>
            <ul class="facts">{ for brief.learn.iter().map(|point| html! { <li>{ point }</li> }) }</ul>
            <details class="words">
                <summary>{ "The words" }</summary>
                <dl>
                    { for glossary().iter().map(|term| html! { <><dt>{ &term.term }</dt><dd>{ &term.text }</dd></> }) }
                </dl>
            </details>
        </article>
    }
}

/// The checklist: it ticks itself when a run comes to its end.
fn seen(progress: &Progress) -> Html {
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
                                { &item.text }
                                if let Some(figure) = figure { <small>{ figure }</small> }
                            </span>
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct HintProps {
    scenario: AttrValue,
}

/// Hints, one more on each request, the gentlest first.
#[component]
fn HintSteps(props: &HintProps) -> Html {
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
    html! {
        <>
            <h3>{ "Stuck?" }</h3>
            <ol class="hints" aria-live="polite">{ for steps.iter().take(*shown).map(|hint| html! { <li>{ hint }</li> }) }</ol>
            if *shown < steps.len() { <button class="btn" {onclick}>{ label }</button> }
        </>
    }
}

/// The limit without "at most": the heading says it.
fn most(goal: &Goal) -> String {
    if goal.at_most == 0.0 { "none".to_owned() } else { format::metric(Some(goal.at_most), goal.metric.unit) }
}
