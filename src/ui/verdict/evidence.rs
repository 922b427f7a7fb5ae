//! The one block of a result: what was tightest, or what held the run back, in a sentence or two, with its moment and its place.

use crate::ui::prelude::*;
use crate::vocabulary::{ITEM, ITEMS, filled};

use super::{ResultCard, tightest};
use crate::design::Location;
use crate::format;
use crate::session::Finished;
use crate::session::run::result::Stood;
use crate::session::text::edit_captions::upper_first;
use crate::ui::icons::{Icon, icon};
use crate::ui::mastery::cheaper;
use crate::ui::next_step;
use crate::ui::result::ResultAction;
use crate::ui::words::Words;
use engine::simulation::MAX_ALIVE;

/// A text is as many of its sentences as fit into so many letters, and at least the first; the rest stands among the notes.
const SHORT: usize = 150;
/// The same where there is something to try under it.
const SHORTER: usize = 90;

pub fn evidence(props: &ResultCard) -> Html {
    let finished = &props.finished;
    let words = Words::new();
    if finished.verdict.cut_short {
        let most = format::count(MAX_ALIVE);
        let told = format!("More than {most} {ITEMS} were under way; a run holds no more. It passes nothing.");
        return html! { <div class="evidence"><p>{ told }</p></div> };
    }
    let review = &finished.review;
    let advice = review.advice.as_ref();
    let whole = &review.bottleneck.text;
    // After a run that failed its component stands in the head.
    let named = place(finished).filter(|_| !finished.passed());
    let own = named.and_then(|name| whole.strip_prefix(&format!("{name}: "))).map(upper_first);
    let text = format::sentences(own.as_deref().unwrap_or(whole), if advice.is_some() { SHORTER } else { SHORT });
    html! {
        <div class="evidence">
            { head(props) }
            if finished.is_exploration() {
                { levels(finished) }
            } else if props.is_mastered() {
                <p>{ cheaper(finished) }</p>
            } else {
                <p>{ words.mark(text) }</p>
            }
            if let Some(advice) = advice { <p class="advice"><span>{ "Try next:" }</span>{ " " }<b>{ words.mark(&advice.text) }</b></p> }
            { links(props) }
        </div>
    }
}

/// What it is about: the tightest goal, or when and where the first one was missed.
fn head(props: &ResultCard) -> Html {
    let finished = &props.finished;
    if finished.is_exploration() {
        return html! { <h3>{ "At each change and at the end" }</h3> };
    }
    if finished.passed() {
        return html! { <h3>{ tightest(finished).map_or_else(|| "Where it was tightest".to_owned(), |goal| format!("Tightest: {goal}")) }</h3> };
    }
    let starts = f64::from(finished.origin.scenario.starts_at_s);
    let when = finished.review.moment.map(|at| format::time_of_day(starts + at.seconds()));
    let both = when.into_iter().chain(place(finished)).collect::<Vec<_>>().join(" · ");
    html! { <h3 class="missed">{ icon(Icon::Cross) }<span class="sr-only">{ "What held it back: " }</span>{ both }</h3> }
}

/// The component that it is about.
fn place(finished: &Finished) -> Option<String> {
    match &finished.review.bottleneck.place {
        Location::Node { id, .. } => finished.origin.design.node(id).map(|node| node.name().to_owned()),
        _ => None,
    }
}

/// Further than the block: where it happened, and the booking that took longest.
fn links(props: &ResultCard) -> Html {
    let finished = &props.finished;
    // After a run that failed it is the way on.
    let shown = next_step::shown(finished).filter(|_| finished.passed());
    let show = shown.map(|shown| {
        let onclick = props.result_action.reform(move |_: MouseEvent| ResultAction::Show(shown.clone()));
        html! { <button type="button" class="link" {onclick}>{ "Show it" }</button> }
    });
    let worst = props.on_worst.as_ref().filter(|_| finished.review.worst_ms.is_some()).map(|on_worst| {
        let took = finished.review.worst_ms.map(format::duration_ms).unwrap_or_default();
        html! {
            <button type="button" class="link worst" onclick={on_worst.reform(|_: MouseEvent| ())} title={filled("What happened to the {item} that took longest")}>
                { format!("The worst {ITEM}: {took}") }
            </button>
        }
    });
    html! { <p class="links">{ show }{ worst }</p> }
}

/// What each change by hand met, and how the run stood at its end.
fn levels(finished: &Finished) -> Html {
    let review = &finished.review;
    let workers = review.levels.iter().any(|stood| stood.level.workers > 0);
    let row = |stood: &Stood| {
        let what = if stood.change.is_empty() { "The end" } else { &stood.change };
        html! {
            <tr>
                <th scope="row"><b>{ &stood.clock }</b>{ " " }{ what }</th>
                <td>{ format::count(stood.level.backlog) }</td>
                <td>{ stood.level.confirmed() }</td>
                if workers { <td>{ format::count(stood.level.workers) }</td> }
            </tr>
        }
    };
    let more = match review.more_changes {
        0 => Html::default(),
        1 => html! { <p>{ "One more change is in the log." }</p> },
        n => html! { <p>{ format!("{n} more changes are in the log.") }</p> },
    };
    html! {
        <>
            <table class="levels">
                <thead><tr>
                    <th scope="col"><span class="sr-only">{ "Moment" }</span></th><th scope="col">{ "Waiting" }</th><th scope="col">{ "p95" }</th>
                    if workers { <th scope="col">{ "Workers" }</th> }
                </tr></thead>
                <tbody>{ for review.levels.iter().map(row) }</tbody>
            </table>
            { more }
        </>
    }
}
