//! `kata scenarios` and `kata designs`: what the kata has.

use std::process::ExitCode;

use super::output::{self, Stop};
use crate::kata::builtin;

pub fn scenarios(id: Option<&str>) -> Result<ExitCode, Stop> {
    let all = builtin::scenarios().iter().map(|s| (s.id.as_str(), s.name.clone())).collect();
    print(id, "scenario", all, builtin::scenario_file)
}

pub fn designs(id: Option<&str>) -> Result<ExitCode, Stop> {
    let all = builtin::designs().iter().map(|d| (d.id.as_str(), d.design().name.to_string())).collect();
    print(id, "design", all, |id| builtin::design(id).map(|d| d.file.as_str()))
}

/// All ids with their names, or the file of one.
fn print(
    id: Option<&str>,
    what: &str,
    all: Vec<(&str, String)>,
    file: impl Fn(&str) -> Option<&'static str>,
) -> Result<ExitCode, Stop> {
    let text = match id {
        None => all.iter().map(|(id, name)| format!("{id:<16} {name}\n")).collect(),
        Some(id) => match file(id) {
            Some(text) => text.to_owned(),
            None => {
                let ids: Vec<_> = all.iter().map(|(id, _)| *id).collect();
                let message = format!("{id}: there is no {what} of that name in the kata ({}).", ids.join(", "));
                return Err(Stop::Unusable(message));
            }
        },
    };
    output::write(&text)?;
    Ok(ExitCode::SUCCESS)
}
