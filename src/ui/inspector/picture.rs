//! A small picture of a distribution: its density, with the mean marked.

use std::fmt::Write;

use crate::ui::prelude::*;

use crate::format;
use crate::kinds::Value;
use crate::kinds::density;

const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 44.0;

/// The picture of a value that describes a distribution; nothing for other values.
pub fn of(value: &Value) -> Html {
    let Some(picture) = density::of_value(value).as_ref().and_then(density::picture) else { return Html::default() };
    let end = picture.points.last().map_or(2.0 * picture.mean_ms, |(x, _)| x.max(1.2 * picture.mean_ms));
    // A density that rises without end at 0 would press everything else flat.
    let usual = 3.0 / picture.mean_ms;
    let top = picture.points.iter().map(|(_, y)| *y).fold(0.0, f64::max);
    let top = if top > 4.0 * usual && picture.points.len() > 4 { 4.0 * usual } else { top }.max(f64::MIN_POSITIVE);
    let mut d = format!("M0 {HEIGHT}");
    for (x, y) in &picture.points {
        let (x, y) = (x / end * WIDTH, HEIGHT - 2.0 - (y / top).min(1.0) * (HEIGHT - 6.0));
        write!(d, "L{x:.1} {y:.1}").expect("a string takes text");
    }
    d.push_str(&format!("V{HEIGHT}z"));
    let mean = picture.mean_ms / end * WIDTH;
    let label = format!("Density; mean {}", format::duration_ms(picture.mean_ms));
    html! {
        <svg class="density" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none" role="img" aria-label={label}>
            if !picture.points.is_empty() { <path class="curve" {d}/> }
            <path class="mean" d={format!("M{mean:.1} 2V{HEIGHT}")}/>
        </svg>
    }
}
