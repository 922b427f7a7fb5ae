//! Ghosts: missing connections, dashed, to click or to drop on.

use crate::say;
use crate::ui::prelude::*;

use super::Scene;
use super::detail::{Detail, tag_scale};
use super::face::CORNER;
use crate::design::NodeId;
use crate::design::text_width::width;
use crate::late::late;
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

late! {
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
                // What is heard has in it what is read.
                let read = if ghost.via.is_some() { format!("{words} {}", say!("diagram.choose_part")) } else { words.to_owned() };
                let label = say!("diagram.missing", what = read, from = name(&ghost.from), to = name(&ghost.to));
                Some(html! {
                    <g {class} key={format!("{}>{}", ghost.from, ghost.to)} tabindex="0" role="button" aria-label={label} onkeydown={fill}
                        aria-haspopup={ghost.via.map(|_| "true")}>
                        <path class="reach" d={route.path()}/>
                        <path class="line" d={route.path()}/>
                        if let Some(place) = ghost.place(&route) { { asking(words, place, scene.view.zoom) } } else { <g transform={format!("translate({:.1} {:.1}) scale({scale})", at.x, at.y)}>
                            <rect class="tag" x={format!("{:.1}", -width / 2.0)} y={(-height / 2.0).to_string()} width={format!("{width:.1}")} height={height.to_string()} rx={(height / 2.0).to_string()}/>
                            <text class="tag-text" y="4.3" font-size={TAG_TYPE.to_string()} text-anchor="middle">{ words }</text>
                        </g> }
                    </g>
                })
            })
            .collect()
    }
}

/// A place of a card's size that asks what goes there.
fn asking(words: &'static str, place: Rect, zoom: f64) -> Html {
    let [width, height] = [place.width, place.height].map(|v| v.to_string());
    let (middle, detail) = (place.width / 2.0, Detail::at(zoom));
    let line = |y: f64, size: f64| ((y * place.height).to_string(), detail.size(size));
    let ((y, size), (low, small)) = (line(0.66, TAG_TYPE), line(0.84, TAG_TYPE - 1.0));
    html! {
        <g class="asks" transform={format!("translate({:.1} {:.1})", place.x, place.y)}>
            <rect class="place" {width} {height} rx={CORNER.to_string()}/>
            <circle cx={middle.to_string()} cy={(place.height * 0.34).to_string()} r="16"/>
            <path class="plus" d={format!("M{:.1} {:.1}h14M{middle:.1} {:.1}v14", middle - 7.0, place.height * 0.34, place.height * 0.34 - 7.0)}/>
            if detail != Detail::Block {
                <text class="tag-text" {y} font-size={size.to_string()} text-anchor="middle">
                    { for lines(words, size, place.width).into_iter().enumerate().map(|(at, line)| html! {
                        <tspan x={middle.to_string()} dy={if at == 0 { 0.0 } else { size }.to_string()}>if at > 0 { { " " } }{ line }</tspan>
                    }) }
                </text>{ " " }
                if matches!(detail, Detail::Full(_)) { <text class="way" x={middle.to_string()} y={low} font-size={small.to_string()} text-anchor="middle">{ say!("diagram.choose_part") }</text> }
            }
        </g>
    }
}

/// The words in one line, or broken after the first word where that is too wide.
fn lines(words: &'static str, size: f64, room: f64) -> Vec<&'static str> {
    match words.split_once(' ') {
        Some((first, rest)) if width(words, size) > room - 12.0 => vec![first, rest],
        _ => vec![words],
    }
}

/// Enter or Space on a missing connection asks what it needs, or makes it.
fn fill(dispatch: &Callback<Action>, from: &NodeId, to: &NodeId) -> Callback<KeyboardEvent> {
    let (dispatch, from, to) = (dispatch.clone(), from.clone(), to.clone());
    Callback::from(move |event: KeyboardEvent| {
        if keypress::takes(&event, Scope::Diagram) && matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            dispatch.emit(Action::AskGhost { from: from.clone(), to: to.clone() });
        }
    })
}
