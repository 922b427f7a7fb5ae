//! Adding a part without drawing: which kind, and where. "Where it fits" does what Enter on a part of the palette does, "on its own" what
//! Shift+Enter there or a drop onto empty canvas does, "between" what a drop onto that connection does.

use crate::lang::Text;
use crate::say;
use crate::text;
use crate::ui::prelude::*;
use web_sys::HtmlSelectElement;

use super::focus;
use crate::design::{Edge, NodeId};
use crate::kata::builtin;
use crate::kinds::{FIRST_CHOICE, Kind, KindId};
use crate::session::gestures::insertion;
use crate::session::{Action, Pick};
use crate::ui::diagram::Scene;
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::widget;

/// The places that are always there, before the connections.
const PLACES: [Text; 2] = [text!("list.where_it_fits"), text!("list.alone")];
const ALONE: usize = 1;

#[derive(PartialEq)]
pub struct AddPart {
    pub scene: Scene,
    pub dispatch: Callback<Action>,
}

widget!(AddPart, use_add_part);

#[hook]
fn use_add_part(props: &AddPart) -> Html {
    let scene = &props.scene;
    let kinds: Vec<&'static Kind> = builtin::offered(&scene.design).collect();
    let chosen = use_state_eq(|| FIRST_CHOICE);
    let kind = if kinds.iter().any(|k| k.id == *chosen) { *chosen } else { kinds[0].id };
    let place = use_node_ref();
    let between = fitting(scene, kind);
    let choose = {
        let (chosen, ids) = (chosen, kinds.iter().map(|k| k.id).collect::<Vec<_>>());
        Callback::from(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some(kind) = usize::try_from(index).ok().and_then(|i| ids.get(i)) {
                chosen.set(*kind);
            }
        })
    };
    let add = {
        let (dispatch, place, between) = (props.dispatch.clone(), place.clone(), between.clone());
        Callback::from(move |_: MouseEvent| {
            let select = place.cast::<HtmlSelectElement>();
            let index = select.as_ref().and_then(|s| usize::try_from(s.selected_index()).ok()).unwrap_or(0);
            if let Some((from, to, _)) = index.checked_sub(PLACES.len()).and_then(|i| between.get(i)) {
                dispatch.emit(Action::Select { pick: Pick::Edge(from.clone(), to.clone()), add: false });
            }
            dispatch.emit(if index == ALONE { Action::AddAlone(kind) } else { Action::Add(kind) });
            if let Some(select) = select {
                select.set_selected_index(0);
            }
        })
    };
    html! {
        <div class="add" role="group" aria-labelledby="list-add-title">
            <h3 id="list-add-title">{ say!("list.add") }</h3>
            <span class="picker">
                <select class="pick" id="list-add-kind" aria-label={say!("list.kind")} onchange={choose}>
                    { for kinds.iter().map(|k| html! { <option key={k.key} value={k.key} selected={k.id == kind}>{ k.name() }</option> }) }
                </select>
                { icon(Icon::Down) }
            </span>
            <span class="picker">
                <select ref={place} class="pick" id="list-add-place" aria-label={say!("list.where")}>
                    { for PLACES.iter().map(|words| html! { <option key={words.get()} value={words.get()}>{ words.get() }</option> }) }
                    { for between.iter().map(|(from, to, words)| html! { <option key={format!("{from}>{to}")} value={format!("{from}>{to}")}>{ words }</option> }) }
                </select>
                { icon(Icon::Down) }
            </span>
            <button type="button" class="btn" id={focus::ADD} onclick={add}>{ say!("list.add_it", name = kind.kind().name()) }</button>
            <p class="hint">{ kind.kind().help() }</p>
        </div>
    }
}

/// The connections that a part of this kind can be put into, in words.
fn fitting(scene: &Scene, kind: KindId) -> Vec<(NodeId, NodeId, String)> {
    let fits = |e: &&Edge| match (scene.design.node(&e.from), scene.design.node(&e.to)) {
        (Some(a), Some(b)) => insertion::fits(kind, a, b).is_ok(),
        _ => false,
    };
    let name = |id: &NodeId| scene.design.node(id).map_or(String::new(), |n| n.name().to_owned());
    let words = |e: &Edge| say!("list.between", from = name(&e.from), to = name(&e.to));
    scene.design.edges.iter().filter(fits).map(|e| (e.from.clone(), e.to.clone(), words(e))).collect()
}
