//! Help under a result, a rung at a time: a question, where to look, which way, the number. Each opens on request, in their order; at most two
//! are read at a time, so that the list needs no scroll bar, and an opened one comes back with a press on its title.

use crate::lang::Text;
use crate::ui::prelude::*;
use crate::{say, text};
use web_sys::{HtmlInputElement, SubmitEvent};

use super::icons::{Icon, icon};
use super::kit::{ByPtr, Widget, widget};
use super::words::Words;
use crate::session::run::help::{self, Asking, Helping, OpenedRungs, RUNGS, hints};
use crate::session::{Action, Finished};

/// What the rungs are called.
const TITLES: [Text; RUNGS] =
    [text!("rungs.question"), text!("rungs.where"), text!("rungs.way"), text!("rungs.number")];
/// So many are read at a time.
const READ: usize = 2;

#[derive(PartialEq)]
pub struct Rungs {
    pub finished: ByPtr<Finished>,
    pub opened: OpenedRungs,
    pub dispatch: Callback<Action>,
}

widget!(Rungs, use_rungs);

#[hook]
fn use_rungs(props: &Rungs) -> Html {
    // An earlier rung that was pressed: it is read in place of the last but one.
    let again = use_state_eq(|| None::<usize>);
    let Some(help) = &props.finished.review.help else { return Html::default() };
    let open = props.opened.rungs(&help.id);
    let said = props.opened.said(&help.id);
    let read = |at: usize| at < open && (at + 1 == open || again.map_or(at + READ >= open, |again| again == at));
    let words = Words::new();
    let rung = |at: usize| {
        let (class, state) = match at.cmp(&open) {
            std::cmp::Ordering::Less => ("open", ""),
            std::cmp::Ordering::Equal => ("next", say!("rungs.open")),
            std::cmp::Ordering::Greater => ("closed", ""),
        };
        let onclick = {
            let (again, dispatch, id) = (again.clone(), props.dispatch.clone(), help.id.clone());
            Callback::from(move |_: MouseEvent| {
                if at == open {
                    again.set(None);
                    dispatch.emit(Action::Help(Helping::Open(id.clone())));
                } else {
                    again.set(Some(at));
                }
            })
        };
        html! {
            <li key={at} {class}>
                <button type="button" class="head" aria-expanded={read(at).to_string()} disabled={at > open} {onclick}>
                    <i aria-hidden="true">{ (at + 1).to_string() }</i>
                    <span><span class="sr-only">{ say!("rungs.rung", n = at + 1, of = RUNGS) }</span>{ TITLES[at].get() }</span>
                    <small>{ state }</small>
                </button>
                if read(at) {
                    <div class="body">
                        <p>{ words.mark(&help.texts[at]) }</p>
                        if at == 0 { { answer(help.answer.as_ref(), said, &help.id, &props.dispatch) } }
                    </div>
                }
            </li>
        }
    };
    html! {
        <section class="rungs" aria-labelledby="rungs-title">
            <h3 id="rungs-title">{ say!("rungs.title") }
                if open > 0 { <small>{ say!("rungs.opened", n = open, of = RUNGS) }</small> }
            </h3>
            <ol aria-live="polite">{ for (0..RUNGS).map(rung) }</ol>
            if props.opened.count() > open { <p class="so-far">{ say!("rungs.so_far", help = hints(props.opened.count())) }</p> }
        </section>
    }
}

/// The field for an answer; once answered, both figures side by side.
fn answer(asking: Option<&Asking>, said: Option<f64>, id: &str, dispatch: &Callback<Action>) -> Html {
    let Some(asking) = asking else { return Html::default() };
    if let Some(said) = said {
        let (near, words) = asking.compared(said);
        return html! { <p class={classes!("answered", near.then_some("near"))}>{ icon(if near { Icon::Check } else { Icon::Note }) }{ words }</p> };
    }
    AnswerField {
        id: id.to_owned(),
        before: asking.before.clone(),
        unit: asking.unit.clone(),
        dispatch: dispatch.clone(),
    }
    .view()
}

#[derive(PartialEq)]
struct AnswerField {
    id: String,
    before: String,
    unit: String,
    dispatch: Callback<Action>,
}

widget!(AnswerField, use_answer_field);

#[hook]
fn use_answer_field(props: &AnswerField) -> Html {
    let field = use_node_ref();
    let wrong = use_state_eq(|| false);
    let onsubmit = {
        let (field, wrong, dispatch, id) = (field.clone(), wrong.clone(), props.dispatch.clone(), props.id.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let typed = field.cast::<HtmlInputElement>().map_or_else(String::new, |field| field.value());
            match help::typed(&typed) {
                Some(said) => dispatch.emit(Action::Help(Helping::Answer(id.clone(), said))),
                None => wrong.set(true),
            }
        })
    };
    html! {
        <form class="asked" {onsubmit}>
            <label for="answer">{ if props.before.is_empty() { say!("rungs.answer") } else { &props.before } }</label>
            <span class="answer-field">
                <input ref={field} id="answer" class="field" inputmode="decimal" autocomplete="off" maxlength="12" aria-invalid={wrong.to_string()} aria-describedby="answer-unit"/>
                <small id="answer-unit">{ &props.unit }</small>
            </span>
            <button type="submit" class="btn small">{ say!("rungs.check") }</button>
            if *wrong { <small class="wrong" role="alert">{ say!("rungs.wrong") }</small> }
        </form>
    }
}
