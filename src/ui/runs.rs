//! The runs that are kept: a list with what came of each, and what can be done with it; two of them side by side in a dialog.
//!
//! A run is two lines: what was changed and whether it passed; its goals as dots, its cost, its confirmation. A press on it unfolds what can be
//! done with it, or chooses it while two are being chosen.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlInputElement;

use super::icons::{Icon, icon};
use super::kit::{ByPtr, IconButton, Widget, widget};
use super::notes::{NotesSection, notes_section};
use super::{focus, keypress};
use crate::design::Design;
use crate::format;
use crate::kata::goal::name as goal_name;
use crate::kata::{Scenario, builtin};
use crate::record::history::{MAX_RUN_NAME, MOST_BYTES, MOST_RUNS, Outcome};
use crate::record::{Note, Notes, RunHistory, RunRecord};
use crate::session::Action;
use crate::session::gestures::keys::Scope;
use crate::session::run::history::is_of;
use crate::session::text::differences;
use engine::measure::{MetricId, Unit};

mod pairs;

use pairs::{PairsDialog, Present};

#[derive(PartialEq)]
pub struct RunsPanel {
    pub runs: ByPtr<RunHistory>,
    /// As they are now: a run of them is the one that is there.
    pub design: ByPtr<Design>,
    pub scenario: ByPtr<Scenario>,
    pub seed: u64,
    /// The one deleted last, that can be brought back.
    pub deleted: Option<ByPtr<RunRecord>>,
    pub notes: ByPtr<Notes>,
    /// The note deleted last, that can be brought back.
    pub deleted_note: Option<ByPtr<Note>>,
    /// Notes outlive this visit.
    pub keeps: bool,
    pub dispatch: Callback<Action>,
}

widget!(late RunsPanel, use_runs_panel);

/// Which runs are to be compared; `None` while none are chosen for that.
type Choice = Option<Vec<String>>;

#[hook]
fn use_runs_panel(props: &RunsPanel) -> Html {
    // The ids of up to two runs, in the order in which they were chosen.
    let chosen = use_state(|| None::<Vec<String>>);
    let renaming = use_state_eq(|| None::<String>);
    let unfolded = use_state_eq(|| None::<String>);
    // The earlier run first: what differs is what the later one has more.
    let mut two: Vec<Rc<RunRecord>> = chosen.iter().flatten().filter_map(|id| props.runs.get(id).cloned()).collect();
    crate::order::sort_by_key(&mut two, |kept| kept.number);
    let set = |state: &UseStateHandle<Option<String>>| {
        let state = state.clone();
        Callback::from(move |id: Option<String>| state.set(id))
    };
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |choice: Choice| chosen.set(choice))
    };
    let (on_rename, on_unfold) = (set(&renaming), set(&unfolded));
    let card = |(at, kept): (usize, &Rc<RunRecord>)| {
        let is_unfolded = unfolded.as_ref() == Some(&kept.id);
        let before = || props.runs.list().get(at + 1).map(|before| &**before);
        let card = RunCard {
            since: if is_unfolded { differences::since(&kept.design, &kept.changes, before()) } else { None },
            kept: kept.into(),
            here: kept.scenario == props.scenario.id,
            choice: (*chosen).clone(),
            renaming: renaming.as_ref() == Some(&kept.id),
            unfolded: is_unfolded,
            dispatch: props.dispatch.clone(),
            on_choose: choose.clone(),
            on_rename: on_rename.clone(),
            on_unfold: on_unfold.clone(),
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
        [first, second] => Some((first.into(), second.into())),
        _ => None,
    };
    let here = |run: &RunRecord| is_of(run, &props.design, &props.scenario.id, props.seed);
    let present = match two.as_slice() {
        [_, second] if here(second) => Present::Second,
        [first, _] if here(first) => Present::First,
        [..] => Present::Neither,
    };
    let pairs = PairsDialog { pair, present, on_close: choose.reform(|()| None), dispatch: props.dispatch.clone() };
    html! {
        <section class="runs" aria-label={say!("runs.title")}>
            <h2 class="sr-only">{ say!("runs.title") }</h2>
            { notes_section(&notes) }
            { gone(props) }
            if props.runs.list().is_empty() {
                <div class="none">
                    <p>{ say!("runs.none") }</p>
                    <p>{ say!("runs.none_then") }</p>
                </div>
            } else {
                { together(props, &chosen, &choose) }
            }
            { for props.runs.list().iter().enumerate().map(card) }
            { bound(&props.runs) }
            { pairs.view() }
        </section>
    }
}

