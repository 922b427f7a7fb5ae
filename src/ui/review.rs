//! The review under a result: what held the run back, one thing to try next, and questions with a place to write. A run that was changed midway
//! has no one design to advise on: it is told how it stood at each change and at its end.

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::Widget;
use super::note::NoteField;
use super::notes::kept_words;
use super::result::ResultAction;
use super::words::Words;
use crate::advice::review::Finding;
use crate::design::Location;
use crate::format;
use crate::record::Notes;
use crate::session::run::result::{Review, Stood};
use crate::session::{Action, Finished, Noting};

/// A finished run, and what the learner wrote about it.
pub struct ReviewCard<'a> {
    pub finished: &'a Finished,
    pub notes: &'a Notes,
    pub keeps: bool,
    pub result_action: &'a Callback<ResultAction>,
    pub dispatch: &'a Callback<Action>,
}

pub fn review(props: &ReviewCard) -> Html {
    let finished = props.finished;
    let review = &finished.review;
    let place = |finding: &Finding| match &finding.place {
        Location::Node { id, .. } => {
            let result_action = ResultAction::Show(id.as_str().into(), None);
            let onclick = props.result_action.reform(move |_: MouseEvent| result_action.clone());
            html! { <button class="btn small" {onclick}>{ "Show it" }</button> }
        }
        _ => Html::default(),
    };
    let words = Words::new();
    html! {
        <section class="review" aria-label="Review">
            { levels(review) }
            <h3>{ icon(Icon::Note) }{ if finished.passed() { "Where it was tightest" } else { "What held it back" } }</h3>
            <p>{ words.mark(&review.bottleneck.text) }{ " " }{ place(&review.bottleneck) }</p>
            // What to try next stands at the head of the result; often the bottleneck is its evidence already.
            if let Some(advice) = review.advice.as_ref().filter(|advice| !advice.seen.same_evidence(&review.bottleneck)) {
                <p>{ words.mark(&advice.seen.text) }</p>
            }
            { think(props) }
        </section>
    }
}

/// What each change by hand met, and how the run stood at its end.
fn levels(review: &Review) -> Html {
    if review.levels.is_empty() {
        return Html::default();
    }
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
        1 => html! { <p>{ "One more change is on the timeline." }</p> },
        n => html! { <p>{ format!("{n} more changes are on the timeline.") }</p> },
    };
    html! {
        <>
            <h3>{ "At each change and at the end" }</h3>
            <table class="levels">
                <thead><tr>
                    <th scope="col">{ "Moment" }</th><th scope="col">{ "Waiting" }</th><th scope="col">{ "Confirmed, p95" }</th>
                    if workers { <th scope="col">{ "Workers" }</th> }
                </tr></thead>
                <tbody>{ for review.levels.iter().map(row) }</tbody>
            </table>
            { more }
        </>
    }
}

/// The questions, each with a place to write.
fn think(props: &ReviewCard) -> Html {
    let questions = &props.finished.review.questions;
    if questions.is_empty() {
        return Html::default();
    }
    html! {
        <section class="think" aria-labelledby="think-title">
            <h3 id="think-title">{ "Think about it" }</h3>
            { for questions.iter().map(|asked| {
                let id = asked.id();
                let note = props.notes.get(&id);
                let text = note.map_or_else(String::new, |note| note.text.clone());
                let on_write = {
                    let id = id.clone();
                    props.dispatch.reform(move |text: String| Action::Note(Noting::Write { id: id.clone(), text }))
                };
                let full = note.is_none() && props.notes.is_full();
                NoteField { id: format!("note-{id}"), label: html! { &asked.question }, text, full, on_write }.keyed(&id)
            }) }
            <p class="hint">{ kept_words(props.keeps) }{ " All your notes are under Runs." }</p>
        </section>
    }
}
