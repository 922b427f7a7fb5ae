//! `kata author`: what is wrong with a kata's folder, and how its designs do in its scenarios.
//!
//! A folder can be sound and still make no exercise: the design to begin with passes everything, or none of its designs passes a scenario. Both
//! are said; neither can be seen from the files without running them.

use std::process::ExitCode;
use std::sync::Arc;

use super::args::AuthorArgs;
use super::folder;
use super::output::{self, Progress, Stop};
use crate::kata::folder::{DesignFile, Folder};
use crate::kata::{Scenario, Verdict};
use crate::study::{self, parallel};

pub fn author(args: &AuthorArgs) -> Result<ExitCode, Stop> {
    let folder = match folder::read(&args.folder)? {
        Ok(folder) => folder,
        Err(faults) => {
            output::write(&faults.iter().map(|fault| format!("{fault}\n")).collect::<String>())?;
            output::line(&format!("{}: {}", args.folder, counted(faults.len(), "fault")))?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let table = Table::of(&folder, args.seeds);
    output::write(&table.text(&folder))?;
    let faults = table.faults(&folder);
    output::write(&faults.iter().map(|fault| format!("{fault}\n")).collect::<String>())?;
    Ok(ExitCode::from(u8::from(!faults.is_empty())))
}

/// How many seeds each design passes in each scenario.
struct Table {
    seeds: u64,
    /// By design, then by scenario.
    passed: Vec<Vec<u64>>,
}

impl Table {
    fn of(folder: &Folder, seeds: u64) -> Table {
        let all = folder.designs.len() as u64 * folder.scenarios.len() as u64 * seeds;
        let progress = Progress::new(all);
        let mut done = 0;
        let mut row = |design: &DesignFile| {
            let mut cell = |scenario: &Scenario| {
                let passed = passes(design, scenario, seeds, |runs| progress.show(done + runs));
                done += seeds;
                passed
            };
            folder.scenarios.iter().map(&mut cell).collect()
        };
        let passed = folder.designs.iter().map(&mut row).collect();
        progress.hide();
        Table { seeds, passed }
    }

    fn text(&self, folder: &Folder) -> String {
        let design = folder.designs.iter().map(|design| design.id.len()).max().unwrap_or(0);
        let head = folder.scenarios.iter().map(|scenario| format!("  {:>12}", scenario.id));
        let mut text = format!("{:design$}{}\n", "", head.collect::<String>());
        for (file, row) in folder.designs.iter().zip(&self.passed) {
            let cells = folder.scenarios.iter().zip(row).map(|(scenario, passed)| {
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

    /// Why the folder makes no exercise.
    fn faults(&self, folder: &Folder) -> Vec<String> {
        let mut faults = Vec::new();
        if self.passed[0].iter().all(|passed| *passed == self.seeds) {
            faults.push(format!(
                "The design to begin with, {}, passes every scenario: there is nothing to learn.",
                folder.designs[0].id
            ));
        }
        let masters = |row: &Vec<u64>| row.iter().all(|passed| *passed == self.seeds);
        if !self.passed.iter().any(masters) {
            faults.push(format!(
                "None of the designs passes all scenarios on {}: show that the kata can be mastered by adding one that does.",
                counted(self.seeds as usize, "seed")
            ));
        }
        faults
    }
}

fn passes(design: &DesignFile, scenario: &Scenario, seeds: u64, shown: impl Fn(u64)) -> u64 {
    let network = Arc::new(scenario.compile(&design.design()).expect("the folder was read"));
    let work = |number| Verdict::of(scenario, &study::run(&network, study::repeat::FIRST_SEED + number), true).passed();
    let mut passed = 0;
    parallel::in_order(seeds, work, |number, hit| {
        passed += u64::from(hit);
        shown(number + 1);
        std::ops::ControlFlow::Continue(())
    });
    passed
}

fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
