//! The sweep as a table: a row for each design along one number; rows and columns over two. Every cell says by sign, word and shade how it does.

use crate::say;
use crate::ui::prelude::*;

use crate::format;
use crate::study::sweep::text;
use crate::study::sweep::text::{Findings, wait};
use crate::study::sweep::{Passing, Point, Sweep};
use crate::ui::icons::{Icon, icon};
use crate::ui::sweep::Msg;

/// From this latency on a cell of the grid gives whole minutes, in milliseconds.
const MINUTES_FROM: f64 = 600e3;
/// Shades of the grid, from quick to slow.
const SHADES: usize = 5;

pub fn view(
    sweep: &Sweep,
    findings: &Findings,
    present: Option<usize>,
    chosen: Option<usize>,
    link: &Callback<Msg>,
) -> Html {
    let table = if sweep.axes.len() == 1 {
        list(sweep, findings, present, chosen, link)
    } else {
        grid(sweep, findings, present, chosen, link)
    };
    let told = match sweep.axes.as_slice() {
        [down, across] => Some(say!("sweep.cells", down = down.factor.label, across = across.factor.label)),
        _ => None,
    };
    html! {
        <>
            if let Some(told) = told { <p class="hint">{ told }</p> }
            <div class="sweep-table" tabindex="0" role="region" aria-label={say!("sweep.as_table")}>{ table }</div>
        </>
    }
}

fn sign(point: Option<&Point>) -> Html {
    match point.map(Point::passing) {
        Some(Passing::All) => html! { <span class="sign all">{ icon(Icon::Check) }</span> },
        Some(Passing::Some) => html! { <span class="sign some">{ icon(Icon::SoFar) }</span> },
        Some(Passing::None) => html! { <span class="sign none">{ icon(Icon::Cross) }</span> },
        None => html! { <span class="sign">{ icon(Icon::Wait) }</span> },
    }
}

fn class(present: Option<usize>, chosen: Option<usize>, cell: usize) -> Classes {
    classes!((present == Some(cell)).then_some("as-is"), (chosen == Some(cell)).then_some("chosen"))
}

fn list(
    sweep: &Sweep,
    findings: &Findings,
    present: Option<usize>,
    chosen: Option<usize>,
    link: &Callback<Msg>,
) -> Html {
    let row = |cell: usize| {
        let point = findings.points[cell].as_ref();
        let choose = link.reform(move |_: MouseEvent| Msg::Choose(cell));
        let why = sweep.cells[cell].design.as_ref().err();
        let level = match sweep.cells[cell].levels.first() {
            Some(level) => sweep.axes[0].factor.write(*level),
            None => say!("sweep.as_it_is").to_owned(),
        };
        html! {
            <tr class={class(present, chosen, cell)} key={cell}>
                <th scope="row"><button class="btn plain" onclick={choose} aria-pressed={(chosen == Some(cell)).to_string()}>{ level }</button></th>
                if let Some(why) = why {
                    <td colspan="4" class="why">{ say!("sweep.cannot_run", why) }</td>
                } else {
                    <td>{ sign(point) }{ point.map_or(say!("sweep.not_run").to_owned(), text::passing) }</td>
                    <td>{ point.map_or(format::NONE.to_owned(), |p| format::pounds(p.cost)) }</td>
                    <td>{ point.map_or(format::NONE.to_owned(), |p| wait(p.p95_ms)) }</td>
                    <td class="why">{ note(sweep, findings, cell) }</td>
                }
            </tr>
        }
    };
    html! {
        <table class="list-of" aria-label={say!("sweep.designs")}>
            <thead><tr>
                <th scope="col">{ &sweep.axes[0].factor.label }</th><th scope="col">{ say!("sweep.head_passes") }</th><th scope="col">{ say!("sweep.head_cost") }</th>
                <th scope="col">{ say!("sweep.head_wait") }</th><th scope="col">{ say!("sweep.head_note") }</th>
            </tr></thead>
            <tbody>{ for (0..sweep.cells.len()).map(row) }</tbody>
        </table>
    }
}

/// What there is to know of a cell beside its figures.
fn note(sweep: &Sweep, findings: &Findings, cell: usize) -> String {
    let marks = [
        (findings.knee.is_some_and(|k| k.at == cell)).then(|| say!("sweep.knee").to_owned()),
        (findings.cheapest == Some(cell)).then(|| say!("sweep.cheapest").to_owned()),
        findings.points[cell].as_ref().and_then(|point| text::missed(sweep, point)),
    ];
    marks.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn grid(
    sweep: &Sweep,
    findings: &Findings,
    present: Option<usize>,
    chosen: Option<usize>,
    link: &Callback<Msg>,
) -> Html {
    let (first, second) = (&sweep.axes[0], &sweep.axes[1]);
    let shade = Shade::of(findings);
    let cell = |at: usize| {
        let choose = link.reform(move |_: MouseEvent| Msg::Choose(at));
        let point = findings.points[at].as_ref();
        let runs = sweep.cells[at].design.is_ok();
        let shade = point.map(|p| format!("shade-{}", shade.number(p)));
        html! {
            <td class={classes!(class(present, chosen, at), shade)} key={at}>
                <button class="btn plain" onclick={choose} aria-pressed={(chosen == Some(at)).to_string()}>
                    <span class="sr-only">{ text::name(sweep, at) }{ ": " }</span>
                    if runs {
                        <span>{ sign(point) }{ point.map_or(format::NONE.to_owned(), brief) }</span>
                        <small>{ point.map_or(String::new(), |p| format::pounds(p.cost)) }</small>
                        <span class="sr-only">{ point.map_or(String::new(), |p| {
                            let missed = text::missed(sweep, p).map_or(String::new(), |m| format!(", {m}"));
                            format!("; {}{missed}", text::passing(p))
                        }) }</span>
                    } else {
                        <span>{ say!("sweep.cannot") }</span>
                    }
                </button>
            </td>
        }
    };
    html! {
        <table class="grid-of" aria-label={say!("sweep.designs")}>
            <thead><tr>
                <td></td>
                { for second.levels.iter().map(|level| html! { <th scope="col">{ second.factor.write(*level) }</th> }) }
            </tr></thead>
            <tbody>{ for first.levels.iter().enumerate().map(|(row, level)| html! {
                <tr key={row}>
                    <th scope="row">{ first.factor.write(*level) }</th>
                    { for (0..second.levels.len()).map(|column| cell(row * second.levels.len() + column)) }
                </tr>
            }) }</tbody>
        </table>
    }
}

/// A latency in the room of a cell.
fn brief(point: &Point) -> String {
    wait(point.p95_ms.map(|ms| if ms >= MINUTES_FROM { (ms / 60e3).round() * 60e3 } else { ms }))
}

/// How slow a cell is among all: logarithmic, as the map's axis.
struct Shade {
    least: f64,
    most: f64,
}

impl Shade {
    fn of(findings: &Findings) -> Shade {
        let waits = findings.points.iter().flatten().filter_map(|p| p.p95_ms).map(|ms| ms.max(1.0));
        let (least, most) = waits.fold((f64::INFINITY, 1.0_f64), |(a, b), ms| (a.min(ms), b.max(ms)));
        Shade { least: least.min(most), most }
    }

    fn number(&self, point: &Point) -> usize {
        let Some(ms) = point.p95_ms else { return SHADES - 1 };
        let span = (self.most / self.least).ln();
        if span <= 0.0 {
            return 0;
        }
        let share = (ms.max(1.0) / self.least).ln() / span;
        ((share * SHADES as f64) as usize).min(SHADES - 1)
    }
}
