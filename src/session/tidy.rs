//! Tidy: an automatic layout from left to right, in the order of the flow.
//!
//! A component stands in the column after the last one that hands work to it; dead letters stand below what parks in them. Components of a
//! column keep their order from top to bottom.

use std::rc::Rc;

use super::compose::GAP;
use super::geometry::{self, snap};
use super::ghost::on_the_way;
use crate::design::Design;

/// Free space between components of one column.
const ROW_GAP: f64 = 32.0;

/// The design with every component at its tidy place. The top left one stays about where the top left corner was.
pub fn tidied(design: &Design) -> Design {
    let mut next = design.clone();
    let origin = geometry::bounds(design);
    let column = columns(design);
    let last = column.iter().copied().max().unwrap_or(0);
    let mut x = snap(origin.x);
    let tallest = (0..=last).map(|c| height_of(design, &column, c)).fold(0.0, f64::max);
    for current in 0..=last {
        let mut members: Vec<usize> = (0..design.nodes.len()).filter(|&i| column[i] == current).collect();
        members.sort_by(|&a, &b| {
            let key = |i: usize| (!on_the_way(design.nodes[i].kind), design.nodes[i].y);
            let (a, b) = (key(a), key(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let width = members.iter().map(|&i| geometry::size(design.nodes[i].kind).0).fold(0.0, f64::max);
        let mut y = origin.y + (tallest - height_of(design, &column, current)) / 2.0;
        for index in members {
            let (own_width, height) = geometry::size(design.nodes[index].kind);
            let node = Rc::make_mut(&mut next.nodes[index]);
            node.x = snap(x + (width - own_width) / 2.0);
            node.y = snap(y);
            y += height + ROW_GAP;
        }
        if width > 0.0 {
            x += width + GAP;
        }
    }
    next
}

/// The height of what stands in a column on the way of a booking; dead letters hang below and don't count.
fn height_of(design: &Design, column: &[usize], current: usize) -> f64 {
    let nodes = design.nodes.iter().zip(column).filter(|(n, c)| **c == current && on_the_way(n.kind));
    let heights: Vec<f64> = nodes.map(|(n, _)| geometry::size(n.kind).1).collect();
    heights.iter().sum::<f64>() + ROW_GAP * heights.len().saturating_sub(1) as f64
}

/// The column of each node. The kinds' table allows no cycle, so the rounds end; they are bounded all the same.
fn columns(design: &Design) -> Vec<usize> {
    let index = |id: &str| design.nodes.iter().position(|n| &*n.id == id);
    let edges: Vec<(usize, usize)> =
        design.edges.iter().filter_map(|e| Some((index(&e.from)?, index(&e.to)?))).collect();
    // A component that nobody hands work to stands where its kind usually does.
    let mut column: Vec<usize> = design
        .nodes
        .iter()
        .enumerate()
        .map(|(i, n)| if edges.iter().any(|(_, to)| *to == i) { 0 } else { n.kind as usize })
        .collect();
    for _ in 0..design.nodes.len() {
        for &(from, to) in &edges {
            let below = usize::from(on_the_way(design.nodes[to].kind));
            column[to] = column[to].max(column[from] + below);
        }
    }
    column
}
