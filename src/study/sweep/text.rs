//! A sweep in sentences: how many designs pass, the cheapest of them, the knee and the steps of cost and latency on its two sides, each with its
//! figures.

use crate::study::sweep::knee;
use crate::study::sweep::knee::Knee;
use crate::study::sweep::{COST, P95, Passing, Point, Sweep};
use crate::vocabulary::upper_first;
use crate::{format, say};

/// A step of cost below this reads £0.00: half a penny.
const PENNY: f64 = 0.005;

/// What the whole of a sweep says so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    pub points: Vec<Option<Point>>,
    /// Cells on the front of cost against latency, from the cheapest on.
    pub front: Vec<usize>,
    pub knee: Option<Knee>,
    /// The cheapest cell all of whose seeds pass; of equals the faster.
    pub cheapest: Option<usize>,
}

impl Findings {
    pub fn of(sweep: &Sweep) -> Findings {
        let points = sweep.points();
        let places = places(&points);
        let front = knee::front(&places);
        let knee = knee::knee(&places, &front);
        let passing = |at: &usize| points[*at].as_ref().is_some_and(|p| p.passing() == Passing::All);
        let order = |at: &usize| points[*at].as_ref().map_or((0.0, 0.0), |p| (p.cost, p.wait_ms()));
        let cheapest = (0..points.len()).filter(passing).min_by(|a, b| {
            let ((c, w), (d, v)) = (order(a), order(b));
            c.total_cmp(&d).then(w.total_cmp(&v)).then(a.cmp(b))
        });
        Findings { points, front, knee, cheapest }
    }

    fn point(&self, cell: usize) -> &Point {
        self.points[cell].as_ref().expect("a cell that was found has come")
    }
}

/// Cost and latency of each cell.
fn places(points: &[Option<Point>]) -> Vec<Option<(f64, f64)>> {
    points.iter().map(|p| p.as_ref().map(|p| (p.cost, p.wait_ms()))).collect()
}

/// A cell by its levels: "Most workers 60", "Most workers 60, Call timeout 2 500 ms".
pub fn name(sweep: &Sweep, cell: usize) -> String {
    let levels = &sweep.cells[cell].levels;
    if levels.is_empty() {
        return say!("sizes.as_it_is").to_owned();
    }
    let levels = sweep.axes.iter().zip(levels).map(|(axis, level)| axis.factor.told(*level));
    levels.collect::<Vec<_>>().join(", ")
}

/// A latency in words; what never comes is "never".
pub fn wait(p95_ms: Option<f64>) -> String {
    p95_ms.map_or_else(|| say!("goal.not_all").to_owned(), format::duration_ms)
}

/// "£9.12, 95 % confirmed within 53 s".
pub fn figures(point: &Point) -> String {
    let cost = format::pounds(point.cost);
    match point.p95_ms {
        Some(ms) => say!("sizes.figures", cost, time = format::duration_ms(ms)),
        None => say!("sizes.figures_never", cost),
    }
}

/// "passes", "passes 2 of 3", "fails"; "passes 1 of 2 so far" while a seed is still to come.
pub fn passing(point: &Point) -> String {
    match (point.passing(), point.seeds) {
        (Passing::All, 1) => say!("sizes.passes").to_owned(),
        (Passing::None, 1) => say!("sizes.fails").to_owned(),
        (_, seeds) if point.runs < seeds => say!("sizes.passes_of_so_far", n = point.passed, all = point.runs),
        _ => say!("sizes.passes_of", n = point.passed, all = point.runs),
    }
}

/// The goals that were missed: "misses Cost, Largest backlog"; nothing where all hold.
pub fn missed(sweep: &Sweep, point: &Point) -> Option<String> {
    let name = |&(goal, times): &(usize, usize)| {
        let label = sweep.scenario.goals[goal].name();
        match times == point.runs {
            true => label.to_owned(),
            false => say!("sizes.goal_of", goal = label, n = times, all = point.runs),
        }
    };
    let names: Vec<String> = point.missed.iter().map(name).collect();
    (!names.is_empty()).then(|| say!("sizes.misses", goals = names.join("; ")))
}

/// All about a cell in one sentence, for people who point at it or can't see it; `present` is the cell of the design as it is now.
pub fn cell(sweep: &Sweep, findings: &Findings, cell: usize, present: Option<usize>) -> String {
    let name = name(sweep, cell);
    let words = match (&sweep.cells[cell].design, &findings.points[cell]) {
        (Err(why), _) => return say!("sizes.cannot_run", name, why),
        (_, None) => return say!("sizes.not_run", name),
        (_, Some(point)) => {
            let missed = missed(sweep, point).map_or(String::new(), |m| format!(", {m}"));
            format!("{name}: {}; {}{missed}", figures(point), passing(point))
        }
    };
    let marks = [
        (findings.knee.is_some_and(|k| k.at == cell), say!("sizes.mark_knee")),
        (findings.cheapest == Some(cell), say!("sizes.mark_cheapest")),
        (present == Some(cell) && !sweep.cells[cell].levels.is_empty(), say!("sizes.mark_present")),
    ];
    let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
    if marks.is_empty() { format!("{words}.") } else { format!("{words}. {}.", upper_first(&marks.join(", "))) }
}

