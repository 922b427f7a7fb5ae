//! What held a run back in full, and what there is to think about: the question that it raised, with a place to write.

use crate::say;
use crate::ui::prelude::*;

use super::kit::Widget;
use super::note::NoteField;
use super::notes::kept_words;
use super::words::Words;
use crate::record::Notes;
use crate::record::notes::Asked;
use crate::session::{Action, Finished, NoteAction};

/// A finished run, and what the learner wrote about it.
pub struct Think<'a> {
    pub finished: &'a Finished,
    /// The run's question may be read.
    pub asked: bool,
    pub notes: &'a Notes,
    pub keeps: bool,
    pub dispatch: &'a Callback<Action>,
}

pub fn think(props: &Think) -> Html {
    let review = &props.finished.review;
    let words = Words::new();
    let question = review.question.as_ref().filter(|_| props.asked);
    html! {
        <section class="think">
            <h3>{ if props.finished.passed() { say!("review.tightest") } else { say!("review.held_back") } }</h3>
            <p>{ words.mark(&review.bottleneck.text) }</p>
            if let Some(asked) = question {
                <h3>{ say!("review.think") }</h3>
                { field(props, asked) }
            }
            <p class="hint">{ kept_words(props.keeps) }{ " " }{ say!("review.notes") }</p>
        </section>
    }
}

fn field(props: &Think, asked: &Asked) -> Html {
    let id = asked.id();
    let note = props.notes.get(&id);
    let text = note.map_or_else(String::new, |note| note.text.clone());
    let on_write = {
        let id = id.clone();
        props.dispatch.reform(move |text: String| Action::Note(NoteAction::Write { id: id.clone(), text }))
    };
    let full = note.is_none() && props.notes.is_full();
    NoteField { id: format!("note-{id}"), label: html! { &asked.question }, text, full, on_write }.keyed(&id)
}
