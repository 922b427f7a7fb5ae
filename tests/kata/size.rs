//! Size it: what can be swept, the grid, what a cell says, and that a cell is the very run that `kata run` makes of its design.

use std::rc::Rc;

use crate::support::designs::{self, plain};
use crate::support::golden;
use waiting_room::design::{Design, file};
use waiting_room::kata::{Scenario, builtin};
use waiting_room::study::sweep;
use waiting_room::study::sweep::factor;
use waiting_room::study::sweep::factor::first_choice;
use waiting_room::study::sweep::text;
use waiting_room::study::sweep::text::Findings;
use waiting_room::study::sweep::{Axis, Factor, MOST_VALUES, Passing, Range, Sweep, factors, table};
use waiting_room::study::{self, Outcome};

fn scenario() -> Rc<Scenario> {
    Rc::new(builtin::scenario("monday").expect("built in").clone())
}

fn design(id: &str) -> Rc<Design> {
    Rc::new(designs::design(id))
}

fn the(design: &Design, path: &str) -> Factor {
    let all = factors(design, &scenario());
    all.iter().find(|f| f.path == path).unwrap_or_else(|| panic!("{path} of {all:#?}")).clone()
}

fn axis(design: &Design, path: &str, levels: &[f64]) -> Axis {
    Axis { factor: the(design, path), levels: levels.into() }
}

/// An outcome that was never run; for cells made by hand.
fn made(scenario: &Scenario, seed: u64, passed: bool, cost: f64, p95_ms: Option<f64>) -> Outcome {
    let values = scenario.goals.iter().map(|goal| match goal.metric.key {
        "cost" => Some(cost),
        "end_to_end_p95_ms" => p95_ms,
        _ => Some(0.0),
    });
    Outcome {
        seed,
        passed,
        values: values.collect(),
        cost,
        end_to_end_p95_ms: p95_ms,
        digest: format!("{seed}"),
        steady: Vec::new(),
    }
}

/// A sweep over workers of a pool of fixed size, three levels; the design itself has 80 and is a cell of its own unless 80 is a level.
fn sweep(levels: &[f64], seeds: u64) -> Sweep {
    let design = design("queue-80");
    let axis = axis(&design, "scaling.workers", levels);
    Sweep::new(design, scenario(), vec![axis], 1, seeds)
}

/// Runs everything that is open, in the order that `order` makes of it.
fn run(sweep: &mut Sweep, order: impl Fn(&mut Vec<(usize, u64)>)) {
    let mut open = sweep.open();
    order(&mut open);
    for (cell, seed) in open {
        let design = sweep.cells[cell].design.clone().expect("only what can run is open");
        let network = sweep.scenario.compile(&design).expect("it compiles").into();
        let outcome = Outcome::of(&sweep.scenario, seed, &study::run(&network, seed));
        sweep.take(cell, outcome);
    }
}

#[test]
fn what_can_be_swept_follows_from_the_catalogue_and_leaves_out_what_is_given() {
    let demand = design("demand-breaker");
    let found = factors(&demand, &scenario());
    let paths: Vec<&str> = found.iter().map(|f| f.path.as_str()).collect();
    for path in [
        "scaling.min",
        "scaling.max",
        "scaling.messages_per_worker",
        "breaker.failures",
        "breaker.open_s",
        "timeout_ms",
        "instances",
        "threads",
        "service.mean_ms",
        "handling.mean_ms",
    ] {
        assert!(paths.contains(&path), "{path} is in {paths:?}");
    }
    for given in ["slots_per_clinic", "patience_s", "base_ms", "variable.min_ms", "error_rate"] {
        assert!(!paths.contains(&given), "{given} is the scenario's");
    }
    assert_eq!(first_choice(&found).map(|f| f.name()), Some("Consumers: most workers".to_owned()));
    let breaker = found.iter().find(|f| f.path == "breaker.open_s").expect("it has one");
    assert_eq!(
        (breaker.label.as_str(), plain(&breaker.told(30.0)).as_str()),
        ("Circuit breaker: stays open", "Circuit breaker: stays open 30 s")
    );
    let schedule = factors(&design("schedule"), &scenario());
    assert!(schedule.iter().any(|f| f.label == "Step 1 (07:55): workers"), "{schedule:#?}");
    assert_eq!(
        first_choice(&factors(&design("naive"), &scenario())).map(|f| f.path.clone()),
        Some("instances".to_owned())
    );
}