/// What the sweep shows, in a few sentences.
pub fn summary(sweep: &Sweep, findings: &Findings) -> Vec<String> {
    let come: Vec<usize> = (0..findings.points.len()).filter(|at| findings.points[*at].is_some()).collect();
    if come.is_empty() {
        return match sweep.cells.iter().find_map(|cell| cell.design.as_ref().err()) {
            Some(why) if sweep.runs() == 0 => vec![say!("sizes.none_can_run", why)],
            _ => Vec::new(),
        };
    }
    let said = passed(sweep, findings, &come);
    let mut words = vec![if sweep.done() < sweep.runs() { say!("sizes.so_far", said) } else { said }];
    words.extend(bend(sweep, findings));
    let never = come.iter().filter(|at| findings.point(**at).p95_ms.is_none()).count();
    if never > 0 {
        words.push(say!("sizes.never", plural = never, n = never));
    }
    let errors: Vec<usize> = (0..sweep.cells.len()).filter(|at| sweep.cells[*at].design.is_err()).collect();
    if let Some(first) = errors.first() {
        let why = sweep.cells[*first].design.as_ref().err().map_or("", String::as_str);
        words.push(say!("sizes.errors", plural = errors.len(), n = errors.len(), why));
    }
    words
}

/// How many pass, and the cheapest; or the one that comes closest. A design that has passed so far and has seeds to come is neither.
fn passed(sweep: &Sweep, findings: &Findings, come: &[usize]) -> String {
    let decided = |at: &usize| {
        let point = findings.point(*at);
        point.runs == point.seeds || point.passed < point.runs
    };
    let come: Vec<usize> = come.iter().copied().filter(decided).collect();
    if come.is_empty() {
        return say!("sizes.none_yet", n = sweep.seeds.len());
    }
    let n = come.iter().filter(|at| findings.point(**at).passing() == Passing::All).count();
    let (all, seeds) = (come.len(), sweep.seeds.len());
    let Some(cheapest) = findings.cheapest else {
        let missed = |at: &usize| findings.point(*at).missed.len();
        let order = |a: &&usize, b: &&usize| {
            let (p, q) = (findings.point(**a), findings.point(**b));
            missed(a).cmp(&missed(b)).then(p.over.total_cmp(&q.over)).then(p.cost.total_cmp(&q.cost)).then(a.cmp(b))
        };
        let closest = *come.iter().min_by(order).expect("some have come");
        let point = findings.point(closest);
        let misses = self::missed(sweep, point).unwrap_or_else(|| say!("sizes.cut_short").to_owned());
        let closest = format!("{} ({}) {misses}", name(sweep, closest), figures(point));
        return match seeds {
            1 => say!("sizes.none_passes", plural = all, n = all, closest),
            _ => say!("sizes.none_passes_all", plural = all, n = all, seeds, closest),
        };
    };
    let best = format!("{} ({})", name(sweep, cheapest), figures(findings.point(cheapest)));
    match (n == all, seeds) {
        (true, 1) => say!("sizes.all_pass", plural = n, n, best),
        (true, _) => say!("sizes.all_pass_all", plural = n, n, seeds, best),
        (false, 1) => say!("sizes.some_pass", plural = n, n, all, best),
        (false, _) => say!("sizes.some_pass_all", plural = n, n, all, seeds, best),
    }
}

/// "The knee, past which more money helps less: Most workers 64, £11.52, p95 3 min. From Most workers 40 to it £2.10 more cuts 20 min to 3 min; past it £1.40 more cuts 3 min to 2 min."
fn bend(sweep: &Sweep, findings: &Findings) -> Option<String> {
    let Some(knee) = &findings.knee else {
        let whole = sweep.done() == sweep.runs();
        let places = places(&findings.points);
        let words = match knee::is_straight(&places, &findings.front) {
            true => say!("sizes.straight"),
            false => say!("sizes.no_knee"),
        };
        return (whole && findings.front.len() >= 3).then(|| words.to_owned());
    };
    let point = findings.point(knee.at);
    let (cost, wait) = (format::pounds(point.cost), wait(point.p95_ms));
    let head = say!("sizes.knee", name = name(sweep, knee.at), cost, wait);
    let ends = (findings.front.first()?, findings.front.last()?);
    let (cheap, dear) = (findings.point(*ends.0), findings.point(*ends.1));
    if point.cost - cheap.cost < PENNY || dear.cost - point.cost < PENNY {
        return Some(head);
    }
    let (first, before, after) = (name(sweep, *ends.0), step(cheap, point), step(point, dear));
    Some(say!("sizes.knee_steps", knee = head, first, before, after))
}

/// The very step between two designs of the front, not a rate: "£0.05 more cuts 10 min to 1 min".
fn step(from: &Point, to: &Point) -> String {
    let more = format::pounds(to.cost - from.cost);
    let (before, after) = (wait(from.p95_ms), wait(to.p95_ms));
    if before == after { say!("sizes.step_same", more, after) } else { say!("sizes.step", more, before, after) }
}

/// The limits of the map in words: "Goals: £10.00 and 2 min."
pub fn limits(sweep: &Sweep) -> String {
    let cost = sweep.limit(COST).map(|v| say!("sizes.limit_cost", cost = format::pounds(v)));
    let p95 = sweep.limit(P95).map(|v| say!("sizes.limit_p95", time = format::duration_ms(v)));
    let both: Vec<String> = [cost, p95].into_iter().flatten().collect();
    both.join(", ")
}
