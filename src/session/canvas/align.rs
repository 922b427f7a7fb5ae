//! Alignment: while components are moved, their edges and middles snap to those of what stands around, and else to the grid.
//!
//! Like goes with like: left with left, middle with middle. Pure; knows nothing of gestures.

use crate::session::canvas::geometry::{Rect, snap};

/// How near is near enough, in CSS pixels.
pub const REACH: f64 = 6.0;

/// A line through what is aligned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// The line is upright: it shares an x.
    pub upright: bool,
    pub at: f64,
    /// From where to where it goes along the other axis.
    pub from: f64,
    pub to: f64,
}

/// How far to move `area` when the pointer asks for `by`, and the guides that it snaps to. `anchor` is what snaps to the grid otherwise;
/// `reach` is in the diagram's units.
pub fn align(area: Rect, anchor: (f64, f64), by: (f64, f64), others: &[Rect], reach: f64) -> ((f64, f64), Vec<Guide>) {
    let upright = along(lines_of_x(area), others.iter().map(|o| lines_of_x(*o)), by.0, reach);
    let level = along(lines_of_y(area), others.iter().map(|o| lines_of_y(*o)), by.1, reach);
    let dx = upright.unwrap_or_else(|| snap(anchor.0 + by.0) - anchor.0);
    let dy = level.unwrap_or_else(|| snap(anchor.1 + by.1) - anchor.1);
    let moved = Rect { x: area.x + dx, y: area.y + dy, ..area };
    let mut guides = Vec::new();
    if upright.is_some() {
        for (which, at) in lines_of_x(moved).into_iter().enumerate() {
            let same: Vec<&Rect> = others.iter().filter(|o| (lines_of_x(**o)[which] - at).abs() < 0.01).collect();
            guides.extend(guide(true, at, moved, &same));
        }
    }
    if level.is_some() {
        for (which, at) in lines_of_y(moved).into_iter().enumerate() {
            let same: Vec<&Rect> = others.iter().filter(|o| (lines_of_y(**o)[which] - at).abs() < 0.01).collect();
            guides.extend(guide(false, at, moved, &same));
        }
    }
    ((dx, dy), guides)
}

/// The way along one axis to the nearest line of the same sort, if one is near.
fn along(own: [f64; 3], others: impl Iterator<Item = [f64; 3]>, by: f64, reach: f64) -> Option<f64> {
    let ways = others.flat_map(|lines| (0..3).map(move |which| lines[which] - own[which]));
    let near = ways.filter(|way| (way - by).abs() <= reach);
    near.min_by(|a, b| (a - by).abs().total_cmp(&(b - by).abs()))
}

fn lines_of_x(area: Rect) -> [f64; 3] {
    [area.x, area.x + area.width / 2.0, area.x + area.width]
}

fn lines_of_y(area: Rect) -> [f64; 3] {
    [area.y, area.y + area.height / 2.0, area.y + area.height]
}

/// The line through everything that shares it.
fn guide(upright: bool, at: f64, moved: Rect, same: &[&Rect]) -> Option<Guide> {
    if same.is_empty() {
        return None;
    }
    let all = same.iter().fold(moved, |all, o| all.with(**o));
    let (from, to) = if upright { (all.y, all.y + all.height) } else { (all.x, all.x + all.width) };
    Some(Guide { upright, at, from, to })
}
