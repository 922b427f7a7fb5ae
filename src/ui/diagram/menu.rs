//! The menu at the open end of a connection that was let go on empty canvas: which component shall follow?

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlElement;

use super::Scene;
use crate::session::gestures::keys::Scope;
use crate::session::{Action, Gesture};
use crate::ui::kit::widget;
use crate::ui::{focus, keypress};

/// With less room than this below, a menu opens upwards, in CSS pixels.
const ROOM_BELOW: f64 = 160.0;
/// Between a menu and the edge of the canvas.
const EDGE: f64 = 4.0;

/// Where a menu of this size begins that is asked for at `at`: there, or, without so much room on that side, ending there.
fn beside(at: f64, size: f64, whole: f64, needed: f64) -> f64 {
    let start = if at + needed + EDGE > whole { at - size } else { at };
    start.clamp(EDGE, (whole - size - EDGE).max(EDGE))
}

#[derive(PartialEq)]
pub struct Menu {
    pub scene: Scene,
    pub dispatch: Callback<Action>,
}

widget!(late Menu, use_menu; until |_, _| Html::default());

#[hook]
fn use_menu(props: &Menu) -> Html {
    let node = use_node_ref();
    let place = match &props.scene.gesture {
        Gesture::Choosing { at, .. } => Some(props.scene.view.to_canvas(*at)),
        _ => None,
    };
    let (menu, view) = (node.clone(), props.scene.view);
    use_effect_with(place.map(|p| (p.x, p.y)), move |place| {
        let (Some((x, y)), Some(menu)) = (*place, menu.cast::<HtmlElement>()) else { return };
        let (width, height) = (f64::from(menu.offset_width()), f64::from(menu.offset_height()));
        let x = beside(x, width, view.width, width);
        let y = beside(y, height, view.height, height.max(ROOM_BELOW));
        // Set as properties: the page's policy blocks style attributes.
        let style = menu.style();
        let _ = style.set_property("left", &format!("{x:.0}px"));
        let _ = style.set_property("top", &format!("{y:.0}px"));
        if let Ok(Some(first)) = menu.query_selector("button") {
            focus::follow(&first);
        }
    });
    let Gesture::Choosing { from, kinds, .. } = &props.scene.gesture else { return Html::default() };
    let asked = say!("diagram.what_next", name = props.scene.design.node(from).map_or("", |n| n.name()));
    let choice = |kind: crate::kinds::KindId| {
        let dispatch = props.dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.emit(Action::Choose(kind)));
        html! { <button type="button" class="menu-item" {onclick}>{ kind.kind().name() }</button> }
    };
    let dispatch = props.dispatch.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if keypress::takes(&event, Scope::Menu) {
            event.prevent_default();
            event.stop_propagation();
            dispatch.emit(Action::Cancel);
        }
    });
    html! {
        <div ref={node} class="menu" role="group" aria-label={asked.clone()} {onkeydown}>
            <p class="menu-head">{ asked }</p>
            { for kinds.iter().map(|k| choice(*k)) }
        </div>
    }
}
