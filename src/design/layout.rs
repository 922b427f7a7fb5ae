//! A layout: the flow from left to right, one column a rank of the flow, dead letters below all others.
//!
//! A pure function of nodes, edges and the shape of the place it is for, the same every time; it reads no coordinates. Rows follow the rows of
//! what points at them, so that parallel branches don't cross. A rank that is taller than its place stands in several columns. Places are
//! multiples of the grid.

use std::rc::Rc;

use super::Design;
use crate::kinds::{KINDS, KindId, SHORT};

/// Coordinates are multiples of this.
pub const GRID: f64 = 8.0;
/// From one column to the next, and from one row to the next.
pub const PITCH: (f64, f64) = (176.0, 160.0);
/// From one row of dead letters to the next.
const SHORT_PITCH: f64 = SHORT.1 + 3.0 * GRID;
/// How much further down dead letters begin than another row would.
const SHORT_GAP: f64 = 2.0 * GRID;
/// The top left corner of the topmost row's first place.
const ORIGIN: (f64, f64) = (0.0, 112.0);
/// Width ÷ height of a place of which nothing is known.
pub const USUAL_ASPECT: f64 = 2.0;

/// How far below a component's top its ports are: the same for all kinds, so that components with their tops on one line are joined by
/// straight lines.
pub const PORT_Y: f64 = 48.0;

/// Width and height of a component. A layout gives each the room of a whole card.
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

/// A place for each node, in the order of the design, for a place of no known shape.
pub fn layout(design: &Design) -> Vec<(f64, f64)> {
    layout_for(design, USUAL_ASPECT)
}

/// A place for each node, in the order of the design, so that all of them fill a place of this aspect (width ÷ height) best.
pub fn layout_for(design: &Design, aspect: f64) -> Vec<(f64, f64)> {
    let mut ranks: Vec<u8> = KINDS.iter().filter(|k| k.id.is_on_the_way()).map(|k| k.flow_rank).collect();
    crate::order::sort_by_key(&mut ranks, |rank| *rank);
    ranks.dedup();
    let of_rank = |rank: u8| numbers(design, move |kind| kind.is_on_the_way() && kind.kind().flow_rank == rank);
    let ranks: Vec<Vec<usize>> = ranks.into_iter().map(of_rank).filter(|rank| !rank.is_empty()).collect();
    let dead = numbers(design, |kind| !kind.is_on_the_way());
    let rows = rows(&ranks, dead.len(), aspect);
    let mut places = vec![(0.0, 0.0); design.nodes.len()];
    let mut column = 0;
    for mut rank in ranks {
        let key = |node: &usize| feeders_mean(design, &places, *node, |p| p.1);
        let keys: Vec<_> = design.nodes.iter().enumerate().map(|(node, _)| key(&node)).collect();
        crate::order::sort_by(&mut rank, |a, b| keys[*a].unwrap_or(f64::MAX).total_cmp(&keys[*b].unwrap_or(f64::MAX)));
        // Columns of about the same height.
        let columns = rank.len().div_ceil(rows);
        let tall = rank.len().div_ceil(columns);
        for (at, node) in rank.iter().enumerate() {
            let in_column = tall.min(rank.len() - at / tall * tall);
            let top = ORIGIN.1 + snapped((rows - in_column) as f64 * PITCH.1 / 2.0);
            let x = ORIGIN.0 + (column + at / tall) as f64 * PITCH.0;
            places[*node] = (x, top + (at % tall) as f64 * PITCH.1);
        }
        column += columns;
    }
    place_dead_letters(design, dead, (column, rows), &mut places);
    places
}

/// How many components may stand in one column, so that the whole is seen largest in a place of this aspect; of equals the most.
fn rows(ranks: &[Vec<usize>], dead: usize, aspect: f64) -> usize {
    let tallest = ranks.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let aspect = if aspect.is_finite() && aspect > 0.0 { aspect } else { USUAL_ASPECT };
    let size_with = |rows: usize| {
        let columns: usize = ranks.iter().map(|rank| rank.len().div_ceil(rows)).sum();
        let below = dead.div_ceil(columns.max(1)) as f64 * SHORT_PITCH;
        (columns as f64 * PITCH.0 / aspect).max(rows as f64 * PITCH.1 + below)
    };
    let smaller = |best: usize, rows: usize| if size_with(rows) < size_with(best) { rows } else { best };
    (1..=tallest).rev().fold(tallest, smaller)
}

/// The numbers of the nodes of some kinds.
fn numbers(design: &Design, wanted: impl Fn(KindId) -> bool) -> Vec<usize> {
    design.nodes.iter().enumerate().filter(|(_, node)| wanted(node.kind)).map(|(index, _)| index).collect()
}

/// Under the rows of the flow, each below the middle of what feeds it, moved right past those already there; what finds no column left goes
/// into the next row.
fn place_dead_letters(design: &Design, dead: Vec<usize>, (columns, rows): (usize, usize), places: &mut [(f64, f64)]) {
    let mut dead: Vec<_> =
        dead.into_iter().map(|node| (feeders_mean(design, places, node, |p| p.0).unwrap_or(ORIGIN.0), node)).collect();
    let alone = dead.len() == design.nodes.len();
    let end = ORIGIN.0 + columns.max(dead.len().min(5)) as f64 * PITCH.0;
    let mut y = ORIGIN.1 + if alone { 0.0 } else { rows as f64 * PITCH.1 + SHORT_GAP };
    while !dead.is_empty() {
        crate::order::sort_by(&mut dead, |a, b| a.0.total_cmp(&b.0));
        let mut free = f64::MIN;
        let mut later = Vec::new();
        for (x, node) in dead {
            let x = snapped(x).max(free);
            if x + PITCH.0 > end + 1.0 && free > f64::MIN {
                later.push((ORIGIN.0, node));
                continue;
            }
            places[node] = (x, y);
            free = x + PITCH.0;
        }
        dead = later;
        y += SHORT_PITCH;
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
    let kinds: Vec<KindId> = design.nodes.iter().map(|n| n.kind).collect();
    let whole = |(index, (x, y)): (usize, &(Option<f64>, Option<f64>))| Some((((*x)?, (*y)?), kinds[index]));
    let mut taken: Vec<((f64, f64), KindId)> = given.iter().enumerate().filter_map(whole).collect();
    let overlap = |(a, of): &((f64, f64), KindId), (b, other): &((f64, f64), KindId)| {
        let ((width, height), (wide, tall)) = (size(*of), size(*other));
        a.0 < b.0 + wide && b.0 < a.0 + width && a.1 < b.1 + tall && b.1 < a.1 + height
    };
    for (index, (x, y)) in given.iter().enumerate() {
        let place = match (x, y) {
            (Some(x), Some(y)) => (*x, *y),
            _ => {
                let mut place = (x.unwrap_or_else(|| made[index].0), y.unwrap_or_else(|| made[index].1));
                let kind = kinds[index];
                if y.is_none() {
                    while taken.iter().any(|other| overlap(&(place, kind), other)) {
                        place.1 += PITCH.1;
                    }
                }
                taken.push((place, kind));
                place
            }
        };
        let node = Rc::make_mut(&mut design.nodes[index]);
        (node.x, node.y) = place;
    }
}
