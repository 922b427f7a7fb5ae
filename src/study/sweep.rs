//! Size it: one or two numbers of a design swept over a grid, and what each design of the grid costs and how long its patients wait.
//!
//! Every cell of the grid meets the same seeds (common random numbers: Law, *Simulation Modeling and Analysis*, ch. 11), so what differs
//! between two cells is the design and nothing else. Of a cell's seeds **the slowest stands for it**, the one with the longest end-to-end p95:
//! a design has to hold on a bad Monday too. That run's cost and latency are the cell's figures, and it is the run that opens.
//!
//! Outcomes may come in any order; what a sweep says depends on which have come and on nothing else. A cell whose design can't run says why
//! and is not run. Knows no threads, no workers and no picture.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::design::Design;
use crate::kata::Scenario;
use crate::study::Outcome;
use engine::measure::MetricId;

pub mod factor;
pub mod knee;
pub mod table;
pub mod text;

pub use factor::{Axis, Factor, Range, factors};
pub use knee::Knee;

/// The most values of one axis; two axes make the square of it at most.
pub const MOST_VALUES: usize = 12;
/// How many seeds a cell may meet.
pub const SEEDS: [u64; 3] = [1, 3, 5];
/// The metrics that the map is about.
pub const P95: MetricId = MetricId::EndToEndP95;
pub const COST: MetricId = MetricId::Cost;

/// One design of the grid.
#[derive(Clone, Debug)]
pub struct Cell {
    /// A level for each axis; none for the design as it is, where the grid does not have it.
    pub levels: Vec<f64>,
    /// The design, or why it can't run.
    pub design: Result<Rc<Design>, String>,
    /// One for each seed, as far as they have come.
    outcomes: Vec<Option<Outcome>>,
}

/// What a cell came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Seeds that the cell is to meet, how many have come, and how many of those passed.
    pub seeds: usize,
    pub runs: usize,
    pub passed: usize,
    /// The slowest run: its seed, pounds, end-to-end p95 in milliseconds (`None`: never), and the digest that names it.
    pub seed: u64,
    pub cost: f64,
    pub p95_ms: Option<f64>,
    pub digest: String,
    /// The goals that a run of it missed, by their number in the scenario, and in how many runs.
    pub missed: Vec<(usize, usize)>,
    /// How far the slowest run is over the limits it misses: the sum of ln(value ÷ limit); infinite where a value is never reached.
    pub over: f64,
}

/// Whether the seeds of a cell pass; all of them only once all have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    All,
    Some,
    None,
}

impl Point {
    pub fn passing(&self) -> Passing {
        match self.passed {
            0 => Passing::None,
            n if n == self.seeds => Passing::All,
            _ => Passing::Some,
        }
    }

    /// The latency for comparing: what never comes is longer than all else.
    pub fn wait_ms(&self) -> f64 {
        self.p95_ms.unwrap_or(f64::INFINITY)
    }
}

/// A grid of designs and what came of them.
#[derive(Clone, Debug)]
pub struct Sweep {
    pub scenario: Rc<Scenario>,
    /// The design as it was when the sweep began.
    pub base: Rc<Design>,
    /// One or two.
    pub axes: Vec<Axis>,
    /// Every cell meets these.
    pub seeds: Vec<u64>,
    /// The last axis changes fastest; after the grid, the design as it is if the grid does not have it.
    pub cells: Vec<Cell>,
    /// The cell of the design as it is.
    pub present: usize,
}

impl Sweep {
    /// A sweep with nothing run yet. Its seeds are `count` from `first` on.
    ///
    /// # Panics
    /// Without an axis, with more than two, or with no seeds: a programmer's mistake.
    pub fn new(base: Rc<Design>, scenario: Rc<Scenario>, axes: Vec<Axis>, first: u64, count: u64) -> Sweep {
        assert!((1..=2).contains(&axes.len()) && count > 0, "{} axes, {count} seeds", axes.len());
        let seeds = seeds(first, count);
        let grid = grid(&axes);
        let cell = |levels: Vec<f64>| {
            let numbers: Vec<(&Factor, f64)> = axes.iter().map(|a| &a.factor).zip(levels.iter().copied()).collect();
            let design = factor::design_with(&base, &numbers).and_then(|design| runs(&scenario, design));
            Cell { levels, design, outcomes: vec![None; seeds.len()] }
        };
        let mut cells: Vec<Cell> = grid.into_iter().map(cell).collect();
        let now = now(&axes);
        let present = cells.iter().position(|cell| Some(&cell.levels) == now.as_ref());
        let present = present.unwrap_or_else(|| {
            let design = runs(&scenario, (*base).clone());
            cells.push(Cell { levels: Vec::new(), design, outcomes: vec![None; seeds.len()] });
            cells.len() - 1
        });
        Sweep { scenario, base, axes, seeds, cells, present }
    }

    /// How many runs the whole sweep takes.
    pub fn runs(&self) -> usize {
        self.cells.iter().filter(|cell| cell.design.is_ok()).count() * self.seeds.len()
    }

    /// How many of them have come.
    pub fn done(&self) -> usize {
        self.cells.iter().flat_map(|cell| &cell.outcomes).flatten().count()
    }

    /// The runs that have not come, as cell and seed: the design as it is first, then cell by cell.
    pub fn open(&self) -> Vec<(usize, u64)> {
        let order = std::iter::once(self.present).chain((0..self.cells.len()).filter(|at| *at != self.present));
        let open = |at: usize| {
            let cell = &self.cells[at];
            let runs = self.seeds.iter().zip(&cell.outcomes).filter(move |(_, o)| cell.design.is_ok() && o.is_none());
            runs.map(move |(seed, _)| (at, *seed))
        };
        order.flat_map(open).collect()
    }

