//! The verdict on a run that is over: a card beside the diagram, with each goal's value and margin, that closes by a button or Escape.
//!
//! The page's status line says the result aloud. The card takes the focus only where the run's end has left none: whoever types goes on
//! typing.

use std::rc::Rc;

use web_sys::{Document, FocusOptions, HtmlElement};
use yew::prelude::*;

use super::goals::look;
use super::icons::{Icon, icon};
use super::words::Words;
use super::{keypress, tabs};
use crate::kata::{GoalStatus, Scenario, Verdict};
use crate::measure::format;
use crate::session::keys::Scope;
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
    /// On to the diagram.
    pub on_change: Callback<()>,
    pub on_again: Callback<()>,
    /// The story of the booking that took longest.
    pub on_worst: Callback<()>,
    /// Each scenario of the kata, by name, and whether this very design has passed it.
    pub mastery: Vec<(String, bool)>,
    /// What comes below.
    #[prop_or_default]
    pub children: Html,
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
        (false, true) => format!("“{}”, seed {}: all {all} goals hold.", props.scenario.name, props.seed),
        (false, false) => {
            format!("“{}”, seed {}: {met} of {all} goals hold. All must.", props.scenario.name, props.seed)
        }
    };
    let terms = Words::new();
    let card = use_node_ref();
    {
        let card = card.clone();
        use_effect_with((), move |()| {
            if let Some(card) = card.cast::<HtmlElement>()
                && focus_is_free(&card.owner_document())
            {
                // The whole of it, from its start, where the page has to be scrolled for it.
                let still = FocusOptions::new();
                still.set_prevent_scroll(true);
                let _ = card.focus_with_options(&still);
                tabs::bring(&card);
            }
        });
    }
    let close = props.on_close.reform(|_| ());
    let change = props.on_change.reform(|_| ());
    let again = props.on_again.reform(|_| ());
    let onkeydown = {
        let close = props.on_close.clone();
        Callback::from(move |e: KeyboardEvent| {
            if keypress::takes(&e, Scope::Result) {
                e.prevent_default();
                close.emit(());
            }
        })
    };
    html! {
        <section ref={card} class={classes!("verdict", class)} aria-labelledby="verdict-title" tabindex="-1" data-digest={props.digest.clone()} {onkeydown}>
            <header>
                <h2 id="verdict-title">{ icon(shape) }{ title }</h2>
                <button class="btn plain worst" onclick={props.on_worst.reform(|_| ())} title="What happened to the booking that took longest">{ "Worst booking" }</button>
                <button class="btn plain icon" onclick={close.clone()} aria-label="Close the result" title="Close">{ icon(Icon::Close) }</button>
            </header>
            <p class="words">{ words }</p>
            <table>
                <thead><tr><th scope="col">{ "Goal" }</th><th scope="col">{ "Value" }</th><th scope="col">{ "Margin" }</th></tr></thead>
                <tbody>{ for verdict.goals.iter().map(|status| row(&terms, status)) }</tbody>
            </table>
            <div class="actions">
                <button class="btn primary" onclick={again}>{ icon(Icon::Restart) }{ "Run again" }</button>
                <button class="btn" onclick={change}>{ "Change the design" }</button>
            </div>
            { mastery(&props.mastery) }
            { props.children.clone() }
        </section>
    }
}

/// Which scenarios the design has passed so far; with all of them the kata is mastered.
fn mastery(scenarios: &[(String, bool)]) -> Html {
    let passed = scenarios.iter().filter(|(_, passed)| *passed).count();
    if passed == 0 {
        return Html::default();
    }
    let words = if passed == scenarios.len() {
        format!("Mastered: this design passes all {passed} scenarios.")
    } else {
        format!("This design has passed {passed} of {} scenarios:", scenarios.len())
    };
    html! {
        <div class={classes!("mastery", (passed == scenarios.len()).then_some("mastered"))}>
            <p><b>{ words }</b></p>
            <ul>
                { for scenarios.iter().map(|(name, passed)| html! {
                    <li class={passed.then_some("passed")}>
                        { icon(if *passed { Icon::Check } else { Icon::Wait }) }{ name }
                        <span class="sr-only">{ if *passed { ": passed" } else { ": not yet" } }</span>
                    </li>
                }) }
            </ul>
        </div>
    }
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
