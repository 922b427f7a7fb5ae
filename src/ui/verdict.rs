//! The result of a run that is over: a card beside the diagram, with each goal's value and margin, what it comes to, and the way on. It closes
//! by a button or Escape.
//!
//! The page's status line says the result aloud. The card takes the focus only where the run's end has left none: whoever types goes on
//! typing.

use crate::ui::prelude::*;
use web_sys::{Document, HtmlElement};

use super::goals::look;
use super::icons::{Icon, icon};
use super::kit::{ByPtr, IconButton, Widget, widget};
use super::mastery::{Mastered, Scenarios, scenarios};
use super::repeat::Repeat;
use super::result::ResultAction;
use super::review::{ReviewCard, review};
use super::words::Words;
use super::{focus, keypress, next_step, tabs};
use crate::format;
use crate::kata::GoalStatus;
use crate::record::Notes;
use crate::session::gestures::keys::Scope;
use crate::session::{Action, Finished};
use crate::ui::sweep::{AskSize, OpenedDesign, ask_size};
use engine::simulation::MAX_ALIVE;

pub use super::mastery::Passed;

#[derive(PartialEq)]
pub struct ResultCard {
    pub finished: ByPtr<Finished>,
    /// The design is another one since.
    pub stale: bool,
    /// Each scenario of the kata, and whether the run's very design has passed it.
    pub passed: Vec<Passed>,
    pub notes: ByPtr<Notes>,
    /// Notes outlive this visit.
    pub keeps: bool,
    pub result_action: Callback<ResultAction>,
    /// The story of the booking that took longest; without a run at its end there is none to tell.
    pub on_worst: Option<Callback<()>>,
    pub dispatch: Callback<Action>,
    /// The design came from the map of a sweep.
    pub opened: Option<OpenedDesign>,
    /// On to the map.
    pub on_size: Callback<()>,
}

widget!(ResultCard, use_result_card);

/// How a result looks and reads: its class, its shape, its title, a sentence.
fn said(finished: &Finished) -> (&'static str, Icon, &'static str, String) {
    let verdict = &finished.verdict;
    let (met, all) = (verdict.goals.iter().filter(|g| g.met()).count(), verdict.goals.len());
    let run = format!("“{}”, seed {}", finished.origin.scenario.name, finished.origin.seed);
    if verdict.cut_short {
        let most = format::count(MAX_ALIVE);
        let words = format!(
            "{run}: the run ended early, with more than {most} bookings under way; a run holds no more. It passes nothing."
        );
        return ("failed", Icon::Over, "Cut short", words);
    }
    match (finished.is_exploration(), finished.passed()) {
        (true, _) => {
            let words = format!(
                "{run}: you changed something during the run, so it is not scored. At the end {met} of {all} goals hold."
            );
            ("explored", Icon::Note, "Exploration", words)
        }
        (false, true) => ("passed", Icon::Check, "Passed", format!("{run}: all {all} goals hold.")),
        (false, false) if verdict.goals.is_empty() => (
            "failed",
            Icon::Note,
            "Not passed",
            format!("{run}: this scenario has no goals, so there is nothing to pass."),
        ),
        (false, false) => ("failed", Icon::Cross, "Not passed", format!("{run}: {met} of {all} goals hold. All must.")),
    }
}

#[hook]
fn use_result_card(props: &ResultCard) -> Html {
    let finished = &props.finished;
    let (class, shape, title, words) = said(finished);
    let terms = Words::new();
    let card = use_node_ref();
    {
        let card = card.clone();
        use_effect_with((), move |()| {
            if let Some(card) = card.cast::<HtmlElement>()
                && focus_is_free(&card.owner_document())
            {
                // The whole of it, from its start, where the page has to be scrolled for it.
                focus::offer(&card);
                tabs::bring(&card);
            }
        });
    }
    let send = |result_action: ResultAction| props.result_action.reform(move |_: MouseEvent| result_action.clone());
    let onkeydown = {
        let result_action = props.result_action.clone();
        Callback::from(move |e: KeyboardEvent| {
            // Escape in a note would close what the learner writes in.
            let writes = e.target_dyn_into::<HtmlElement>().is_some_and(|e| e.tag_name() == "TEXTAREA");
            if !writes && keypress::takes(&e, Scope::Result) {
                e.prevent_default();
                result_action.emit(ResultAction::Close);
            }
        })
    };
    let all = Scenarios { passed: &props.passed, playable: !props.stale, result_action: &props.result_action };
    let told = ReviewCard {
        finished,
        notes: &props.notes,
        keeps: props.keeps,
        result_action: &props.result_action,
        dispatch: &props.dispatch,
    };
    let mastered = finished.passed() && props.passed.iter().all(|s| s.passed);
    html! {
        <section ref={card} class={classes!("verdict", class)} aria-labelledby="verdict-title" tabindex="-1" data-digest={finished.digest.clone()} {onkeydown}>
            <div class="says">
                <header>
                    <h2 id="verdict-title">{ icon(shape) }{ title }</h2>
                    if let Some(worst) = &props.on_worst {
                        <button class="btn plain worst" onclick={worst.reform(|_| ())} title="What happened to the booking that took longest">{ "Worst booking" }</button>
                    }
                    { IconButton::close("Close the result", send(ResultAction::Close)).view() }
                </header>
                <p class="words">{ words }</p>
                if props.stale { <p class="stale">{ icon(Icon::Restart) }{ "This is the design before your changes." }</p> }
                if mastered { { Mastered { finished: finished.clone() }.view() } }
                { advice(props, &terms) }
                { actions(props) }
                if finished.passed() { { scenarios(&all) } }
            </div>
            <div class="shows">
                <table class="scores">
                    <thead><tr><th scope="col">{ "Goal" }</th><th scope="col">{ "Value" }</th><th scope="col">{ "Margin" }</th></tr></thead>
                    <tbody>{ for finished.verdict.goals.iter().map(|status| row(&terms, status)) }</tbody>
                </table>
                { review(&told) }
                if !finished.passed() && !finished.is_exploration() && props.passed.iter().any(|s| s.passed) { { scenarios(&all) } }
                if !finished.is_exploration() && !mastered { <Repeat design={finished.origin.design.clone()} scenario={finished.origin.scenario.clone()}/> }
                { ask_size(&AskSize { opened: props.opened.as_ref(), on_size: &props.on_size, on_undo: props.dispatch.reform(|_| Action::Undo) }) }
            </div>
        </section>
    }
}

