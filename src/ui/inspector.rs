//! The inspector: everything about what is selected, made from the catalogue alone.
//!
//! A new parameter in the catalogue appears here by itself. Input that the catalogue does not allow changes nothing: its field keeps the last
//! good value in force, is marked and says what is allowed.

use std::rc::Rc;

use crate::ui::prelude::*;

use super::diagram::Scene;
use super::name::NameField;
use super::why::problems;
use super::words::Words;
use crate::design::{Design, Edge, Edit, Location, Node, NodeId, Problem};
use crate::kata::{Analysis, Scenario};
use crate::kinds::{Param, Value};
use crate::session::text::capacity;
use crate::session::{Action, Pick, Selection, Which};
use crate::ui::kit::{ByPtr, Fixed, Widget, widget};

mod field;
pub mod form;
pub(in crate::ui) mod number;
mod picture;
mod values;

use field::{Frame, small_icon};
use number::NumberInput;

#[derive(PartialEq)]
pub struct Inspector {
    pub design: ByPtr<Design>,
    pub scenario: ByPtr<Scenario>,
    /// Of the design in the scenario.
    pub analysis: ByPtr<Analysis>,
    pub problems: ByPtr<Vec<Problem>>,
    pub selection: ByPtr<Selection>,
    pub readonly: bool,
    /// There is a run, whose bookings have stories.
    pub has_run: bool,
    pub dispatch: Callback<Action>,
}

widget!(Inspector => inspector);

impl Inspector {
    /// Of a scene it shows only what is in the design, and whether there is a run: neither the view nor a gesture nor figures.
    pub fn of(scene: &Scene, dispatch: &Callback<Action>) -> Inspector {
        Inspector {
            design: scene.design.clone(),
            scenario: scene.scenario.clone(),
            analysis: scene.analysis.clone(),
            problems: scene.problems.clone(),
            selection: scene.selection.clone(),
            readonly: scene.readonly,
            has_run: scene.figures.is_some(),
            dispatch: dispatch.clone(),
        }
    }
}

fn inspector(props: &Inspector) -> Html {
    let scene = props;
    let selection = &scene.selection;
    let content = if let Some(node) = selection.only_node().and_then(|id| scene.design.node(id)) {
        component(props, node)
    } else if let Some(edge) = selection.only_edge().and_then(|(a, b)| scene.design.edge(a, b)) {
        connection(props, edge)
    } else if selection.is_empty() {
        // The log of the run stands in its place.
        Html::default()
    } else {
        several(props)
    };
    html! { <section class="inspector" aria-label="Inspector">{ content }</section> }
}

/// A callback that sends out one action.
fn act(props: &Inspector, action: Action) -> Callback<MouseEvent> {
    let dispatch = props.dispatch.clone();
    Callback::from(move |_| dispatch.emit(action.clone()))
}

fn component(props: &Inspector, node: &Rc<Node>) -> Html {
    let scene = props;
    let kind = node.kind.kind();
    let given = kind.params.iter().filter(|p| scene.scenario.given(node.kind, p.key).is_some()).count();
    let mine = |p: &&Problem| matches!(&p.place, Location::Node { id, .. } if **id == *node.id);
    let words = Words::new();
    let (first, rest) = kind.params.split_at(kind.params.len().min(1));
    let form = |param: &'static Param| {
        let given = scene.scenario.given(node.kind, param.key).cloned();
        let form = form::ParamForm {
            node: node.into(),
            param: Fixed(param),
            given,
            starts_at_s: scene.scenario.starts_at_s,
            readonly: scene.readonly,
            dispatch: props.dispatch.clone(),
        };
        form.keyed(format_args!("{}.{}", node.id, param.key))
    };
    html! {
        <>
            { name_field(props, node) }
            if node.label.is_some() { <p class="help">{ kind.name }</p> }
            <p class="help">{ words.mark(kind.help) }</p>
            if given > 0 {
                <p class="given-note">{ field::lock() }<span>{ format!("{}, {}.", given_words(given, kind.params.len()), "so it is not yours to change") }</span></p>
            }
            if scene.readonly {
                <p class="given-note">{ field::lock() }<span>{ "This design can be looked at and run, not changed." }</span></p>
            }
            // What matters most of a kind comes first in the catalogue: it stands in sight, and under it what it comes to.
            { for first.iter().map(form) }
            { sums(scene, node, &words) }
            { problems(scene.problems.iter().filter(mine)) }
            { theory(scene, node, &words) }
            { for rest.iter().map(form) }
            { connections(props, node) }
            { remove(props) }
        </>
    }
}

