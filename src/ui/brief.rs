//! The brief: the story, what has to hold in the scenario chosen, and how to begin. All facts come from the kata's data.

use std::rc::Rc;

use yew::prelude::*;

use crate::kata::{Goal, Scenario, brief};
use crate::measure::format;

#[derive(Properties, PartialEq)]
pub struct BriefProps {
    pub scenario: Rc<Scenario>,
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
            <h3>{ "The story" }</h3>
            { for brief.story.iter().map(|paragraph| html! { <p>{ paragraph }</p> }) }
            <h3>{ "Given" }</h3>
            <ul class="facts">{ for brief.constraints.iter().map(|fact| html! { <li>{ fact }</li> }) }</ul>
            <h3>{ "What you take away" }</h3>
            <ul class="facts">{ for brief.learn.iter().map(|point| html! { <li>{ point }</li> }) }</ul>
        </article>
    }
}

/// The limit without "at most": the heading says it.
fn most(goal: &Goal) -> String {
    if goal.at_most == 0.0 { "none".to_owned() } else { format::metric(Some(goal.at_most), goal.metric.unit) }
}