/// Two runs are chosen to be seen side by side; with two there are, both at once.
fn together(props: &RunsPanel, chosen: &Choice, choose: &Callback<Choice>) -> Html {
    let list = props.runs.list();
    if list.len() < 2 {
        return Html::default();
    }
    let Some(ids) = chosen else {
        let both: Vec<String> =
            if list.len() == 2 { list.iter().map(|run| run.id.clone()).collect() } else { Vec::new() };
        let onclick = choose.reform(move |_: MouseEvent| Some(both.clone()));
        return html! { <div class="together"><button class="btn" {onclick}>{ say!("runs.compare_two") }</button></div> };
    };
    html! {
        <div class="together">
            <span role="status">{ match ids.len() { 0 => say!("runs.choose_two"), 1 => say!("runs.choose_another"), _ => "" } }</span>
            <button class="btn" onclick={choose.reform(|_: MouseEvent| None)}>{ say!("runs.cancel") }</button>
        </div>
    }
}

/// What was deleted last, and the way back.
fn gone(props: &RunsPanel) -> Html {
    let Some(deleted) = &props.deleted else { return Html::default() };
    html! {
        <div class="gone">
            <span>{ say!("runs.deleted", name = deleted.name) }</span>
            <button class="btn" onclick={props.dispatch.reform(|_| Action::BringBackRun)}>{ say!("runs.bring_back") }</button>
        </div>
    }
}

/// Nothing, until little room is left.
fn bound(runs: &RunHistory) -> Html {
    let bytes: usize = runs.list().iter().map(|kept| kept.bytes()).sum();
    let nearly = |part: usize, whole: usize| 10 * part >= 9 * whole;
    if !nearly(runs.list().len(), MOST_RUNS) && !nearly(bytes, MOST_BYTES) {
        return Html::default();
    }
    html! { <p class="bound">{ say!("runs.bound") }</p> }
}

#[derive(PartialEq)]
struct RunCard {
    kept: ByPtr<RunRecord>,
    /// What was changed since the run before it, where that can be read.
    since: Option<String>,
    /// It is of the scenario that is chosen.
    here: bool,
    choice: Choice,
    renaming: bool,
    unfolded: bool,
    dispatch: Callback<Action>,
    on_choose: Callback<Choice>,
    on_rename: Callback<Option<String>>,
    on_unfold: Callback<Option<String>>,
}

widget!(RunCard => run_card);

fn run_card(props: &RunCard) -> Html {
    let kept = &props.kept;
    let title = format!("run-{}", kept.id);
    let (class, shape, word) = match (kept.is_exploration(), kept.passed()) {
        (true, _) => ("waiting", Icon::Note, say!("result.exploration")),
        (false, true) => ("holds", Icon::Check, say!("result.passed")),
        (false, false) => ("missed", Icon::Cross, say!("result.not_yet")),
    };
    let chosen = props.choice.as_ref().is_some_and(|ids| ids.contains(&kept.id));
    let unfold = {
        let next = (!props.unfolded).then(|| kept.id.clone());
        props.on_unfold.reform(move |_: MouseEvent| next.clone())
    };
    html! {
        <article class={classes!("run", kept.pinned.then_some("pinned"), chosen.then_some("chosen"))} aria-labelledby={title.clone()} data-digest={kept.digest.clone()}>
            if props.renaming {
                { Rename { kept: kept.clone(), dispatch: props.dispatch.clone(), on_done: props.on_rename.reform(|()| None) }.view() }
            } else {
                <div class="head">
                    { tick(props) }
                    <h3>
                        <span class={classes!("state", class)}>{ icon(shape) }<span class="sr-only">{ word }{ ": " }</span></span>
                        <span id={title} class="name" dir="auto">{ &kept.name }</span>
                        if kept.pinned { <span class="pin">{ icon(Icon::Pin) }<span class="sr-only">{ say!("runs.pinned_too") }</span></span> }
                    </h3>
                    if props.choice.is_none() {
                        <button type="button" class="btn icon plain whole" aria-expanded={props.unfolded.to_string()} aria-label={say!("runs.what_to_do", name = kept.name)} title={in_full(kept)} onclick={unfold}>
                            { icon(Icon::More) }
                        </button>
                    }
                </div>
            }
            <div class="figures">
                { dots(kept) }
                { for figures(kept).into_iter().map(|figure| html! { <span>{ figure }</span> }) }
                { elsewhere(kept, props.here) }
            </div>
            if props.unfolded && props.choice.is_none() { { deeds(props) } }
        </article>
    }
}

/// While two are chosen, a box to tick.
fn tick(props: &RunCard) -> Html {
    let Some(ids) = &props.choice else { return Html::default() };
    let (id, ids) = (props.kept.id.clone(), ids.clone());
    let checked = ids.contains(&id);
    let onchange = props.on_choose.reform(move |_: Event| {
        let mut next: Vec<String> = ids.iter().filter(|other| **other != id).cloned().collect();
        if next.len() == ids.len() {
            next.push(id.clone());
        }
        Some(next)
    });
    html! { <label class="choose whole" title={in_full(&props.kept)}><input type="checkbox" {checked} aria-label={say!("runs.compare", name = props.kept.name)} {onchange}/></label> }
}

/// What is shown on hover: the name, which may be cut, and the goals that were missed.
fn in_full(kept: &RunRecord) -> String {
    format!("{}\n{}", kept.name, goals(kept))
}

