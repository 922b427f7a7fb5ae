//! The crowd: those who stand in line before a component, as dots, and how many were turned away there. A dot is ten of them, or a hundred
//! where there are many; never more than [`MOST`].

use std::fmt::Write;

use crate::late::late;
use crate::ui::prelude::*;

use super::Scene;
use super::detail::Detail;
use crate::design::Node;
use crate::format;
use crate::kinds::Behaviour;
use crate::session::canvas::geometry::{self, PORT_Y, Rect};
use crate::session::text::edit_captions::lower_first;

/// The most dots.
const MOST: u64 = 60;
/// How many a dot stands for: the first that needs no more dots than that.
const UNITS: [u64; 3] = [10, 100, 1000];
/// From one dot to the next.
const PITCH: f64 = 10.0;
/// Between the crowd and what it stands in line for, and below the line of the connection.
const BESIDE: f64 = 14.0;
const BELOW: f64 = 28.0;
/// The room before a component in which a crowd and its words can stand.
const ROOMY: f64 = 120.0;
const COLUMNS: f64 = 10.0;
const TYPE: f64 = 12.0;

late! {
    /// All crowds of a design in a run.
    pub fn crowds(scene: &Scene) -> Html {
        let Some(figures) = &scene.figures else { return Html::default() };
        let of = |(at, node): (usize, &std::rc::Rc<Node>)| {
            let figure = figures.of(at).filter(|_| node.behaviour() == Behaviour::PassesOn)?;
            Some(crowd(scene, node, figure.live.waiting))
        };
        scene.design.nodes.iter().enumerate().filter_map(of).collect()
    }
}

fn crowd(scene: &Scene, node: &Node, waiting: u64) -> Html {
    let detail = Detail::at(scene.view.zoom);
    let (area, sources) = (geometry::rect(node), sources(scene, node));
    let people = sources.first().map_or_else(|| "bookings".to_owned(), |(node, _)| lower_first(node.name()));
    // Before the component where there is room, else under it.
    let before = sources.iter().map(|(node, _)| geometry::rect(node)).filter(|source| source.x < area.x);
    let room = before.map(|source| area.x - source.x - source.width).fold(f64::INFINITY, f64::min);
    let ahead = room.is_finite() && room >= ROOMY;
    let columns = if ahead { ((room - 2.0 * BESIDE) / PITCH).floor().min(COLUMNS) } else { COLUMNS };
    let unit = UNITS.into_iter().find(|unit| waiting <= unit * MOST).unwrap_or(UNITS[2]);
    let count = waiting.div_ceil(unit).min(MOST);
    let rows = (count as f64 / columns).ceil();
    let (right, top) = match ahead {
        true => (area.x - BESIDE, area.y + PORT_Y + BELOW),
        false => (area.x + area.width, area.y + area.height + BELOW),
    };
    let line = detail.size(TYPE) + 4.0;
    let below = top + (rows - 1.0) * PITCH + line + 4.0;
    let end = if ahead || count == 0 { area.y + area.height + BELOW + 6.0 } else { below + 2.0 * line };
    let text = |class: &'static str, (x, y): (f64, f64), anchor: &'static str, words: Html| {
        html! { <text {class} x={format!("{x:.1}")} y={format!("{y:.1}")} text-anchor={anchor} font-size={detail.size(TYPE).to_string()}>{ words }</text> }
    };
    html! {
        <g class="crowd" aria-hidden="true">
            if count > 0 {
                <path d={dots(count, columns as u64, right, top)}/>
                if matches!(detail, Detail::Full(_)) {
                    { text("waits", (right, below), "end", format!("{} in line", format::count(waiting)).into()) }
                    { text("unit", (right, below + line), "end", format!("a dot is {unit} {people}").into()) }
                }
            }
            { away(&sources, area, end, text) }
        </g>
    }
}

/// What leads into a component and begins there, with how many asked there and how many of them were turned away or gave up.
fn sources<'a>(scene: &'a Scene, node: &Node) -> Vec<(&'a Node, (u64, u64))> {
    let figures = scene.figures.as_ref();
    let leads = |from: &str| scene.design.edges.iter().any(|edge| &*edge.from == from && edge.to == node.id);
    let of = |(at, source): (usize, &'a std::rc::Rc<Node>)| {
        let begins = source.behaviour() == Behaviour::Source && leads(&source.id);
        let live = figures.and_then(|figures| figures.of(at)).map(|figure| figure.live).unwrap_or_default();
        begins.then(|| (&**source, (live.received, live.failures.refused + live.failures.gave_up)))
    };
    scene.design.nodes.iter().enumerate().filter_map(of).collect()
}

fn dots(count: u64, columns: u64, right: f64, top: f64) -> String {
    let mut d = String::new();
    for dot in 0..count {
        let (column, row) = (dot % columns, dot / columns);
        let (x, y) = (right - column as f64 * PITCH - PITCH / 2.0, top + row as f64 * PITCH);
        write!(d, "M{x:.1} {y:.1}h0").expect("a string takes text");
    }
    d
}

/// How many were turned away so far, under the component.
fn away(
    sources: &[(&Node, (u64, u64))],
    area: Rect,
    y: f64,
    text: impl Fn(&'static str, (f64, f64), &'static str, Html) -> Html,
) -> Html {
    let (came, away) = sources.iter().fold((0, 0), |sum, (_, (came, away))| (sum.0 + came, sum.1 + away));
    if away == 0 {
        return Html::default();
    }
    let share = format::share(away as f64 / came.max(1) as f64);
    let words =
        html! { <><tspan class="count">{ format::count(away) }</tspan>{ format!(" turned away, {share} so far") }</> };
    text("away", (area.x + area.width / 2.0, y + 4.0), "middle", words)
}