/// Ranges to begin with lie in the catalogue's range, meet what the number is now, leave whole numbers whole, and give at most 12 values.
#[test]
fn every_suggestion_is_allowed_and_meets_the_present_value() {
    for preset in ["naive", "queue-60", "queue-300", "retry-storm", "demand-breaker", "schedule"] {
        let design = design(preset);
        for factor in factors(&design, &scenario()) {
            let range = factor.suggest();
            let what = format!("{preset}: {} {range:?}", factor.name());
            assert!(range.values <= MOST_VALUES, "{what}");
            if factor.now == Some(factor.most) || range.values < 2 {
                continue;
            }
            let levels = factor.levels(range).unwrap_or_else(|why| panic!("{what}: {why}"));
            assert_eq!(levels.len(), range.values, "{what}: {levels:?}");
            assert!(levels.windows(2).all(|p| p[0] < p[1]), "{what}: {levels:?}");
            assert!(levels.iter().all(|l| !factor.whole || l.fract() == 0.0), "{what}: {levels:?}");
            if let Some(now) = factor.now {
                assert!(levels.iter().any(|l| (l - now).abs() < 1e-9), "{what}: {levels:?} meets {now}");
            }
        }
    }
    let workers = the(&design("queue-80"), "scaling.workers");
    assert_eq!(workers.suggest(), Range { from: 10.0, to: 120.0, values: 12 });
}

#[test]
fn a_range_that_is_not_allowed_says_what_is() {
    let workers = the(&design("queue-80"), "scaling.workers");
    let why = |from, to, values| plain(&workers.levels(Range { from, to, values }).expect_err("it is wrong"));
    assert_eq!(why(0.0, 10.0, 5), "From: 0 is not allowed; allowed: a whole number from 1 to 1 000 000.");
    assert_eq!(why(1.0, 10.5, 5), "To: 10.5 is not allowed; allowed: a whole number from 1 to 1 000 000.");
    assert_eq!(why(10.0, 10.0, 5), "To: 10 is not allowed; allowed: more than 10 (From).");
    assert_eq!(why(10.0, 20.0, 13), "Values: 13 is not allowed; allowed: 2 to 12.");
    assert_eq!(why(10.0, 20.0, 1), "Values: 1 is not allowed; allowed: 2 to 12.");
    assert_eq!(workers.levels(Range { from: 1.0, to: 3.0, values: 12 }), Ok(vec![1.0, 2.0, 3.0]), "whole, each once");
}

/// Two axes make a grid; a cell whose design breaks the catalogue's order says why, is not run, and the other cells are.
#[test]
fn a_grid_has_every_pair_and_tells_why_one_is_not_run() {
    let design = design("demand");
    let axes = vec![axis(&design, "scaling.min", &[10.0, 70.0]), axis(&design, "scaling.max", &[50.0, 90.0, 110.0])];
    let sweep = Sweep::new(design.clone(), scenario(), axes, 7, 3);
    let levels: Vec<&[f64]> = sweep.cells.iter().map(|c| &c.levels[..]).collect();
    assert_eq!(levels, [[10.0, 50.0], [10.0, 90.0], [10.0, 110.0], [70.0, 50.0], [70.0, 90.0], [70.0, 110.0]]);
    assert_eq!(sweep.present, 1, "10 and 90 are what the design has");
    let why = sweep.cells[3].design.as_ref().expect_err("at least 70, at most 50");
    assert!(why.starts_with("Fewest workers 70, Most workers 50: 50 is not allowed"), "{why}");
    assert_eq!((sweep.runs(), sweep.seeds.as_slice()), (15, &[7, 8, 9][..]));
    assert_eq!(sweep.open().first(), Some(&(1, 7)), "the design as it is comes first");
    assert!(sweep.open().iter().all(|(cell, _)| *cell != 3));
    // Neither alone would be in order after the other: both are set, then checked.
    let both =
        factor::design_with(&design, &[(&the(&design, "scaling.min"), 95.0), (&the(&design, "scaling.max"), 99.0)]);
    assert!(both.is_ok());
}

#[test]
fn a_step_of_a_schedule_can_be_swept() {
    let design = design("schedule");
    let axis = axis(&design, "scaling.steps.1.workers", &[50.0, 60.0]);
    let sweep = Sweep::new(design.clone(), scenario(), vec![axis], 1, 1);
    assert_eq!(sweep.present, 1);
    let text = file::write(sweep.cells[0].design.as_ref().expect("it runs"));
    assert!(text.contains("50") && text != file::write(&design));
}

