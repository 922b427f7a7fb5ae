//! The page's charts alone as a wasm module: a run's series on eight canvases, drawn by the very code that the page draws with.
//!
//! `cargo xtask bench browser` builds it and binds it; `tests/browser/bench/charts.bench.mjs` drives it.

#![cfg(target_arch = "wasm32")]

use std::sync::Arc;

use engine::Simulation;
use engine::measure::{Bin, Series};
use waiting_room::chart::{CHARTS, ChartInput, Expected, Frame, Limit, Size, Window};
use waiting_room::kata::builtin;
use waiting_room::ui::canvas::Layers;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlCanvasElement;

/// Four charts of a Monday with demand scaling, at some moment of it.
#[wasm_bindgen]
pub struct Four {
    series: Series,
    /// The bins of the whole run that have not come yet, the next one last.
    ahead: Vec<Bin>,
    limits: Vec<Limit>,
    layers: [Layers; 4],
    canvases: Vec<HtmlCanvasElement>,
    size: Size,
    duration_s: f64,
}

#[wasm_bindgen]
impl Four {
    /// On four pairs of canvases, the lower one first. `stretch` runs one after the other make one long run.
    #[wasm_bindgen(constructor)]
    pub fn new(canvases: Vec<HtmlCanvasElement>, width: u32, height: u32, scale: f64, stretch: u32) -> Four {
        let design = builtin::design("demand").expect("a built-in design").design();
        let scenario = builtin::scenario("monday").expect("a built-in scenario");
        let network = Arc::new(scenario.compile(&design).expect("a network"));
        let mut run = Simulation::new(network.clone(), 1);
        run.run_to_end();
        let mut series = run.measures().series().clone();
        let day = series.bins.clone();
        let length = day.last().expect("a run has bins").to;
        for _ in 1..stretch {
            let begin = series.bins.last().expect("bins").to;
            let later = day.iter().map(|bin| {
                let moved = |at: engine::sim::time::Time| begin + at.since(engine::sim::time::Time::ZERO);
                Bin { from: moved(bin.from), to: moved(bin.to), ..bin.clone() }
            });
            series.bins.extend(later);
        }
        let limits = scenario.goals.iter().map(|g| Limit { metric: g.metric, at_most: g.at_most }).collect();
        let duration_s = length.seconds() * f64::from(stretch);
        let layers = std::array::from_fn(|_| Layers::default());
        let size = Size { width, height, scale };
        Four { series, ahead: Vec::new(), limits, layers, canvases, size, duration_s }
    }

    /// Back by so many bins.
    pub fn back(&mut self, bins: usize) {
        let keep = self.series.bins.len() - bins;
        let mut gone = self.series.bins.split_off(keep);
        gone.reverse();
        self.ahead = gone;
    }

    /// On by one bin.
    pub fn on(&mut self) {
        self.series.bins.extend(self.ahead.pop());
        self.series.revision += 1;
    }

    pub fn bins(&self) -> usize {
        self.series.bins.len()
    }

    /// The next picture is drawn whole, axes included.
    pub fn forget(&mut self) {
        self.layers.iter_mut().for_each(Layers::forget);
    }

    /// Draws all four; `cursor_s` below 0 is no crosshair.
    pub fn draw(&mut self, cursor_s: f64) {
        let input = ChartInput {
            run: 1,
            duration_s: self.duration_s,
            window: Window::whole(self.duration_s),
            starts_at_s: 27_000.0,
            now_s: self.series.bins.last().map_or(0.0, |b| b.to.seconds()),
            limits: &self.limits,
            rush: &[(1_800.0, 3_600.0)],
            expected: Expected { peak_per_s: 40.0, workers: 90, slots: 90, backlog: 0.0 },
            now: self.series.bins.last(),
            cursor_s: (cursor_s >= 0.0).then_some(cursor_s),
            frame: Frame::Track,
            size: self.size,
            ..ChartInput::of(&self.series)
        };
        for (i, chart) in CHARTS.iter().enumerate() {
            self.layers[i].draw(&self.canvases[2 * i], &self.canvases[2 * i + 1], chart, &input);
        }
    }

    /// What a line shows of each bin, for another library to draw.
    pub fn column(&self, chart: usize, line: usize) -> Vec<f64> {
        let line = &CHARTS[chart].lines[line];
        self.series.bins.iter().map(|bin| line.at(&self.series, bin).unwrap_or(f64::NAN)).collect()
    }

    /// The end of each bin in seconds.
    pub fn times(&self) -> Vec<f64> {
        self.series.bins.iter().map(|bin| bin.to.seconds()).collect()
    }

    /// How many lines a chart has.
    pub fn lines(&self, chart: usize) -> usize {
        CHARTS[chart].lines.len()
    }
}
