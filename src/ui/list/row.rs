//! A row of the list: a part's name and kind, what it leads to, what is wrong with it, and what can be done with it.

use std::rc::Rc;

use crate::ui::prelude::*;

use super::connections::connections;
use super::focus;
use super::{DesignList, act};
use crate::design::{Location, Node};
use crate::session::{Action, Pick};
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
    let found = scene.problems.iter().filter(|p| mine(&p.place));
    let none = !scene.problems.iter().any(|p| mine(&p.place));
    let (on_edit, id) = (props.on_edit.clone(), node.id.clone());
    let edit = Callback::from(move |_: MouseEvent| on_edit.emit(id.clone()));
    let remove =
        act(&props.dispatch, vec![Action::Select { pick: Pick::Node(node.id.clone()), add: false }, Action::Delete]);
    let field = NameField {
        id: focus::id(at, "name").into(),
        class: "field",
        label: format!("Name of {name}").into(),
        of: Named::Node(node.id.clone()),
        name: name.clone(),
        plain: kind.name,
        readonly: scene.readonly,
        dispatch: props.dispatch.clone(),
    };
    html! {
        <tr role="row" key={node.id.to_string()} data-row={node.id.to_string()} class={classes!(selected.then_some("selected"))}
            aria-current={selected.then_some("true")}>
            <th role="rowheader" scope="row" class="who">
                { field.view() }
                if node.label.is_some() { <span class="kind hint">{ kind.name }</span> }
            </th>
            <td role="cell" class="to">{ connections(props, at, node) }</td>
            <td role="cell" class="wrongs">
                if none { <span class="hint">{ "None" }</span> } else { { problems(found) } }
            </td>
            <td role="cell" class="deeds">
                <button type="button" class="btn" id={focus::id(at, "edit")} onclick={edit} aria-label={format!("Edit parameters of {name}")}>
                    { "Parameters" }
                </button>
                if !scene.readonly {
                    <button type="button" class="btn plain" id={focus::id(at, "remove")} onclick={remove} aria-label={format!("Remove {name}")}>
                        { "Remove" }
                    </button>
                }
            </td>
        </tr>
    }
}
