//! What a course system keeps of a learner, as one line of text: the design, the scenario, the seed, the progress, and the runs that the score
//! stands on. `WS1-` and packed text, as in a link.
//!
//! A course system gives little room (SCORM 1.2: 4 096 characters), so what there is no room for is left out, the least needed first
//! ([`Fullness`]). The score itself never is: `points` are the most that were ever sent.
//!
//! Reading is as strict as that of what the browser stores; what can't be read is nothing, and the caller says so.

use std::rc::Rc;

use super::packed::{pack, unpack};
use super::runs;
use super::saved::{self, Saved};
use crate::json::{self, Value};
use crate::kata::builtin;
use crate::record::{RunHistory, RunRecord};

/// What the line begins with.
pub const PREFIX: &str = "WS1-";
const FORMAT: &str = "waiting-room/state";
const VERSION: u64 = 1;
/// The longest name of a learner.
const MAX_LEARNER: usize = 32;

/// What is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Tells one learner's (or one attempt's) work from another's in the same browser: letters and digits, made up by the page.
    pub learner: String,
    /// The most points that were sent, from 0 to 100.
    pub points: f64,
    /// Design, scenario, seed and progress. Looks and speed are the browser's and not sent.
    pub saved: Saved,
    /// The runs that the score stands on, one a scenario at most.
    pub runs: Vec<Rc<RunRecord>>,
}

/// How much of it is written, from all to the least; each level leaves out what those before it do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fullness {
    All,
    /// Without sketches, guesses and predictions shown: they are tied to runs that are not kept either.
    NoGuesses,
    /// Without the figures beside the ticks of the checklist.
    NoTicks,
    /// Without the runs: the scenarios have to be run again to show their stars here, the points sent stay.
    NoRuns,
}

impl Fullness {
    pub const ALL: [Fullness; 4] = [Fullness::All, Fullness::NoGuesses, Fullness::NoTicks, Fullness::NoRuns];
}

/// The fullest line of at most so many characters; `None` where the design alone has more.
pub fn write(state: &State, most: usize) -> Option<String> {
    Fullness::ALL.iter().map(|fullness| line(state, *fullness)).find(|line| line.len() <= most)
}

/// The line of this fullness.
pub fn line(state: &State, fullness: Fullness) -> String {
    let without = |level: Fullness| fullness as u8 >= level as u8;
    let mut saved = state.saved.clone();
    if without(Fullness::NoGuesses) {
        saved = Saved { sketches: Vec::new(), guesses: Vec::new(), foreseen: String::new(), ..saved };
    }
    if without(Fullness::NoTicks) {
        saved.seen.clear();
    }
    let runs: &[Rc<RunRecord>] = if without(Fullness::NoRuns) { &[] } else { &state.runs };
    let runs = RunHistory::new(runs.iter().map(|run| (**run).clone()));
    let value = Value::map([
        ("format", FORMAT.into()),
        ("version", VERSION.into()),
        ("kata", builtin::kata().id.as_str().into()),
        ("learner", state.learner.as_str().into()),
        ("points", state.points.into()),
        // Next to each other: equal designs pack into nothing.
        ("saved", own(&saved::write(&saved))),
        ("runs", own(&runs::write(&runs))),
    ]);
    format!("{PREFIX}{}", pack(&value.json()))
}

/// What was written just now.
fn own(text: &str) -> Value {
    json::read(text).expect("what is written here is JSON")
}

/// What a line holds; `None` where it is no such line, is damaged, of another kata or of another version.
pub fn read(line: &str) -> Option<State> {
    let text = unpack(line.trim().strip_prefix(PREFIX)?).ok()?;
    let value = json::read(&text).ok()?;
    let whole = |key: &str| value.get(key).and_then(Value::whole);
    let is = |key: &str, text: &str| value.get(key).and_then(Value::text) == Some(text);
    if !is("format", FORMAT) || whole("version") != Some(VERSION) || !is("kata", &builtin::kata().id) {
        return None;
    }
    let learner = value.get("learner")?.text().filter(|learner| is_learner(learner))?;
    let points = value.get("points")?.number().filter(|points| (0.0..=100.0).contains(points))?;
    let saved = saved::read(&value.get("saved")?.json()).ok()?;
    let found = runs::read(&value.get("runs")?.json()).ok()?;
    Some(State { learner: learner.to_owned(), points, saved, runs: found.runs.list().to_vec() })
}

