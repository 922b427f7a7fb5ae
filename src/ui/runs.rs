//! The runs that are kept: a list with what came of each, and what can be done with it; two of them side by side in a dialog.

use std::rc::Rc;

use crate::ui::prelude::*;
use web_sys::HtmlInputElement;

use super::icons::{Icon, icon};
use super::kit::{ByPtr, IconButton, Widget, widget};
use super::notes::{NotesSection, notes_section};
use super::{focus, keypress};
use crate::format;
use crate::kata::builtin;
use crate::record::history::{MAX_RUN_NAME, MOST_BYTES, MOST_RUNS};
use crate::record::{Note, Notes, RunHistory, RunRecord};
use crate::session::Action;
use crate::session::gestures::keys::Scope;

mod pairs;

use pairs::PairsDialog;

#[derive(PartialEq)]
pub struct RunsPanel {
    pub runs: ByPtr<RunHistory>,
    /// The one deleted last, that can be brought back.
    pub deleted: Option<ByPtr<RunRecord>>,
    pub notes: ByPtr<Notes>,
    /// The note deleted last, that can be brought back.
    pub deleted_note: Option<ByPtr<Note>>,
    /// Notes outlive this visit.
    pub keeps: bool,
    pub dispatch: Callback<Action>,
}

widget!(RunsPanel, use_runs_panel);

#[hook]
fn use_runs_panel(props: &RunsPanel) -> Html {
    // The ids of up to two runs, in the order in which they were chosen.
    let chosen = use_state(Vec::<String>::new);
    let renaming = use_state_eq(|| None::<String>);
    let comparing = use_state_eq(|| false);
    // The earlier run first: what differs is what the later one has more.
    let mut two: Vec<Rc<RunRecord>> = chosen.iter().filter_map(|id| props.runs.get(id).cloned()).collect();
    crate::order::sort_by_key(&mut two, |kept| kept.number);
    let on_choose = choosing(&chosen);
    let on_rename = {
        let renaming = renaming.clone();
        Callback::from(move |id: Option<String>| renaming.set(id))
    };
    let compare = {
        let comparing = comparing.clone();
        Callback::from(move |_: MouseEvent| comparing.set(true))
    };
    let closed = {
        let comparing = comparing.clone();
        Callback::from(move |()| comparing.set(false))
    };
    let card = |kept: &Rc<RunRecord>| {
        let card = RunCard {
            kept: kept.into(),
            chosen: chosen.contains(&kept.id),
            renaming: renaming.as_ref() == Some(&kept.id),
            dispatch: props.dispatch.clone(),
            on_choose: on_choose.clone(),
            on_rename: on_rename.clone(),
        };
        card.keyed(&kept.id)
    };
    let notes = NotesSection {
        notes: props.notes.clone(),
        deleted: props.deleted_note.clone(),
        keeps: props.keeps,
        dispatch: props.dispatch.clone(),
    };
    let pair = match two.as_slice() {
        [first, second] if *comparing => Some((first.into(), second.into())),
        _ => None,
    };
    let pairs = PairsDialog { pair, on_close: closed, dispatch: props.dispatch.clone() };
    html! {
        <section class="runs" aria-label="Runs">
            <h2 class="sr-only">{ "Runs" }</h2>
            { notes_section(&notes) }
            { gone(props) }
            if props.runs.list().is_empty() {
                <div class="none">
                    <p>{ "No run has come to its end yet." }</p>
                    <p>{ "Each one that does is kept here with what came out. Pin one and its curves stay as pale lines under the next; tick two to see their goals side by side; or bring a design back." }</p>
                </div>
            } else {
                <div class="together">
                    <button class="btn" disabled={two.len() != 2} onclick={compare}>{ "Compare two" }</button>
                    <span class="hint">{ match two.len() { 0 => "Tick two runs.", 1 => "Tick one more.", _ => "" } }</span>
                </div>
            }
            { for props.runs.list().iter().map(card) }
            if !props.runs.list().is_empty() { <p class="bound">{ bound(&props.runs) }</p> }
            { pairs.view() }
        </section>
    }
}

/// Ticks a run, or takes its tick away.
fn choosing(chosen: &UseStateHandle<Vec<String>>) -> Callback<String> {
    let chosen = chosen.clone();
    Callback::from(move |id: String| {
        let mut next: Vec<String> = (*chosen).clone();
        match next.iter().position(|c| *c == id) {
            Some(at) => drop(next.remove(at)),
            None => next.push(id),
        }
        // A third one takes the place of the first.
        let from = next.len().saturating_sub(2);
        chosen.set(next.split_off(from));
    })
}

/// What was deleted last, and the way back.
fn gone(props: &RunsPanel) -> Html {
    let Some(deleted) = &props.deleted else { return Html::default() };
    html! {
        <div class="gone">
            <span>{ format!("Deleted: {}.", deleted.name) }</span>
            <button class="btn" onclick={props.dispatch.reform(|_| Action::BringBackRun)}>{ "Bring back" }</button>
        </div>
    }
}

fn bound(runs: &RunHistory) -> String {
    let bytes: usize = runs.list().iter().map(|kept| kept.bytes()).sum();
    let thousands = |bytes: usize| format::count(bytes.div_ceil(1024) as u64);
    format!(
        "{} of {MOST_RUNS} runs, {} of {}\u{a0}kB. Beyond that the oldest make room, pinned ones last.",
        runs.list().len(),
        thousands(bytes),
        thousands(MOST_BYTES)
    )
}