/// Each cell is the run that the command line makes of a file with its design: written, read, compiled, run.
#[test]
fn a_cell_is_the_run_of_its_very_design() {
    let mut sweep = sweep(&[70.0, 80.0], 2);
    run(&mut sweep, |_| {});
    for (cell, point) in sweep.points().into_iter().enumerate() {
        let point = point.expect("it ran");
        let text = file::write(sweep.cells[cell].design.as_ref().expect("it runs"));
        let network = sweep.scenario.compile(&file::read(&text).expect("a design file")).expect("it compiles").into();
        let report = study::run(&network, point.seed);
        assert_eq!((report.digest, report.cost, report.end_to_end_goal[1]), (point.digest, point.cost, point.p95_ms));
    }
}

/// Common random numbers: each cell meets the same patients, so the one that is the design as it is equals its run by itself; and what comes
/// last, comes twice or comes in another order changes nothing.
#[test]
fn the_order_of_completion_changes_nothing() {
    let mut there = sweep(&[75.0, 85.0], 2);
    let mut back = there.clone();
    run(&mut there, |_| {});
    run(&mut back, |open| open.reverse());
    assert_eq!(there.points(), back.points());
    assert_eq!(Findings::of(&there), Findings::of(&back));
    assert_eq!(table::csv(&there), table::csv(&back));
    assert_eq!((there.done(), there.open()), (6, vec![]));
    let point = there.point(0).expect("it ran");
    there.take(0, made(&there.scenario.clone(), 1, true, 0.0, Some(1.0)));
    assert_eq!(there.point(0), Some(point), "an outcome that comes twice is not taken");
}

/// Of three seeds the slowest stands for the cell, and a cell passes only with all of them.
#[test]
fn the_slowest_seed_stands_for_a_cell() {
    let mut sweep = sweep(&[60.0, 70.0], 3);
    let s = sweep.scenario.clone();
    sweep.take(0, made(&s, 1, true, 9.0, Some(60_000.0)));
    sweep.take(0, made(&s, 2, false, 9.1, Some(130_000.0)));
    sweep.take(0, made(&s, 3, true, 9.2, Some(70_000.0)));
    let point = sweep.point(0).expect("it has come");
    assert_eq!((point.seed, point.cost, point.p95_ms), (2, 9.1, Some(130_000.0)));
    assert_eq!((point.passing(), point.passed, point.runs), (Passing::Some, 2, 3));
    assert_eq!(
        plain(&text::cell(&sweep, &Findings::of(&sweep), 0, None)),
        "Workers 60: £9.10, 95 % confirmed within 2 min 10 s; passes 2 of 3, misses Confirmed, p95 (1 of 3)."
    );
    sweep.take(1, made(&s, 1, false, 1.0, None));
    assert_eq!(
        plain(&text::cell(&sweep, &Findings::of(&sweep), 1, Some(1))),
        "Workers 70: £1.00, more than 5 % not confirmed by the end; passes 0 of 1 so far, misses Confirmed, p95. The design as it is."
    );
}

/// After a stop: a cell whose seeds have not all come passes nothing yet, is not the cheapest, and is not counted among those that fail.
#[test]
fn a_cell_passes_only_when_all_its_seeds_have_come() {
    let mut sweep = sweep(&[60.0, 70.0, 80.0], 3);
    let s = sweep.scenario.clone();
    let told = |sweep: &Sweep| plain(&text::summary(sweep, &Findings::of(sweep)).join(" "));
    sweep.take(0, made(&s, 1, true, 8.0, Some(60_000.0)));
    let point = sweep.point(0).expect("it has come");
    assert_eq!((point.passing(), text::passing(&point)), (Passing::Some, "passes 1 of 1 so far".to_owned()));
    assert_eq!(Findings::of(&sweep).cheapest, None);
    golden::says("sweep", "none has met all yet", &told(&sweep));
    for seed in 1..=3 {
        sweep.take(1, made(&s, seed, true, 9.0, Some(30_000.0)));
    }
    sweep.take(2, made(&s, 1, false, 12.0, Some(3_000.0)));
    assert_eq!(Findings::of(&sweep).cheapest, Some(1));
    golden::says("sweep", "one of two so far", &told(&sweep));
    for seed in 2..=3 {
        sweep.take(0, made(&s, seed, true, 8.0, Some(60_000.0)));
    }
    assert_eq!((Findings::of(&sweep).cheapest, sweep.point(0).map(|p| p.passing())), (Some(0), Some(Passing::All)));
}

/// What the form says while it is typed in is what the sweep comes to.
#[test]
fn designs_are_counted_without_being_made() {
    for levels in [&[60.0, 70.0][..], &[70.0, 80.0, 90.0]] {
        let sweep = sweep(levels, 2);
        assert_eq!(sweep::designs(&sweep.axes), sweep.cells.len(), "{levels:?}");
        assert_eq!(sweep::seeds(1, 2), sweep.seeds);
    }
    let design = design("demand");
    let axes = vec![axis(&design, "scaling.min", &[10.0, 20.0]), axis(&design, "scaling.max", &[50.0, 90.0, 110.0])];
    assert_eq!(sweep::designs(&axes), 6, "10 and 90 are what the design has");
}

