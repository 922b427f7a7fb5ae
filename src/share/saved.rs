//! What the page stores between visits: the design, the scenario, the seed, the theme and whether letters are keys, as one text.
//!
//! Reading is all or nothing: a text that can't be understood as a whole is [`Unreadable`], with words, and the caller must leave it as
//! it is. A newer version is never written over.

use super::embed::{self, Pace, Theme};
use super::seal;
pub use super::unreadable::Unreadable;
use crate::design::{Design, file};
use crate::json::{self, Value};
use crate::say;

const FORMAT: &str = "waiting-room/saved";
/// The version this page writes. The first one had no seal.
pub const VERSION: u64 = 2;
/// The longest text that is read; a design file of the largest size fits in twice.
pub const MAX_CHARS: usize = 2 * file::MAX_BYTES;

/// What is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    pub design: Design,
    /// The scenario's id. It may be one that this page does not have.
    pub scenario: String,
    pub seed: u64,
    pub theme: Theme,
    /// How fast runs play; `None` where nobody has chosen.
    pub speed: Option<Pace>,
    /// Keys without Ctrl work on the whole page, not only where the focus is.
    pub letter_keys: bool,
    /// The backlogs that the learner expects: scenario, then seconds of the run and messages.
    pub sketches: Vec<(String, Vec<(f64, f64)>)>,
    /// What was guessed of backlogs: scenario, what was drawn and what came, in messages.
    pub guesses: Vec<(String, Option<u64>, Option<u64>)>,
    /// For which designs and scenarios the prediction is shown: 16 digits and a space each.
    pub foreseen: String,
    /// What the learner has seen: the checklist's ids, each with the figure that showed it.
    pub seen: Vec<(String, String)>,
    /// What was opened of help: ladder, rungs, answer.
    pub help: Vec<(String, usize, Option<f64>)>,
    /// The least that a passed run of a scenario has cost, in pounds.
    pub best: Vec<(String, f64)>,
}

/// The sentence for the learner about a text that can't be read.
pub fn words(why: &Unreadable) -> String {
    match why {
        Unreadable::Newer(version) => say!("saved.newer", version, mine = VERSION),
        Unreadable::Broken(why) => say!("saved.broken", why),
    }
}

/// The text to store, without its seal.
pub fn write(saved: &Saved) -> String {
    let points = |points: &[(f64, f64)]| points.iter().map(|(at, n)| Value::from_iter([*at, *n])).collect();
    let sketches = saved.sketches.iter().map(|(scenario, all)| (scenario.clone(), points(all))).collect();
    let guess = |(id, drawn, came): &(String, Option<u64>, Option<u64>)| -> Value {
        Value::from_iter([Value::from(id.as_str()), (*drawn).into(), (*came).into()])
    };
    let guesses = saved.guesses.iter().map(guess).collect();
    let seen = saved.seen.iter().map(|(id, figure)| Value::from_iter([id.as_str(), figure.as_str()])).collect();
    let opened = |(id, rungs, said): &(String, usize, Option<f64>)| {
        Value::List(vec![id.as_str().into(), (*rungs as u64).into(), (*said).into()])
    };
    let best = saved.best.iter().map(|(id, cost)| Value::List(vec![id.as_str().into(), (*cost).into()])).collect();
    Value::map([
        ("format", FORMAT.into()),
        ("version", VERSION.into()),
        ("scenario", saved.scenario.as_str().into()),
        ("seed", saved.seed.into()),
        ("theme", saved.theme.key().into()),
        ("speed", saved.speed.map_or(Value::Null, |speed| speed.text().as_str().into())),
        ("letter_keys", saved.letter_keys.into()),
        ("seen", seen),
        ("help", saved.help.iter().map(opened).collect()),
        ("best", best),
        ("sketches", Value::Map(sketches)),
        ("guesses", guesses),
        ("foreseen", saved.foreseen.as_str().into()),
        ("design", file::to_value(&saved.design)),
    ])
    .json()
}

