//! `kata grade`: designs in scenarios of the kata, over many seeds.
//!
//! Every file has a row: one that can't be used has its error there and on standard error, and does not stop the others. Rows come in the order
//! of the files, as soon as they are there. Designs that are equal but for names and places are run once, and what an earlier output has of them
//! is taken over.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::{GradeArgs, TableFormat};
use super::input::Inputs;
use super::output::{self, Progress, Sink, Stop};
use super::run::seeds_exist;
use crate::design::file;
use crate::kata::{Scenario, builtin, stars};
use crate::study::{self, parallel};
use cell::{Cell, Fold, Ran};
use submissions::Submission;

mod cell;
mod gradescope;
mod overwrite;
mod resume;
mod rows;
mod submissions;
mod wide;

/// What every design is graded by.
struct Grading {
    /// The scenarios with the texts of their files.
    scenarios: Vec<(Scenario, String)>,
    /// These are all of the kata's, so that a design can master it.
    whole: bool,
    seed: u64,
    seeds: u64,
    pass_mark: f64,
    stop_early: bool,
    /// Letters of the longest name of a file, so that columns stand below each other.
    file_width: usize,
}

impl Grading {
    fn new(args: &GradeArgs, inputs: &mut Inputs) -> Result<Grading, Stop> {
        seeds_exist(args.seed, args.seeds)?;
        let all = || builtin::scenarios().iter().map(|scenario| scenario.id.clone()).collect();
        let asked = if args.scenario.is_empty() { all() } else { args.scenario.clone() };
        let scenarios: Vec<_> =
            asked.iter().map(|name| inputs.scenario_with_file(name)).collect::<Result<_, Stop>>()?;
        let whole = builtin::scenarios().iter().all(|own| scenarios.iter().any(|(scenario, _)| scenario == own));
        let GradeArgs { seed, seeds, pass_mark, stop_early, .. } = *args;
        Ok(Grading { scenarios, whole, seed, seeds, pass_mark, stop_early, file_width: 4 })
    }

    fn scenarios(&self) -> impl Iterator<Item = &Scenario> {
        self.scenarios.iter().map(|(scenario, _)| scenario)
    }

    /// Whether enough of a cell's seeds pass.
    fn passes(&self, cell: &Cell) -> bool {
        self.enough(cell.passed, cell.seeds)
    }

    /// Whether so many of so many are at least the pass mark; 45 of 50 are 0.9 exactly.
    fn enough(&self, some: u64, of: u64) -> bool {
        some as f64 + 1e-9 >= self.pass_mark * of as f64
    }

    /// Points from 0 to 100.
    fn points(&self, cells: &[&Cell]) -> f64 {
        let ids = self.scenarios().map(|scenario| scenario.id.as_str());
        let passed: Vec<_> = ids.zip(cells.iter().map(|cell| self.passes(cell))).collect();
        stars::points(builtin::kata(), &passed)
    }

