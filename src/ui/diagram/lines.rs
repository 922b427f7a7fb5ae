//! Lines: connections, missing ones, and the one being drawn.

use std::rc::Rc;

use yew::prelude::*;

use super::Scene;
use crate::design::{Edge, NodeId};
use crate::session::geometry::{self, Curve, Rect};
use crate::session::gesture::{Drop, Gesture};
use crate::session::keys::Scope;
use crate::session::pointer::open_curve;
use crate::session::{Action, Pick, Route};
use crate::ui::keypress;

/// Where a missing connection would run, with what a gesture has moved.
fn missing(scene: &Scene, from: &str, to: &str) -> Option<Route> {
    let place = |id: &str| {
        let node = scene.design.node(id)?;
        let (dx, dy) = scene.gesture.offset(scene.selection.has_node(id));
        let area = geometry::rect(node);
        Some((Rect { x: area.x + dx, y: area.y + dy, ..area }, node.kind))
    };
    let ((from, _), (to, kind)) = (place(from)?, place(to)?);
    Some(Route::Curve(Curve::joining(from, to, kind)))
}

/// A short arrow head at the end of a route.
fn arrow(route: &Route) -> String {
    let (c, d) = route.end();
    let length = c.distance(d).max(0.001);
    let (ux, uy) = ((d.x - c.x) / length, (d.y - c.y) / length);
    let (bx, by) = (d.x - 9.0 * ux, d.y - 9.0 * uy);
    let (sx, sy) = (-uy * 4.5, ux * 4.5);
    format!("M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z", d.x, d.y, bx + sx, by + sy, bx - sx, by - sy)
}

/// A connection, compared by the pointer of its route.
#[derive(Properties)]
struct LineProps {
    route: Rc<Route>,
    weight: f64,
    selected: bool,
    /// What is dropped would be put in here.
    onto: bool,
    /// What is dropped here does not fit.
    misfit: bool,
}

impl PartialEq for LineProps {
    fn eq(&self, other: &LineProps) -> bool {
        Rc::ptr_eq(&self.route, &other.route)
            && self.weight == other.weight
            && self.selected == other.selected
            && self.onto == other.onto
            && self.misfit == other.misfit
    }
}

#[component]
fn Line(props: &LineProps) -> Html {
    let class = classes!(
        "edge",
        props.selected.then_some("selected"),
        props.onto.then_some("onto"),
        props.misfit.then_some("misfit"),
    );
    let d = props.route.path();
    html! {
        <g {class}>
            <path class="reach" d={d.clone()}/>
            <path class="line" {d}/>
            <path class="head" d={arrow(&props.route)}/>
            { weight(props.weight, &props.route) }
        </g>
    }
}

/// The connections, below the cards.
pub fn edges(scene: &Scene) -> Html {
    let onto = match &scene.gesture {
        Gesture::Placing { drop: Drop::OnEdge { from, to }, .. } => Some((from, to)),
        _ => None,
    };
    let misfit = match &scene.gesture {
        Gesture::Placing { drop: Drop::Misfit { from, to, .. }, .. } => Some((from, to)),
        _ => None,
    };
    let line = |(e, route): (&Edge, &Rc<Route>)| {
        html! {
            <Line key={format!("{}>{}", e.from, e.to)} route={route.clone()} weight={e.weight} selected={scene.selection.has_edge(&e.from, &e.to)}
                onto={onto == Some((&e.from, &e.to))} misfit={misfit == Some((&e.from, &e.to))}/>
        }
    };
    scene.design.edges.iter().zip(&*scene.routes).map(line).collect()
}

fn weight(weight: f64, route: &Route) -> Html {
    if weight == 1.0 {
        return Html::default();
    }
    let at = route.at(0.5);
    html! {
        <text class="weight" x={format!("{:.1}", at.x)} y={format!("{:.1}", at.y - 8.0)} text-anchor="middle">
            { format!("×\u{202f}{}", crate::measure::format::number(weight, 3)) }
        </text>
    }
}

/// The component whose connections can have the focus: the one that is selected, or that the selected connection leaves. One component's at
/// a time, so that Tab goes through a large design in as many steps as it has components.
pub fn stops_of(scene: &Scene) -> Option<&NodeId> {
    scene.selection.only_node().or(scene.selection.only_edge().map(|(from, _)| from))
}

