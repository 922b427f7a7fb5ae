//! The text in which a run under way is stored while its page is reloaded: what names it, and where it stood.
//!
//! A text that can't be understood is none: the run then begins at its start again.

use std::rc::Rc;

use super::runs::{read_changes, write_change};
use super::saved::MAX_CHARS;
use crate::design::file;
use crate::json::{self, Value};
use crate::kata::builtin;
use crate::record::Origin;
use engine::sim::time::Time;

const FORMAT: &str = "waiting-room/run";
const VERSION: u64 = 1;

/// The text to store.
pub fn write(origin: &Origin, at: Time) -> String {
    Value::map([
        ("format", FORMAT.into()),
        ("version", VERSION.into()),
        ("scenario", origin.scenario.id.as_str().into()),
        ("seed", origin.seed.into()),
        ("at_ns", at.0.into()),
        ("changes", origin.changes.iter().map(write_change).collect()),
        ("design", file::to_value(&origin.design)),
    ])
    .json()
}

/// The run in a stored text, and where it stood.
pub fn read(text: &str) -> Option<(Origin, Time)> {
    let value = json::read(text).ok().filter(|_| text.len() <= MAX_CHARS)?;
    let text = |key: &str| value.get(key).and_then(Value::text);
    let whole = |key: &str| value.get(key).and_then(Value::whole);
    if text("format")? != FORMAT || whole("version")? != VERSION {
        return None;
    }
    let design = Rc::new(file::from_value(value.get("design")?).ok()?);
    let changes = read_changes(value.get("changes")?, &design)?;
    let scenario = Rc::new(builtin::scenario(text("scenario")?)?.clone());
    Some((Origin { design, scenario, seed: whole("seed")?, changes }, Time(whole("at_ns")?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Changed;

    fn origin() -> Origin {
        let design = Rc::new(builtin::starting_design());
        let mut node = (**design.nodes.iter().find(|node| &*node.id == "api").expect("the start has an API")).clone();
        node.set_param("threads", Value::Number(40.0)).expect("so many are allowed");
        let changes = vec![Changed { at: Time::from_seconds(600.0), node: Rc::new(node) }];
        Origin { design, scenario: Rc::new(builtin::scenarios()[0].clone()), seed: u64::MAX, changes }
    }

    #[test]
    fn what_is_kept_comes_back() {
        let (origin, at) = (origin(), Time::from_seconds(2_700.5));
        assert_eq!(read(&write(&origin, at)), Some((origin, at)));
    }

    #[test]
    fn what_is_something_else_is_none() {
        for text in ["", "null", "{}", "[1]", "{\"format\":\"waiting-room/run\"}"] {
            assert_eq!(read(text), None, "{text}");
        }
        let newer = write(&origin(), Time::ZERO).replace("\"version\":1,\"scenario\"", "\"version\":2,\"scenario\"");
        assert_eq!(read(&newer), None);
        assert_eq!(
            read(&write(&origin(), Time::ZERO).replace("monday", "carnival")),
            None,
            "this kata has no such scenario"
        );
    }
}
