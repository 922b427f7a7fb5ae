//! The face of a card: icon, title, figure, picture and foot, drawn from what the card says. Words are cut to the room there is.

use crate::say;
use crate::ui::prelude::*;

use super::detail::Detail;
use super::fitted::{fitted, is_foreign};
use super::server_grid;
use crate::design::text_width::{cut, width as width_of};
use crate::kinds::KindId;
use crate::late::late;
use crate::session::canvas::geometry;
use crate::session::text::card::failures::{self, PLAIN};
use crate::session::text::card::{CardContent, Cells, Demand, Foot, Picture, Tone, Vessel};

/// The corner of a card.
pub const CORNER: f64 = 12.0;
/// Space between a card's edge and what is on it.
const PAD: f64 = 12.0;
/// Where the title stands beside the icon.
const BESIDE_ICON: f64 = 34.0;
/// The sizes of type: title, figure, figure of a short card, unit, foot.
const TITLE: f64 = 13.0;
/// As small as a title may be written, so that all of it is seen: 11 pixels of 13.
const SMALLER: f64 = 11.0 / 13.0;
const FIGURE: f64 = 20.0;
const SHORT_FIGURE: f64 = 16.0;
const UNIT: f64 = 12.0;
const FOOT: f64 = 11.0;
/// Between a figure and its unit.
const UNIT_GAP: f64 = 5.0;
/// Where the picture begins, and how far from the lower edge it ends.
const PICTURE: (f64, f64) = (63.0, 35.0);
/// How far above the lower edge a vessel's limit is, and its brim.
const LIMIT: f64 = 44.0;
const BRIM: f64 = 60.0;
/// Where the words of a failure stand beside their sign.
const WHY: f64 = 24.0;
/// The height of a foot of two lines.
const BAND: f64 = 33.0;

/// Everything on a card.
pub fn face(kind: KindId, content: &CardContent, detail: Detail) -> Html {
    let (width, height) = geometry::size(kind);
    let [w, h, r] = [width, height, CORNER].map(|v| v.to_string());
    let words = match detail {
        Detail::Full(_) => full(kind, content, detail, (width, height)),
        Detail::Compact(_) => compact(content, detail, (width, height)),
        Detail::Block => icon(kind, (width / 2.0 - 28.0, height / 2.0 - 28.0), 1.75),
    };
    html! {
        <>
            <rect class="shade" y="2" width={w.clone()} height={h.clone()} rx={r.clone()}/>
            <rect class="card" width={w} height={h} rx={r}/>
            { words }
            if !content.failures.is_empty() && !matches!(detail, Detail::Full(_)) { { failed_mark(content, (width, height), detail) } }
        </>
    }
}

fn icon(kind: KindId, (x, y): (f64, f64), scale: f64) -> Html {
    html! { <g class="icon" transform={format!("translate({x} {y}) scale({scale})")}><path d={kind.kind().icon}/></g> }
}

fn full(kind: KindId, content: &CardContent, detail: Detail, (width, height): (f64, f64)) -> Html {
    let (title, room) = (detail.size(TITLE), width - BESIDE_ICON - if content.given { 28.0 } else { 8.0 });
    // A word that is a little too long is written a little smaller before it is cut.
    let title = title * (room / width_of(&content.title, title)).clamp(SMALLER, 1.0);
    let is_whole = !is_foreign(&content.title) && width_of(&content.title, title) <= room;
    let whole = (!is_whole).then(|| html! { <title>{ &content.title }</title> });
    html! {
        <>
            { for whole }
            if let Picture::Vessel(vessel) = &content.picture { { liquid(vessel, (width, height)) } }
            { icon(kind, (PAD, if content.short { 8.0 } else { 11.0 }), 0.5) }
            { fitted("title", (BESIDE_ICON, if content.short { 21.0 } else { 24.0 }), title, &content.title, room) }
            if content.given { { lock(width) } }
            { figure(content, detail, width) }
            { picture(content, (PAD, PICTURE.0), (width - 2.0 * PAD, height - PICTURE.0 - PICTURE.1)) }
            if let Picture::Vessel(vessel) = &content.picture { { limit(vessel, detail, (width, height)) } }
            { foot(content, detail, (width, height)) }
        </>
    }
}

/// The figure and, as far as there is room, its unit.
fn figure(content: &CardContent, detail: Detail, width: f64) -> Html {
    let (usual, y) = if content.short { (SHORT_FIGURE, 43.0) } else { (FIGURE, 52.0) };
    let (size, unit) = (detail.size(usual), detail.size(UNIT));
    let room = width - 2.0 * PAD + 6.0 - width_of(&content.big, size) - UNIT_GAP;
    let words = cut(&content.unit, unit, room / PLAIN);
    html! {
        <>
            <text class="big" x={PAD.to_string()} y={y.to_string()} font-size={size.to_string()}>{ &content.big }
                if !words.is_empty() { <tspan class="unit" font-size={unit.to_string()} dx={(UNIT_GAP - 3.0).to_string()}>{ " " }{ words }</tspan> }
            </text>{ " " }
        </>
    }
}

