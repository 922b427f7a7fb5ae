//! A schedule's steps as a learner writes them: times of day within the run, each later than the one before.
//!
//! A design keeps seconds after the start of the scenario, so the same design in a scenario that begins at another time has other times of day.
//! Pure; knows no field and no browser.

use crate::kinds::{Param, Value};
use crate::{format, say};

/// Between two steps, and from the start to the first one, in seconds: a new step begins so long after the last.
const APART_S: f64 = 900.0;
/// Two steps are never nearer than this, in seconds.
const NEAREST_S: f64 = 1.0;
const DAY_S: f64 = 86_400.0;
/// A step is dragged from one whole minute to the next, and to no more workers than a pool may have.
const MINUTE_S: f64 = 60.0;
const MOST_WORKERS: f64 = 1e6;

/// The run that a schedule is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// Seconds after midnight at which it starts.
    pub starts_at_s: f64,
    /// How long it is, in seconds.
    pub lasts_s: f64,
}

impl Run {
    /// So many seconds after the start, as a time of day: seconds only where there are any.
    pub fn write(self, at_s: f64) -> String {
        let time = self.starts_at_s + at_s.round();
        if time % 60.0 == 0.0 { format::clock(time) } else { format::time_of_day(time) }
    }

    /// The seconds after the start at which the step `index` of `steps` would begin by this text.
    ///
    /// # Errors
    /// What is wrong with it, and what is allowed.
    pub fn read(self, text: &str, steps: &[Value], index: usize) -> Result<f64, String> {
        let Some(time) = format::parse_clock(text) else {
            return Err(say!("schedule.no_time", allowed = self.allowed()));
        };
        // A run may go on past midnight.
        let at = time - self.starts_at_s;
        let at = if at < 0.0 { at + DAY_S } else { at };
        if at > self.lasts_s {
            return Err(say!("schedule.outside", at = self.write(at), allowed = self.allowed()));
        }
        let beside = |index: usize| steps.get(index).map(at_s);
        if let Some(before) = index.checked_sub(1).and_then(beside).filter(|before| at <= *before) {
            return Err(say!("schedule.not_after", at = self.write(at), before = self.write(before)));
        }
        if let Some(next) = beside(index + 1).filter(|next| at >= *next) {
            return Err(say!("schedule.not_before", at = self.write(at), next = self.write(next)));
        }
        Ok(at)
    }

    /// The steps with the step `index` dragged to these seconds after the start and this number of workers: to the nearest whole minute of the
    /// run and whole number that the steps beside it allow.
    pub fn moved(self, steps: &[Value], index: usize, at: f64, number: f64) -> Vec<Value> {
        let mut steps = steps.to_vec();
        let beside = |index: Option<usize>| index.and_then(|index| steps.get(index)).map(at_s);
        let low = beside(index.checked_sub(1)).map_or(0.0, |before| ((before / MINUTE_S).floor() + 1.0) * MINUTE_S);
        let high = beside(Some(index + 1)).map_or(self.lasts_s, |next| next - NEAREST_S);
        let high = (high / MINUTE_S).floor() * MINUTE_S;
        if low <= high {
            steps[index].set("at_s", Value::Number(((at / MINUTE_S).round() * MINUTE_S).clamp(low, high)));
        }
        steps[index].set("workers", Value::Number(number.round().clamp(0.0, MOST_WORKERS)));
        steps
    }

    fn allowed(self) -> String {
        let (from, to, example) = (self.write(0.0), self.write(self.lasts_s), self.write(self.first()));
        say!("schedule.allowed", from, to, example)
    }

    fn first(self) -> f64 {
        APART_S.min(self.lasts_s / 2.0)
    }

    /// The steps with one more after the last, which changes the number of workers: up from what there are at the `start`, or back to that.
    /// `None` where the last step leaves no room before the end of the run.
    pub fn one_more(self, steps: &[Value], fields: &'static [Param], start: f64) -> Option<Vec<Value>> {
        let mut next = Value::Map(fields.iter().map(|f| (f.key.to_owned(), f.default_value())).collect());
        let usual = at_s(&next);
        let (at, now) = match steps.last() {
            None => (if usual < self.lasts_s { usual } else { self.first() }, start),
            Some(last) => {
                let left = self.lasts_s - at_s(last);
                let after = if left > APART_S { APART_S } else { (left / 2.0).floor() };
                if after < NEAREST_S {
                    return None;
                }
                (at_s(last) + after, last.get("workers").and_then(Value::number).unwrap_or(start))
            }
        };
        let workers = if now == start { (2.0 * start).max(start + 1.0) } else { start };
        next.set("at_s", Value::Number(at));
        next.set("workers", Value::Number(workers));
        Some(steps.iter().cloned().chain([next]).collect())
    }
}

/// How many workers there are from a step on, or of a schedule before its first one.
pub fn workers(of: &Value) -> f64 {
    of.get("workers").and_then(Value::number).unwrap_or(0.0)
}

