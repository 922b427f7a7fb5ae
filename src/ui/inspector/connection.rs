//! Connections in the inspector: one that is selected, those of a component; and several things that are selected together.

use crate::say;
use crate::ui::prelude::*;

use super::number::{Named, NumberInput};
use super::row::{Reset, Row, Width, about_id, label_id};
use super::section::{Open, Section};
use super::{Inspector, act, delete, kind_icon};
use crate::design::{Edge, Edit, Location, Node, NodeId, Problem};
use crate::kinds::Value;
use crate::session::{Action, BookingChoice, Pick};
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::Widget;
use crate::ui::why::problems;

/// The row of a connection's weight, by its id.
const WEIGHT: &str = "weight";

fn name<'a>(props: &'a Inspector, id: &str) -> &'a str {
    props.design.node(id).map_or("", |n| n.name())
}

/// A row that leads to something else of the design.
fn link(props: &Inspector, words: String, pick: Pick, shape: Html) -> Html {
    html! { <button type="button" class="link" onclick={act(props, Action::Select { pick, add: false })}>{ shape }<span>{ words }</span></button> }
}

fn to_node(props: &Inspector, id: &NodeId, words: String) -> Html {
    let shape = props.design.node(id).map_or_else(Html::default, |node| kind_icon(node.kind));
    link(props, words, Pick::Node(id.clone()), shape)
}

/// The connection that is selected.
pub fn one(props: &Inspector, edge: &Edge) -> Html {
    let (from, to) = (&edge.from, &edge.to);
    let title = format!("{} → {}", name(props, from), name(props, to));
    let mine = |p: &&Problem| matches!(&p.place, Location::Edge { from: a, to: b } if **a == **from && **b == **to);
    let rivals: f64 = props.design.edges.iter().filter(|e| e.from == *from).map(|e| e.weight).sum();
    let share = crate::format::number(100.0 * edge.weight / rivals, 1);
    html! {
        <>
            <div class="head"><h2>{ title }</h2>{ delete(props, say!("inspector.delete_connection")) }</div>
            <p class="purpose">{ say!("inspector.share", share, name = name(props, from)) }</p>
            { weight(props, edge) }
            { problems(props.problems.iter().filter(mine)) }
            <ul class="links">
                <li>{ to_node(props, from, say!("stage.from", name = name(props, from))) }</li>
                <li>{ to_node(props, to, say!("stage.to", name = name(props, to))) }</li>
            </ul>
            { passing(props, to) }
        </>
    }
}

fn weight(props: &Inspector, edge: &Edge) -> Html {
    let check = Callback::from(|value: Value| match value.number() {
        Some(n) if n > 0.0 && n <= crate::design::MAX_WEIGHT => Ok(()),
        _ => Err(say!("stage.weight_allowed").to_owned()),
    });
    let set = {
        let (dispatch, a, b) = (props.dispatch.clone(), edge.from.clone(), edge.to.clone());
        Callback::from(move |weight: f64| {
            dispatch.emit(Action::Edit {
                edit: Edit::SetWeight { from: a.clone(), to: b.clone(), weight },
                burst: Some(format!("weight.{a}.{b}")),
            });
        })
    };
    let changed = !props.readonly && edge.weight != 1.0;
    let field = NumberInput {
        id: WEIGHT.into(),
        label: say!("stage.weight").into(),
        named: Named::By(label_id(WEIGHT).into()),
        unit: "".into(),
        shown_unit: "".into(),
        value: Value::Number(edge.weight),
        check,
        change: set.reform(|value: Value| value.number().unwrap_or(1.0)),
        done: props.dispatch.reform(|()| Action::EndBurst),
        locked: props.readonly,
        slider: None,
        described: about_id(WEIGHT).into(),
        otherwise: None,
    };
    Row {
        id: WEIGHT,
        label: say!("stage.weight"),
        about: say!("inspector.weight").to_owned(),
        unit: "",
        given: false,
        reset: changed.then(|| Reset { to: "1".to_owned(), onclick: set.reform(|_: MouseEvent| 1.0) }),
        width: Width::of(Some(edge.weight), None, ""),
        field: field.view(),
    }
    .view()
}

/// A dot of the connection, as a story: the booking that came over it last.
fn passing(props: &Inspector, to: &NodeId) -> Html {
    let Some(to) = props.design.nodes.iter().position(|n| n.id == *to).filter(|_| props.has_run) else {
        return Html::default();
    };
    html! { <button type="button" class="btn" onclick={act(props, Action::Story(BookingChoice::Passing { to }))}>{ say!("inspector.story") }</button> }
}

/// What a component leads to and what leads to it; each can be selected, and taken away.
pub fn all(props: &Inspector, node: &Node, open: &Open) -> Html {
    let edges: Vec<&Edge> = props.design.edges.iter().filter(|e| e.from == node.id || e.to == node.id).collect();
    let count = Some(edges.len());
    let body = html! {
        <>
            <ul class="links">{ for edges.into_iter().map(|edge| connected(props, node, edge)) }</ul>
            if node.kind.has_out_port() && !props.readonly {
                <button type="button" class="btn plain add" onclick={act(props, Action::StartConnect(node.id.clone()))}>{ icon(Icon::Add) }{ say!("inspector.connect") }</button>
            }
        </>
    };
    Section { of: "", title: say!("inspector.connections"), count, changed: false, body }.view(open)
}

fn connected(props: &Inspector, node: &Node, edge: &Edge) -> Html {
    let (far, words) = match edge.from == node.id {
        true => (&edge.to, say!("stage.to", name = name(props, &edge.to))),
        false => (&edge.from, say!("stage.from", name = name(props, &edge.from))),
    };
    let shape = props.design.node(far).map_or_else(Html::default, |node| kind_icon(node.kind));
    let pick = Pick::Edge(edge.from.clone(), edge.to.clone());
    let cut = Edit::Remove { nodes: Vec::new(), edges: vec![(edge.from.clone(), edge.to.clone())] };
    html! {
        <li key={format!("{}>{}", edge.from, edge.to)}>
            { link(props, words.clone(), pick, shape) }
            if !props.readonly {
                <button type="button" class="icon-btn" aria-label={say!("inspector.delete_connection_to", words)} title={say!("stage.delete")}
                    onclick={act(props, Action::Edit { edit: cut, burst: None })}>{ icon(Icon::Close) }</button>
            }
        </li>
    }
}

/// Several things: a row each, and what can be done with all.
pub fn several(props: &Inspector) -> Html {
    let selection = &props.selection;
    let components = |n: usize| say!("stage.components", plural = n, n);
    let connections = |n: usize| say!("stage.connections", plural = n, n);
    let words = match (selection.nodes.len(), selection.edges.len()) {
        (n, 0) => components(n),
        (0, e) => connections(e),
        (n, e) => say!("stage.and", a = components(n), b = connections(e)),
    };
    let edge = |(from, to): &(NodeId, NodeId)| {
        let words = format!("{} → {}", name(props, from), name(props, to));
        html! { <li>{ link(props, words, Pick::Edge(from.clone(), to.clone()), Html::default()) }</li> }
    };
    html! {
        <>
            <div class="head"><h2>{ words.clone() }</h2>{ delete(props, &say!("stage.delete_it", name = words)) }</div>
            <p class="purpose">{ say!("inspector.several") }</p>
            <ul class="links">
                { for selection.nodes.iter().map(|id| html! { <li>{ to_node(props, id, name(props, id).to_owned()) }</li> }) }
                { for selection.edges.iter().map(edge) }
            </ul>
        </>
    }
}
