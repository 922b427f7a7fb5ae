//! The runs that are kept: a list with what came of each, and what can be done with it; two of them side by side in a dialog.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icons::{Icon, icon};
use super::notes::NotesSection;
use super::{focus, keypress};
use crate::format;
use crate::kata::builtin;
use crate::record::history::{MAX_RUN_NAME, MOST_BYTES, MOST_RUNS};
use crate::record::{Note, Notes, RunHistory, RunRecord};
use crate::session::Action;
use crate::session::gestures::keys::Scope;

mod pairs;

use pairs::PairsDialog;

#[derive(Properties)]
pub struct RunsProps {
    pub runs: Rc<RunHistory>,
    /// The one deleted last, that can be brought back.
    pub deleted: Option<Rc<RunRecord>>,
    pub notes: Rc<Notes>,
    /// The note deleted last, that can be brought back.
    pub deleted_note: Option<Rc<Note>>,
    /// Notes outlive this visit.
    pub keeps: bool,
    pub dispatch: Callback<Action>,
}

impl PartialEq for RunsProps {
    fn eq(&self, other: &RunsProps) -> bool {
        Rc::ptr_eq(&self.runs, &other.runs)
            && Rc::ptr_eq(&self.notes, &other.notes)
            && (&self.deleted, &self.deleted_note, self.keeps) == (&other.deleted, &other.deleted_note, other.keeps)
            && self.dispatch == other.dispatch
    }
}

#[component]
pub fn RunsPanel(props: &RunsProps) -> Html {
    // The ids of up to two runs, in the order in which they were chosen.
    let chosen = use_state(Vec::<String>::new);
    let renaming = use_state_eq(|| None::<String>);
    let comparing = use_state_eq(|| false);
    // The earlier run first: what differs is what the later one has more.
    let mut two: Vec<Rc<RunRecord>> = chosen.iter().filter_map(|id| props.runs.get(id).cloned()).collect();
    two.sort_by_key(|kept| kept.number);
    let on_choose = {
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
    };
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
    html! {
        <section class="runs" aria-label="Runs">
            <h2 class="sr-only">{ "Runs" }</h2>
            <NotesSection notes={props.notes.clone()} deleted={props.deleted_note.clone()} keeps={props.keeps} dispatch={props.dispatch.clone()}/>
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
            { for props.runs.list().iter().map(|kept| html! {
                <RunCard key={kept.id.clone()} kept={kept.clone()} chosen={chosen.contains(&kept.id)} renaming={renaming.as_ref() == Some(&kept.id)}
                    dispatch={props.dispatch.clone()} on_choose={on_choose.clone()} on_rename={on_rename.clone()}/>
            }) }
            if !props.runs.list().is_empty() { <p class="bound">{ bound(&props.runs) }</p> }
            if let ([first, second], true) = (two.as_slice(), *comparing) {
                <PairsDialog first={first.clone()} second={second.clone()} on_show={show_both(first, second, &props.dispatch, &closed)} on_close={closed}/>
            }
        </section>
    }
}

/// Closes the dialog and shows both runs in the charts.
fn show_both(
    first: &Rc<RunRecord>,
    second: &Rc<RunRecord>,
    dispatch: &Callback<Action>,
    close: &Callback<()>,
) -> Callback<()> {
    let action = Action::ShowRuns { first: first.id.clone(), second: second.id.clone() };
    let (dispatch, close) = (dispatch.clone(), close.clone());
    Callback::from(move |()| {
        close.emit(());
        dispatch.emit(action.clone());
    })
}

/// What was deleted last, and the way back.
fn gone(props: &RunsProps) -> Html {
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

#[derive(Properties)]
struct RunCardProps {
    kept: Rc<RunRecord>,
    chosen: bool,
    renaming: bool,
    dispatch: Callback<Action>,
    on_choose: Callback<String>,
    on_rename: Callback<Option<String>>,
}

impl PartialEq for RunCardProps {
    fn eq(&self, other: &RunCardProps) -> bool {
        Rc::ptr_eq(&self.kept, &other.kept)
            && (self.chosen, self.renaming) == (other.chosen, other.renaming)
            && self.dispatch == other.dispatch
            && self.on_choose == other.on_choose
            && self.on_rename == other.on_rename
    }
}

#[component]
fn RunCard(props: &RunCardProps) -> Html {
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
                <Rename kept={kept.clone()} dispatch={props.dispatch.clone()} on_done={props.on_rename.reform(|()| None)}/>
            } else {
                <h3 id={title}><label class="choose"><input type="checkbox" checked={props.chosen} aria-label={about("Compare")}
                    onchange={Callback::from(move |_: Event| choose.emit(chosen_id.clone()))}/><span>{ &kept.name }</span></label></h3>
            }
            { result(kept) }
            <div class="deeds">
                <button class="btn plain" aria-pressed={kept.pinned.to_string()} onclick={send(pin)} aria-label={about("Pin")}
                    title="Its curves stay as pale lines under the others">{ icon(Icon::Pin) }{ if kept.pinned { "Pinned" } else { "Pin" } }</button>
                <button class="btn plain" onclick={send(Action::RestoreRun(id()))} aria-label={about("Restore the design of")} title="Bring its design back; Undo brings yours back">{ icon(Icon::Undo) }{ "Restore" }</button>
                <button class="btn plain icon" onclick={rename} aria-label={about("Rename")} title="Rename">{ icon(Icon::Rename) }</button>
                <button class="btn plain icon" onclick={send(Action::DeleteRun(id()))} aria-label={about("Delete")} title="Delete; it can be brought back">{ icon(Icon::Delete) }</button>
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

#[derive(Properties, PartialEq)]
struct RenameProps {
    kept: Rc<RunRecord>,
    dispatch: Callback<Action>,
    on_done: Callback<()>,
}

/// The name as a field: Enter keeps what was typed, Escape what was there.
#[component]
fn Rename(props: &RenameProps) -> Html {
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
