//! Links: a whole run (design, scenario, seed) in the fragment of an address, `#r1.…`, which no server ever sees.
//!
//! `r1` is the version of what follows; a page that reads another one says so. What a link says is read as strictly as a file and can do no
//! more than the learner could by hand. Knows nothing of the page that opens it.

use std::error::Error;
use std::fmt;

use super::packed::{PackFault, pack, unpack};
use crate::design::file::MAX_ID;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Design, Problem, file};
use crate::json::{self, Value};
use crate::kata::builtin;
use crate::say;

/// What the fragment begins with.
const PREFIX: &str = "r1.";
/// From so many characters on a link is told to be long: some mail and chat programs cut it.
pub const LONG: usize = 2_000;

/// A run that somebody shared.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedRun {
    pub design: Design,
    /// The id of a scenario of this kata.
    pub scenario: &'static str,
    pub seed: u64,
}

/// Why a link is not opened. As text: a sentence or two.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkFault {
    /// Of the version `r` and this number.
    Version(String),
    Packed(PackFault),
    /// It holds no run that can be read.
    NoRun(Vec<Problem>),
    /// It is of another kata, with this id.
    Kata(String),
    /// The kata has no scenario of this id.
    Scenario(String),
}

impl fmt::Display for LinkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self {
            LinkFault::Version(version) => say!("link.version", version),
            LinkFault::Packed(fault) => fault.to_string(),
            LinkFault::NoRun(problems) => {
                let first = problems.first().map_or(String::new(), ToString::to_string);
                match problems.len() {
                    0 | 1 => say!("link.no_run", fault = first),
                    n => say!("link.no_run_more", plural = n - 1, fault = first, n = n - 1),
                }
            }
            LinkFault::Kata(id) => say!("link.kata", id, here = builtin::kata().id),
            LinkFault::Scenario(id) => say!("link.scenario", id),
        };
        write!(f, "{} {why}", say!("link.not_opened"))
    }
}

impl Error for LinkFault {}

/// The fragment of a link to a run of this kata, without `#`.
pub fn write(design: &Design, scenario: &str, seed: u64) -> String {
    let text = Value::map([
        ("kata", builtin::kata().id.as_str().into()),
        ("scenario", scenario.into()),
        ("seed", seed.into()),
        ("design", file::to_value(design)),
    ]);
    format!("{PREFIX}{}", pack(&text.json()))
}

/// Whether a fragment, with or without its `#`, is a link to a run, of whatever version. Others are places in the page.
pub fn is_run(fragment: &str) -> bool {
    version(fragment).is_some()
}

/// The version, `1` of `#r1.…`, and what follows.
fn version(fragment: &str) -> Option<(&str, &str)> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let (version, rest) = fragment.strip_prefix('r')?.split_once('.')?;
    let plain = (1..=4).contains(&version.len()) && version.bytes().all(|b| b.is_ascii_digit());
    plain.then_some((version, rest))
}

/// The run of a fragment that [`is_run`].
///
/// # Errors
/// If it can't be read, is of another kata, or of a scenario that there is not.
pub fn read(fragment: &str) -> Result<SharedRun, LinkFault> {
    let (version, packed) = version(fragment).ok_or(LinkFault::Packed(PackFault::Damaged))?;
    if version != "1" {
        return Err(LinkFault::Version(version.to_owned()));
    }
    let text = unpack(packed).map_err(LinkFault::Packed)?;
    let value = json::read(&text).map_err(|_| LinkFault::Packed(PackFault::Damaged))?;
    let (kata, scenario, seed, design) = whole(&value, read_run).map_err(LinkFault::NoRun)?;
    if kata != builtin::kata().id {
        return Err(LinkFault::Kata(kata));
    }
    let scenario = builtin::scenario(&scenario).ok_or(LinkFault::Scenario(scenario))?;
    Ok(SharedRun { design, scenario: &scenario.id, seed })
}

fn read_run(value: &Value, faults: &mut Faults) -> Option<(String, String, u64, Design)> {
    let top = Object::any(value, "", faults)?;
    faults.examine(value);
    top.only(&["kata", "scenario", "seed", "design"], faults);
    let kata = top.needed_text("kata", MAX_ID, faults);
    let scenario = top.needed_text("scenario", MAX_ID, faults);
    let seed = read_seed(&top, faults);
    let design = read_design(&top, faults);
    Some((kata?.to_owned(), scenario?.to_owned(), seed?, design?))
}

/// `seed`, which has to be there.
pub(super) fn read_seed(top: &Object<'_>, faults: &mut Faults) -> Option<u64> {
    let allowed = say!("options.seed");
    let seed = top.needed("seed", allowed, faults)?;
    let whole = seed.whole();
    if whole.is_none() {
        faults.refuse("seed", seed, allowed);
    }
    whole
}

/// `design`, which has to be there: all its problems, with their places in it.
pub(super) fn read_design(top: &Object<'_>, faults: &mut Faults) -> Option<Design> {
    let design = top.needed("design", say!("link.a_design"), faults)?;
    match file::from_value(design) {
        Ok(design) => Some(design),
        Err(problems) => {
            for problem in problems {
                faults.add(Code::NotAllowed, "design", problem.to_string());
            }
            None
        }
    }
}
