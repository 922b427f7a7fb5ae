//! `kata verify`: runs again what receipts claim, and says whether it holds or what differs.
//!
//! With `--format ndjson` each line is a receipt and gives one verdict, in order, on all cores. A verdict follows from its line alone, so that
//! however a list is split among machines, the verdicts are the same. What can't be read gives a row with `error` filled.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;

use super::args::{VerdictFormat, VerifyArgs};
use super::input::Inputs;
use super::output::{self, Progress, Stop};
use crate::design::file::MAX_BYTES;
use crate::kata::Verdict;
use crate::record::receipt::{Difference, Receipt, Unverifiable};
use crate::share::receipt;
use crate::study::{self, parallel};

/// How many lines are read before they are verified.
const BATCH: usize = 1024;

/// What became of one receipt.
enum Verified {
    Holds(Box<Receipt>),
    Differs(Box<Receipt>, Vec<Difference>),
    /// It could not be run again: why.
    Unusable(String),
}

pub fn verify(args: &VerifyArgs) -> Result<ExitCode, Stop> {
    if args.format == VerdictFormat::Ndjson {
        return verify_lines(&args.receipt);
    }
    let text = match args.receipt.starts_with(receipt::PREFIX) {
        true => args.receipt.clone(),
        false => Inputs::default().receipt_text(&args.receipt)?,
    };
    let verified = verify_text(&text);
    if let Verified::Unusable(why) = verified {
        return Err(Stop::Unusable(why));
    }
    output::write(&match args.format {
        VerdictFormat::Text => verified.text(),
        VerdictFormat::Json | VerdictFormat::Ndjson => verified.json() + "\n",
    })?;
    Ok(verified.exit_code())
}

/// One verdict a line.
fn verify_lines(name: &str) -> Result<ExitCode, Stop> {
    let cant = |error: &io::Error| Stop::Unusable(format!("{name}: can't be read: {error}"));
    let mut input: Box<dyn BufRead> = match name {
        "-" => Box::new(BufReader::new(io::stdin().lock())),
        _ => Box::new(BufReader::new(File::open(name).map_err(|error| cant(&error))?)),
    };
    let mut worst = 0;
    loop {
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            match bounded_line(&mut input).map_err(|error| cant(&error))? {
                Some(line) => batch.push(line),
                None => break,
            }
        }
        if batch.is_empty() {
            return Ok(ExitCode::from(worst));
        }
        let progress = Progress::new(batch.len() as u64);
        let mut stopped = None;
        let work = |at: u64| match &batch[usize::try_from(at).expect("a batch is small")] {
            Ok(line) => verify_text(line),
            Err(why) => Verified::Unusable(why.clone()),
        };
        parallel::in_order(
            batch.len() as u64,
            |at| work(at).row(),
            |at, (row, code)| {
                worst = worst.max(code);
                progress.hide();
                match output::write(&(row + "\n")) {
                    Ok(()) => {
                        progress.show(at + 1);
                        ControlFlow::Continue(())
                    }
                    Err(stop) => {
                        stopped = Some(stop);
                        ControlFlow::Break(())
                    }
                }
            },
        );
        progress.hide();
        if let Some(stop) = stopped {
            return Err(stop);
        }
    }
}

/// The next line without its end; `None` after the last. A line that is too long, or no text, is a sentence, and the next one follows it.
fn bounded_line(input: &mut impl BufRead) -> io::Result<Option<Result<String, String>>> {
    let mut bytes = Vec::new();
    let read = input.by_ref().take(MAX_BYTES as u64 + 1).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.len() > MAX_BYTES {
        while bytes.last() != Some(&b'\n') {
            bytes.clear();
            if input.by_ref().take(MAX_BYTES as u64).read_until(b'\n', &mut bytes)? == 0 {
                break;
            }
        }
        return Ok(Some(Err(receipt::too_large().to_string())));
    }
    let line = String::from_utf8(bytes).map_err(|_| "The line is not UTF-8 text.".to_owned());
    Ok(Some(line))
}