/// What a stored text holds.
///
/// # Errors
/// If this page can't read it as a whole.
pub fn read(text: &str) -> Result<Saved, Unreadable> {
    let broken = |what: &str| Unreadable::Broken(what.to_owned());
    if text.len() > MAX_CHARS {
        return Err(broken(say!("saved.too_long")));
    }
    let value = json::read(text).map_err(|_| broken(say!("saved.damaged")))?;
    let word = |key: &str| value.get(key).and_then(Value::text);
    let whole = |key: &str| value.get(key).and_then(Value::whole);
    if word("format") != Some(FORMAT) {
        return Err(broken(say!("saved.other")));
    }
    seal::check(text, &value, VERSION, say!("saved.damaged"), say!("saved.version"))?;
    let design =
        file::from_value(value.get("design").unwrap_or(&Value::Null)).map_err(|problems| match problems.first() {
            Some(problem) => Unreadable::Broken(format!("{problem}.").replace("..", ".")),
            None => broken(say!("saved.design")),
        })?;
    Ok(Saved {
        design,
        scenario: word("scenario").ok_or_else(|| broken(say!("saved.scenario")))?.to_owned(),
        seed: whole("seed").ok_or_else(|| broken(say!("saved.seed")))?,
        theme: word("theme").and_then(Theme::from_key).unwrap_or_default(),
        speed: word("speed").and_then(embed::pace),
        letter_keys: value.get("letter_keys").and_then(Value::bool).unwrap_or(true),
        sketches: value.get("sketches").map(sketches).unwrap_or_default(),
        guesses: value.get("guesses").map(guesses).unwrap_or_default(),
        foreseen: word("foreseen").unwrap_or_default().to_owned(),
        seen: value.get("seen").map(seen).unwrap_or_default(),
        help: value.get("help").map(help).unwrap_or_default(),
        best: value.get("best").map(best).unwrap_or_default(),
    })
}

/// The ticks of the checklist; older pages stored none, and what is no pair of texts is left out.
fn seen(value: &Value) -> Vec<(String, String)> {
    let pair = |item: &Value| match item.list()? {
        [id, figure, ..] => Some((id.text()?.to_owned(), figure.text()?.to_owned())),
        _ => None,
    };
    value.list().map_or_else(Vec::new, |items| items.iter().filter_map(pair).collect())
}

/// What was guessed; older pages stored nothing, and what is no guess is left out.
fn guesses(value: &Value) -> Vec<(String, Option<u64>, Option<u64>)> {
    let guess = |item: &Value| match item.list()? {
        [id, drawn, came, ..] => Some((id.text()?.to_owned(), drawn.whole(), came.whole())),
        _ => None,
    };
    value.list().map_or_else(Vec::new, |items| items.iter().filter_map(guess).collect())
}

/// What was opened of help; older pages stored none, and what is not as it is written is left out.
fn help(value: &Value) -> Vec<(String, usize, Option<f64>)> {
    let one = |item: &Value| match item.list()? {
        [id, rungs, said, ..] => Some((id.text()?.to_owned(), usize::try_from(rungs.whole()?).ok()?, said.number())),
        _ => None,
    };
    value.list().map_or_else(Vec::new, |items| items.iter().filter_map(one).collect())
}

/// The least costs; as above.
fn best(value: &Value) -> Vec<(String, f64)> {
    let one = |item: &Value| match item.list()? {
        [id, cost, ..] => Some((id.text()?.to_owned(), cost.number()?)),
        _ => None,
    };
    value.list().map_or_else(Vec::new, |items| items.iter().filter_map(one).collect())
}

