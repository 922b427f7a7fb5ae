//! A walk along last rungs: a learner who opens every rung and does what the last one says, from the first design on.
//!
//! Each step runs the design in the first scenario that it does not pass and makes what the ladder of that run says. A kata helps to mastery
//! where the walk ends with one design that passes every scenario. Everything is simulated with one seed.

use std::sync::Arc;

use crate::design::Design;
use crate::kata::figures::RunFigures;
use crate::kata::rungs::Ladder;
use crate::kata::{Analysis, Folder, Verdict};
use engine::Simulation;
use engine::measure::Report;

/// More steps than this are no way.
pub const MOST_STEPS: usize = 24;

/// A run that did not pass, and the ladder that it led to.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The scenario's place in the kata.
    pub scenario: usize,
    /// What was run.
    pub analysis: Analysis,
    pub report: Report,
    pub verdict: Verdict,
    pub ladder: &'a Ladder,
}

/// What a walk came to.
#[derive(Clone, Debug)]
pub struct Walk<'a> {
    pub steps: Vec<Step<'a>>,
    /// The design at its end.
    pub design: Design,
    /// Why it ends before mastery; `None`: the design passes every scenario.
    pub stuck: Option<String>,
}

/// Walks from the kata's first design.
pub fn walk(kata: &Folder, seed: u64) -> Walk<'_> {
    let mut walk = Walk { steps: Vec::new(), design: kata.designs[0].design(), stuck: None };
    while walk.stuck.is_none() {
        let Some((scenario, analysis, report, verdict)) = first_missed(kata, &walk.design, seed) else { break };
        let id = &kata.scenarios[scenario].id;
        let figures = RunFigures { analysis: &analysis, report: &report, verdict: &verdict };
        let Some(ladder) = kata.rungs.of(id, figures) else {
            walk.stuck = Some(format!("no ladder fits the run in {id}"));
            break;
        };
        let next = ladder.made(&walk.design, &kata.parts);
        walk.steps.push(Step { scenario, analysis, report, verdict, ladder });
        match next {
            Err(why) => walk.stuck = Some(format!("{id}, “{}”: {why}", ladder.id)),
            Ok(next) if next == walk.design => {
                walk.stuck = Some(format!("{id}, “{}”: the design has all of that and does not pass", ladder.id));
            }
            Ok(_) if walk.steps.len() >= MOST_STEPS => walk.stuck = Some(format!("{MOST_STEPS} steps are not enough")),
            Ok(next) => walk.design = next,
        }
    }
    walk
}

/// The first scenario that the design does not pass, with its run.
fn first_missed(kata: &Folder, design: &Design, seed: u64) -> Option<(usize, Analysis, Report, Verdict)> {
    kata.scenarios.iter().enumerate().find_map(|(at, scenario)| {
        let analysis = scenario.analyse(design);
        let mut run = Simulation::new(Arc::clone(analysis.network().ok()?), seed);
        run.run_to_end();
        let report = run.measures().report(run.now());
        let verdict = Verdict::of(scenario, &report, true);
        (!verdict.passed()).then_some((at, analysis, report, verdict))
    })
}
