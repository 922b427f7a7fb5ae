//! Lines: connections and the one being drawn.

use std::collections::HashSet;
use std::rc::Rc;

use crate::late::late;
use crate::say;
use crate::ui::prelude::*;

use super::detail::Detail;
use super::face::CORNER;
use super::{Rings, Scene};
use crate::design::text_width::{cut, width};
use crate::design::{Design, Edge, Node, NodeId};
use crate::session::canvas::geometry;
use crate::session::canvas::label;
use crate::session::gestures::gesture::{Drop, Gesture};
use crate::session::gestures::pointer::open_curve;
use crate::session::run::flow::{Flow, flows};
use crate::session::{Action, Figures, Pick, Rect, Route, Selection};
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
    detail: Detail,
    mark: Mark,
}

widget!(Line => line);

fn line(props: &Line) -> Html {
    let class = classes!(
        "edge",
        props.mark.selected.then_some("selected"),
        props.mark.onto.then_some("onto"),
        props.mark.misfit.then_some("misfit"),
        props.mark.ringed.then_some("ringed"),
    );
    let d = props.route.path();
    html! {
        <g {class}>
            <path class="reach" d={d.clone()}/>
            <path class="line" {d}/>
            <path class="head" d={arrow(&props.route)}/>
            { weight(props.weight, &props.route, props.detail) }
        </g>
    }
}

/// The rates beside the connections, in a run: where they can be read, no component hides them, and there are few enough to read.
#[derive(PartialEq)]
pub struct Rates {
    design: ByPtr<Design>,
    routes: ByPtr<Vec<Rc<Route>>>,
    /// How far a gesture has moved what is selected.
    offset: (f64, f64),
    selection: ByPtr<Selection>,
    figures: Option<ByPtr<Figures>>,
    detail: Detail,
}

widget!(Rates => rates);

/// With more connections than this, rates are left out.
const MOST_RATES: usize = 60;
/// The widest rate that room is looked for, so that a rate stays where it is while its figure changes.
const WIDEST: &str = "000/s";

impl Rates {
    pub fn of(scene: &Scene) -> Rates {
        let (design, routes, selection) = (scene.design.clone(), scene.routes.clone(), scene.selection.clone());
        let detail = Detail::at(scene.view.zoom);
        Rates { design, routes, selection, offset: scene.offset(true), figures: scene.figures.clone(), detail }
    }
}

fn rates(props: &Rates) -> Html {
    let (Some(figures), Detail::Full(least)) = (&props.figures, props.detail) else { return Html::default() };
    if props.design.edges.len() > MOST_RATES {
        return Html::default();
    }
    let rate = |(flow, place): (&Flow, Option<Rect>)| {
        let Some(place) = place.filter(|_| flow.per_s >= 0.05) else { return Html::default() };
        let words = crate::format::rate(if flow.per_s < 10.0 { flow.per_s } else { flow.per_s.round() });
        let (x, y) = (place.middle().x, place.y + place.height - least * 0.25);
        html! { <text class="rate" x={format!("{x:.1}")} y={format!("{y:.1}")} font-size={least.to_string()} text-anchor="middle">{ words }</text> }
    };
    let flows = flows(&props.design, figures, None);
    html! { <g aria-hidden="true">{ for flows.iter().zip(places(props, least)).map(rate) }</g> }
}

/// Where each connection's rate stands.
fn places(props: &Rates, size: f64) -> Vec<Option<Rect>> {
    let area = |node: &Node| {
        let area = geometry::rect(node);
        let (dx, dy) = if props.selection.has_node(&node.id) { props.offset } else { (0.0, 0.0) };
        Rect { x: area.x + dx, y: area.y + dy, ..area }
    };
    let mut taken: Vec<Rect> = props.design.nodes.iter().map(|node| area(node)).collect();
    let words = (width(WIDEST, size), size * 1.2);
    let place = |route: &Rc<Route>| {
        let place = label::beside(route, words, &taken);
        taken.extend(place);
        place
    };
    props.routes.iter().map(place).collect()
}

