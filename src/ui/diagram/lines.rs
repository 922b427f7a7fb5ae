//! Lines: connections and the one being drawn.

use std::collections::HashSet;
use std::rc::Rc;

use crate::ui::prelude::*;

use super::Scene;
use crate::design::{Design, Edge, NodeId};
use crate::session::canvas::geometry;
use crate::session::gestures::gesture::{Drop, Gesture};
use crate::session::gestures::pointer::open_curve;
use crate::session::{Action, Pick, Route, Selection};
use crate::ui::kit::{ByPtr, Widget, widget};

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
#[derive(Clone, PartialEq)]
struct Line {
    key: Rc<str>,
    route: ByPtr<Route>,
    weight: f64,
    mark: Mark,
}

widget!(Line => line);

fn line(props: &Line) -> Html {
    let class = classes!(
        "edge",
        props.mark.selected.then_some("selected"),
        props.mark.onto.then_some("onto"),
        props.mark.misfit.then_some("misfit"),
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

/// So many connections are compared and drawn together: what has not changed costs one look for all of them.
const BLOCK: usize = 50;

/// The connections, below the cards.
#[derive(PartialEq)]
pub struct Lines {
    design: ByPtr<Design>,
    routes: ByPtr<Vec<Rc<Route>>>,
    selection: ByPtr<Selection>,
    onto: Option<(NodeId, NodeId)>,
    misfit: Option<(NodeId, NodeId)>,
}

widget!(Lines, use_lines);

impl Lines {
    pub fn of(scene: &Scene) -> Lines {
        let (onto, misfit) = match &scene.gesture {
            Gesture::Placing { drop: Drop::OnEdge { from, to }, .. } => (Some((from.clone(), to.clone())), None),
            Gesture::Placing { drop: Drop::Misfit { from, to, .. }, .. } => (None, Some((from.clone(), to.clone()))),
            _ => (None, None),
        };
        let (design, routes, selection) = (scene.design.clone(), scene.routes.clone(), scene.selection.clone());
        Lines { design, routes, selection, onto, misfit }
    }
}

#[hook]
fn use_lines(props: &Lines) -> Html {
    let keys = use_memo(props.design.clone(), |design| {
        let key = |e: &Edge| -> Rc<str> { format!("{}>{}", e.from, e.to).into() };
        design.edges.iter().map(key).collect::<Vec<_>>()
    });
    let taken: HashSet<(&str, &str)> = props.selection.edges.iter().map(|(a, b)| (&**a, &**b)).collect();
    let is = |place: &Option<(NodeId, NodeId)>, e: &Edge| {
        place.as_ref().is_some_and(|(from, to)| *from == e.from && *to == e.to)
    };
    let mark = |e: &Edge| Mark {
        selected: taken.contains(&(&*e.from, &*e.to)),
        onto: is(&props.onto, e),
        misfit: is(&props.misfit, e),
    };
    let line = |i: usize| {
        let edge = &props.design.edges[i];
        Line { key: keys[i].clone(), route: (&props.routes[i]).into(), weight: edge.weight, mark: mark(edge) }
    };
    let count = props.design.edges.len();
    let block = |first: usize| Block((first..count.min(first + BLOCK)).map(line).collect()).keyed(first);
    (0..count).step_by(BLOCK).map(block).collect()
}

/// What is special about a connection right now.
#[derive(Clone, Copy, PartialEq)]
struct Mark {
    selected: bool,
    /// What is dropped would be put in here.
    onto: bool,
    /// What is dropped here does not fit.
    misfit: bool,
}

/// Neighbours in the design's list.
#[derive(PartialEq)]
struct Block(Vec<Line>);

widget!(Block => block);

fn block(Block(lines): &Block) -> Html {
    lines.iter().map(|line| line.clone().keyed(&line.key)).collect()
}

fn weight(weight: f64, route: &Route) -> Html {
    if weight == 1.0 {
        return Html::default();
    }
    let at = route.at(0.5);
    html! {
        <text class="weight" x={format!("{:.1}", at.x)} y={format!("{:.1}", at.y - 8.0)} text-anchor="middle">
            { format!("×\u{202f}{}", crate::format::number(weight, 3)) }
        </text>
    }
}

/// Connections that leave a component, for the keyboard: invisible until they have the focus.
pub fn stops(
    design: &Design,
    routes: &[Rc<Route>],
    selection: &Selection,
    of: &NodeId,
    dispatch: &Callback<Action>,
) -> Vec<Html> {
    let name = |id: &str| design.node(id).map_or(String::new(), |n| n.name().to_owned());
    let leaving = design.edges.iter().zip(routes).filter(|(e, _)| e.from == *of);
    leaving
        .map(|(e, route)| {
            let label = format!("Connection from {} to {}", name(&e.from), name(&e.to));
            let selected = selection.has_edge(&e.from, &e.to);
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
    let Gesture::Placing { kind, at, drop, .. } = &scene.gesture else { return Html::default() };
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