/// Title, figure and what room is left for a picture, in type that can be read from afar.
fn compact(content: &CardContent, detail: Detail, (width, height): (f64, f64)) -> Html {
    let (title, big) = (detail.size(TITLE + 3.0), detail.size(FIGURE));
    let room = width - 2.0 * PAD + 8.0;
    let (first, second) = (8.0 + title * 0.9, 12.0 + title + big);
    let fits = second < height - 4.0;
    // Beside the figure where there is room for all of it, else below.
    let (unit, after) = (detail.size(UNIT), width_of(&content.big, big) + UNIT_GAP);
    let beside = width_of(&content.unit, unit) * PLAIN <= room - after;
    let (x, y) = if beside { (PAD - 2.0 + after, second) } else { (PAD - 2.0, second + unit + 3.0) };
    let says = fits && !content.unit.is_empty() && y < height - 6.0;
    let top = 8.0 + if says { y } else { second };
    html! {
        <>
            <title>{ &content.title }</title>
            if let Picture::Vessel(vessel) = &content.picture { { liquid(vessel, (width, height)) } }
            { fitted("title", (PAD - 2.0, first), title, &content.title, room) }
            if fits { { fitted("big", (PAD - 2.0, second), big, &content.big, room) } }
            if says { { fitted("unit", (x, y), unit, &content.unit, room / PLAIN) } }
            if height - top - PAD >= 16.0 { { picture(content, (PAD, top), (width - 2.0 * PAD, height - top - PAD)) } }
        </>
    }
}

fn lock(width: f64) -> Html {
    html! {
        <g class="lock" transform={format!("translate({} 12)", width - 25.0)}>
            <title>{ say!("stage.given") }</title>
            <path d="M3.2 6.2V4.4a2.8 2.8 0 0 1 5.6 0v1.8M2 6.2h8v6.3H2z"/>
        </g>
    }
}

fn picture(content: &CardContent, at: (f64, f64), size: (f64, f64)) -> Html {
    match &content.picture {
        Picture::None | Picture::Vessel(_) => Html::default(),
        Picture::Demand(demand) => curve(demand, at, size),
        Picture::Cells(cells) => servers(*cells, at, size),
    }
}

/// The demand of the whole morning, and the line of now.
fn curve(demand: &Demand, (x, y): (f64, f64), (width, height): (f64, f64)) -> Html {
    let corner = |(at, rate): &(f64, f64)| format!("{:.1} {:.1}", x + at * width, y + height - rate * (height - 2.0));
    let d = format!("M{}", demand.corners.iter().map(corner).collect::<Vec<_>>().join("L"));
    html! {
        <g class="demand">
            <path class="area" d={format!("{d}V{:.1}H{x}z", y + height)}/>
            <path class="curve" {d}/>
            if let Some(now) = demand.now { <path class="now" d={format!("M{:.1} {:.1}v{:.1}", x + now * width, y - 3.0, height + 3.0)}/> }
        </g>
    }
}

/// Servers as cells, or as a bar when there are too many.
fn servers(cells: Cells, (x, y): (f64, f64), (width, height): (f64, f64)) -> Html {
    let transform = format!("translate({x} {y:.1})");
    match server_grid::grid(cells.places, width, height) {
        Some(grid) => {
            let [busy, idle, starting, missing] = server_grid::paths(cells, grid);
            html! {
                <g class="cells" {transform}>
                    <path class="missing" d={missing}/><path class="idle" d={idle}/>
                    <path class="starting" d={starting}/><path class="busy" d={busy}/>
                    if cells.unheard > 0 { <path class="unheard" fill="url(#unheard)" d={server_grid::unheard(cells, grid)}/> }
                </g>
            }
        }
        None => {
            let share = |n: u64| width * (n as f64 / cells.places.max(1) as f64).min(1.0);
            html! {
                <g class="cells" {transform}>
                    <rect class="missing" width={width.to_string()} height="10" rx="3"/>
                    <rect class="idle" width={share(cells.servers).to_string()} height="10" rx="3"/>
                    <rect class="busy" width={share(cells.busy).to_string()} height="10" rx="3"/>
                </g>
            }
        }
    }
}

