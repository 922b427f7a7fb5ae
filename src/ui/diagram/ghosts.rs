//! Ghosts: missing connections, dashed, to click or to drop on.

use crate::ui::prelude::*;

use super::Scene;
use super::detail::tag_scale;
use crate::design::NodeId;
use crate::session::canvas::geometry::Rect;
use crate::session::canvas::ghost;
use crate::session::canvas::ghost::TAG_TYPE;
use crate::session::gestures::gesture::{Drop, Gesture};
use crate::session::gestures::keys::Scope;
use crate::session::{Action, Ghost, Route};
use crate::ui::keypress;

/// Where a missing connection runs, with what a gesture has moved.
fn place(scene: &Scene, ghost: &Ghost) -> Option<Route> {
    let area = |id: &str| scene.design.node(id).map(|node| (scene.area(node), node.kind));
    if scene.offset(true) == (0.0, 0.0) {
        return Some(ghost.route.clone());
    }
    let ((from, _), (to, kind)) = (area(&ghost.from)?, area(&ghost.to)?);
    Some(ghost::route([from, to], kind, &[]))
}

/// Missing connections: dashed, to click or to drop on.
pub fn ghosts(scene: &Scene, dispatch: &Callback<Action>) -> Html {
    let aimed = match &scene.gesture {
        Gesture::Placing { drop: Drop::OnGhost { from, to }, .. } => Some((from, to)),
        _ => None,
    };
    let cards: Vec<Rect> = match scene.ghosts.is_empty() {
        true => Vec::new(),
        false => scene.design.nodes.iter().map(|node| scene.area(node)).collect(),
    };
    scene
        .ghosts
        .iter()
        .filter_map(|ghost| {
            let route = place(scene, ghost)?;
            let words = ghost.words();
            let scale = tag_scale(scene.view.zoom);
            let class = classes!("ghost", (aimed == Some((&ghost.from, &ghost.to))).then_some("onto"));
            let tag = ghost.tag(&route, scene.view.zoom, &cards);
            let at = tag.middle();
            let (width, height) = (tag.width / scale, tag.height / scale);
            let fill = fill(dispatch, &ghost.from, &ghost.to);
            let name = |id: &str| scene.design.node(id).map_or(String::new(), |n| n.name().to_owned());
            let label = format!("{words}: missing from {} to {}", name(&ghost.from), name(&ghost.to));
            Some(html! {
                <g {class} key={format!("{}>{}", ghost.from, ghost.to)} tabindex="0" role="button" aria-label={label} onkeydown={fill}>
                    <path class="reach" d={route.path()}/>
                    <path class="line" d={route.path()}/>
                    <g transform={format!("translate({:.1} {:.1}) scale({scale})", at.x, at.y)}>
                        <rect class="tag" x={format!("{:.1}", -width / 2.0)} y={(-height / 2.0).to_string()} width={format!("{width:.1}")} height={height.to_string()} rx={(height / 2.0).to_string()}/>
                        <text class="tag-text" y="4.3" font-size={TAG_TYPE.to_string()} text-anchor="middle">{ words }</text>
                    </g>
                </g>
            })
        })
        .collect()
}

/// Enter or Space on a missing connection makes it.
fn fill(dispatch: &Callback<Action>, from: &NodeId, to: &NodeId) -> Callback<KeyboardEvent> {
    let (dispatch, from, to) = (dispatch.clone(), from.clone(), to.clone());
    Callback::from(move |event: KeyboardEvent| {
        if keypress::takes(&event, Scope::Diagram) && matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            dispatch.emit(Action::FillGhost { from: from.clone(), to: to.clone() });
        }
    })
}
