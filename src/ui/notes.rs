//! The notes of all runs: to read, go on writing, delete, bring back and take along as a Markdown file.
//!
//! The file goes the way that a design goes: a download, and beside it the text to copy, because a frame may block downloads without a word.

use crate::say;
use crate::ui::prelude::*;
use web_sys::{HtmlDetailsElement, HtmlTextAreaElement};

use super::exchange::{carry, copy};
use super::icons::Icon;
use super::kit::{ByPtr, IconButton, Widget, widget};
use super::note::NoteField;
use crate::record::{Note, Notes};
use crate::session::{Action, NoteAction};
use crate::share::markdown::{self, scenario_name, verdict_words};

/// The notes, and where they are kept.
pub struct NotesSection {
    pub notes: ByPtr<Notes>,
    /// The one deleted last, that can be brought back.
    pub deleted: Option<ByPtr<Note>>,
    pub keeps: bool,
    pub dispatch: Callback<Action>,
}

/// Where notes are: nowhere else.
pub fn kept_words(keeps: bool) -> &'static str {
    match keeps {
        true => say!("notes.kept"),
        false => say!("notes.unkept"),
    }
}

pub fn notes_section(props: &NotesSection) -> Html {
    let written = props.notes.written().count();
    if props.notes.list().is_empty() && props.deleted.is_none() {
        return Html::default();
    }
    let act = |noting: NoteAction| {
        let action = Action::Note(noting);
        props.dispatch.reform(move |_: MouseEvent| action.clone())
    };
    let write = |id: String| {
        props.dispatch.reform(move |text: String| Action::Note(NoteAction::Write { id: id.clone(), text }))
    };
    html! {
        <details class="notes">
            <summary><h3>{ say!("notes.yours", n = written) }</h3></summary>
            if props.deleted.is_some() {
                <div class="gone">
                    <span>{ say!("notes.deleted") }</span>
                    <button class="btn" onclick={act(NoteAction::BringBack)}>{ say!("notes.bring_back") }</button>
                </div>
            }
            { for props.notes.list().iter().map(|note| html! {
                <article class="noted" key={note.id()}>
                    { NoteField { id: format!("kept-{}", note.id()), label: label(note), text: note.text.clone(), full: false, on_write: write(note.id()) }.view() }
                    { IconButton::new(Icon::Delete, say!("notes.delete", question = note.asked.question), act(NoteAction::Delete(note.id())))
                        .title(say!("notes.delete_title")).view() }
                </article>
            }) }
            if written > 0 { { Export { notes: props.notes.clone() }.view() } }
            <p class="hint">{ kept_words(props.keeps) }</p>
        </details>
    }
}

/// The question, and under it the run that raised it.
fn label(note: &Note) -> Html {
    let asked = &note.asked;
    let (scenario, verdict) = (scenario_name(asked), verdict_words(asked));
    let about = match note.conflict > 0 {
        true => say!("notes.about_other", scenario, seed = asked.seed, verdict),
        false => say!("notes.about", scenario, seed = asked.seed, verdict),
    };
    html! {
        <>
            { &asked.question }<small>{ about }</small>
            if let Some(changed) = &asked.changed { <small>{ changed }</small> }
        </>
    }
}

#[derive(PartialEq)]
struct Export {
    notes: ByPtr<Notes>,
}

widget!(Export, use_export);

#[hook]
fn use_export(props: &Export) -> Html {
    let (area, whole, told) = (use_node_ref(), use_node_ref(), use_state_eq(|| ""));
    let text = markdown::markdown(&props.notes);
    let save = {
        let (text, told) = (text.clone(), told.clone());
        Callback::from(move |_: MouseEvent| {
            if carry::text(markdown::FILE_NAME, &text, "text/markdown") {
                told.set(say!("page.download_comes"));
            }
        })
    };
    let copy = {
        let (area, whole, text, told) = (area.clone(), whole.clone(), text.clone(), told.clone());
        Callback::from(move |_: MouseEvent| {
            let (Some(area), Some(whole)) = (area.cast::<HtmlTextAreaElement>(), whole.cast::<HtmlDetailsElement>())
            else {
                return;
            };
            // What is not seen can't be selected.
            whole.set_open(true);
            let told = told.clone();
            copy::copy(&text, &area, Callback::from(move |copied: copy::Copied| told.set(copied.words())));
        })
    };
    html! {
        <div class="take">
            <div class="row">
                <button class="btn" onclick={save}>{ say!("notes.download") }</button>
                <button class="btn" onclick={copy}>{ say!("notes.copy") }</button>
            </div>
            <p class="told" role="status">{ *told }</p>
            if carry::may_be_blocked() {
                <p class="hint">{ say!("notes.framed") }</p>
            }
            <details ref={whole}>
                <summary>{ say!("notes.as_text") }</summary>
                <textarea ref={area} class="field" readonly=true rows="6" aria-label={say!("notes.as_text")} value={text}/>
            </details>
        </div>
    }
}