/// What the component can do and what it costs, as sums.
fn sums(scene: &Inspector, node: &Node, words: &Words) -> Html {
    let sums = capacity::sums(&scene.analysis, node);
    if sums.is_empty() {
        return Html::default();
    }
    html! { <div class="capacity">{ for sums.into_iter().map(|sum| html! { <p>{ words.mark(&sum) }</p> }) }</div> }
}

/// What queueing theory says of a pool, or why it says nothing.
fn theory(scene: &Inspector, node: &Node, words: &Words) -> Html {
    let note = crate::advice::theory::note(&scene.analysis, &node.id);
    note.map_or_else(Html::default, |note| {
        html! { <p class="theory">if note.holds { <b>{ "By formula, " }</b> }{ words.mark(&note.text) }</p> }
    })
}

fn given_words(given: usize, all: usize) -> &'static str {
    if given == all { "Given by the scenario" } else { "Partly given by the scenario; what is locked is given" }
}

/// The component's name, to be typed over.
fn name_field(props: &Inspector, node: &Node) -> Html {
    let name = NameField {
        id: "inspector-name".into(),
        class: "rename",
        label: "Name".into(),
        node: node.id.clone(),
        name: node.name().to_owned(),
        plain: node.kind.kind().name,
        readonly: props.readonly,
        dispatch: props.dispatch.clone(),
    };
    html! {
        <div class="head">
            <h2 class="sr-only">{ node.name().to_owned() }</h2>
            { name.keyed(&node.id) }
        </div>
    }
}

/// What this component leads to and what leads to it; each can be selected, and taken away.
fn connections(props: &Inspector, node: &Node) -> Html {
    let name = |id: &str| props.design.node(id).map_or(String::new(), |n| n.name().to_owned());
    let all: Vec<&Edge> = props.design.edges.iter().filter(|e| e.from == node.id || e.to == node.id).collect();
    let connect = act(props, Action::StartConnect(node.id.clone()));
    html! {
        <>
            <h3>{ "Connections" }</h3>
            if all.is_empty() { <p class="hint">{ "None yet." }</p> }
            <ul class="links">
                { for all.into_iter().map(|e| {
                    let words = if e.from == node.id { format!("to {}", name(&e.to)) } else { format!("from {}", name(&e.from)) };
                    let edges = vec![(e.from.clone(), e.to.clone())];
                    let select = act(props, Action::Select { pick: Pick::Edge(e.from.clone(), e.to.clone()), add: false });
                    let cut = act(props, Action::Edit { edit: Edit::Remove { nodes: Vec::new(), edges }, burst: None });
                    html! {
                        <li key={format!("{}>{}", e.from, e.to)}>
                            <button type="button" class="link" onclick={select}>{ words.clone() }</button>
                            if !props.readonly {
                                <button type="button" class="icon-btn" aria-label={format!("Delete the connection {words}")} title="Delete" onclick={cut}>
                                    { small_icon("M3.5 3.5l7 7M10.5 3.5l-7 7") }
                                </button>
                            }
                        </li>
                    }
                }) }
            </ul>
            if node.kind.has_out_port() && !props.readonly {
                <button type="button" class="btn" onclick={connect}>{ "Connect …" }</button>
            }
        </>
    }
}

