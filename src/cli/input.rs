//! Reading designs and scenarios: from a file, from standard input, or built in.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::output::{self, Stop};
use super::text::decode;
use crate::design::file::{self, MAX_BYTES};
use crate::design::{Design, Problem};
use crate::kata::scenario::{MAX_EXPECTED, expected_bookings};
use crate::kata::{Scenario, builtin};
use crate::kinds::check::grouped;
use crate::vocabulary::ITEMS;

/// The inputs of one command; standard input can be read once.
#[derive(Default)]
pub struct Inputs {
    stdin_read: bool,
}

impl Inputs {
    /// The text of a design: its own file, standard input, or one of the kata.
    pub fn design_text(&mut self, name: &str) -> Result<String, Stop> {
        let ids = builtin::designs().iter().map(|d| d.id.as_str());
        self.text(name, "design", builtin::design(name).map(|d| d.file.as_str()), ids)
    }

    /// A design that can be used.
    pub fn design(&mut self, name: &str) -> Result<Design, Stop> {
        file::read(&self.design_text(name)?).map_err(|problems| unusable(name, &problems))
    }

    /// A scenario that can be used; without a name the kata's first.
    pub fn scenario(&mut self, name: Option<&str>) -> Result<Scenario, Stop> {
        let Some(name) = name else { return Ok(builtin::scenarios()[0].clone()) };
        self.scenario_with_file(name).map(|(scenario, _)| scenario)
    }

    /// A scenario that can be used, with the text of its file.
    pub fn scenario_with_file(&mut self, name: &str) -> Result<(Scenario, String), Stop> {
        let ids = builtin::scenarios().iter().map(|s| s.id.as_str());
        let text = self.text(name, "scenario", builtin::scenario_file(name), ids)?;
        let scenario = Scenario::read(&text).map_err(|problems| unusable(name, &problems))?;
        if let Some(words) = many_bookings(&scenario) {
            output::complain(&words);
        }
        Ok((scenario, text))
    }

    /// All that stands on standard input, however long.
    pub fn standard_input(&mut self) -> Result<String, Stop> {
        self.take_standard_input()?;
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| Stop::Unusable(format!("-: can't be read: {error}")))?;
        decode(bytes).map_err(|why| Stop::Unusable(format!("-: {why}")))
    }

    fn take_standard_input(&mut self) -> Result<(), Stop> {
        let again = std::mem::replace(&mut self.stdin_read, true);
        let told = "Standard input (\"-\") can be read once only.";
        if again { Err(Stop::Unusable(told.to_owned())) } else { Ok(()) }
    }

    /// The text of a receipt: its file, or standard input.
    pub fn receipt_text(&mut self, name: &str) -> Result<String, Stop> {
        let bytes = self.bytes(name)?.ok_or_else(|| {
            let words =
                format!("{name}: there is no such file, and no receipt begins like that; one begins with WR1-.");
            Stop::Unusable(words)
        })?;
        as_text(name, bytes)
    }

    fn text<'a>(
        &mut self,
        name: &str,
        what: &str,
        builtin: Option<&str>,
        ids: impl Iterator<Item = &'a str>,
    ) -> Result<String, Stop> {
        if let Some(bytes) = self.bytes(name)? {
            return as_text(name, bytes);
        }
        builtin.map(str::to_owned).ok_or_else(|| {
            let ids: Vec<_> = ids.collect();
            let known = ids.join(", ");
            Stop::Unusable(format!("{name}: there is no such file, and no {what} of that name in the kata ({known})."))
        })
    }

    /// What a file or standard input holds; `None`: there is no such file.
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Stop> {
        let bytes = if name == "-" {
            self.take_standard_input()?;
            bounded(io::stdin().lock())
        } else if Path::new(name).exists() {
            File::open(name).and_then(bounded)
        } else {
            return Ok(None);
        };
        bytes.map(Some).map_err(|error| Stop::Unusable(format!("{name}: can't be read: {error}")))
    }
}

fn as_text(name: &str, bytes: Vec<u8>) -> Result<String, Stop> {
    if bytes.len() > MAX_BYTES {
        return Err(Stop::Unusable(format!("{name}: the file is larger than 1 MiB; allowed: at most 1 MiB.")));
    }
    decode(bytes).map_err(|why| Stop::Unusable(format!("{name}: {why}")))
}

/// At most one byte more than is allowed, so that an endless input ends.
fn bounded(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All problems of an input that can't be used, a line each.
pub fn unusable(name: &str, problems: &[Problem]) -> Stop {
    let lines: Vec<_> = problems.iter().map(|problem| format!("{name}: {problem}")).collect();
    Stop::Unusable(lines.join("\n"))
}

/// A scenario from which on its number of bookings is told before it runs: some ten seconds a run.
const MANY: f64 = 10e6;

fn many_bookings(scenario: &Scenario) -> Option<String> {
    let expected = expected_bookings(&scenario.world);
    let (about, most) = (grouped(expected.round()), grouped(MAX_EXPECTED));
    let words =
        format!("kata: {}: a run has about {about} {ITEMS} and takes a while; allowed: at most {most}.", scenario.name);
    (expected > MANY).then_some(words)
}
