//! The brief: where and when, what it is about, a few figures, the first steps; and folded under that the story, the scenarios with what each
//! trades off, what has to hold, hints, what the learner has seen so far, what there is to take away, and words. All facts come from the
//! kata's data.
//!
//! What is open from the start is read in half a minute. It stands in the picture too that is there while the page comes (`xtask`).

use crate::lang::Text;
use crate::ui::prelude::*;
use crate::{say, text};

use super::icons::{Icon, icon};
use super::katas;
use super::kit::{ByPtr, Widget, widget};
use super::stars::Standing;
use super::words::Words;
use crate::design::Design;
use crate::kata::brief::Step;
use crate::kata::builtin::{checklist, glossary};
use crate::kata::{Brief, Scenario, brief, scenarios};
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
    // Looked for when the design or the runs are new, not with every frame.
    let stand: Vec<Standing> = scenarios().iter().map(|s| Standing::of(&props.runs, &props.design, s)).collect();
    let (heading, lead) = brief.opening(&props.scenario, &scenarios()[0]);
    let mastered = stand.iter().all(|stand| stand.stars > 0);
    html! {
        <article class="brief">
            <p class="meta">{ format!("{} · {} · {from}–{to} min", brief.level, brief.domain) }</p>
            // What was there to begin with makes room for what came of it.
            if mastered {
                <h2>{ TAKEN.get() }</h2>
                { taken(&take_aways(&props.progress), words) }
            } else {
                <h2>{ heading }</h2>
                <p class="lead">{ words.mark(lead) }</p>
                <dl class="known">
                    { for brief.facts(&props.scenario.id).map(|fact| html! { <><dt>{ &fact.figure }</dt><dd>{ &fact.words }</dd></> }) }
                </dl>
                { steps(&props.progress) }
            }
            { fold("story", say!("brief.story"), html! {
                <>
                    { for brief.story.iter().map(|paragraph| html! { <p>{ words.mark(paragraph) }</p> }) }
                    <h4>{ say!("brief.given") }</h4>
                    <ul class="facts">{ for brief.constraints.iter().map(|fact| html! { <li>{ words.mark(fact) }</li> }) }</ul>
                </>
            }) }
            { scenario_list(props, stand, brief, words) }
            { fold("goals-explained", say!("brief.hold"), goal_list(props, brief, words)) }
            { seen(&props.progress, words) }
            if !mastered { { earned("learn", TAKEN.get(), take_aways(&props.progress), words) } }
            { fold("words", say!("brief.words"), html! {
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

/// The first steps: they tick themselves off. What comes after the first is told once that is done, what comes later once all
/// before it are.
fn steps(progress: &Progress) -> Html {
    let all = &brief().steps;
    let done = |step: &Step| progress.has_step(&step.id);
    let next = all.iter().position(|step| !done(step));
    let row = |(at, step): (usize, &Step)| {
        let (class, word) = match (done(step), next == Some(at)) {
            (true, _) => ("done", say!("brief.done")),
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
    html! { <ol class="first-steps">{ for brief().steps_told(done).map(row) }</ol> }
}

/// What has to hold in the scenario, each with what it means.
fn goal_list(props: &BriefPanel, brief: &Brief, words: &Words) -> Html {
    let before = &scenarios()[0].goals;
    html! {
        <dl class="limits">
            { for props.scenario.goals.iter().map(|goal| html! {
                <>
                    <dt>{ words.mark(goal.name()) }<small>{ brief.goal(goal.metric.key) }</small></dt>
                    <dd>{ goal.most() }if let Some(was) = goal.was(before) { <small>{ was }</small> }</dd>
                </>
            }) }
        </dl>
    }
}

/// The scenarios with what each trades off: which one is chosen, which ones this design has passed; a press chooses another.
fn scenario_list(props: &BriefPanel, stand: Vec<Standing>, brief: &Brief, words: &Words) -> Html {
    let one = |scenario: &'static Scenario, stand: Standing| {
        let chosen = scenario.id == props.scenario.id;
        let onclick = props.dispatch.reform(move |_: MouseEvent| Action::SetScenario(Box::new(scenario.clone())));
        html! {
            <li key={scenario.id.clone()} class={classes!(chosen.then_some("chosen"), (stand.stars > 0).then_some("passed"))}>
                <button type="button" aria-pressed={chosen.to_string()} {onclick}>
                    <span class="name">{ &scenario.name }</span>
                    if stand.stars > 0 || stand.lost { { stand.view() } }
                    if stand.lost { <small>{ stand.words() }</small> }
                    <span class="now">{ if chosen { say!("brief.chosen") } else { say!("brief.choose") } }</span>
                </button>
                <p>{ words.mark(brief.scenario(&scenario.id).unwrap_or_default()) }</p>
            </li>
        }
    };
    let count = scenarios().len();
    let done = stand.iter().filter(|stand| stand.stars > 0).count();
    let heading = match done {
        0 => say!("brief.scenarios", plural = count, count),
        done => say!("brief.passed", done, count),
    };
    let list = html! {
        <ul class="scenarios">{ for scenarios().iter().zip(stand).map(|(scenario, stand)| one(scenario, stand)) }</ul>
    };
    fold("of-scenarios", heading, list)
}

/// A sentence, and the figure that has ticked it.
type Ticked<'a> = (&'a str, Option<&'a str>);

/// What runs have shown, with the learner's own figures; the rest is not told before.
fn seen(progress: &Progress, words: &Words) -> Html {
    let all = checklist().iter().map(|item| (item.text.as_str(), progress.figure(&item.id)));
    earned("of-seen", say!("brief.seen"), all.collect(), words)
}

/// The heading of what there is to take away.
pub const TAKEN: Text = text!("brief.taken");

pub fn take_aways(progress: &Progress) -> Vec<Ticked<'_>> {
    brief().learn.iter().map(|point| (point.text.as_str(), progress.earned(point))).collect()
}

/// What is ticked of it, folded; the rest is not told before.
fn earned(class: &'static str, title: &str, mut ticked: Vec<Ticked<'_>>, words: &Words) -> Html {
    let all = ticked.len();
    ticked.retain(|(_, figure)| figure.is_some());
    let title = say!("brief.of", title, n = ticked.len(), all);
    let list = html! {
        if ticked.is_empty() {
            <p class="hint">{ say!("brief.none_seen") }</p>
        } else {
            { taken(&ticked, words) }
        }
    };
    fold(class, title, list)
}

/// Sentences, each with the figure that ticked it; without one it is open.
pub fn taken(all: &[Ticked<'_>], words: &Words) -> Html {
    let row = |(text, figure): &Ticked<'_>| {
        let (class, mark) = if figure.is_some() { (Some("seen"), Icon::Check) } else { (None, Icon::Ring) };
        html! {
            <li {class}>{ icon(mark) }<span>{ words.mark(text) }if let Some(figure) = figure { <small>{ (*figure).to_owned() }</small> }</span></li>
        }
    };
    html! { <ul class="checklist">{ for all.iter().map(row) }</ul> }
}
