//! A layout: the flow from left to right, one column a rank of the flow, dead letters below what feeds them.
//!
//! A pure function of nodes and edges, the same every time; it reads no coordinates. Rows follow the rows of what points at them, so that
//! parallel branches don't cross. Places are multiples of the grid.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Design;
use crate::kinds::{KINDS, KindId};

/// Coordinates are multiples of this.
pub const GRID: f64 = 8.0;
/// The size that a component is given room for.
pub const BOX: (f64, f64) = (144.0, 96.0);
/// From one column to the next, and from one row to the next.
pub const PITCH: (f64, f64) = (184.0, 136.0);
/// The top left corner of the topmost row's first place.
const ORIGIN: (f64, f64) = (0.0, 112.0);

/// How far below a component's top its ports are: the same for all kinds, so that components with their tops on one line are joined by
/// straight lines.
pub const PORT_Y: f64 = 40.0;

/// Width and height of a component. A layout gives each [`BOX`]; taller ones hang down.
pub fn size(kind: KindId) -> (f64, f64) {
    kind.kind().size
}

/// The cubic Bézier curve from one port to another.
pub fn line(a: (f64, f64), b: (f64, f64)) -> [(f64, f64); 4] {
    let across = b.0 - a.0;
    let reach = if across >= 0.0 { (across / 2.0).max(16.0) } else { (-across / 3.0 + 48.0).min(160.0) };
    [a, (a.0 + reach, a.1), (b.0 - reach, b.1), b]
}

/// The curve from one component to another, given as x, y, width and height: from right to left, or from below to above for dead letters
/// that lie lower.
pub fn joining(from: (f64, f64, f64, f64), to: (f64, f64, f64, f64), to_kind: KindId) -> [(f64, f64); 4] {
    if !to_kind.is_on_the_way() && to.1 >= from.1 + from.3 {
        let a = (from.0 + from.2 / 2.0, from.1 + from.3);
        let b = (to.0 + to.2 / 2.0, to.1);
        let reach = ((b.1 - a.1) / 2.0).max(8.0);
        return [a, (a.0, a.1 + reach), (b.0, b.1 - reach), b];
    }
    line((from.0 + from.2, from.1 + PORT_Y), (to.0, to.1 + PORT_Y))
}

/// A place for each node, in the order of the design.
pub fn layout(design: &Design) -> Vec<(f64, f64)> {
    let ranks: BTreeSet<u8> = KINDS.iter().filter(|k| k.id.is_on_the_way()).map(|k| k.flow_rank).collect();
    let of_rank = |rank: u8| numbers(design, move |kind| kind.is_on_the_way() && kind.kind().flow_rank == rank);
    let columns: Vec<Vec<usize>> = ranks.into_iter().map(of_rank).filter(|column| !column.is_empty()).collect();
    let tallest = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut places = vec![(0.0, 0.0); design.nodes.len()];
    for (index, mut column) in columns.into_iter().enumerate() {
        let key = |node: &usize| feeders_mean(design, &places, *node, |p| p.1);
        let keys: Vec<_> = design.nodes.iter().enumerate().map(|(node, _)| key(&node)).collect();
        crate::order::sort_by(&mut column, |a, b| {
            keys[*a].unwrap_or(f64::MAX).total_cmp(&keys[*b].unwrap_or(f64::MAX))
        });
        let top = ORIGIN.1 + snapped((tallest - column.len()) as f64 * PITCH.1 / 2.0);
        for (row, node) in column.into_iter().enumerate() {
            places[node] = (ORIGIN.0 + index as f64 * PITCH.0, top + row as f64 * PITCH.1);
        }
    }
    place_dead_letters(design, tallest, &mut places);
    places
}

/// The numbers of the nodes of some kinds.
fn numbers(design: &Design, wanted: impl Fn(KindId) -> bool) -> Vec<usize> {
    design.nodes.iter().enumerate().filter(|(_, node)| wanted(node.kind)).map(|(index, _)| index).collect()
}

/// Under the rows of the flow, each below the middle of what feeds it, moved right past those already there.
fn place_dead_letters(design: &Design, rows: usize, places: &mut [(f64, f64)]) {
    let y = ORIGIN.1 + rows as f64 * PITCH.1 + if rows > 0 { 3.0 * GRID } else { 0.0 };
    let mut dead: Vec<_> = numbers(design, |kind| !kind.is_on_the_way())
        .into_iter()
        .map(|node| (feeders_mean(design, places, node, |p| p.0).unwrap_or(ORIGIN.0), node))
        .collect();
    crate::order::sort_by(&mut dead, |a, b| a.0.total_cmp(&b.0));
    let mut free = f64::MIN;
    for (x, node) in dead {
        let x = snapped(x).max(free);
        places[node] = (x, y);
        free = x + PITCH.0;
    }
}

/// The mean coordinate of the nodes that point at `node`; `None` if none does.
fn feeders_mean(
    design: &Design,
    places: &[(f64, f64)],
    node: usize,
    coordinate: impl Fn(&(f64, f64)) -> f64,
) -> Option<f64> {
    let id = &design.nodes[node].id;
    let feeders = design.edges.iter().filter(|e| e.to == *id);
    let found: Vec<f64> = feeders
        .filter_map(|e| design.nodes.iter().position(|n| n.id == e.from))
        .map(|index| coordinate(&places[index]))
        .collect();
    (!found.is_empty()).then(|| found.iter().sum::<f64>() / found.len() as f64)
}

fn snapped(coordinate: f64) -> f64 {
    (coordinate / GRID).round() * GRID
}

/// Places nodes whose coordinates a file left out, clear of those that it gave.
///
/// # Panics
/// If `given` has not one entry a node.
pub fn fill_in(design: &mut Design, given: &[(Option<f64>, Option<f64>)]) {
    assert_eq!(design.nodes.len(), given.len(), "one entry a node");
    let made = if given.iter().any(|(x, y)| x.is_none() || y.is_none()) { layout(design) } else { Vec::new() };
    let mut taken: Vec<_> = given.iter().filter_map(|(x, y)| Some(((*x)?, (*y)?))).collect();
    let overlap = |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).abs() < BOX.0 && (a.1 - b.1).abs() < BOX.1;
    for (index, (x, y)) in given.iter().enumerate() {
        let place = match (x, y) {
            (Some(x), Some(y)) => (*x, *y),
            _ => {
                let mut place = (x.unwrap_or_else(|| made[index].0), y.unwrap_or_else(|| made[index].1));
                if y.is_none() {
                    while taken.iter().any(|other| overlap(&place, other)) {
                        place.1 += PITCH.1;
                    }
                }
                taken.push(place);
                place
            }
        };
        let node = Rc::make_mut(&mut design.nodes[index]);
        (node.x, node.y) = place;
    }
}