#[test]
fn a_front_without_a_knee_says_what_it_is() {
    let told = |all: [(f64, f64); 3]| {
        let mut sweep = sweep(&[60.0, 70.0, 80.0], 1);
        let s = sweep.scenario.clone();
        for (cell, (cost, p95)) in all.into_iter().enumerate() {
            sweep.take(cell, made(&s, 1, true, cost, Some(p95)));
        }
        plain(&text::summary(&sweep, &Findings::of(&sweep)).join(" "))
    };
    let straight = told([(7.0, 100_000.0), (8.0, 10_000.0), (9.0, 1_000.0)]);
    golden::says("sweep", "a straight front", &straight);
    let bulging = told([(7.0, 100_000.0), (8.0, 90_000.0), (9.0, 1_000.0)]);
    golden::says("sweep", "a bulging front", &bulging);
    // Five pence are written as five pence.
    let steep = told([(9.10, 600_000.0), (9.15, 60_000.0), (12.15, 30_000.0)]);
    golden::tells("sweep", "a steep front", &steep, &["£0.05", "10 min", "£3.00", "1 min", "30 s"]);
}

/// Nothing passes, all pass, and nothing is ever confirmed: each is said, and none is lost.
#[test]
fn the_summary_says_what_passes_and_where_it_bends() {
    let told = |sweep: &Sweep| plain(&text::summary(sweep, &Findings::of(sweep)).join(" "));
    let made_of = |all: &[(bool, f64, Option<f64>)]| {
        let mut sweep = sweep(&[60.0, 70.0, 80.0], 1);
        let s = sweep.scenario.clone();
        for (cell, (passed, cost, p95)) in all.iter().enumerate() {
            sweep.take(cell, made(&s, 1, *passed, *cost, *p95));
        }
        sweep
    };
    let none = made_of(&[(false, 8.0, Some(600_000.0)), (false, 12.0, Some(60_000.0)), (false, 15.0, Some(3_000.0))]);
    golden::tells("sweep", "none passes", &told(&none), &["£12.00", "1 min"]);
    let all = made_of(&[(true, 8.0, Some(60_000.0)), (true, 8.5, Some(4_000.0)), (true, 9.0, Some(3_000.0))]);
    golden::tells("sweep", "all pass", &told(&all), &["£8.00", "1 min", "£8.50", "4 s", "£0.50", "3 s"]);
    let dead = made_of(&[(false, 1.0, None), (false, 2.0, None), (false, 3.0, None)]);
    golden::says("sweep", "never confirmed", &told(&dead));
    assert_eq!(Findings::of(&dead).front, [0_usize; 0]);
    assert_eq!(told(&sweep(&[60.0, 70.0], 1)), "");
    let mut broken = (*design("queue-80")).clone();
    broken.edges.retain(|e| &*e.to != "clinic");
    let axis = axis(&broken, "scaling.workers", &[60.0, 70.0]);
    let broken = Sweep::new(Rc::new(broken), scenario(), vec![axis], 1, 1);
    assert_eq!(broken.runs(), 0);
    golden::says("sweep", "none can run", &told(&broken));
}

/// The map stays the map of a design that is one of its cells, wherever its parts stand; a cell's numbers go into it and its places stay.
#[test]
fn a_cell_opens_in_the_design_as_it_stands() {
    let sweep = sweep(&[60.0, 70.0], 1);
    let mut moved = (*sweep.base).clone();
    for node in &mut moved.nodes {
        Rc::make_mut(node).x += 64.0;
    }
    assert_eq!(sweep.cell_of(&moved), Some(sweep.present));
    let opened = sweep.design_for(0, &moved).expect("the same family");
    assert_eq!(sweep.cell_of(&opened), Some(0));
    assert_eq!(opened.nodes[0].x, moved.nodes[0].x);
    let other = design("naive");
    assert_eq!((sweep.cell_of(&other), sweep.design_for(0, &other)), (None, None));
}

/// At the very end of the seeds there are still as many as were asked for.
#[test]
fn seeds_never_run_out() {
    let design = design("queue-80");
    let axis = axis(&design, "scaling.workers", &[60.0, 70.0]);
    let sweep = Sweep::new(design, scenario(), vec![axis], u64::MAX, 5);
    assert_eq!(sweep.seeds.len(), 5);
}