/// Whether a learner may have this name.
pub fn is_learner(name: &str) -> bool {
    (1..=MAX_LEARNER).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::record::Origin;
    use crate::record::history::Outcome;
    use crate::share::Theme;

    fn design(id: &str) -> Design {
        builtin::design(id).expect("built in").design()
    }

    fn passes(design: &Design) -> Vec<Rc<RunRecord>> {
        let run = |(at, scenario): (usize, &crate::kata::Scenario)| {
            let origin = Origin {
                design: Rc::new(design.clone()),
                scenario: Rc::new(scenario.clone()),
                seed: 1,
                changes: Vec::new(),
            };
            let nothing = crate::kata::Verdict { goals: Vec::new(), is_final: true, cut_short: false };
            let digest = crate::record::history::fingerprint(&scenario.id);
            let mut run = RunRecord::of(&origin, &nothing, &digest, at as u32 + 1);
            let goal = |goal: &crate::kata::Goal| Outcome {
                metric: goal.metric,
                at_most: goal.at_most,
                value: Some(goal.at_most * 0.87654321),
                unconfirmed: None,
            };
            run.goals = scenario.goals.iter().map(goal).collect();
            run.mondays = Some((48, 50));
            run.id = run.content_id();
            Rc::new(run)
        };
        builtin::scenarios().iter().enumerate().map(run).collect()
    }

    fn state(own: Design, best: &Design) -> State {
        let seen = builtin::checklist().iter().map(|item| (item.id.clone(), "63 of 90 bookings a minute".to_owned()));
        let saved = Saved {
            design: own,
            scenario: "outage".to_owned(),
            seed: 12,
            theme: Theme::Auto,
            speed: None,
            letter_keys: true,
            sketches: vec![("monday".to_owned(), vec![(0.0, 0.0), (1800.0, 2500.0), (5400.0, 0.0)])],
            guesses: builtin::scenarios().iter().map(|s| (s.id.clone(), Some(2_500), Some(91_088))).collect(),
            foreseen: "00c0ffee00c0ffee ".to_owned(),
            seen: seen.collect(),
            help: vec![("waits".to_owned(), 4, Some(31.0)), ("late".to_owned(), 2, None)],
            best: builtin::scenarios().iter().map(|s| (s.id.clone(), 9.49)).collect(),
        };
        State { learner: "a1b2c3".to_owned(), points: 100.0, saved, runs: passes(best) }
    }

    #[test]
    fn what_is_kept_comes_back() {
        let state = state(design("par"), &design("demand-breaker"));
        let line = line(&state, Fullness::All);
        assert!(line.starts_with(PREFIX) && !line.contains('%'), "Open edX decodes what it is given");
        assert_eq!(read(&line), Some(state));
    }

    /// A learner who has mastered the kata with one design and goes on with another: all of it fits into SCORM's room.
    #[test]
    fn the_room_of_scorm_is_enough_for_every_design_of_the_kata() {
        for own in builtin::designs() {
            for best in ["par", "demand-breaker"] {
                let state = state(design(&own.id), &design(best));
                let long = line(&state, Fullness::All).len();
                assert!(long <= 4_096, "{} with {best}: {long} characters", own.id);
            }
        }
    }

    #[test]
    fn what_has_no_room_is_left_out_the_least_needed_first() {
        let state = state(design("par"), &design("demand-breaker"));
        let long = Fullness::ALL.map(|fullness| line(&state, fullness).len());
        assert!(long.is_sorted_by(|a, b| a > b), "{long:?}");
        for (at, long) in long.into_iter().enumerate() {
            assert_eq!(write(&state, long), Some(line(&state, Fullness::ALL[at])));
        }
        assert_eq!(write(&state, long[3] - 1), None, "a design is whole or not there");
        let least = read(&line(&state, Fullness::NoRuns)).expect("it reads");
        assert_eq!((least.saved.design, least.points, least.saved.help), (state.saved.design, 100.0, state.saved.help));
        assert!(least.runs.is_empty() && least.saved.seen.is_empty() && least.saved.guesses.is_empty());
    }

    #[test]
    fn what_is_no_state_is_none() {
        let own = line(&state(design("par"), &design("par")), Fullness::NoRuns);
        let other = |text: &str| format!("{PREFIX}{}", pack(text));
        for text in ["", "WS1-", "null", &own[4..], &own[..own.len() - 1], &own.replacen("WS1", "WS2", 1)] {
            assert_eq!(read(text), None, "{text}");
        }
        for text in ["{}", "[]", "{\"format\":\"waiting-room/state\",\"version\":2}"] {
            assert_eq!(read(&other(text)), None, "{text}");
        }
        let text = unpack(&own[4..]).expect("it was packed");
        for (from, to) in [
            ("\"points\":100", "\"points\":101"),
            ("a1b2c3", "<b>"),
            ("waiting-room\"", "another\""),
            ("\"runs\":", "\"ruins\":"),
        ] {
            assert!(text.contains(from));
            assert_eq!(read(&other(&text.replacen(from, to, 1))), None, "{to}");
        }
    }
}