/// The sketches; older pages stored none, and what is no point is left out: the session checks the rest.
fn sketches(value: &Value) -> Vec<(String, Vec<(f64, f64)>)> {
    let point = |p: &Value| match p.list()? {
        [at, messages, ..] => Some((at.number()?, messages.number()?)),
        _ => None,
    };
    let points = |v: &Value| v.list().map(|all| all.iter().filter_map(point).collect()).unwrap_or_default();
    value.fields().map(|all| all.iter().map(|(id, v)| (id.clone(), points(v))).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::builtin;

    fn saved() -> Saved {
        Saved {
            design: builtin::starting_design(),
            scenario: "outage".into(),
            seed: u64::MAX,
            speed: Some(Pace::Times(60)),
            theme: Theme::Dark,
            letter_keys: false,
            seen: vec![("waited".into(), "3 s".into())],
            help: vec![("waits".into(), 2, Some(31.0)), ("late".into(), 1, None)],
            best: vec![("monday".into(), 9.49)],
            sketches: vec![("monday".into(), vec![(0.0, 0.0), (1_800.0, 2_500.0), (5_400.0, 0.0)])],
            guesses: vec![("monday".into(), Some(2_500), Some(91_088)), ("outage".into(), None, None)],
            foreseen: "00c0ffee00c0ffee ".into(),
        }
    }

    /// The written text with one field replaced.
    fn with(key: &str, value: Value) -> String {
        let mut text = json::read(&write(&saved())).unwrap();
        text.set(key, value);
        seal::sealed(&text.json(), 1)
    }

    fn broken(text: &str) -> String {
        match read(text) {
            Err(Unreadable::Broken(what)) => what,
            other => panic!("{text} was read as {other:?}"),
        }
    }

    #[test]
    fn what_is_kept_comes_back() {
        assert_eq!(read(&seal::sealed(&write(&saved()), 1)), Ok(saved()));
        assert!(broken(&write(&saved())).contains("damaged"), "without its seal it may have lost its end");
    }

    #[test]
    fn rubbish_is_broken_and_says_so() {
        for text in ["", "null", "[]", "{", "42", "\"design\"", "{\"format\":\"waiting-room/design\",\"version\":1}"] {
            assert!(!broken(text).is_empty());
        }
        assert!(broken(&"[".repeat(100_000)).contains("damaged"), "deep nesting is an error, not a crash");
        assert!(broken(&" ".repeat(MAX_CHARS + 1)).contains("longer"));
    }

    #[test]
    fn a_newer_version_is_told_apart_from_rubbish() {
        assert_eq!(read(&with("version", Value::literal(r#"3"#))), Err(Unreadable::Newer(3)));
        assert_eq!(read(r#"{"format":"waiting-room/saved","version":4,"else":true}"#), Err(Unreadable::Newer(4)));
        let damaged = with("version", Value::literal(r#"3"#)).replace("outage", "outrage");
        assert!(broken(&damaged).contains("damaged"), "a newer page's has a seal too");
        assert!(broken(&with("version", Value::literal(r#"0"#))).contains("version"));
        assert!(broken(&with("version", Value::literal(r#""1""#))).contains("version"));
    }

    #[test]
    fn every_part_but_the_looks_is_needed() {
        assert!(!broken(&with("design", Value::Null)).is_empty());
        assert!(broken(&with("seed", Value::literal(r#"-1"#))).contains("seed"));
        assert!(broken(&with("scenario", Value::literal(r#"1"#))).contains("scenario"));
        assert_eq!(read(&with("theme", Value::literal(r#""pink""#))).unwrap().theme, Theme::Auto);
        assert_eq!(read(&with("speed", Value::literal(r#""7000""#))).unwrap().speed, None);
        assert_eq!(read(&with("speed", Value::literal(r#""max""#))).unwrap().speed, Some(Pace::Max));
        assert_eq!(read(&with("speed", Value::Null)).unwrap().speed, None, "an older page kept none");
        assert!(read(&with("letter_keys", Value::Null)).unwrap().letter_keys, "an older page kept none");
        assert!(read(&with("sketches", Value::Null)).unwrap().sketches.is_empty(), "an older page kept none");
        let odd = Value::literal(r#"[["a", "b", "c"], ["d"], 1, ["e", 2], null]"#);
        assert_eq!(read(&with("seen", odd)).unwrap().seen, [("a".to_owned(), "b".to_owned())]);
        assert!(read(&with("seen", Value::literal(r#"{"a": "b"}"#))).unwrap().seen.is_empty());
        let odd = Value::literal(r#"[["a", 1, null], ["b", -1, 2], ["c"], 7, ["d", 3, "x"]]"#);
        let help = read(&with("help", odd)).unwrap().help;
        assert_eq!(help, [("a".to_owned(), 1, None), ("d".to_owned(), 3, None)]);
        let odd = Value::literal(r#"[["a", 1.5], ["b"], [1, 2]]"#);
        assert_eq!(read(&with("best", odd)).unwrap().best, [("a".to_owned(), 1.5)]);
        assert_eq!(read(&with("foreseen", Value::literal(r#"["a"]"#))).unwrap().foreseen, "");
        assert!(read(&with("foreseen", Value::Null)).unwrap().foreseen.is_empty(), "an older page kept none");
        let odd = Value::literal(r#"{"monday": [[1, 2], "x", [3], [4, 5, 6]], "outage": 7}"#);
        let read = read(&with("sketches", odd)).unwrap().sketches;
        assert_eq!(read, [("monday".into(), vec![(1.0, 2.0), (4.0, 5.0)]), ("outage".into(), vec![])]);
    }

    #[test]
    fn a_scenario_of_another_page_is_kept_by_name() {
        assert_eq!(read(&with("scenario", Value::literal(r#""carnival""#))).unwrap().scenario, "carnival");
    }
}
