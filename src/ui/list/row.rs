//! A row of the list: a part's name, what it leads to, and what can be done with it. What is wrong with it has a row of its own below, where
//! there is something.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;

use super::DesignList;
use super::connections::connections;
use super::focus;
use super::menu::{Choice, RowMenu};
use crate::design::{Location, Node, Problem};
use crate::session::removal::may_delete;
use crate::session::{Action, Pick};
use crate::ui::icons::Icon;
use crate::ui::kit::Widget;
use crate::ui::name::{NameField, Named};
use crate::ui::why::problems;

pub fn row(props: &DesignList, at: usize, node: &Rc<Node>) -> Html {
    let scene = &props.scene;
    let selected = scene.selection.has_node(&node.id);
    let (name, kind) = (node.name().to_owned(), node.kind.kind());
    let mine = |place: &Location| match place {
        Location::Node { id, .. } => **id == *node.id,
        Location::Edge { from, .. } => **from == *node.id,
        _ => false,
    };
    let found: Vec<&Problem> = scene.problems.iter().filter(|p| mine(&p.place)).collect();
    let field = NameField {
        id: focus::id(at, "name").into(),
        class: "field",
        label: say!("list.name_of", name).into(),
        of: Named::Node(node.id.clone()),
        name: name.clone(),
        plain: kind.name(),
        readonly: scene.readonly,
        dispatch: props.dispatch.clone(),
    };
    let class = classes!(selected.then_some("selected"), (!found.is_empty()).then_some("has-problems"));
    html! {
        <>
            <tr role="row" key={node.id.to_string()} data-row={node.id.to_string()} {class} aria-current={selected.then_some("true")}>
                <th role="rowheader" scope="row" class="who">
                    <svg viewBox="0 0 32 32" role="img" aria-label={kind.name()}><title>{ kind.name() }</title><path d={kind.icon}/></svg>
                    { field.view() }
                </th>
                <td role="cell" class="to">{ connections(props, at, node) }</td>
                <td role="cell" class="more">{ more(props, at, node) }</td>
            </tr>
            if !found.is_empty() {
                <tr role="row" key={format!("problems of {}", node.id)} class="wrongs">
                    <td role="cell" colspan="3">{ problems(found.into_iter()) }</td>
                </tr>
            }
        </>
    }
}

/// What can be done with a part.
fn more(props: &DesignList, at: usize, node: &Node) -> Html {
    let name = node.name();
    let (on_edit, id) = (props.on_edit.clone(), node.id.clone());
    let mut choices = vec![Choice {
        id: focus::id(at, "edit"),
        words: say!("list.parameters").to_owned(),
        label: say!("list.parameters_of", name),
        chosen: Callback::from(move |()| on_edit.emit(id.clone())),
    }];
    if !props.scene.readonly && may_delete(&props.scene.design, &node.id) {
        let (dispatch, pick) = (props.dispatch.clone(), Pick::Node(node.id.clone()));
        let chosen = Callback::from(move |()| {
            dispatch.emit(Action::Select { pick: pick.clone(), add: false });
            dispatch.emit(Action::Delete);
        });
        choices.push(Choice {
            id: focus::id(at, "remove"),
            words: say!("stage.remove").to_owned(),
            label: say!("list.remove_it", name),
            chosen,
        });
    }
    RowMenu { id: focus::id(at, "more"), icon: Icon::More, label: say!("list.more_about", name), choices }.view()
}