fn verify_text(text: &str) -> Verified {
    let (receipt, sum) = match receipt::read(text) {
        Ok(read) => read,
        Err(fault) => return Verified::Unusable(fault.to_string()),
    };
    let run_again = || {
        let origin = receipt.origin()?;
        let network = origin.scenario.compile(&origin.design).map_err(Unverifiable::Design)?;
        let report = study::run(&Arc::new(network), origin.seed);
        Ok((Verdict::of(&origin.scenario, &report, true), report.digest))
    };
    match run_again() {
        Ok((verdict, digest)) => {
            let mut differs = receipt.differences(&verdict, &digest);
            differs.extend(sum);
            match differs.is_empty() {
                true => Verified::Holds(Box::new(receipt)),
                false => Verified::Differs(Box::new(receipt), differs),
            }
        }
        Err::<_, Unverifiable>(why) => Verified::Unusable(why.words()),
    }
}

impl Verified {
    fn code(&self) -> u8 {
        match self {
            Verified::Holds(_) => 0,
            Verified::Differs(..) => 1,
            Verified::Unusable(_) => 2,
        }
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code())
    }

    /// Its line of JSON, and what it means for the exit code.
    fn row(self) -> (String, u8) {
        (self.json(), self.code())
    }

    fn parts(&self) -> (Option<&Receipt>, &[Difference], Option<&str>) {
        match self {
            Verified::Holds(receipt) => (Some(receipt), &[], None),
            Verified::Differs(receipt, differs) => (Some(receipt), differs, None),
            Verified::Unusable(why) => (None, &[], Some(why)),
        }
    }

    fn text(&self) -> String {
        let (receipt, differs, _) = self.parts();
        let Some(receipt) = receipt else { return String::new() };
        let holds = if differs.is_empty() { "holds" } else { "differs" };
        let passed = if receipt.passed { "passed" } else { "not yet" };
        let mut text = format!(
            "The receipt {holds}: {} · {} · seed {}, {passed}, {} hints, {}\n",
            super::run::called(&receipt.design, "a design"),
            receipt.scenario,
            receipt.seed,
            receipt.hints,
            receipt.when.as_deref().unwrap_or("no time"),
        );
        for Difference { field, claimed, found } in differs {
            text += &format!("✗ {field}: the receipt says {claimed}, the run {found}\n");
        }
        if differs.iter().any(|difference| difference.field == "sum") {
            text += "  The sum is over all of the receipt: something in it was altered after it was written.\n";
        }
        for note in receipt.notes() {
            text += &format!("  {note}\n");
        }
        text
    }

    fn json(&self) -> String {
        let (receipt, differs, error) = self.parts();
        let form = Form {
            holds: error.is_none() && differs.is_empty(),
            kata: receipt.map(|r| r.kata.as_str()),
            scenario: receipt.map(|r| r.scenario.as_str()),
            seed: receipt.map(|r| r.seed),
            design: receipt.map(|r| &*r.design.name),
            passed: receipt.map(|r| r.passed),
            digest: receipt.map(|r| r.digest.as_str()),
            hints: receipt.map(|r| r.hints),
            when: receipt.and_then(|r| r.when.as_deref()),
            differs: differs
                .iter()
                .map(|Difference { field, claimed, found }| DifferenceForm { field, claimed, found })
                .collect(),
            notes: receipt.map(Receipt::notes).unwrap_or_default(),
            error,
        };
        serde_json::to_string(&form).expect("a verdict is JSON")
    }
}

#[derive(Serialize)]
struct Form<'a> {
    holds: bool,
    kata: Option<&'a str>,
    scenario: Option<&'a str>,
    seed: Option<u64>,
    design: Option<&'a str>,
    passed: Option<bool>,
    digest: Option<&'a str>,
    hints: Option<u64>,
    when: Option<&'a str>,
    differs: Vec<DifferenceForm<'a>>,
    notes: Vec<String>,
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct DifferenceForm<'a> {
    field: &'a str,
    claimed: &'a str,
    found: &'a str,
}
