//! The map in the page: what it is drawn from, and where a pointer or a key leads.

use crate::say;
use plotters::drawing::IntoDrawingArea;
use web_sys::HtmlCanvasElement;
use yew::NodeRef;

use crate::chart::map::{self, MapInput, Named, Pass, Spot};
use crate::chart::{Size, Theme, draw_map, draw_map_standalone, standalone};
use crate::format;
use crate::study::sweep::text::{Findings, wait};
use crate::study::sweep::{COST, P95, Passing, Point, Sweep};
use crate::ui::canvas::{CachedCanvasBackend, fitted};
use engine::measure::MetricId;

/// How near a pointer has to be to a mark, in CSS pixels.
pub const REACH: f64 = 22.0;

/// What the picture shows of a sweep, ready for drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    spots: Vec<Option<Spot>>,
    rows: Vec<Vec<usize>>,
    front: Vec<usize>,
    named: Vec<Named>,
    budget: Option<f64>,
    limit_ms: Option<f64>,
}

impl Scene {
    /// Axes and goals, before there is a sweep.
    pub fn empty(limit: impl Fn(MetricId) -> Option<f64>) -> Scene {
        Scene { budget: limit(COST), limit_ms: limit(P95), ..Scene::default() }
    }

    pub fn of(sweep: &Sweep, findings: &Findings) -> Scene {
        let one = sweep.axes.len() == 1;
        let spot = |(at, point): (usize, &Option<Point>)| {
            let point = point.as_ref()?;
            let label = match sweep.cells[at].levels.as_slice() {
                [level] if one => format::number(*level, 3),
                [] => "now".to_owned(),
                _ => String::new(),
            };
            Some(Spot { cost: point.cost, p95_ms: point.p95_ms, pass: pass(point.passing()), label })
        };
        let named = names(sweep, findings);
        Scene {
            spots: findings.points.iter().enumerate().map(spot).collect(),
            rows: rows(sweep),
            front: findings.front.clone(),
            named,
            ..Scene::empty(|metric| sweep.limit(metric))
        }
    }

    fn input(&self, present: Option<usize>, chosen: Option<usize>, theme: Theme, size: Size) -> MapInput<'_> {
        MapInput {
            spots: &self.spots,
            rows: &self.rows,
            front: &self.front,
            named: &self.named,
            present,
            chosen,
            budget: self.budget,
            limit_ms: self.limit_ms,
            theme,
            size,
        }
    }

    /// Draws it on a canvas, in the size that has in the page.
    pub fn paint(&self, canvas: &NodeRef, present: Option<usize>, chosen: Option<usize>, theme: Theme) {
        let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else { return };
        let Some(size) = fitted(&canvas) else { return };
        if let Some(brush) = CachedCanvasBackend::new(canvas) {
            // A canvas that refuses stays empty; words and table don't.
            let _ = draw_map(&brush.into_drawing_area(), &self.input(present, chosen, theme, size));
        }
    }

    pub fn standalone(
        &self,
        area: &plotters::drawing::DrawingArea<CachedCanvasBackend, plotters::coord::Shift>,
        present: Option<usize>,
        theme: Theme,
        words: &str,
        about: &str,
    ) {
        // As above.
        let _ = draw_map_standalone(area, &self.input(present, None, theme, standalone::SIZE), words, about);
    }

    /// The cell whose mark is nearest to a point of the canvas.
    pub fn nearest(&self, canvas: &NodeRef, at: (f64, f64)) -> Option<usize> {
        let canvas = canvas.cast::<HtmlCanvasElement>()?;
        let pixels = |css: i32| u32::try_from(css).unwrap_or(0);
        let size = Size { width: pixels(canvas.client_width()), height: pixels(canvas.client_height()), scale: 1.0 };
        map::nearest(&map::places(&self.input(None, None, Theme::Light, size)), at, REACH)
    }
}

fn pass(passing: Passing) -> Pass {
    match passing {
        Passing::All => Pass::All,
        Passing::Some => Pass::Some,
        Passing::None => Pass::None,
    }
}

/// The cells of each line of the grid: all of one axis, or a row for each level of the first.
fn rows(sweep: &Sweep) -> Vec<Vec<usize>> {
    let width = sweep.axes.last().map_or(1, |axis| axis.levels.len());
    let grid: usize = sweep.axes.iter().map(|axis| axis.levels.len()).product();
    (0..grid).collect::<Vec<_>>().chunks(width).map(<[usize]>::to_vec).collect()
}

/// The knee and the cheapest that passes, by name.
fn names(sweep: &Sweep, findings: &Findings) -> Vec<Named> {
    let levels = |cell: usize| {
        let levels = &sweep.cells[cell].levels;
        let told: Vec<String> = sweep.axes.iter().zip(levels).map(|(a, l)| a.factor.write(*l)).collect();
        if told.is_empty() { say!("sweep.now").to_owned() } else { told.join(" × ") }
    };
    let figures = |cell: usize| {
        findings.points[cell]
            .as_ref()
            .map_or(String::new(), |p| format!("{}, {}", format::pounds(p.cost), wait(p.p95_ms)))
    };
    let knee_at = |at: usize| Named {
        spot: at,
        short: say!("sweep.named_knee", levels = levels(at)),
        long: say!("sweep.long_knee", levels = levels(at), figures = figures(at)),
    };
    let cheapest_at = |at: usize| Named {
        spot: at,
        short: say!("sweep.named_cheapest", levels = levels(at)),
        long: say!("sweep.long_cheapest", levels = levels(at), figures = figures(at)),
    };
    let knee = findings.knee.map(|k| k.at);
    match (knee, findings.cheapest) {
        (Some(knee), Some(cheapest)) if knee == cheapest => {
            let long = say!("sweep.long_both", levels = levels(knee), figures = figures(knee));
            vec![Named { long, ..knee_at(knee) }]
        }
        (knee, cheapest) => knee.map(knee_at).into_iter().chain(cheapest.map(cheapest_at)).collect(),
    }
}

/// Where an arrow key leads from a cell: along the last axis by `across`, along the first of two by `down`.
pub fn beside(sweep: &Sweep, from: Option<usize>, across: i32, down: i32) -> usize {
    let width = sweep.axes.last().map_or(1, |axis| axis.levels.len());
    let grid: usize = sweep.axes.iter().map(|axis| axis.levels.len()).product();
    let Some(from) = from.filter(|at| *at < grid) else { return if sweep.present < grid { sweep.present } else { 0 } };
    let (row, column) = ((from / width) as i32, (from % width) as i32);
    // Along one number up is on and down is back.
    let (across, down) = if grid == width { (across - down, 0) } else { (across, down) };
    let column = (column + across).clamp(0, width as i32 - 1);
    let row = (row + down).clamp(0, (grid / width) as i32 - 1);
    (row * width as i32 + column) as usize
}
