//! `kata author`: what is wrong with a kata's folder, how its designs do in its scenarios, and whether its lessons teach.
//!
//! A folder can be sound and still make no exercise: the design to begin with passes everything, none of its designs passes a scenario, or a
//! scenario is passed without its lesson. All of it is said; none of it can be seen from the files without running them.

use std::fs;
use std::process::ExitCode;

use super::args::AuthorArgs;
use super::folder;
use super::output::{self, Progress, Stop};
use crate::kata::Scenario;
use crate::kata::folder::{DesignFile, Folder};
use crate::kata::lessons::Shows;
use crate::study::proof::{Passes, Proved, missed, passes, proof};
use crate::study::walk::{Step, Walk, walk};

mod money;

/// The seed of the walk along last rungs.
const WALKED: u64 = 1;

pub fn author(args: &AuthorArgs) -> Result<ExitCode, Stop> {
    let sound = examined(&args.folder)?.map_or(Ok(false), |folder| plays(&folder, args.seeds))?;
    Ok(ExitCode::from(u8::from(!sound)))
}

/// The kata in a folder; `None` where its files are at fault, which is told.
pub fn examined(name: &str) -> Result<Option<Folder>, Stop> {
    let read = folder::read(name)?;
    let faults: Vec<String> = match &read {
        Ok(folder) => misnamed(name, folder).into_iter().chain(money::faults(folder)).collect(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    };
    if faults.is_empty() {
        return Ok(read.ok());
    }
    output::write(&faults.iter().map(|fault| format!("{fault}\n")).collect::<String>())?;
    output::line(&format!("{name}: {}", counted(faults.len(), "fault")))?;
    Ok(None)
}

/// A kata is found by the name of its folder, and keeps what learners make under its id: they are one name.
fn misnamed(name: &str, folder: &Folder) -> Option<String> {
    let path = fs::canonicalize(name).ok()?;
    let own = path.file_name()?.to_string_lossy();
    (own != folder.id.as_str())
        .then(|| format!("kata.json: id: “{}” is not allowed; allowed: the name of the folder, “{own}”.", folder.id))
}

/// Plays a kata through, and tells how it goes; whether it makes an exercise.
pub fn plays(folder: &Folder, seeds: u64) -> Result<bool, Stop> {
    let table = Table::of(folder, seeds);
    output::write(&table.text(folder))?;
    output::write(&table.missed_text(folder))?;
    let proved = prove(folder, seeds);
    output::write(&proof_text(folder, &proved))?;
    let walked = walk(folder, WALKED);
    output::write(&walk_text(folder, &walked))?;
    let mut faults = table.faults(folder);
    faults.extend(proved.iter().filter_map(|proved| proved.fault(&folder.scenarios)));
    faults.extend(walked.stuck.iter().map(|why| format!("Last rungs alone don't lead to mastery: {why}.")));
    output::write(&faults.iter().map(|fault| format!("{fault}\n")).collect::<String>())?;
    Ok(faults.is_empty())
}

/// How many seeds each design passes in each scenario.
struct Table {
    seeds: u64,
    /// By design, then by scenario.
    passes: Vec<Vec<Passes>>,
}

impl Table {
    fn of(folder: &Folder, seeds: u64) -> Table {
        let all = folder.designs.len() as u64 * folder.scenarios.len() as u64 * seeds;
        let progress = Progress::new(all);
        let mut done = 0;
        let mut row = |design: &DesignFile| {
            let mut cell = |scenario: &Scenario| {
                let found = passes(&design.design(), scenario, seeds, |runs| progress.show(done + runs));
                done += seeds;
                found
            };
            folder.scenarios.iter().map(&mut cell).collect()
        };
        let passes = folder.designs.iter().map(&mut row).collect();
        progress.hide();
        Table { seeds, passes }
    }

    fn text(&self, folder: &Folder) -> String {
        let design = folder.designs.iter().map(|design| design.id.len()).max().unwrap_or(0);
        let head = folder.scenarios.iter().map(|scenario| format!("  {:>12}", scenario.id));
        let mut text = format!("{:design$}{}\n", "", head.collect::<String>());
        for (file, row) in folder.designs.iter().zip(&self.passes) {
            let cells = folder.scenarios.iter().zip(row).map(|(scenario, Passes { passed, .. })| {
                let wide = scenario.id.len().max(12);
                format!("  {:>wide$}", format!("{passed} of {}", self.seeds))
            });
            text += &format!("{:design$}{}\n", file.id, cells.collect::<String>());
        }
        text + &format!(
            "{}: {}, {}, {} each\n",
            folder.brief.title,
            counted(folder.scenarios.len(), "scenario"),
            counted(folder.designs.len(), "design"),
            counted(self.seeds as usize, "seed")
        )
    }

    /// Where a design does not pass on every seed, the goals that it misses on the first of these, with their values.
    fn missed_text(&self, folder: &Folder) -> String {
        let design = folder.designs.iter().map(|design| design.id.len()).max().unwrap_or(0);
        let wide = folder.scenarios.iter().map(|scenario| scenario.id.len()).max().unwrap_or(0);
        let mut text = String::new();
        for (file, row) in folder.designs.iter().zip(&self.passes) {
            for (scenario, passes) in folder.scenarios.iter().zip(row) {
                let Some(seed) = passes.first_missed else { continue };
                let goals = missed(&file.design(), scenario, seed);
                let goals = goals.iter().map(|status| format!("{} {}", status.goal.name(), status.shown()));
                let goals = goals.collect::<Vec<_>>().join("; ");
                text += &format!("{:design$}  {:wide$}  misses on seed {seed}: {goals}\n", file.id, scenario.id);
            }
        }
        text
    }

    /// Why the folder makes no exercise.
    fn faults(&self, folder: &Folder) -> Vec<String> {
        let mut faults = Vec::new();
        if self.passes[0].iter().all(|found| found.first_missed.is_none()) {
            faults.push(format!(
                "The design to begin with, {}, passes every scenario: there is nothing to learn.",
                folder.designs[0].id
            ));
        }
        let masters = |row: &Vec<Passes>| row.iter().all(|found| found.first_missed.is_none());
        if !self.passes.iter().any(masters) {
            faults.push(format!(
                "None of the designs passes all scenarios on {}: show that the kata can be mastered by adding one that does.",
                counted(self.seeds as usize, "seed")
            ));
        }
        faults
    }
}

fn prove(folder: &Folder, seeds: u64) -> Vec<Proved> {
    let trials = folder.trials().map_or(0, |trials| trials.len() as u64);
    let progress = Progress::new(trials * seeds);
    let proved = proof(folder, seeds, |runs| progress.show(runs));
    progress.hide();
    proved
}

/// The proof as a table: each scenario with its lesson, without it, and with the parts as they come.
fn proof_text(folder: &Folder, proved: &[Proved]) -> String {
    let wide = folder.scenarios.iter().map(|scenario| scenario.id.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (at, scenario) in folder.scenarios.iter().enumerate() {
        for proved in proved.iter().filter(|proved| proved.trial.scenario == at) {
            let shows = match proved.trial.shows {
                Shows::With => "with",
                Shows::Without => "without",
                Shows::Parts => "",
            };
            let mark = if proved.holds() { '✓' } else { '✗' };
            let cell = format!("{} of {}", proved.passed, proved.seeds);
            text += &format!("{mark} {:wide$}  {shows:<7}  {cell:>10}  {}\n", scenario.id, proved.trial.text);
        }
    }
    text
}

/// The walk along last rungs, a line a step.
fn walk_text(folder: &Folder, walked: &Walk<'_>) -> String {
    let wide = folder.scenarios.iter().map(|scenario| scenario.id.chars().count()).max().unwrap_or(0);
    let step = |step: &Step<'_>| {
        let (id, goals) = (&folder.scenarios[step.scenario].id, &step.verdict.goals);
        let met = goals.iter().filter(|goal| goal.met()).count();
        format!("  {id:wide$}  {met} of {} goals  {}\n", goals.len(), step.ladder.id)
    };
    let end = if walked.stuck.is_some() { "no mastery" } else { "mastery" };
    let steps: String = walked.steps.iter().map(step).collect();
    format!("By last rungs alone, {} to {end}:\n{steps}", counted(walked.steps.len(), "step"))
}

fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