/// What is in a vessel: it fills from below up to the limit, and beyond that ever slower towards the brim.
fn liquid(vessel: &Vessel, (width, height): (f64, f64)) -> Html {
    let deep = (LIMIT - 1.0) * vessel.level + (BRIM - LIMIT) * vessel.over;
    if deep <= 0.0 {
        return Html::default();
    }
    let top = height - 1.0 - deep;
    // Round corners below, a level surface above.
    let radius = (CORNER - 1.0).min(deep);
    let d = lower_part(top, radius, (width, height));
    html! {
        <g class={classes!("vessel", (vessel.over > 0.0).then_some("over"))}>
            <path class="content" {d}/>
            <path class="surface" d={format!("M1 {top:.1}H{:.1}", width - 1.0)}/>
        </g>
    }
}

/// A vessel's limit: a dotted line with its figure.
fn limit(vessel: &Vessel, detail: Detail, (width, height): (f64, f64)) -> Html {
    let Some(words) = &vessel.limit else { return Html::default() };
    let (y, size) = (height - LIMIT, detail.size(FOOT));
    let left = width - 8.0 - width_of(words, size).max(28.0);
    // Beyond the limit the surface is above it.
    let label = if vessel.over > 0.0 { y + size + 2.0 } else { y - 4.0 };
    html! {
        <>
            <path class="limit" d={format!("M{left:.1} {y}H{}", width - 1.0)}/>
            <text class={classes!("limit-figure", (vessel.over > 0.0).then_some("over"))} x={(width - 8.0).to_string()} y={label.to_string()} font-size={size.to_string()} text-anchor="end">{ words }</text>{ " " }
        </>
    }
}

/// A line at the card's lower edge; of a failure two of them on a band, with its sign.
fn foot(content: &CardContent, detail: Detail, (width, height): (f64, f64)) -> Html {
    let (Foot { tone, words, more }, size) = (&content.foot, detail.size(FOOT));
    let class = match tone {
        Tone::Plain => "foot",
        Tone::Good => "foot good",
        Tone::Alert => "foot alert",
        Tone::Failed => return failed(content, words, more, size, (width, height)).unwrap_or_default(),
    };
    if words.is_empty() {
        return Html::default();
    }
    // Below the figure where a vessel fills the card from its lower edge.
    let y = if matches!(content.picture, Picture::Vessel(_)) { 58.0 + size } else { height - 11.0 };
    fitted(class, (PAD, y), size, words, (width - 2.0 * PAD + 4.0) / PLAIN)
}

/// A card below a level line at `top`: its lower corners are as round as its own.
fn lower_part(top: f64, radius: f64, (width, height): (f64, f64)) -> String {
    format!(
        "M1 {top:.1}H{right:.1}V{low:.1}a{radius:.1} {radius:.1} 0 0 1 -{radius:.1} {radius:.1}H{left:.1}a{radius:.1} {radius:.1} 0 0 1 -{radius:.1} -{radius:.1}z",
        right = width - 1.0,
        low = height - 1.0 - radius,
        left = 1.0 + radius,
    )
}

late! {
    fn failed(content: &CardContent, words: &str, more: &str, size: f64, whole: (f64, f64)) -> Html {
        let (width, height) = whole;
        let band = if size > FOOT { BAND + 2.0 * (size - FOOT) } else { BAND };
        let (top, radius, room) = (height - band, CORNER - 1.0, width - WHY - 4.0);
        let (words, more) = failures::two_lines(words, more, size, room);
        let d = lower_part(top, radius, (width, height));
        html! {
            <g class="failures">
                <title>{ content.failures.join("\n") }</title>
                <path class="ground" d={d.clone()}/><path class="band" {d}/>
                <g class="cross" transform={format!("translate(8 {:.1})", top + 6.0)}><circle cx="6.5" cy="6.5" r="5.2"/><path d="M4.7 4.7l3.6 3.6M8.3 4.7L4.7 8.3"/></g>
                { fitted("why", (WHY, top + 3.0 + size), size, words, room) }
                { fitted("more", (WHY, height - 7.0), size, more, room / PLAIN) }
            </g>
        }
    }
}

/// From afar the sign alone, at a corner: the lower one, as above it would lie on the name or on what is known of the design.
fn failed_mark(content: &CardContent, (width, height): (f64, f64), detail: Detail) -> Html {
    let scale = if detail == Detail::Block { 4.0 } else { 1.8 };
    let (x, y) = (width - 13.0 * scale - 2.0, if detail == Detail::Block { 2.0 } else { height - 13.0 * scale / 2.0 });
    html! {
        <g class="failures" transform={format!("translate({x:.1} {y:.1}) scale({scale})")}>
            <title>{ content.failures.join("\n") }</title>
            <g class="cross"><circle cx="6.5" cy="6.5" r="5.2"/><path d="M4.7 4.7l3.6 3.6M8.3 4.7L4.7 8.3"/></g>
        </g>
    }
}
