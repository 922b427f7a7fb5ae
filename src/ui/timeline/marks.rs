//! A list that opens: the smallest steps, the fork, and the marks, each in words and a way to its moment.

use crate::say;
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::look;
use crate::session::gestures::keys::Scope;
use crate::session::{Action, Mark, MarkKind};
use crate::ui::focus;
use crate::ui::icons::{Icon, icon};
use crate::ui::keypress;
use crate::ui::kit::widget;

#[derive(PartialEq)]
pub struct Marks {
    pub marks: Vec<Mark>,
    /// The run is under way: it can be branched off.
    pub forkable: bool,
    /// There is a run.
    pub begun: bool,
    /// The run is at its end: there is no next step.
    pub over: bool,
    pub dispatch: Callback<Action>,
}

widget!(Marks, use_marks);

#[hook]
fn use_marks(props: &Marks) -> Html {
    let open = use_state_eq(|| false);
    let root = use_node_ref();
    let name = match props.marks.len() {
        0 => say!("timeline.steps").to_owned(),
        n => say!("timeline.marks", plural = n, n),
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |e: KeyboardEvent| {
            if *open && keypress::takes(&e, Scope::Marks) {
                e.prevent_default();
                e.stop_propagation();
                open.set(false);
                let button = root.cast::<Element>().and_then(|root| root.query_selector("button").ok().flatten());
                if let Some(button) = button {
                    focus::follow(&button);
                }
            }
        })
    };
    // The list closes when the focus goes elsewhere.
    let onfocusout = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |e: FocusEvent| {
            let to = e.related_target().and_then(|t| t.dyn_into::<Node>().ok());
            if root.cast::<Node>().is_some_and(|root| to.is_some_and(|to| !root.contains(Some(&to)))) {
                open.set(false);
            }
        })
    };
    let goes = |dispatch: Callback<()>| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| {
            open.set(false);
            dispatch.emit(());
        })
    };
    html! {
        <div ref={root} class="marks" {onkeydown} {onfocusout}>
            <button class="btn plain icon" aria-expanded={open.to_string()} aria-label={name.clone()} onclick={toggle} title={name} aria-description="">{ icon(Icon::More) }</button>
            if *open {
                <ul class="marks-list" aria-label={say!("timeline.what_when")}>
                    { for steps(props).into_iter().map(|(words, shape, action, enabled, title)| html! {
                        <li class="step"><button onclick={goes(props.dispatch.reform(move |()| action()))} disabled={!enabled} {title}>{ icon(shape) }<span>{ words }</span></button></li>
                    }) }
                    { for props.marks.iter().map(|mark| {
                        let (seconds, missed) = (mark.at.seconds(), mark.what == MarkKind::Missed);
                        row(mark, goes(props.dispatch.reform(move |()| if missed { Action::FreezeAt(seconds) } else { Action::Seek(seconds) })))
                    }) }
                </ul>
            }
        </div>
    }
}

/// An entry of the list: its words, its icon, what it does, whether it can, and what is shown on hover.
type Step = (&'static str, Icon, fn() -> Action, bool, &'static str);

/// The smallest steps and the fork.
fn steps(props: &Marks) -> [Step; 4] {
    [
        (say!("timeline.back"), Icon::Restart, || Action::Restart, props.begun, say!("timeline.back_title")),
        (say!("timeline.event"), Icon::Step, || Action::StepEvent, !props.over, say!("timeline.event_title")),
        (say!("timeline.second"), Icon::StepFar, || Action::StepSecond, !props.over, ""),
        (
            say!("timeline.fork_here"),
            Icon::Fork,
            || Action::Fork,
            props.forkable,
            match (props.forkable, props.over) {
                (true, _) => say!("timeline.fork_title"),
                (_, true) => say!("timeline.fork_back"),
                (_, false) => say!("timeline.fork_play"),
            },
        ),
    ]
}

/// A mark in words, and the way to its moment.
fn row(mark: &Mark, onclick: Callback<MouseEvent>) -> Html {
    let (class, d, word) = look(mark.what);
    html! {
        <li><button {onclick} title={say!("timeline.to_moment")}>
            <svg class="sign" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false"><path class={classes!("mark", class)} {d}/></svg>
            <span class="sr-only">{ word }{ ": " }</span><span>{ &mark.text }</span>
        </button></li>
    }
}