    /// Names all that a cell follows from: equal keys, equal cells.
    fn key(&self, design: &str, scenario: &str) -> String {
        use sha2::Digest;
        let stop = if self.stop_early { self.pass_mark.to_string() } else { "whole".to_owned() };
        let all = format!("{}\n{}\n{}\n{stop}\n{scenario}\n{design}", engine::VERSION, self.seed, self.seeds);
        let digest = sha2::Sha256::digest(all.as_bytes());
        digest[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

pub fn grade(args: &GradeArgs) -> Result<ExitCode, Stop> {
    let mut inputs = Inputs::default();
    let mut grading = Grading::new(args, &mut inputs)?;
    let submissions = submissions::gather(&args.designs, &grading, &mut inputs)?;
    let longest = submissions.iter().map(|submission| submission.file.chars().count()).max();
    grading.file_width = longest.unwrap_or(0).max(grading.file_width);
    overwrite::refuse(args, &submissions)?;
    let known = args.resume.as_deref().map_or(Ok(BTreeMap::new()), resume::read)?;
    if args.format == TableFormat::Gradescope && submissions.len() != 1 {
        Sink::new(args.output.as_deref())?.write(&gradescope::not_one(&submissions))?;
        return Ok(ExitCode::from(2));
    }
    let mut sheet = Sheet::new(args, &grading, &submissions)?;
    let open = sheet.take_over(&known);
    if let Some(name) = &args.resume {
        let (all, left) = (sheet.cells.len(), open.len());
        output::complain(&format!("{name}: {} of {all} results are taken over.", all - left));
    }
    sheet.advance()?;
    run(&mut sheet, &open, args.jobs.unwrap_or_else(parallel::cores))?;
    let unusable = submissions.iter().any(|submission| submission.design.is_err());
    Ok(ExitCode::from(if unusable { 2 } else { u8::from(args.must_pass && sheet.missed) }))
}

/// Runs the open cells, each with all its seeds, and prints what is complete.
fn run(sheet: &mut Sheet, open: &[usize], jobs: u64) -> Result<(), Stop> {
    let (grading, designs) = (sheet.grading, sheet.designs.clone());
    let seeds = grading.seeds;
    let place = |number: u64| usize::try_from(number / seeds).expect("a cell that is there");
    // Cells whose seeds need not all be run.
    let decided: Vec<AtomicBool> = open.iter().map(|_| AtomicBool::new(false)).collect();
    let of = |at: usize| (designs[at / grading.scenarios.len()], &grading.scenarios[at % grading.scenarios.len()].0);
    let work = |number: u64| {
        if decided[place(number)].load(Ordering::Relaxed) {
            return None;
        }
        let (design, scenario) = of(open[place(number)]);
        let design = file::read(design).expect("it was read before");
        let network = Arc::new(scenario.compile(&design).expect("it compiled before"));
        let seed = grading.seed + number % seeds;
        Some(Ran::of(scenario, seed, &study::run(&network, seed)))
    };
    let total = open.len() as u64 * seeds;
    let progress = Progress::new(total);
    let mut fold: Option<Fold> = None;
    let mut done = Ok(());
    parallel::in_order_on(jobs, total, work, |number, ran| {
        let (_, scenario) = of(open[place(number)]);
        let filling = fold.get_or_insert_with(|| Fold::new(scenario));
        // Decided in the order of the seeds, so that the number of threads changes nothing; what was run beyond is not counted.
        if let Some(ran) = ran.filter(|_| !decided[place(number)].load(Ordering::Relaxed)) {
            filling.take(&ran);
            let is_decided = grading.stop_early && filling.decided(grading.pass_mark);
            decided[place(number)].store(is_decided, Ordering::Relaxed);
        }
        progress.show(number + 1);
        if number % seeds == seeds - 1 {
            progress.hide();
            sheet.cells[open[place(number)]] = fold.take().map(|fold| fold.cell());
            done = sheet.advance();
        }
        if done.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    progress.hide();
    done
}

/// The files with what is known of their designs, and how far the sheet is printed.
struct Sheet<'a> {
    args: &'a GradeArgs,
    grading: &'a Grading,
    submissions: &'a [Submission],
    /// The different designs.
    designs: Vec<&'a str>,
    /// Of each file, which of them it is.
    design_of: Vec<Option<usize>>,
    /// Design by design, each in every scenario.
    cells: Vec<Option<Cell>>,
    next: usize,
    missed: bool,
    sink: Sink,
}

impl<'a> Sheet<'a> {
    fn new(args: &'a GradeArgs, grading: &'a Grading, submissions: &'a [Submission]) -> Result<Sheet<'a>, Stop> {
        let (mut numbers, mut designs) = (BTreeMap::new(), Vec::new());
        let mut number = |design: &'a str| {
            *numbers.entry(design).or_insert_with(|| {
                designs.push(design);
                designs.len() - 1
            })
        };
        let design_of = submissions.iter().map(|file| file.design.as_deref().ok().map(&mut number)).collect();
        let mut sink = Sink::new(args.output.as_deref())?;
        sink.write(&match (args.wide, args.format) {
            (false, TableFormat::Csv) => rows::csv_head(grading),
            (true, TableFormat::Csv) => wide::csv_head(grading),
            (true, TableFormat::Text) => wide::text_head(grading),
            _ => String::new(),
        })?;
        let cells = vec![None; designs.len() * grading.scenarios.len()];
        Ok(Sheet { args, grading, submissions, designs, design_of, cells, next: 0, missed: false, sink })
    }

    /// Fills in what is known, and lists what is open.
    fn take_over(&mut self, known: &BTreeMap<String, Cell>) -> Vec<usize> {
        let mut open = Vec::new();
        for (at, cell) in self.cells.iter_mut().enumerate() {
            let count = self.grading.scenarios.len();
            let (scenario, file) = &self.grading.scenarios[at % count];
            if !known.is_empty() {
                let fits = |cell: &&Cell| cell.goals.len() == scenario.goals.len() && cell.seeds <= self.grading.seeds;
                *cell = known.get(&self.grading.key(self.designs[at / count], file)).filter(fits).cloned();
            }
            if cell.is_none() {
                open.push(at);
            }
        }
        open
    }

    /// Prints every file that is complete and follows on those printed.
    fn advance(&mut self) -> Result<(), Stop> {
        while let Some(submission) = self.submissions.get(self.next) {
            let count = self.grading.scenarios.len();
            let cells = self.design_of[self.next].map(|design| &self.cells[design * count..][..count]);
            let cells: Option<Vec<&Cell>> = match cells {
                None => None,
                Some(cells) => match cells.iter().map(Option::as_ref).collect() {
                    None => return Ok(()),
                    all => all,
                },
            };
            let cells = cells.as_deref();
            self.missed |= cells.is_none_or(|cells| cells.iter().any(|cell| !self.grading.passes(cell)));
            let print = match (self.args.wide, self.args.format) {
                (_, TableFormat::Gradescope) => gradescope::results,
                (false, TableFormat::Text) => rows::text,
                (false, TableFormat::Json | TableFormat::Ndjson) => rows::json,
                (false, TableFormat::Csv) => rows::csv,
                (true, TableFormat::Text) => wide::text,
                (true, TableFormat::Json | TableFormat::Ndjson) => wide::json,
                (true, TableFormat::Csv) => wide::csv,
            };
            let printed = print(self.grading, submission, cells);
            let is_text = self.args.format == TableFormat::Text;
            self.sink.write(&if is_text { output::printable(&printed) } else { printed })?;
            self.next += 1;
        }
        Ok(())
    }
}
