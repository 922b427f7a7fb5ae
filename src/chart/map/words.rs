//! The words on the map: names of designs and captions beside their marks, where no other words stand.

use plotters::prelude::DrawingBackend;

use super::{FONT, Frame, MapInput, NARROW, half};
use crate::chart::pen::{Anchor, Drawn, Pen};
use crate::chart::text_width;
use crate::chart::theme::Role;

fn free(taken: &[[f64; 4]], b: &[f64; 4]) -> bool {
    taken.iter().all(|t| b[2] <= t[0] || b[0] >= t[2] || b[3] <= t[1] || b[1] >= t[3])
}

/// Names stand where there is room for them, further off and with a line to their mark if need be; a name is never left out.
pub(super) fn names<DB: DrawingBackend>(
    pen: &Pen<DB>,
    f: &Frame,
    input: &MapInput,
    taken: &mut Vec<[f64; 4]>,
) -> Drawn<DB> {
    for named in input.named {
        let Some(spot) = input.spots.get(named.spot).and_then(Option::as_ref) else { continue };
        let (x, y) = f.place(spot);
        let words = if f.x1 - f.x0 < NARROW { &named.short } else { &named.long };
        let (width, half) = (text_width(words, FONT) + 8.0, FONT / 2.0 + 3.0);
        let inside = |b: &[f64; 4]| b[0] >= f.x0 + 2.0 && b[2] <= f.x1 && b[1] >= 0.0 && b[3] <= f.y1 - 1.0;
        let mut places = Vec::new();
        for away in [14.0, 30.0, 50.0, 76.0, 110.0] {
            for (dx, dy) in [(1.0, -1.0), (1.0, 1.0), (-1.0, -1.0), (-1.0, 1.0), (0.0, -1.4), (0.0, 1.4)] {
                let (cx, cy) = (x + dx * away, y + dy * away);
                let left = cx - width * (1.0 - dx) / 2.0;
                places.push([left, cy - half, left + width, cy + half]);
            }
        }
        let within = places.iter().filter(|b| inside(b));
        let place = within.clone().find(|b| free(taken, b)).or_else(|| within.clone().next()).copied();
        let left = (x - width / 2.0).clamp(f.x0, (f.x1 - width).max(f.x0));
        let b = place.unwrap_or([left, y - 30.0, left + width, y - 30.0 + 2.0 * half]);
        let (cx, cy) = (x.clamp(b[0], b[2]), (b[1] + b[3]) / 2.0);
        pen.path(&[pen.pixel(x, y), pen.pixel(cx, if cy < y { b[3] } else { b[1] })], 1.0, Role::Ink, 0.6)?;
        pen.rect((b[0], b[1]), (b[2], b[3]), Role::Surface, 0.92)?;
        pen.bold(words, (b[0] + 4.0, cy), Role::Ink)?;
        taken.push(b);
    }
    Ok(())
}

/// Words beside the marks, as far as there is room.
pub(super) fn labels<DB: DrawingBackend>(
    pen: &Pen<DB>,
    f: &Frame,
    input: &MapInput,
    taken: &mut Vec<[f64; 4]>,
) -> Drawn<DB> {
    let labelled = input.spots.iter().enumerate().filter_map(|(at, spot)| Some((at, spot.as_ref()?)));
    for (at, spot) in labelled.filter(|(_, spot)| !spot.label.is_empty()) {
        let ((x, y), half) = (f.place(spot), half(input, at));
        let width = text_width(&spot.label, FONT);
        // Not on the left before all else fails: there it would stand at its neighbour.
        let (right, middle, left) = (x + half + 3.0, x - width / 2.0, x - half - 3.0 - width);
        let (up, down, over) = (y - 9.0, y + 9.0, half + 9.0);
        let sides = [(right, up), (middle, y - over), (right, down), (middle, y + over), (left, down), (left, up)];
        let boxes = sides.map(|(left, middle)| [left, middle - 6.0, left + width, middle + 6.0]);
        let inside = |b: &&[f64; 4]| b[0] >= f.x0 && b[2] <= f.x1 && b[3] <= f.y1;
        if let Some(b) = boxes.iter().filter(inside).find(|b| free(taken, b)) {
            taken.push(*b);
            pen.text(&spot.label, (b[0], (b[1] + b[3]) / 2.0), Anchor::Start, Role::Muted)?;
        }
    }
    Ok(())
}
