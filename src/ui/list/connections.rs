//! What a part leads to: each connection with its weight, what is missing, and a way to make another one.

use crate::say;
use crate::ui::prelude::*;

use super::menu::{Choice, RowMenu};
use super::{DesignList, act, focus};
use crate::design::{Edge, Edit, MAX_WEIGHT, Node, NodeId};
use crate::kinds::Value;
use crate::session::{Action, Ghost, Pick};
use crate::ui::flow::choose_part;
use crate::ui::icons::{Icon, icon};
use crate::ui::inspector::number::{Named, NumberInput};
use crate::ui::kit::Widget;

pub fn connections(props: &DesignList, at: usize, node: &Node) -> Html {
    let scene = &props.scene;
    if !node.kind.has_out_port() {
        return html! { <span class="hint">{ say!("list.end") }</span> };
    }
    let own: Vec<&Edge> = scene.design.edges.iter().filter(|e| e.from == node.id).collect();
    let missing: Vec<&Ghost> = scene.ghosts.iter().filter(|g| g.from == node.id).collect();
    let possible: Vec<(NodeId, String)> = scene
        .design
        .nodes
        .iter()
        .filter(|other| scene.design.may_connect(&node.id, &other.id).is_ok())
        .map(|other| (other.id.clone(), other.name().to_owned()))
        .collect();
    // A weight decides between ways that go on; what is parked has none.
    let on = |id: &NodeId| scene.design.node(id).is_some_and(|n| n.kind.is_on_the_way());
    let weighed = own.iter().filter(|edge| on(&edge.to)).count() > 1;
    html! {
        <>
            <ul class="links" role="list" aria-label={say!("list.part_leads", name = node.name())}>
                { for own.iter().enumerate().map(|(index, edge)| connection(props, at, index, (node, edge), weighed && on(&edge.to))) }
                if !scene.readonly { { for missing.iter().enumerate().map(|(index, ghost)| gap(props, at, index, node, ghost)) } }
            </ul>
            if !scene.readonly && !possible.is_empty() { { connect(props, at, node, possible) } }
        </>
    }
}

/// A connection as a chip; with its weight where that decides something.
fn connection(props: &DesignList, at: usize, index: usize, (node, edge): (&Node, &Edge), weighed: bool) -> Html {
    let scene = &props.scene;
    let to = scene.design.node(&edge.to).map_or(String::new(), |n| n.name().to_owned());
    let words = say!("stage.from_to", from = node.name(), to);
    let selected = scene.selection.has_edge(&edge.from, &edge.to);
    let pick = Pick::Edge(edge.from.clone(), edge.to.clone());
    let cut = act(&props.dispatch, vec![Action::Select { pick, add: false }, Action::Delete]);
    html! {
        <li key={edge.to.to_string()} class={classes!(selected.then_some("selected"))} data-to={edge.to.to_string()}>
            <span class="target">{ "→ " }{ &to }</span>
            if weighed || edge.weight != 1.0 { { weight(props, at, index, edge, &words) } }
            if !scene.readonly {
                <button type="button" class="btn plain icon" id={focus::id(at, &format!("cut-{index}"))} onclick={cut}
                    aria-label={say!("list.remove_connection_of", words)} title={say!("list.remove_connection")}>{ icon(Icon::Close) }</button>
            }
        </li>
    }
}

fn weight(props: &DesignList, at: usize, index: usize, edge: &Edge, words: &str) -> Html {
    let id = focus::id(at, &format!("weight-{index}"));
    let check = Callback::from(|value: Value| match value.number() {
        Some(n) if n > 0.0 && n <= MAX_WEIGHT => Ok(()),
        _ => Err(say!("stage.weight_allowed").to_owned()),
    });
    let (dispatch, from, to) = (props.dispatch.clone(), edge.from.clone(), edge.to.clone());
    let change = Callback::from(move |value: Value| {
        let Some(weight) = value.number() else { return };
        let edit = Edit::SetWeight { from: from.clone(), to: to.clone(), weight };
        dispatch.emit(Action::Edit { edit, burst: Some(format!("weight.{from}.{to}")) });
    });
    let done = props.dispatch.reform(|()| Action::EndBurst);
    let about = format!("{id}-about");
    let number = NumberInput {
        id: id.clone().into(),
        label: say!("stage.weight").into(),
        named: Named::Label,
        unit: "".into(),
        shown_unit: "".into(),
        value: Value::Number(edge.weight),
        check,
        change,
        done,
        locked: props.scene.readonly,
        slider: None,
        described: about.clone().into(),
        otherwise: None,
    };
    html! {
        <span class="weight">
            <label for={id}><span aria-hidden="true">{ say!("stage.weight") }</span><span class="sr-only">{ say!("list.weight_of", words) }</span></label>
            { number.view() }
            <span class="sr-only" id={about}>{ say!("list.share") }</span>
        </span>
    }
}

/// What is missing after a part: what the drawing shows as a dashed line or a place.
fn gap(props: &DesignList, at: usize, index: usize, node: &Node, ghost: &Ghost) -> Html {
    let to = props.scene.design.node(&ghost.to).map_or(String::new(), |n| n.name().to_owned());
    let key = format!("gap>{}", ghost.to);
    if ghost.via.is_some() {
        return html! { <li {key} class="missing">{ choose_part(&props.scene, ghost, &props.dispatch) }</li> };
    }
    let words = ghost.words();
    let label = say!("list.missing", what = words, from = node.name(), to);
    let fill = act(&props.dispatch, vec![Action::FillGhost { from: ghost.from.clone(), to: ghost.to.clone() }]);
    html! {
        <li {key} class="missing">
            <button type="button" class="btn" id={focus::id(at, &format!("gap-{index}"))} aria-label={label} onclick={fill}>{ words }</button>
        </li>
    }
}

/// The parts that a connection may lead to, behind a `+`.
fn connect(props: &DesignList, at: usize, node: &Node, possible: Vec<(NodeId, String)>) -> Html {
    let choice = |(index, (to, name)): (usize, (NodeId, String))| {
        let (dispatch, from) = (props.dispatch.clone(), node.id.clone());
        Choice {
            id: focus::id(at, &format!("target-{index}")),
            label: say!("list.connect_to", to = name, from = node.name()),
            words: name,
            chosen: Callback::from(move |()| dispatch.emit(Action::Connect { from: from.clone(), to: to.clone() })),
        }
    };
    let choices = possible.into_iter().enumerate().map(choice).collect();
    RowMenu { id: focus::id(at, "connect"), icon: Icon::Add, label: say!("list.connect", name = node.name()), choices }
        .view()
}
