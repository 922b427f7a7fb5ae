//! The crowd: those who stand in line before a component, as dots, and how many were turned away there. A dot is ten of them, or a hundred
//! where there are many; never more than [`MOST`].

use std::fmt::Write;

use crate::late::late;
use crate::ui::prelude::*;
use crate::ui::rich::rich;

use super::Scene;
use super::detail::Detail;
use crate::format;
use crate::session::canvas::geometry::{self, PORT_Y, Rect};
use crate::session::text::crowd::{self, Crowd};

/// The most dots.
const MOST: u64 = 60;
/// How many a dot stands for: the first that needs no more dots than that.
const UNITS: [u64; 3] = [10, 100, 1000];
/// From one dot to the next.
const PITCH: f64 = 10.0;
/// Between the crowd and what it stands in line for, and below the line of the connection.
const BESIDE: f64 = 14.0;
const BELOW: f64 = 28.0;
/// Between its words and the card that they end at.
const CLEAR: f64 = 8.0;
/// The room before a component in which a crowd and its words can stand.
const ROOMY: f64 = 120.0;
const COLUMNS: f64 = 10.0;
const TYPE: f64 = 12.0;

late! {
    /// All crowds of a design in a run.
    pub fn crowds(scene: &Scene) -> Html {
        let Some(figures) = &scene.figures else { return Html::default() };
        crowd::crowds(&scene.design, figures).iter().map(|crowd| draw(scene, crowd)).collect()
    }
}

fn draw(scene: &Scene, crowd: &Crowd) -> Html {
    let detail = Detail::at(scene.view.zoom);
    let (area, waiting) = (geometry::rect(&scene.design.nodes[crowd.before]), crowd.waiting);
    // Before the component where there is room, else under it.
    let before = crowd.from.iter().map(|at| geometry::rect(&scene.design.nodes[*at])).filter(|from| from.x < area.x);
    let room = before.map(|from| area.x - from.x - from.width).fold(f64::INFINITY, f64::min);
    let ahead = room.is_finite() && room >= ROOMY;
    let columns = if ahead { ((room - 2.0 * BESIDE) / PITCH).floor().min(COLUMNS) } else { COLUMNS };
    let unit = UNITS.into_iter().find(|unit| waiting <= unit * MOST).unwrap_or(UNITS[2]);
    let count = waiting.div_ceil(unit).min(MOST);
    let rows = (count as f64 / columns).ceil();
    let (right, top) = match ahead {
        true => (area.x - BESIDE, area.y + PORT_Y + BELOW),
        false => (area.x + area.width, area.y + area.height + BELOW),
    };
    let line_height = detail.size(TYPE) + 4.0;
    let below = top + (rows - 1.0) * PITCH + line_height + 4.0;
    // Ahead of it up to the card there, under it as wide as it is.
    let wide = if ahead { room - BESIDE - CLEAR } else { area.width };
    let full = count > 0 && matches!(detail, Detail::Full(_));
    let [waits, units] = if full { crowd.label(unit, detail.size(TYPE), wide) } else { Default::default() };
    let lines = waits.into_iter().map(|words| ("waits", words)).chain(units.into_iter().map(|words| ("unit", words)));
    let lines: Vec<_> = lines.enumerate().map(|(at, line)| (below + at as f64 * line_height, line)).collect();
    let under = area.y + area.height + BELOW + 6.0;
    let last = below + lines.len() as f64 * line_height;
    let end = match count {
        0 => under,
        _ if ahead => last.max(under),
        _ => last,
    };
    let text = |class: &'static str, (x, y): (f64, f64), anchor: &'static str, words: Html| {
        html! { <text {class} x={format!("{x:.1}")} y={format!("{y:.1}")} text-anchor={anchor} font-size={detail.size(TYPE).to_string()}>{ words }</text> }
    };
    html! {
        <g class="crowd" aria-hidden="true">
            if count > 0 {
                <path d={dots(count, columns as u64, right, top)}/>
                { for lines.into_iter().map(|(y, (class, words))| text(class, (right, y), "end", words.into())) }
            }
            { away(crowd, area, end, text) }
        </g>
    }
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
    crowd: &Crowd,
    area: Rect,
    y: f64,
    text: impl Fn(&'static str, (f64, f64), &'static str, Html) -> Html,
) -> Html {
    if crowd.away == 0 {
        return Html::default();
    }
    let share = format::share(crowd.away as f64 / crowd.came.max(1) as f64);
    let words = rich!(
        "diagram.turned_away",
        n = html!(<tspan class="count">{ format::count(crowd.away) }</tspan>),
        share = share.into()
    );
    text("away", (area.x + area.width / 2.0, y + 4.0), "middle", words)
}