#[derive(PartialEq)]
struct RunCard {
    kept: ByPtr<RunRecord>,
    chosen: bool,
    renaming: bool,
    dispatch: Callback<Action>,
    on_choose: Callback<String>,
    on_rename: Callback<Option<String>>,
}

widget!(RunCard => run_card);

fn run_card(props: &RunCard) -> Html {
    let kept = &props.kept;
    let id = || kept.id.clone();
    let send = |action: Action| props.dispatch.reform(move |_: MouseEvent| action.clone());
    let pin = Action::PinRun((!kept.pinned).then(id));
    let (choose, chosen_id) = (props.on_choose.clone(), id());
    let rename = props.on_rename.reform({
        let id = id();
        move |_: MouseEvent| Some(id.clone())
    });
    let title = format!("run-{}", kept.id);
    let about = |verb: &str| format!("{verb} {}", kept.name);
    html! {
        <article class={classes!("run", kept.pinned.then_some("pinned"))} aria-labelledby={title.clone()} data-digest={kept.digest.clone()}>
            if props.renaming {
                { Rename { kept: kept.clone(), dispatch: props.dispatch.clone(), on_done: props.on_rename.reform(|()| None) }.view() }
            } else {
                <h3 id={title}><label class="choose"><input type="checkbox" checked={props.chosen} aria-label={about("Compare")}
                    onchange={Callback::from(move |_: Event| choose.emit(chosen_id.clone()))}/><span>{ &kept.name }</span></label></h3>
            }
            { result(kept) }
            <div class="deeds">
                <button class="btn plain" aria-pressed={kept.pinned.to_string()} onclick={send(pin)} aria-label={about("Pin")}
                    title="Its curves stay as pale lines under the others">{ icon(Icon::Pin) }{ if kept.pinned { "Pinned" } else { "Pin" } }</button>
                <button class="btn plain" onclick={send(Action::RestoreRun(id()))} aria-label={about("Restore the design of")} title="Bring its design back; Undo brings yours back">{ icon(Icon::Undo) }{ "Restore" }</button>
                { IconButton::new(Icon::Rename, about("Rename"), rename).title("Rename").view() }
                { IconButton::new(Icon::Delete, about("Delete"), send(Action::DeleteRun(id()))).title("Delete; it can be brought back").view() }
            </div>
        </article>
    }
}

/// What came of a run: by a shape, a word and a colour.
fn result(kept: &RunRecord) -> Html {
    let met = kept.goals.iter().filter(|goal| goal.met()).count();
    let hold = format!("{met} of {} goals hold", kept.goals.len());
    let (class, shape, word) = match (kept.is_exploration(), kept.passed()) {
        (true, _) => ("waiting", Icon::Note, "Exploration"),
        (false, true) => ("holds", Icon::Check, "Passed"),
        (false, false) => ("lost", Icon::Cross, "Not passed"),
    };
    let scenario = builtin::scenario(&kept.scenario).map_or(kept.scenario.as_str(), |s| s.name.as_str());
    let elsewhere = (!kept.name.contains(scenario)).then(|| scenario.to_owned());
    html! {
        <p class="result">
            <span class={classes!("state", class)}>{ icon(shape) }{ word }</span>
            <span>{ hold }</span>
            if let Some(scenario) = elsewhere { <span>{ scenario }</span> }
            <span>{ format!("seed {}", kept.seed) }</span>
        </p>
    }
}

#[derive(PartialEq)]
struct Rename {
    kept: ByPtr<RunRecord>,
    dispatch: Callback<Action>,
    on_done: Callback<()>,
}

widget!(Rename, use_rename);

/// The name as a field: Enter keeps what was typed, Escape what was there.
#[hook]
fn use_rename(props: &Rename) -> Html {
    let field = use_node_ref();
    {
        // Set once: a value among the properties would come back with whatever else the page draws, over what was typed.
        let (field, name) = (field.clone(), props.kept.name.clone());
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.set_value(&name);
                focus::follow(&field);
                field.select();
            }
        });
    }
    let keep = {
        let (field, dispatch, done, kept) =
            (field.clone(), props.dispatch.clone(), props.on_done.clone(), props.kept.clone());
        move || {
            if let Some(name) = field.cast::<HtmlInputElement>().map(|f| f.value()).filter(|name| *name != kept.name) {
                dispatch.emit(Action::RenameRun { id: kept.id.clone(), name });
            }
            done.emit(());
        }
    };
    let onsubmit = {
        let keep = keep.clone();
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            keep();
        })
    };
    let onkeydown = {
        let done = props.on_done.clone();
        Callback::from(move |e: KeyboardEvent| {
            if keypress::takes(&e, Scope::Runs) {
                e.prevent_default();
                done.emit(());
            }
        })
    };
    html! {
        <form class="rename" {onsubmit}>
            <input ref={field} class="field" aria-label="Name of the run" maxlength={MAX_RUN_NAME.to_string()} {onkeydown}/>
            <button class="btn" type="submit">{ "Keep" }</button>
        </form>
    }
}
