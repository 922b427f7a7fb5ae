//! What a result opens: the review in full with questions to think about, and the same design on many Mondays.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;

use crate::kata::builtin;
use crate::record::Notes;
use crate::session::{Action, Finished};
use crate::ui::kit::{ByPtr, Dialog, Widget, widget};
use crate::ui::repeat::Repeat;
use crate::ui::review::{Think, think};

/// Which of them is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    Think,
    Repeat,
}

#[derive(PartialEq)]
pub struct ThinkDialog {
    pub open: bool,
    pub finished: ByPtr<Finished>,
    /// The run's question may be read: a question of help is asked for first.
    pub asked: bool,
    pub notes: ByPtr<Notes>,
    /// Notes outlive this visit.
    pub keeps: bool,
    pub dispatch: Callback<Action>,
    pub on_close: Callback<()>,
}

widget!(ThinkDialog => think_dialog);

fn think_dialog(props: &ThinkDialog) -> Html {
    let body = match props.open {
        true => {
            let ThinkDialog { finished, asked, notes, keeps, dispatch, .. } = props;
            think(&Think { finished, asked: *asked, notes, keeps: *keeps, dispatch })
        }
        false => Html::default(),
    };
    Dialog {
        class: "wide thinking",
        body,
        ..Dialog::new("think", say!("result.notes"), props.open, props.on_close.clone())
    }
    .view()
}

#[derive(PartialEq)]
pub struct RepeatDialog {
    pub open: bool,
    pub finished: ByPtr<Finished>,
    /// The design has passed every scenario: each can be repeated.
    pub all: bool,
    pub on_close: Callback<()>,
}

widget!(RepeatDialog, use_repeat_dialog);

#[hook]
fn use_repeat_dialog(props: &RepeatDialog) -> Html {
    let origin = &props.finished.origin;
    let chosen = use_state_eq(|| origin.scenario.id.clone());
    // The run's own scenario as it was; another one of the kata as a copy that stays the same.
    let other = use_memo((*chosen).clone(), |id| builtin::scenario(id).cloned().map(Rc::new));
    let scenario = if *chosen == origin.scenario.id { Some(origin.scenario.clone()) } else { (*other).clone() };
    let pick = |id: &str| {
        let (chosen, id) = (chosen.clone(), id.to_owned());
        Callback::from(move |_: MouseEvent| chosen.set(id.clone()))
    };
    let body = html! {
        <>
            <p>{ say!("result.every_day") }</p>
            if props.all {
                <div class="choose-scenario" role="group" aria-label={say!("result.which")}>
                    { for builtin::scenarios().iter().map(|s| html! {
                        <button class="btn small" aria-pressed={(s.id == *chosen).to_string()} onclick={pick(&s.id)}>{ &s.name }</button>
                    }) }
                </div>
            }
            if let Some(scenario) = scenario { { Repeat { design: origin.design.clone(), scenario }.view() } }
        </>
    };
    let body = if props.open { body } else { Html::default() };
    Dialog { class: "wide", body, ..Dialog::new("mondays", say!("result.fifty"), props.open, props.on_close.clone()) }
        .view()
}