/// How many goals held, and which did not.
fn goals(kept: &RunRecord) -> String {
    let met = kept.goals.iter().filter(|goal| goal.met()).count();
    let missed: Vec<&str> = kept.goals.iter().filter(|goal| !goal.met()).map(|goal| goal_name(goal.metric)).collect();
    let held = say!("result.hold", met, all = kept.goals.len());
    if missed.is_empty() { held } else { say!("runs.hold_but", held, missed = missed.join("; ")) }
}

/// Each goal as a dot: full where it held, crossed where it was missed.
fn dots(kept: &RunRecord) -> Html {
    let (mut full, mut crossed) = (String::new(), String::new());
    for (at, goal) in kept.goals.iter().enumerate() {
        let x = 8 * at;
        match Outcome::met(goal) {
            true => full += &format!("M{x} 4a3 3 0 1 0 6 0a3 3 0 1 0-6 0z"),
            false => crossed += &format!("M{} 1.5l5 5m0-5l-5 5", x as f64 + 0.5),
        }
    }
    let wide = (8 * kept.goals.len()).saturating_sub(2);
    html! {
        <span class="goal-dots">
            <svg viewBox={format!("0 0 {wide} 8")} width={wide.to_string()} height="8" role="img" aria-label={goals(kept)}>
                <path class="met" d={full}/><path class="missed" d={crossed}/>
            </svg>
        </span>
    }
}

/// What it cost, and how long confirmation took.
fn figures(kept: &RunRecord) -> Vec<String> {
    let cost = kept.figure(&[MetricId::Cost]).map(|cost| format::metric(Some(cost), Unit::Pounds));
    // Of these the first that the run had to keep to: its value or that there is none, never that of another.
    let latency = [MetricId::EndToEndP95, MetricId::EndToEndP50, MetricId::AcceptanceP95];
    let judged = latency.into_iter().find(|id| kept.goals.iter().any(|goal| goal.metric.id == *id));
    let shown = |id| kept.goals.iter().find(|goal| goal.metric.id == id).map_or(String::new(), |goal| goal.shown());
    let took = judged.map(|id| match (kept.figure(&[id]).map(format::duration_ms), id) {
        (Some(figure), MetricId::AcceptanceP95) => say!("runs.acknowledged", figure),
        (Some(figure), _) => say!("runs.confirmed", figure),
        (None, MetricId::AcceptanceP95) => say!("runs.acknowledged_none", figure = shown(id)),
        (None, _) => say!("runs.confirmed_none", figure = shown(id)),
    });
    cost.into_iter().chain(took).collect()
}

/// The scenario, where it is not the one that is chosen.
fn elsewhere(kept: &RunRecord, here: bool) -> Html {
    let scenario = builtin::scenario(&kept.scenario).map_or(kept.scenario.as_str(), |s| s.name.as_str());
    if here || kept.name.contains(scenario) {
        return Html::default();
    }
    html! { <span class="where">{ scenario.to_owned() }</span> }
}

/// What can be done with a run.
fn deeds(props: &RunCard) -> Html {
    let kept = &props.kept;
    let id = || kept.id.clone();
    let send = |action: Action| props.dispatch.reform(move |_: MouseEvent| action.clone());
    let pin = Action::PinRun((!kept.pinned).then(id));
    let name = &kept.name;
    let rename = props.on_rename.reform({
        let id = id();
        move |_: MouseEvent| Some(id.clone())
    });
    html! {
        <div class="deeds">
            <button class="btn plain" aria-pressed={kept.pinned.to_string()} onclick={send(pin)} aria-label={say!("runs.pin_it", name)}
                title={say!("runs.pin_about")}>{ icon(Icon::Pin) }{ say!("runs.pin") }</button>
            <button class="btn plain" onclick={send(Action::RestoreRun(id()))} aria-label={say!("runs.restore_it", name)} title={say!("runs.restore_about")}>{ icon(Icon::Undo) }{ say!("runs.restore") }</button>
            { IconButton::new(Icon::Rename, say!("runs.rename_it", name), rename).title(say!("runs.rename")).view() }
            { IconButton::new(Icon::Delete, say!("runs.delete_it", name), send(Action::DeleteRun(id()))).title(say!("runs.delete_about")).view() }
            // Where the name says it all, it is not said again.
            if let Some(since) = props.since.as_ref().filter(|since| **since != kept.name) { <span>{ say!("runs.changed", what = since) }</span> }
            <span>{ say!("runs.number", n = kept.number, seed = kept.seed) }</span>
        </div>
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
            } else if e.key() == "Enter" && keypress::composes(&e) {
                // It chooses a character and keeps no name.
                e.prevent_default();
            }
        })
    };
    html! {
        <form class="rename" {onsubmit}>
            <input ref={field} class="field" dir="auto" aria-label={say!("runs.name")} maxlength={MAX_RUN_NAME.to_string()} {onkeydown}/>
            <button class="btn" type="submit">{ say!("runs.keep") }</button>
        </form>
    }
}
