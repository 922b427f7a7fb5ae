//! The inspector: everything about what is selected, made from the catalogue alone.
//!
//! A new parameter in the catalogue appears here by itself. Input that the catalogue does not allow changes nothing: its field keeps the last
//! good value in force, is marked and says what is allowed.
//!
//! Where nothing is selected it shows what it is given for that. It stays in the page all the while, and so remembers which sections are open.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;

use super::diagram::Scene;
use super::name::{NameField, Named};
use super::why::problems;
use super::words::Words;
use crate::design::{Design, Location, Node, Problem};
use crate::kata::builtin::kata;
use crate::kata::{Analysis, Scenario};
use crate::kinds::{KindId, Param};
use crate::session::removal::may_delete;
use crate::session::text::capacity::{self as sums, Sum};
use crate::session::text::schedule::Run;
use crate::session::{Action, Selection};
use crate::ui::icons::Icon;
use crate::ui::kit::{ByPtr, Fixed, IconButton, Widget, widget};

mod capacity;
mod connection;
pub mod form;
mod group;
pub(in crate::ui) mod number;
mod picture;
mod row;
mod section;
mod steps;
mod values;

use section::{Open, Section, use_open};

#[derive(Clone, PartialEq)]
pub struct Inspector {
    pub design: ByPtr<Design>,
    pub scenario: ByPtr<Scenario>,
    /// Of the design in the scenario.
    pub analysis: ByPtr<Analysis>,
    pub problems: ByPtr<Vec<Problem>>,
    pub selection: ByPtr<Selection>,
    pub readonly: bool,
    /// The learner is asked for the backlog: what answers that is not shown.
    pub asked: bool,
    /// There is a run, whose bookings have stories.
    pub has_run: bool,
    /// What stands here while nothing is selected.
    pub nothing: Html,
    pub dispatch: Callback<Action>,
}

widget!(Inspector, use_inspector);

impl Inspector {
    /// Of a scene it shows only what is in the design, and whether there is a run: neither the view nor a gesture nor figures.
    pub fn of(scene: &Scene, asked: bool, dispatch: &Callback<Action>) -> Inspector {
        Inspector {
            design: scene.design.clone(),
            scenario: scene.scenario.clone(),
            analysis: scene.analysis.clone(),
            problems: scene.problems.clone(),
            selection: scene.selection.clone(),
            readonly: scene.readonly,
            asked,
            has_run: scene.figures.is_some(),
            nothing: Html::default(),
            dispatch: dispatch.clone(),
        }
    }

    /// The same with something to show while nothing is selected.
    pub fn otherwise(self, nothing: Html) -> Inspector {
        Inspector { nothing, ..self }
    }
}

#[hook]
fn use_inspector(props: &Inspector) -> Html {
    let open = use_open();
    use_effect_with(props.selection.clone(), |_| to_the_top());
    let nothing = props.selection.is_empty();
    let content = if nothing { props.nothing.clone() } else { Selected { of: props.clone(), open }.view() };
    html! { <section class="inspector" aria-label={say!("inspector.title")}>{ content }</section> }
}

/// What is selected anew is shown from its name on.
fn to_the_top() {
    let scroll =
        web_sys::window().and_then(|w| w.document()).and_then(|d| d.query_selector(".right > .scroll").ok().flatten());
    if let Some(scroll) = scroll {
        scroll.set_scroll_top(0);
    }
}

/// What there is of a selection.
#[derive(PartialEq)]
struct Selected {
    of: Inspector,
    open: Open,
}

widget!(late Selected => selected);

fn selected(Selected { of, open }: &Selected) -> Html {
    let selection = &of.selection;
    if let Some(node) = selection.only_node().and_then(|id| of.design.node(id)) {
        component(of, node, open)
    } else if let Some(edge) = selection.only_edge().and_then(|(a, b)| of.design.edge(a, b)) {
        connection::one(of, edge)
    } else {
        connection::several(of)
    }
}

/// A callback that sends out one action.
fn act(props: &Inspector, action: Action) -> Callback<MouseEvent> {
    let dispatch = props.dispatch.clone();
    Callback::from(move |_| dispatch.emit(action.clone()))
}

