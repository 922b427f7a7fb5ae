//! The result of a run that is over, as a moment: a seal, what it came to, the one thing that shows why, the scenarios as a ladder, and one way
//! on. The goals stand in the dock, with their curves; here they are only for those who listen. What there is to think about and many
//! Mondays open as dialogs.
//!
//! The page's status line says the result aloud. The card takes the focus only where the run's end has left none: whoever types goes on
//! typing.

use crate::ui::prelude::*;
use crate::vocabulary::filled;
use web_sys::{Document, HtmlElement};

use super::goals::look;
use super::icons::{Icon, icon};
use super::kit::{ByPtr, IconButton, Widget, widget};
use super::mastery::{Scenarios, ladder, mastered_seal};
use super::result::ResultAction;
use super::{focus, keypress, next_step, tabs};
use crate::format;
use crate::kata::GoalStatus;
use crate::record::Notes;
use crate::session::gestures::keys::Scope;
use crate::session::text::edit_captions::lower_first;
use crate::session::{Action, Finished};
use crate::ui::sweep::{OpenedDesign, size_button};
use engine::measure::MetricId;

mod dialogs;
mod evidence;

pub use super::mastery::Passed;
use dialogs::{Extra, RepeatDialog, ThinkDialog};
use evidence::evidence;

#[derive(PartialEq)]
pub struct ResultCard {
    pub finished: ByPtr<Finished>,
    /// The design is another one since.
    pub stale: bool,
    /// It has not been seen yet: its seal draws itself.
    pub fresh: bool,
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

widget!(late ResultCard, use_result_card);

/// How a result looks and reads: its class, its title, and how the goals stand.
fn said(finished: &Finished) -> (&'static str, &'static str, String) {
    let verdict = &finished.verdict;
    let (met, all) = (verdict.goals.iter().filter(|g| g.met()).count(), verdict.goals.len());
    if verdict.cut_short {
        return ("failed", "Cut short", "the run ended early".to_owned());
    }
    match (finished.is_exploration(), finished.passed()) {
        (true, _) => ("explored", "Exploration", format!("changed midway, not scored, {met} of {all} goals hold")),
        (false, true) => ("passed", "Passed", format!("all {all} goals hold")),
        (false, false) if all == 0 => ("failed", "Not yet", "no goals to pass".to_owned()),
        (false, false) => ("failed", "Not yet", format!("{met} of {all} goals hold")),
    }
}

impl ResultCard {
    /// The run's very design has passed everything.
    fn is_mastered(&self) -> bool {
        self.finished.passed() && self.passed.iter().all(|scenario| scenario.passed)
    }
}

#[hook]
fn use_result_card(props: &ResultCard) -> Html {
    let finished = &props.finished;
    let (class, title, stand) = said(finished);
    let title = if props.is_mastered() { "Mastered" } else { title };
    let extra = use_state_eq(|| None::<Extra>);
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
    let onkeydown = {
        let result_action = props.result_action.clone();
        Callback::from(move |e: KeyboardEvent| {
            if keypress::takes(&e, Scope::Result) {
                e.prevent_default();
                result_action.emit(ResultAction::Close);
            }
        })
    };
    let open = {
        let extra = extra.clone();
        Callback::from(move |which: Option<Extra>| extra.set(which))
    };
    let close = open.reform(|()| None);
    let origin = &finished.origin;
    html! {
        <>
            <section ref={card} class={classes!("verdict", class, props.fresh.then_some("fresh"), props.is_mastered().then_some("mastered"))}
                aria-labelledby="verdict-title" tabindex="-1" data-digest={finished.digest.clone()} {onkeydown}>
                <header>
                    { if props.is_mastered() { mastered_seal() } else { seal(class) } }
                    <div>
                        <h2 id="verdict-title">{ title }</h2>
                        <p class="words">{ format!("{} · seed {} · {stand}", origin.scenario.name, origin.seed) }</p>
                    </div>
                    { IconButton::close("Close the result", props.result_action.reform(|_: MouseEvent| ResultAction::Close)).view() }
                </header>
                if props.stale { <p class="stale">{ icon(Icon::Restart) }{ "This is the design before your changes." }</p> }
                { evidence(props) }
                if finished.passed() { { ladder(&Scenarios { passed: &props.passed, playable: !props.stale, result_action: &props.result_action }) } }
                { ways(props, &open) }
                { more(props) }
                { scores(finished) }
            </section>
            { ThinkDialog {
                open: *extra == Some(Extra::Think),
                finished: finished.clone(),
                notes: props.notes.clone(),
                keeps: props.keeps,
                dispatch: props.dispatch.clone(),
                on_close: close.clone(),
            }.view() }
            { RepeatDialog { open: *extra == Some(Extra::Repeat), finished: finished.clone(), all: props.is_mastered(), on_close: close }.view() }
        </>
    }
}

/// What it came to, as a shape: a tick that draws itself, a line, or a note.
fn seal(class: &'static str) -> Html {
    let d = match class {
        "passed" => "M12.5 20.5l5 5 10-11",
        "explored" => "M20 18.5v8M20 13.5v.1",
        _ => "M13 20h14",
    };
    html! {
        <svg class="seal" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
            <circle cx="20" cy="20" r="19"/><path pathLength="1" {d}/>
        </svg>
    }
}

/// The way on: the most obvious thing first, alone; then what else there is to do.
fn ways(props: &ResultCard, open: &Callback<Option<Extra>>) -> Html {
    let finished = &props.finished;
    let send = |result_action: ResultAction| props.result_action.reform(move |_: MouseEvent| result_action.clone());
    let opens = |which: Extra| open.reform(move |_: MouseEvent| Some(which));
    let play = |words: String, result_action: ResultAction| {
        html! { <button class="btn primary" onclick={send(result_action)}>{ icon(Icon::Play) }{ words }</button> }
    };
    let fifty = |class: &'static str| html! { <button {class} onclick={opens(Extra::Repeat)} title={filled("The same design on 50 {days}")}>{ filled("50 {days}") }</button> };
    let change = |class: &'static str| html! { <button {class} onclick={send(ResultAction::Change)}>{ "Change the design" }</button> };
    let notes = html! { <button class="btn" onclick={opens(Extra::Think)} title="The review in full, and questions to think about">{ "Notes" }</button> };
    let shown = next_step::shown(finished);
    let (first, others) = if finished.is_exploration() {
        (play("Run this design from the start".to_owned(), ResultAction::Run), html! { { change("btn") } })
    } else if props.stale {
        (play("Run the changed design".to_owned(), ResultAction::Run), fifty("btn"))
    } else if props.is_mastered() {
        (fifty("btn primary"), change("btn"))
    } else if let Some(next) = next_scenario(props) {
        (play(format!("Next: {}", in_a_sentence(&next.name)), ResultAction::Play(next.id.clone())), fifty("btn"))
    } else {
        let first = match shown {
            Some(shown) => play("Show it".to_owned(), ResultAction::Show(shown)),
            None => change("btn primary"),
        };
        let again = html! { <button class="btn" onclick={send(ResultAction::Run)}>{ "Play again" }</button> };
        (first, html! { <>{ again }{ fifty("btn") }</> })
    };
    html! { <div class="ways">{ first }<div class="others">{ others }{ notes }</div></div> }
}

/// A scenario's name within a sentence.
fn in_a_sentence(name: &str) -> String {
    name.strip_prefix("The ").map_or_else(|| name.to_owned(), |rest| format!("the {rest}"))
}

/// After a run that passed: the next scenario, in their order, that this design has not passed.
fn next_scenario(props: &ResultCard) -> Option<&Passed> {
    let all = &props.passed;
    let here = all.iter().position(|s| s.id == props.finished.origin.scenario.id).unwrap_or(0);
    let round = all.iter().cycle().skip(here + 1).take(all.len());
    round.filter(|_| props.finished.passed()).find(|s| !s.passed)
}

/// A design of the map of sizes: back to the map, and the way back from it.
fn more(props: &ResultCard) -> Html {
    let Some(opened) = props.opened.as_ref() else { return Html::default() };
    html! {
        <div class="more-ways">
            <span>{ format!("Opened from the map: {}.", opened.what) }</span>
            { size_button("result-size", &props.on_size) }
            if opened.back {
                <button class="btn" onclick={props.dispatch.reform(|_: MouseEvent| Action::Undo)}>{ icon(Icon::Undo) }{ "Undo" }</button>
            }
        </div>
    }
}

/// Each goal with its value and its margin, for those who listen: who sees has them in the dock.
fn scores(finished: &Finished) -> Html {
    let row = |status: &GoalStatus| {
        let goal = status.goal;
        let (class, _, word) = look(status.state);
        html! {
            <li {class} key={goal.metric.key}>
                <span class="state">{ word }{ ": " }</span><span class="name">{ goal.name() }</span>{ " " }<b>{ status.shown() }</b>{ ", " }
                <span class="margin">{ margin(status) }{ " " }{ limit(status) }</span>
            </li>
        }
    };
    html! { <ul class="scores sr-only" aria-label="Goals of this run">{ for finished.verdict.goals.iter().map(row) }</ul> }
}

/// The goal that came closest to its limit, in a few words: `cost, 5 % to spare`.
fn tightest(finished: &Finished) -> Option<String> {
    let margins = finished.verdict.goals.iter().filter_map(|status| Some((status, status.margin()?)));
    // What waits at the end decides nothing while it waits: the others come first.
    let own = margins.filter(|(status, _)| status.goal.metric.id != MetricId::FinalBacklog);
    let (status, margin) = own.min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    Some(format!("{}, {} to spare", lower_first(status.goal.name()), percent(margin)))
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