/// When a step begins, in seconds after the start.
pub fn at_s(step: &Value) -> f64 {
    step.get("at_s").and_then(Value::number).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::{KindId, Shape};

    /// From 07:30 to 10:30.
    const RUN: Run = Run { starts_at_s: 27_000.0, lasts_s: 10_800.0 };

    fn steps(steps: &[(f64, f64)]) -> Vec<Value> {
        let step = |(at, workers): &(f64, f64)| {
            Value::Map(vec![("at_s".into(), Value::Number(*at)), ("workers".into(), Value::Number(*workers))])
        };
        steps.iter().map(step).collect()
    }

    fn fields() -> &'static [Param] {
        let Shape::Tagged { variants, .. } = &KindId::Consumers.kind().params[0].shape else {
            panic!("scaling has policies")
        };
        let mut fields = variants.iter().flat_map(|v| v.fields);
        let steps = fields.find_map(|f| if let Shape::Steps { fields } = &f.shape { Some(*fields) } else { None });
        steps.expect("a schedule has steps")
    }

    #[test]
    fn a_step_is_typed_as_a_time_of_day() {
        for text in ["07:55", "7:55", "0755", "755", " 07:55:00 "] {
            assert_eq!(RUN.read(text, &[], 0), Ok(1500.0), "{text}");
        }
        assert_eq!(RUN.read("07:55:30", &[], 0), Ok(1530.0));
        assert_eq!((RUN.write(1500.0), RUN.write(1530.0)), ("07:55".to_owned(), "07:55:30".to_owned()));
        let night = Run { starts_at_s: 82_800.0, lasts_s: 7200.0 };
        assert_eq!(night.read("00:30", &[], 0), Ok(5400.0), "past midnight");
    }

    #[test]
    fn what_can_t_be_says_what_is_allowed() {
        let three = steps(&[(600.0, 10.0), (1500.0, 90.0), (3600.0, 20.0)]);
        let says = |text: &str, index: usize| RUN.read(text, &three, index).expect_err("refused");
        for text in ["25:00", "soon", "7.5.5.5", ""] {
            assert_eq!(says(text, 1), "That is no time of day. Allowed: 07:30 to 10:30, such as 07:45.");
        }
        assert_eq!(says("07:00", 1), "07:00 is outside the run. Allowed: 07:30 to 10:30, such as 07:45.");
        assert_eq!(says("10:31", 2), "10:31 is outside the run. Allowed: 07:30 to 10:30, such as 07:45.");
        assert_eq!(says("07:40", 1), "07:40 is not after the step before. Allowed: after 07:40.");
        assert_eq!(says("0830", 1), "08:30 is not before the next step. Allowed: before 08:30.");
        assert_eq!(RUN.read("10:30", &three, 2), Ok(10_800.0));
    }

    #[test]
    fn a_step_is_dragged_to_whole_minutes_and_stays_between_its_neighbours() {
        let three = steps(&[(600.0, 10.0), (1500.0, 90.0), (3630.0, 20.0)]);
        let dragged = |index: usize, at: f64, workers: f64| {
            let moved = RUN.moved(&three, index, at, workers);
            let others = (0..3).filter(|other| *other != index);
            assert!(others.into_iter().all(|other| moved[other] == three[other]));
            (at_s(&moved[index]), super::workers(&moved[index]))
        };
        assert_eq!(dragged(1, 1769.0, 84.4), (1740.0, 84.0));
        assert_eq!(dragged(1, -50.0, -3.0), (660.0, 0.0), "after the one before, and never below none");
        assert_eq!(dragged(1, 9e9, 9e9), (3600.0, 1e6), "before the next");
        assert_eq!((dragged(0, -50.0, 10.0).0, dragged(2, 9e9, 20.0).0), (0.0, 10_800.0), "within the run");
        let tight = steps(&[(600.0, 10.0), (630.0, 20.0), (659.0, 30.0)]);
        assert_eq!(at_s(&RUN.moved(&tight, 1, 0.0, 20.0)[1]), 630.0, "no whole minute is free: it keeps its own");
    }

    #[test]
    fn a_new_step_comes_after_the_last_and_changes_something() {
        let mut all = Vec::new();
        let mut told = Vec::new();
        while let Some(more) = RUN.one_more(&all, fields(), 20.0) {
            all = more;
            let last = all.last().expect("one more");
            told.push((RUN.write(at_s(last)), last.get("workers").and_then(Value::number).expect("workers")));
        }
        let first: Vec<(&str, f64)> = told.iter().take(3).map(|(at, n)| (at.as_str(), *n)).collect();
        assert_eq!(first, [("07:55", 40.0), ("08:10", 20.0), ("08:25", 40.0)]);
        assert!(told.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1), "{told:?}");
        assert!(told.last().expect("steps").0.as_str() < "10:30", "and ends before the run does");
        let none = RUN.one_more(&[], fields(), 0.0).expect("a step");
        assert_eq!(none[0].get("workers").and_then(Value::number), Some(1.0));
    }
}
