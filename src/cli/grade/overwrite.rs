//! No output is written over what it follows from.

use std::fs;
use std::path::{Path, PathBuf};

use super::submissions::Submission;
use crate::cli::args::GradeArgs;
use crate::cli::output::Stop;

/// Whatever standard output and standard input were redirected to, where the system names them.
const STANDARD_OUTPUT: &str = "/dev/stdout";
const STANDARD_INPUT: &str = "/dev/stdin";

/// Refuses an output that is one of the files read.
pub fn refuse(args: &GradeArgs, submissions: &[Submission]) -> Result<(), Stop> {
    let output = args.output.as_deref().unwrap_or(STANDARD_OUTPUT);
    let Some(target) = file(output) else { return Ok(()) };
    let named = submissions.iter().map(|submission| submission.file.as_str()).chain(args.resume.as_deref());
    let named = named.chain(args.scenario.iter().map(String::as_str)).chain([STANDARD_INPUT]);
    let is_read = named.filter_map(file).any(|path| path == target);
    let kata = args.kata.kata.as_deref().and_then(|folder| fs::canonicalize(folder).ok());
    if is_read || kata.is_some_and(|folder| target.starts_with(folder)) {
        let name = args.output.clone().unwrap_or_else(|| target.display().to_string());
        return Err(Stop::Unusable(format!("{name}: this file is read; the output needs another name.")));
    }
    Ok(())
}

/// Where a file really lies; `None` if there is none, or it is something else.
fn file(name: &str) -> Option<PathBuf> {
    fs::canonicalize(Path::new(name)).ok().filter(|path| path.is_file())
}
