//! The list: the same design as a table of parts, for whoever can't or doesn't want to draw.
//!
//! Shows a [`Scene`] and sends out the same actions as the drawing, so undo, saving and what is read out are the same. Whatever an edit takes
//! away, the focus stays in the list (`focus`). Knows nothing of places in the drawing.

use crate::say;
use crate::ui::prelude::*;

use super::diagram::Scene;
use super::diagram::input::use_rest;
use crate::design::NodeId;
use crate::session::Action;
use crate::session::canvas::geometry;
use crate::ui::kit::{Widget, widget};

mod add;
mod connections;
mod focus;
mod menu;
mod row;
pub mod toggle;

pub use focus::{to_connect, to_element, to_first};
pub use toggle::{LookToggle, ViewMode, look_toggle};

/// The table of parts with their connections, and the way to add one.
#[derive(PartialEq)]
pub struct DesignList {
    pub scene: Scene,
    pub dispatch: Callback<Action>,
    /// A part's parameters are asked for: show the inspector.
    pub on_edit: Callback<NodeId>,
}

widget!(late DesignList, use_design_list);

#[hook]
fn use_design_list(props: &DesignList) -> Html {
    let scene = &props.scene;
    use_rest(scene, &props.dispatch);
    let order = geometry::in_flow_order(&scene.design);
    let heading = |words: &'static str| html! { <th role="columnheader" scope="col">{ words }</th> };
    html! {
        <div class="list">
            <h2 id="list-title">{ say!("list.title") }</h2>
            if order.is_empty() {
                <p class="none">{ say!("list.none") }</p>
            } else {
                <table role="table" aria-labelledby="list-title">
                    <thead role="rowgroup"><tr role="row">
                        { for [say!("list.part"), say!("list.leads")].map(heading) }
                        <th role="columnheader" scope="col"><span class="sr-only">{ say!("list.more") }</span></th>
                    </tr></thead>
                    <tbody role="rowgroup">
                        { for order.iter().enumerate().map(|(at, &index)| {
                            let node = &scene.design.nodes[index];
                            row::row(props, at, node)
                        }) }
                    </tbody>
                </table>
            }
            if !scene.readonly { { add::AddPart { scene: scene.clone(), dispatch: props.dispatch.clone() }.view() } }
        </div>
    }
}

/// A callback that sends out actions one after the other.
fn act(dispatch: &Callback<Action>, actions: Vec<Action>) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| actions.iter().cloned().for_each(|action| dispatch.emit(action)))
}
