//! `kata run`: one design in one scenario, for one or several seeds.

use crate::vocabulary::ITEMS;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;

use super::args::{RunArgs, RunFormat};
use super::input::{Inputs, unusable};
use super::outcome::Outcome;
use super::output::{self, Progress, Stop, failed};
use super::series;
use super::trace::Trace;
use crate::design::Design;
use crate::format::count;
use crate::kata::{Scenario, builtin};
use crate::record::{Origin, Receipt, RunRecord};
use crate::share::receipt;
use crate::study::{self, parallel};
use engine::Simulation;
use engine::measure::Report;
use engine::sim::fact::FactSet;
use engine::sim::network::Network;
use engine::sim::time::Time;
use engine::simulation::MAX_ALIVE;

pub fn run(args: &RunArgs) -> Result<ExitCode, Stop> {
    let mut inputs = Inputs::default();
    let design = inputs.design(&args.design)?;
    let scenario = inputs.scenario(args.scenario.as_deref())?;
    let receipts = matches!(args.format, RunFormat::Receipt | RunFormat::ReceiptJson);
    if receipts && builtin::scenario(&scenario.id) != Some(&scenario) {
        let words = "A receipt is of a scenario of the kata: whoever verifies it has no other.";
        return Err(Stop::Unusable(words.to_owned()));
    }
    let network = scenario.compile(&design).map_err(|problems| unusable(&args.design, &problems))?;
    let network = Arc::new(network);
    seeds_exist(args.seed, args.seeds)?;
    let wants_files = args.series.is_some() || args.trace.is_some();
    if wants_files && args.seeds > 1 {
        return Err(Stop::Unusable("--series and --trace write one run; ask for one seed.".to_owned()));
    }
    if wants_files {
        let report = run_with_files(args, &network)?;
        output::write(&printed(args, &design, &scenario, args.seed, report))?;
        return Ok(ExitCode::SUCCESS);
    }
    let progress = Progress::new(args.seeds);
    let mut stopped = None;
    let work = |number| study::run(&network, args.seed + number);
    parallel::in_order(args.seeds, work, |number, report| {
        progress.hide();
        match output::write(&printed(args, &design, &scenario, args.seed + number, report)) {
            Ok(()) => {
                progress.show(number + 1);
                ControlFlow::Continue(())
            }
            Err(stop) => {
                stopped = Some(stop);
                ControlFlow::Break(())
            }
        }
    });
    progress.hide();
    stopped.map_or(Ok(ExitCode::SUCCESS), Err)
}

/// Refuses seeds beyond the highest there is.
pub fn seeds_exist(first: u64, count: u64) -> Result<(), Stop> {
    let told = || format!("The last seed would be above {}, the highest there is.", u64::MAX);
    first.checked_add(count - 1).map_or_else(|| Err(Stop::Unusable(told())), |_| Ok(()))
}

/// What outputs call a design: its name, or what it was asked for by.
pub fn called<'a>(design: &'a Design, argument: &'a str) -> &'a str {
    if design.name.is_empty() { argument } else { &design.name }
}

fn printed(args: &RunArgs, design: &Design, scenario: &Scenario, seed: u64, report: Report) -> String {
    if report.cut_short {
        let most = count(MAX_ALIVE);
        eprintln!(
            "kata: seed {seed} ended early: more than {most} {ITEMS} were under way, and a run holds no more. Limit the line or the queue, or serve faster."
        );
    }
    let outcome = Outcome::new(called(design, &args.design), scenario, seed, report);
    match args.format {
        RunFormat::Json => outcome.json() + "\n",
        RunFormat::Text if args.seeds > 1 => outcome.card() + "\n",
        RunFormat::Text => outcome.card(),
        RunFormat::Receipt => receipt::line(&receipt_of(design, &outcome)) + "\n",
        RunFormat::ReceiptJson => receipt::json(&receipt_of(design, &outcome)),
    }
}

/// It says no time: what is printed follows from what was asked for.
fn receipt_of(design: &Design, outcome: &Outcome<'_>) -> Receipt {
    let (design, scenario) = (Rc::new(design.clone()), Rc::new(outcome.scenario.clone()));
    let origin = Origin { design, scenario, seed: outcome.seed, changes: Vec::new() };
    let record = RunRecord::of(&origin, &outcome.verdict, &outcome.report.digest, 1);
    Receipt::of(&record, 0, None).expect("a run of the kata without changes")
}

/// One run that writes its series, its trace, or both.
fn run_with_files(args: &RunArgs, network: &Arc<Network>) -> Result<Report, Stop> {
    let create = |name: &String| {
        let file = File::create(name).map_err(|error| failed(name, &error))?;
        Ok(BufWriter::new(file))
    };
    let series_file = args.series.as_ref().map(create).transpose()?;
    let trace_file = args.trace.as_ref().map(create).transpose()?;
    let mut run = Simulation::with_bins(network.clone(), args.seed, series::bins(network));
    match trace_file {
        None => run.run_to_end(),
        Some(file) => {
            let mut trace = Trace::new(network, file);
            run.observe(Time::NEVER, u64::MAX, FactSet::ALL, |at, fact| trace.fact(at, fact));
            let name = args.trace.as_deref().expect("a trace was asked for");
            trace.finish().map_err(|error| failed(name, &error))?;
        }
    }
    if let Some(mut file) = series_file {
        let name = args.series.as_deref().expect("a series was asked for");
        let text = series::csv(run.measures().series());
        file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(|error| failed(name, &error))?;
    }
    Ok(run.measures().report(run.now()))
}