/// Connections that leave a component, for the keyboard: invisible until they have the focus.
pub fn stops(scene: &Scene, of: &NodeId, dispatch: &Callback<Action>) -> Vec<Html> {
    let name = |id: &str| scene.design.node(id).map_or(String::new(), |n| n.name().to_owned());
    let leaving = scene.design.edges.iter().zip(&*scene.routes).filter(|(e, _)| e.from == *of);
    leaving
        .map(|(e, route)| {
            let label = format!("Connection from {} to {}", name(&e.from), name(&e.to));
            let selected = scene.selection.has_edge(&e.from, &e.to);
            let (dispatch, pick) = (dispatch.clone(), Pick::Edge(e.from.clone(), e.to.clone()));
            let onfocus = Callback::from(move |_: FocusEvent| {
                if !selected {
                    dispatch.emit(Action::Select { pick: pick.clone(), add: false });
                }
            });
            html! {
                <path key={format!("{}>{}", e.from, e.to)} class="stop" d={route.path()} tabindex="0" role="button"
                    aria-label={label} aria-pressed={selected.to_string()} {onfocus}/>
            }
        })
        .collect()
}

/// Missing connections: dashed, to click or to drop on.
pub fn ghosts(scene: &Scene, dispatch: &Callback<Action>) -> Html {
    let aimed = match &scene.gesture {
        Gesture::Placing { drop: Drop::OnGhost { from, to }, .. } => Some((from, to)),
        _ => None,
    };
    scene
        .ghosts
        .iter()
        .filter_map(|ghost| {
            let route = missing(scene, &ghost.from, &ghost.to)?;
            // Seen from afar the tag is larger and says less.
            let afar = scene.view.zoom < super::COMPACT;
            let words = match (ghost.via, afar) {
                (Some(kind), false) => format!("put {} here", kind.kind().name.to_lowercase()),
                (Some(kind), true) => format!("+ {}", kind.kind().name),
                (None, _) => "connect".to_owned(),
            };
            let scale = if afar { 1.7 } else { 1.0 };
            let class = classes!("ghost", (aimed == Some((&ghost.from, &ghost.to))).then_some("onto"));
            let at = route.at(0.5);
            let width = 22.0 + 6.6 * words.len() as f64;
            let fill = fill(dispatch, &ghost.from, &ghost.to);
            let name = |id: &str| scene.design.node(id).map_or(String::new(), |n| n.name().to_owned());
            let label = format!("Missing from {} to {}: {words}", name(&ghost.from), name(&ghost.to));
            Some(html! {
                <g {class} key={format!("{}>{}", ghost.from, ghost.to)} tabindex="0" role="button" aria-label={label} onkeydown={fill}>
                    <path class="reach" d={route.path()}/>
                    <path class="line" d={route.path()}/>
                    <g transform={format!("translate({:.1} {:.1}) scale({scale})", at.x, at.y)}>
                        <rect class="tag" x={format!("{:.1}", -width / 2.0)} y="-12" width={format!("{width:.1}")} height="24" rx="12"/>
                        <text class="small" y="4" text-anchor="middle">{ words }</text>
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

/// The connection being drawn.
pub fn open(scene: &Scene) -> Html {
    let Some(route) = open_curve(&scene.design, &scene.gesture).map(Route::Curve) else { return Html::default() };
    let refused = match &scene.gesture {
        Gesture::Connecting { from, target: Some(to), .. } => scene.design.may_connect(from, to).is_err(),
        _ => false,
    };
    html! {
        <g class={classes!("open", refused.then_some("refused"))}>
            <path class="line" d={route.path()}/><path class="head" d={arrow(&route)}/>
        </g>
    }
}

/// A part from the palette over the canvas: a card where it would stand alone, a chip on the connection that it would be put into.
pub fn placing(scene: &Scene) -> Html {
    let Gesture::Placing { kind, at, drop } = &scene.gesture else { return Html::default() };
    let name = kind.kind().name;
    let (width, height) = match drop {
        Drop::Outside => return Html::default(),
        Drop::OnEdge { .. } | Drop::OnGhost { .. } => (26.0 + 7.6 * name.len() as f64, 32.0),
        Drop::Free | Drop::Misfit { .. } => geometry::size(*kind),
    };
    let transform = format!("translate({:.1} {:.1})", at.x - width / 2.0, at.y - height / 2.0);
    let joins = matches!(drop, Drop::OnEdge { .. } | Drop::OnGhost { .. });
    let refused = matches!(drop, Drop::Misfit { .. });
    html! {
        <g class={classes!("placing", refused.then_some("refused"))} {transform}>
            if joins {
                <rect class="chip" width={format!("{width:.1}")} height={height.to_string()} rx="16"/>
                <text class="chip-text" x={format!("{:.1}", width / 2.0)} y="20.5" text-anchor="middle">{ name }</text>
            } else {
                <rect class="card" width={width.to_string()} height={height.to_string()} rx="10"/>
                <text class="title" x="14" y="24">{ name }</text>
            }
        </g>
    }
}