/// So many connections are compared and drawn together: what has not changed costs one look for all of them.
const BLOCK: usize = 50;

/// The connections, below the cards.
#[derive(PartialEq)]
pub struct Lines {
    design: ByPtr<Design>,
    routes: ByPtr<Vec<Rc<Route>>>,
    selection: ByPtr<Selection>,
    detail: Detail,
    onto: Option<(NodeId, NodeId)>,
    misfit: Option<(NodeId, NodeId)>,
    rings: Option<Rc<Rings>>,
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
        // The zoom is nothing to connections without a figure of their own.
        let weighed = design.edges.iter().any(|e| e.weight != 1.0);
        let detail = if weighed { Detail::at(scene.view.zoom) } else { Detail::Block };
        Lines { design, routes, selection, detail, onto, misfit, rings: scene.rings.clone() }
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
        ringed: props
            .rings
            .as_ref()
            .is_some_and(|rings| rings.edges.iter().any(|(from, to)| *from == e.from && *to == e.to)),
    };
    let line = |i: usize| {
        let edge = &props.design.edges[i];
        Line {
            key: keys[i].clone(),
            route: (&props.routes[i]).into(),
            weight: edge.weight,
            detail: props.detail,
            mark: mark(edge),
        }
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
    /// Help points at it.
    ringed: bool,
}

/// Neighbours in the design's list.
#[derive(PartialEq)]
struct Block(Vec<Line>);

widget!(Block => block);

fn block(Block(lines): &Block) -> Html {
    lines.iter().map(|line| line.clone().keyed(&line.key)).collect()
}

fn weight(weight: f64, route: &Route, detail: Detail) -> Html {
    let Detail::Full(size) = detail else { return Html::default() };
    if weight == 1.0 {
        return Html::default();
    }
    let at = route.at(0.5);
    html! {
        <text class="weight" x={format!("{:.1}", at.x)} y={format!("{:.1}", at.y + size + 5.0)} font-size={size.to_string()} text-anchor="middle">
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
            let label = say!("stage.connection", from = name(&e.from), to = name(&e.to));
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

late! {
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
}

late! {
    /// A part from the palette over the canvas: a card where it would stand alone, a chip on the connection that it would be put into.
    pub fn placing(scene: &Scene) -> Html {
        let Gesture::Placing { kind, at, drop, .. } = &scene.gesture else { return Html::default() };
        let (name, size) = (kind.kind().name(), Detail::at(scene.view.zoom).size(13.0).max(11.0 / scene.view.zoom));
        let joins = matches!(drop, Drop::OnEdge { .. } | Drop::OnGhost { .. });
        let (wide, tall) = match drop {
            Drop::Outside => return Html::default(),
            Drop::OnEdge { .. } | Drop::OnGhost { .. } => (width(name, size) + 2.0 * size, 2.4 * size),
            Drop::Free | Drop::Misfit { .. } => geometry::size(*kind),
        };
        let transform = format!("translate({:.1} {:.1})", at.x - wide / 2.0, at.y - tall / 2.0);
        let refused = matches!(drop, Drop::Misfit { .. });
        let font = size.to_string();
        html! {
            <g class={classes!("placing", refused.then_some("refused"))} {transform}>
                if joins {
                    <rect class="chip" width={format!("{wide:.1}")} height={format!("{tall:.1}")} rx={format!("{:.1}", tall / 2.0)}/>
                    <text class="chip-text" x={format!("{:.1}", wide / 2.0)} y={format!("{:.1}", tall / 2.0 + size * 0.36)} font-size={font} text-anchor="middle">{ name }</text>
                } else {
                    <rect class="card" width={wide.to_string()} height={tall.to_string()} rx={CORNER.to_string()}/>
                    <text class="title" x="12" y={(11.0 + size).to_string()} font-size={font}>{ cut(name, size, wide - 20.0) }</text>
                }
            </g>
        }
    }
}