fn component(props: &Inspector, node: &Rc<Node>, open: &Open) -> Html {
    let kind = node.kind.kind();
    let given = kind.params.iter().filter(|p| props.scenario.given(node.kind, p.key).is_some()).count();
    let mine = |p: &&Problem| matches!(&p.place, Location::Node { id, .. } if **id == *node.id);
    let words = Words::new();
    let (rate, sums) = sums::shown(&props.analysis, node, props.asked);
    let in_section = |sum: &&Sum| sum.about.is_some_and(|key| kind.sections.iter().any(|s| s.keys.contains(&key)));
    html! {
        <>
            { head(props, node) }
            <p class="purpose">
                if node.label.is_some() { { format!("{}: ", kind.name()) } }
                { words.mark(kind.help()) }
            </p>
            if given > 0 { { note(given_words(given, kind.params.len())) } }
            if props.readonly { { note(say!("inspector.readonly")) } }
            // What matters most of a kind comes first in the catalogue; under its fields what they come to: nothing that comes and goes with what
            // is typed stands above a field.
            { for kind.in_sight().map(|param| form(props, node, param, false, open)) }
            { capacity::block(rate.as_ref(), sums.iter().filter(|sum| !in_section(sum)), &words) }
            { for kind.sections.iter().map(|section| {
                let about = |sum: &&Sum| sum.about.is_some_and(|key| section.keys.contains(&key));
                folded(props, node, section, capacity::block(None, sums.iter().filter(about), &words), open).view(open)
            }) }
            if !props.asked { { theory(props, node, &words, open) } }
            { problems(props.problems.iter().filter(mine)) }
            { connection::all(props, node, open) }
        </>
    }
}

/// The component's icon and its name, to be typed over; at the end the way to delete it.
fn head(props: &Inspector, node: &Node) -> Html {
    let name = NameField {
        id: "inspector-name".into(),
        class: "rename",
        label: say!("inspector.name").into(),
        of: Named::Node(node.id.clone()),
        name: node.name().to_owned(),
        plain: node.kind.kind().name(),
        readonly: props.readonly,
        dispatch: props.dispatch.clone(),
    };
    html! {
        <div class="head">
            { kind_icon(node.kind) }
            <h2 class="sr-only">{ node.name().to_owned() }</h2>
            { name.keyed(&node.id) }
            if may_delete(&props.design, &node.id) { { delete(props, &say!("stage.delete_it", name = node.name())) } }
        </div>
    }
}

fn kind_icon(kind: KindId) -> Html {
    html! { <svg class="kind" viewBox="0 0 32 32" width="18" height="18" aria-hidden="true" focusable="false"><path d={kind.kind().icon}/></svg> }
}

/// Deletes what is selected.
fn delete(props: &Inspector, name: &str) -> Html {
    if props.readonly {
        return Html::default();
    }
    // The second press of a double click was meant for what stood here before.
    let press = act(props, Action::Delete);
    let onclick = Callback::from(move |e: MouseEvent| {
        if e.detail() < 2 {
            press.emit(e)
        }
    });
    IconButton::new(Icon::Delete, name.to_owned(), onclick).view()
}

fn note(words: &'static str) -> Html {
    html! { <p class="given-note">{ row::lock() }<span>{ words }</span></p> }
}

fn given_words(given: usize, all: usize) -> &'static str {
    if given == all { say!("inspector.all_given") } else { say!("inspector.some_given") }
}

/// The rows of one parameter.
fn form(props: &Inspector, node: &Rc<Node>, param: &'static Param, named: bool, open: &Open) -> Html {
    let scenario = &props.scenario;
    let form = form::ParamForm {
        node: node.into(),
        param: Fixed(param),
        given: scenario.given(node.kind, param.key).cloned(),
        run: Run { starts_at_s: f64::from(scenario.starts_at_s), lasts_s: scenario.world.duration.seconds() },
        readonly: props.readonly,
        named,
        open: open.clone(),
        dispatch: props.dispatch.clone(),
    };
    form.keyed(format_args!("{}.{}", node.id, param.key))
}

/// Parameters that hardly anybody changes, under their title.
fn folded<'a>(
    props: &Inspector,
    node: &'a Rc<Node>,
    section: &'static crate::kinds::Section,
    sums: Html,
    open: &Open,
) -> Section<'a> {
    let kind = node.kind.kind();
    let params: Vec<&'static Param> = section.keys.iter().filter_map(|key| kind.param(key)).collect();
    let own = |param: &&&Param| props.scenario.given(node.kind, param.key).is_none();
    let changed = params.iter().filter(own).any(|param| node.param(param.key) != kata().parts.usual(node.kind, param));
    let named = |param: &Param| param.label() == section.title.get();
    let body = html! {
        <>
            { for params.into_iter().map(|param| form(props, node, param, named(param), open)) }
            { sums }
        </>
    };
    Section { of: kind.key, title: section.title.get(), count: None, changed, body }
}

/// What queueing theory says of a pool, or why it says nothing.
fn theory(props: &Inspector, node: &Node, words: &Words, open: &Open) -> Html {
    let Some(note) = crate::advice::theory::note(&props.analysis, &node.id) else { return Html::default() };
    let body = html! { <p class="theory">if note.holds { <b>{ say!("inspector.by_formula") }</b> }{ words.mark(&note.text) }</p> };
    Section { of: node.kind.kind().key, title: say!("inspector.theory"), count: None, changed: false, body }.view(open)
}
