//! A small picture of a distribution: its density, with the mean marked; for a single value an arrow where it is.

use std::fmt::Write;

use crate::say;
use crate::ui::prelude::*;

use crate::format;
use crate::kinds::Value;
use crate::kinds::density;

const WIDTH: f64 = 264.0;
const HEIGHT: f64 = 44.0;
/// The base line, and how far a curve reaches above it.
const BASE: f64 = 38.0;
const TOP: f64 = 4.0;

/// The picture of a value that describes a distribution; nothing for other values.
pub fn of(value: &Value) -> Html {
    let Some(picture) = density::of_value(value).as_ref().and_then(density::picture) else { return Html::default() };
    let mean = format::duration_ms(picture.mean_ms);
    if picture.points.is_empty() {
        return constant(&mean);
    }
    let end = picture.points.last().map_or(0.0, |(x, _)| (1.05 * x).max(1.2 * picture.mean_ms));
    let at = picture.mean_ms / end * WIDTH;
    html! {
        <svg class="density" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none" role="img" aria-label={say!("inspector.density", mean)}>
            <path class="curve" d={curve(&picture.points, picture.mean_ms, end)}/>
            <path class="base" d={format!("M0 {BASE}H{WIDTH}")}/>
            <path class="mean" d={format!("M{at:.1} {TOP}V{BASE}")}/>
        </svg>
    }
}

/// From the base line at the first point, along the points, back to it at the last: what rises at once rises upright.
fn curve(points: &[(f64, f64)], mean_ms: f64, end: f64) -> String {
    // A density that rises without end at 0 would press everything else flat.
    let usual = 3.0 / mean_ms;
    let top = points.iter().map(|(_, y)| *y).fold(0.0, f64::max);
    let top = if top > 4.0 * usual && points.len() > 4 { 4.0 * usual } else { top }.max(f64::MIN_POSITIVE);
    let across = |x: f64| x / end * WIDTH;
    let mut d = format!("M{:.1} {BASE}", across(points[0].0));
    for (x, y) in points {
        let up = BASE - (y / top).min(1.0) * (BASE - TOP - 2.0);
        write!(d, "L{:.1} {up:.1}", across(*x)).expect("a string takes text");
    }
    write!(d, "V{BASE}").expect("a string takes text");
    d
}

/// One value alone: an arrow to it, with the figure.
fn constant(value: &str) -> Html {
    let (middle, tip) = (WIDTH / 2.0, TOP + 2.0);
    html! {
        <svg class="density constant" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={say!("inspector.always", value)}>
            <path class="base" d={format!("M0 {BASE}H{WIDTH}")}/>
            <path class="arrow" d={format!("M{middle} {BASE}V{tip}M{} {}L{middle} {tip}L{} {}", middle - 4.0, tip + 5.0, middle + 4.0, tip + 5.0)}/>
            <text x={(middle + 10.0).to_string()} y="20">{ say!("inspector.always_small", value) }</text>
        </svg>
    }
}