    /// Takes what a cell came to with one of the seeds; the second time it changes nothing.
    ///
    /// # Panics
    /// If the cell or the seed is not of this sweep: a programmer's mistake.
    pub fn take(&mut self, cell: usize, outcome: Outcome) {
        let at = self.seeds.iter().position(|seed| *seed == outcome.seed).expect("a seed of this sweep");
        self.cells[cell].outcomes[at].get_or_insert(outcome);
    }

    /// What a cell came to so far; `None` before its first run.
    pub fn point(&self, cell: usize) -> Option<Point> {
        let all: Vec<&Outcome> = self.cells[cell].outcomes.iter().flatten().collect();
        let slowest = all.iter().copied().max_by(|a, b| slower(a, b))?;
        let goals = self.scenario.goals.iter().enumerate();
        let missed =
            |at: usize, at_most: f64| all.iter().filter(|o| !o.values[at].is_some_and(|v| v <= at_most)).count();
        Some(Point {
            seeds: self.seeds.len(),
            runs: all.len(),
            passed: all.iter().filter(|o| o.passed).count(),
            seed: slowest.seed,
            cost: slowest.cost,
            p95_ms: slowest.end_to_end_p95_ms,
            digest: slowest.digest.clone(),
            over: slowest.values.iter().zip(&self.scenario.goals).map(|(v, goal)| over(*v, goal.at_most)).sum(),
            missed: goals.map(|(at, goal)| (at, missed(at, goal.at_most))).filter(|(_, n)| *n > 0).collect(),
        })
    }

    /// What every cell came to.
    pub fn points(&self) -> Vec<Option<Point>> {
        (0..self.cells.len()).map(|cell| self.point(cell)).collect()
    }

    /// The goal's limit for one of the two figures of the map.
    pub fn limit(&self, metric: MetricId) -> Option<f64> {
        self.scenario.goals.iter().find(|g| g.metric.id == metric).map(|g| g.at_most)
    }

    /// The cell that a design is; where things stand in the diagram and what they are called does not count. `None`: the sweep was of another.
    pub fn cell_of(&self, design: &Design) -> Option<usize> {
        let same = |at: &usize| self.cells[*at].design.as_ref().is_ok_and(|own| same_system(own, design));
        std::iter::once(self.present).chain(0..self.cells.len()).find(same)
    }

    /// A cell's numbers in a design of the same family, with the places and names of that one; `None` for a cell that can't run.
    pub fn design_for(&self, cell: usize, design: &Design) -> Option<Design> {
        let own = self.cells[cell].design.as_ref().ok()?;
        let mut next = design.clone();
        for node in &mut next.nodes {
            let params = &own.node(&node.id)?.params;
            if node.params != *params {
                Rc::make_mut(node).params = params.clone();
            }
        }
        same_system(own, &next).then_some(next)
    }
}

/// How many designs a sweep over these axes has, the design as it is included: what [`Sweep::new`] comes to if every one can run, without
/// making any of them.
pub fn designs(axes: &[Axis]) -> usize {
    let grid = grid(axes);
    let has_now = now(axes).is_some_and(|now| grid.contains(&now));
    grid.len() + usize::from(!has_now)
}

/// So many seeds from `first` on, or the last there are.
pub fn seeds(first: u64, count: u64) -> Vec<u64> {
    let first = first.min(u64::MAX - count);
    (first..first + count).collect()
}

/// Every pair of levels; the last axis changes fastest.
fn grid(axes: &[Axis]) -> Vec<Vec<f64>> {
    axes.iter().fold(vec![Vec::new()], |grid, axis| {
        grid.iter().flat_map(|before| axis.levels.iter().map(|level| [&before[..], &[*level]].concat())).collect()
    })
}

/// The levels of the design as it is; `None` where it has no limit.
fn now(axes: &[Axis]) -> Option<Vec<f64>> {
    axes.iter().map(|a| a.factor.now).collect()
}

/// How far a value is over its limit, as a logarithm; bounded, because a limit of 0 is missed infinitely often.
fn over(value: Option<f64>, at_most: f64) -> f64 {
    match value {
        Some(value) if value <= at_most => 0.0,
        Some(value) => libm::log(value / at_most.max(f64::MIN_POSITIVE)).min(1e3),
        None => f64::INFINITY,
    }
}

/// The design, or the first thing that stops it.
fn runs(scenario: &Scenario, design: Design) -> Result<Rc<Design>, String> {
    match scenario.compile(&design) {
        Ok(_) => Ok(Rc::new(design)),
        Err(problems) => Err(problems.first().map_or(String::new(), |p| p.text.clone())),
    }
}

/// By latency, then by cost; of equals the earlier seed is the slower: nothing hangs on the order in which they came.
fn slower(a: &Outcome, b: &Outcome) -> Ordering {
    let wait = |o: &Outcome| o.end_to_end_p95_ms.unwrap_or(f64::INFINITY);
    wait(a).total_cmp(&wait(b)).then(a.cost.total_cmp(&b.cost)).then(b.seed.cmp(&a.seed))
}

/// Whether two designs have the same components, connections and numbers.
fn same_system(a: &Design, b: &Design) -> bool {
    let same = |(x, y): (&Rc<crate::design::Node>, &Rc<crate::design::Node>)| {
        let keys = x.kind.kind().params.iter().map(|p| p.key);
        x.id == y.id && x.kind == y.kind && (x.params == y.params || keys.into_iter().all(|k| x.param(k) == y.param(k)))
    };
    a.edges == b.edges && a.nodes.len() == b.nodes.len() && a.nodes.iter().zip(&b.nodes).all(same)
}