/// The one thing to try next, before all figures; its evidence is in the review.
fn advice(props: &ResultCard, terms: &Words) -> Html {
    let Some(advice) = &props.finished.review.advice else { return Html::default() };
    let show = next_step::show(advice).map(|result_action| {
        let onclick = props.result_action.reform(move |_: MouseEvent| result_action.clone());
        html! { <button class="btn small" {onclick}>{ "Show it" }</button> }
    });
    html! { <p class="advice"><span>{ "Try next" }</span>{ " " }<b>{ terms.mark(&advice.text) }</b>{ " " }{ show }</p> }
}

/// What to do now: the most obvious thing first.
fn actions(props: &ResultCard) -> Html {
    let send = |result_action: ResultAction| props.result_action.reform(move |_: MouseEvent| result_action.clone());
    let change = |class: &'static str| html! { <button class={class} onclick={send(ResultAction::Change)}>{ "Change the design" }</button> };
    let run = |words: &'static str| html! { <button class="btn primary" onclick={send(ResultAction::Run)}>{ icon(Icon::Play) }{ words }</button> };
    let next = next_scenario(props);
    html! {
        <div class="actions">
            if props.finished.is_exploration() {
                { run("Run this design from the start") }
                { change("btn") }
            } else if props.stale {
                { run("Run the changed design") }
            } else if let Some(next) = next {
                <button class="btn primary" onclick={send(ResultAction::Play(next.id.clone()))}>{ icon(Icon::Play) }{ format!("Next: {}", next.name) }</button>
                { change("btn") }
            } else {
                { change("btn primary") }
            }
        </div>
    }
}

/// After a run that passed: the next scenario, in their order, that this design has not passed.
fn next_scenario(props: &ResultCard) -> Option<&Passed> {
    let all = &props.passed;
    let here = all.iter().position(|s| s.id == props.finished.origin.scenario.id).unwrap_or(0);
    let round = all.iter().cycle().skip(here + 1).take(all.len());
    round.filter(|_| props.finished.passed()).find(|s| !s.passed)
}

fn row(terms: &Words, status: &GoalStatus) -> Html {
    let goal = status.goal;
    let (class, shape, word) = look(status.state);
    html! {
        <tr class={class} key={goal.metric.key}>
            <th scope="row"><span class={classes!("state", class)} title={word}>{ icon(shape) }<span class="sr-only">{ word }{ ": " }</span></span><span>{ terms.mark(goal.metric.label) }</span></th>
            <td><b>{ status.shown() }</b></td>
            <td class="margin"><span>{ margin(status) }</span>{ " " }<span class={status.margin().map(|_| "of")}>{ limit(status) }</span></td>
        </tr>
    }
}

/// Whether nothing has the focus that would miss it: nothing at all, or the control that let the run go on.
fn focus_is_free(document: &Option<Document>) -> bool {
    let active = document.as_ref().and_then(Document::active_element);
    active.is_none_or(|active| active.tag_name() == "BODY" || active.closest(".transport").is_ok_and(|t| t.is_some()))
}

/// "of 200 ms", after the margin; where nothing is allowed there is no margin.
fn limit(status: &GoalStatus) -> String {
    if status.margin().is_none() {
        let nothing = status.goal.at_most == 0.0;
        let limit = format::limit(status.goal.at_most, status.goal.metric.unit);
        return if nothing { "none allowed".to_owned() } else { limit };
    }
    let limit = format::metric(Some(status.goal.at_most), status.goal.metric.unit);
    // "5 % left of £10.00", "16 % over £10.00", "3 × the limit of 200 ms".
    match status.margin() {
        Some(margin) if (-1.0..0.0).contains(&margin) => limit,
        _ => format!("of {limit}"),
    }
}

/// The room below the limit, or how far above it the value is.
fn margin(status: &GoalStatus) -> String {
    let Some(margin) = status.margin() else { return String::new() };
    match margin {
        m if m >= 0.0 => format!("{} left", percent(m)),
        m if m > -1.0 => format!("{} over", percent(-m)),
        m => format!("{}\u{a0}× the limit", format::number(1.0 - m, if m > -9.0 { 1 } else { 0 })),
    }
}

/// A share in whole per cents; what lies between none and one is "under 1 %".
fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 1.0 => "under 1\u{a0}%".to_owned(),
        p => format!("{}\u{a0}%", format::number(p.floor(), 0)),
    }
}
