//! The brief: where and when, what it is about, a few figures, the first steps; and folded under that the story, the scenarios with what each
//! trades off, what has to hold, hints, what the learner has seen so far, what there is to take away, and words. All facts come from the
//! kata's data.
//!
//! What is open from the start is read in half a minute. It stands in the picture too that is there while the page comes (`xtask`).

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::katas;
use super::kit::{ByPtr, Widget, widget};
use super::stars::Standing;
use super::words::Words;
use crate::design::Design;
use crate::format;
use crate::kata::brief::Step;
use crate::kata::builtin::{checklist, glossary};
use crate::kata::{Brief, Goal, Scenario, brief, scenarios};
use crate::record::RunHistory;
use crate::session::Action;
use crate::session::run::progress::Progress;

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
    let (from, to) = brief.minutes;
    html! {
        <article class="brief">
            <p class="meta">{ format!("{} · {} · {from}–{to} min", brief.level, brief.domain) }</p>
            <h2>{ &brief.heading }</h2>
            <p class="lead">{ words.mark(&brief.lead) }</p>
            <dl class="known">
                { for brief.facts(&props.scenario.id).map(|fact| html! { <><dt>{ &fact.figure }</dt><dd>{ &fact.words }</dd></> }) }
            </dl>
            { steps(&props.progress) }
            { fold("story", "The story", html! {
                <>
                    { for brief.story.iter().map(|paragraph| html! { <p>{ words.mark(paragraph) }</p> }) }
                    <h4>{ "Given" }</h4>
                    <ul class="facts">{ for brief.constraints.iter().map(|fact| html! { <li>{ words.mark(fact) }</li> }) }</ul>
                </>
            }) }
            { scenario_list(props, brief, words) }
            { fold("goals-explained", "What must hold", goal_list(props, brief, words)) }
            { seen(&props.progress, words) }
            { take_aways(&props.progress, brief, words) }
            { fold("words", "The words so far", html! {
                <dl>
                    { for glossary().iter().filter(|term| props.progress.lists(term)).map(|term| html! { <><dt>{ &term.term }</dt><dd>{ &term.text }</dd></> }) }
                </dl>
            }) }
            { katas::OtherKatas.view() }
        </article>
    }
}

/// A part of the brief that is opened by whom it concerns.
fn fold(class: &'static str, title: impl Into<AttrValue>, body: Html) -> Html {
    html! {
        <details class={class}>
            <summary><h3>{ title.into() }</h3></summary>
            { body }
        </details>
    }
}

/// The first steps: they tick themselves off. What comes after the first is told once that is done.
fn steps(progress: &Progress) -> Html {
    let all = &brief().steps;
    let done = |step: &Step| progress.has_step(&step.id);
    let begun = all.iter().any(done);
    let next = all.iter().position(|step| !done(step));
    let row = |(at, step): (usize, &Step)| {
        let (class, word) = match (done(step), next == Some(at)) {
            (true, _) => ("done", "Done: "),
            (false, true) => ("now", ""),
            (false, false) => ("", ""),
        };
        html! {
            <li {class} key={step.id.clone()}>
                <i aria-hidden="true">{ if done(step) { icon(Icon::Tick) } else { html! { { (at + 1).to_string() } } } }</i>
                <span><span class="sr-only">{ word }</span>{ &step.text }</span>
            </li>
        }
    };
    html! { <ol class="first-steps">{ for all.iter().enumerate().take(if begun { all.len() } else { 1 }).map(row) }</ol> }
}

/// What has to hold in the scenario, each with what it means.
fn goal_list(props: &BriefPanel, brief: &Brief, words: &Words) -> Html {
    html! {
        <dl class="limits">
            { for props.scenario.goals.iter().map(|goal| html! {
                <>
                    <dt>{ words.mark(goal.name()) }<small>{ brief.goal(goal.metric.key) }</small></dt>
                    <dd>{ most(goal) }</dd>
                </>
            }) }
        </dl>
    }
}

/// The scenarios with what each trades off: which one is chosen, which ones this design has passed; a press chooses another.
fn scenario_list(props: &BriefPanel, brief: &Brief, words: &Words) -> Html {
    let one = |scenario: &'static Scenario, stand: Standing| {
        let chosen = scenario.id == props.scenario.id;
        let onclick = props.dispatch.reform(move |_: MouseEvent| Action::SetScenario(Box::new(scenario.clone())));
        html! {
            <li key={scenario.id.clone()} class={classes!(chosen.then_some("chosen"), (stand.stars > 0).then_some("passed"))}>
                <button type="button" aria-pressed={chosen.to_string()} {onclick}>
                    <span class="name">{ &scenario.name }</span>
                    if stand.stars > 0 || stand.lost { { stand.view() } }
                    if stand.lost { <small>{ stand.words() }</small> }
                    <span class="now">{ if chosen { "chosen" } else { "choose" } }</span>
                </button>
                <p>{ words.mark(brief.scenario(&scenario.id).unwrap_or_default()) }</p>
            </li>
        }
    };
    // Looked for when the design or the runs are new, not with every frame.
    let stand: Vec<Standing> = scenarios().iter().map(|s| Standing::of(&props.runs, &props.design, s)).collect();
    let count = scenarios().len();
    let done = stand.iter().filter(|stand| stand.stars > 0).count();
    let heading = match done {
        0 => format!("{count} scenarios for one design"),
        done => format!("This design has passed {done} of {count}"),
    };
    let list = html! {
        <ul class="scenarios">{ for scenarios().iter().zip(stand).map(|(scenario, stand)| one(scenario, stand)) }</ul>
    };
    fold("of-scenarios", heading, list)
}

/// What runs have shown, with the learner's own figures; the rest is not told before.
fn seen(progress: &Progress, words: &Words) -> Html {
    let seen = checklist().iter().filter_map(|item| Some((item.text.as_str(), progress.figure(&item.id)?)));
    earned("of-seen", "What you have seen", checklist().len(), seen.collect(), words)
}

/// What there is to take away, as far as it was seen.
fn take_aways(progress: &Progress, brief: &Brief, words: &Words) -> Html {
    let taken = brief.learn.iter().filter_map(|point| Some((point.text.as_str(), progress.earned(point)?)));
    earned("learn", "What you take away", brief.learn.len(), taken.collect(), words)
}

/// Sentences that are ticked, each with the figure that ticked it.
fn earned(class: &'static str, title: &str, all: usize, ticked: Vec<(&str, &str)>, words: &Words) -> Html {
    let title = format!("{title}: {} of {all}", ticked.len());
    let row = |(text, figure): (&str, &str)| {
        html! {
            <li class="seen">{ icon(Icon::Check) }<span>{ words.mark(text) }if !figure.is_empty() { <small>{ figure.to_owned() }</small> }</span></li>
        }
    };
    let list = html! {
        if ticked.is_empty() {
            <p class="hint">{ "Each stands here once a run of yours has shown it." }</p>
        } else {
            <ul class="checklist">{ for ticked.into_iter().map(row) }</ul>
        }
    };
    fold(class, title, list)
}

/// The limit without "at most": the heading says it.
fn most(goal: &Goal) -> String {
    if goal.at_most == 0.0 { "none".to_owned() } else { format::metric(Some(goal.at_most), goal.metric.unit) }
}