fn remove(props: &Inspector) -> Html {
    if props.readonly {
        return Html::default();
    }
    html! { <div class="actions"><button type="button" class="btn" onclick={act(props, Action::Delete)}>{ "Delete" }</button></div> }
}

fn connection(props: &Inspector, edge: &Edge) -> Html {
    let scene = props;
    let name = |id: &NodeId| scene.design.node(id).map_or(String::new(), |n| n.name().to_owned());
    let (from, to) = (edge.from.clone(), edge.to.clone());
    let mine = |p: &&Problem| matches!(&p.place, Location::Edge { from: a, to: b } if **a == *from && **b == *to);
    let rivals: f64 = scene.design.edges.iter().filter(|e| e.from == from).map(|e| e.weight).sum();
    let check = Callback::from(|value: Value| match value.number() {
        Some(n) if n > 0.0 && n <= crate::design::MAX_WEIGHT => Ok(()),
        _ => Err("Allowed: a number above 0, up to 1\u{202f}000\u{202f}000.".to_owned()),
    });
    let (dispatch, a, b) = (props.dispatch.clone(), from.clone(), to.clone());
    let change = Callback::from(move |value: Value| {
        let weight = value.number().unwrap_or(1.0);
        dispatch.emit(Action::Edit {
            edit: Edit::SetWeight { from: a.clone(), to: b.clone(), weight },
            burst: Some(format!("weight.{a}.{b}")),
        });
    });
    let dispatch = props.dispatch.clone();
    let done = Callback::from(move |()| dispatch.emit(Action::EndBurst));
    let field = NumberInput {
        id: "weight".into(),
        label: "Weight".into(),
        unit: "".into(),
        value: Value::Number(edge.weight),
        check,
        change,
        done,
        locked: scene.readonly,
        slider: None,
        described: "weight-about".into(),
        otherwise: None,
    };
    let frame = Frame {
        id: "weight".into(),
        label: "Weight".into(),
        help: "Share of the requests relative to the other connections that leave here.".into(),
        locked: scene.readonly,
        reset: None,
        default: "1".into(),
        allowed: "a number above 0, up to 1 000 000".into(),
        children: field.view(),
    };
    html! {
        <>
            <div class="head"><h2>{ format!("{} → {}", name(&from), name(&to)) }</h2></div>
            { problems(scene.problems.iter().filter(mine)) }
            { frame.view() }
            <p class="hint">{ format!("{} % of what {} hands on comes this way.", crate::format::number(100.0 * edge.weight / rivals, 1), name(&from)) }</p>
            <ul class="links">
                <li><button type="button" class="link" onclick={act(props, Action::Select { pick: Pick::Node(from.clone()), add: false })}>{ format!("from {}", name(&from)) }</button></li>
                <li><button type="button" class="link" onclick={act(props, Action::Select { pick: Pick::Node(to.clone()), add: false })}>{ format!("to {}", name(&to)) }</button></li>
            </ul>
            { passing(props, &to) }
            { remove(props) }
        </>
    }
}

/// A dot of the connection, as a story: the booking that came over it last.
fn passing(props: &Inspector, to: &NodeId) -> Html {
    let Some(to) = props.design.nodes.iter().position(|n| n.id == *to) else { return Html::default() };
    if !props.has_run {
        return Html::default();
    }
    let tell = act(props, Action::Story(Which::Passing { to }));
    html! { <p><button type="button" class="btn" onclick={tell}>{ "Story of the booking that passed last" }</button></p> }
}

fn several(props: &Inspector) -> Html {
    let selection = &props.selection;
    let counted = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let words = match (selection.nodes.len(), selection.edges.len()) {
        (n, 0) => counted(n, "component"),
        (0, e) => counted(e, "connection"),
        (n, e) => format!("{} and {}", counted(n, "component"), counted(e, "connection")),
    };
    html! {
        <>
            <div class="head"><h2>{ words }</h2></div>
            <p class="help">{ "Drag or use the arrow keys to move them, Delete to remove them, Ctrl+D to duplicate." }</p>
            { remove(props) }
        </>
    }
}
