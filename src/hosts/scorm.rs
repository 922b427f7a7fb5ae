//! SCORM 1.2: the course system has an object `API`, whose methods are called and answer at once.
//!
//! Source: *SCORM Run-Time Environment* 1.2 (ADL, 2001), and Moodle's `mod/scorm/datamodels/scorm_12.js`, read in autumn 2026. From there: a
//! lesson that is "not attempted" when it ends is called completed, so it is `incomplete` from the start; a package with a mastery score has
//! its status set from `score.raw` when it ends, so the two never disagree here; `score.raw` has two decimals at most, and comes back as a number.

use super::Report;

/// The most characters of `cmi.suspend_data`.
pub const MAX_STATE: usize = 4_096;

const STATUS: &str = "cmi.core.lesson_status";
const RAW: &str = "cmi.core.score.raw";
const STATE: &str = "cmi.suspend_data";

/// The host's API. What fails there is `false` or empty.
pub trait Lms {
    fn initialize(&self) -> bool;
    fn get(&self, element: &str) -> String;
    fn set(&self, element: &str, value: &str) -> bool;
    fn commit(&self) -> bool;
    fn finish(&self) -> bool;
}

/// A lesson that has begun.
pub struct Scorm<L> {
    lms: L,
    /// The most points that the host has.
    best: f64,
    passed: bool,
    /// From so many points on the package is passed, mastered or not.
    mastery: Option<f64>,
    /// The state that the host has.
    state: String,
    /// The learner looks at what is done: nothing is written.
    review: bool,
    finished: bool,
}

impl<L: Lms> Scorm<L> {
    /// Begins the lesson. `None`: the host refuses.
    pub fn begin(lms: L) -> Option<Scorm<L>> {
        if !lms.initialize() {
            return None;
        }
        let number = |element: &str| lms.get(element).trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let status = lms.get(STATUS);
        let review = lms.get("cmi.core.lesson_mode") == "review";
        let scorm = Scorm {
            best: number(RAW).unwrap_or(0.0),
            passed: status == "passed",
            mastery: number("cmi.student_data.mastery_score"),
            state: lms.get(STATE),
            review,
            finished: false,
            lms,
        };
        if !review {
            if status.is_empty() || status == "not attempted" {
                scorm.lms.set(STATUS, "incomplete");
            }
            // Said at once: a browser that is ended says nothing more, and the state is to be there next time.
            scorm.lms.set("cmi.core.exit", "suspend");
            scorm.lms.commit();
        }
        Some(scorm)
    }

    /// What was kept of this learner; empty where this is the beginning.
    pub fn state(&self) -> &str {
        &self.state
    }

    fn writes(&self) -> bool {
        !self.finished && !self.review
    }

    /// Tells the host what is better than what it has, and keeps the state, where there is one that fits.
    pub fn report(&mut self, report: &Report, state: Option<String>) {
        if !self.writes() {
            return;
        }
        let mut new = false;
        if report.points > self.best {
            let raw = (report.points * 100.0).floor() / 100.0;
            self.lms.set("cmi.core.score.min", "0");
            self.lms.set("cmi.core.score.max", "100");
            if self.lms.set(RAW, &raw.to_string()) {
                self.best = report.points;
                new = true;
            }
        }
        let enough = report.mastered || self.mastery.is_some_and(|mastery| report.points >= mastery);
        if enough && !self.passed && self.lms.set(STATUS, "passed") {
            self.passed = true;
            new = true;
        }
        if let Some(state) = state.filter(|state| *state != self.state && state.len() <= MAX_STATE)
            && self.lms.set(STATE, &state)
        {
            self.state = state;
            new = true;
        }
        if new {
            self.lms.commit();
        }
    }

    /// Ends the lesson after so many seconds; once.
    pub fn finish(&mut self, seconds: u64) {
        if self.finished {
            return;
        }
        if self.writes() {
            self.lms.set("cmi.core.session_time", &span(seconds));
            self.lms.set("cmi.core.exit", "suspend");
            self.lms.commit();
        }
        self.finished = true;
        self.lms.finish();
    }
}

/// `HH:MM:SS`.
fn span(seconds: u64) -> String {
    let seconds = seconds.min(9_999 * 3_600);
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use super::*;

    /// A host with Moodle's rules; what was asked of it, in order.
    #[derive(Default)]
    struct Moodle {
        data: RefCell<BTreeMap<String, String>>,
        said: RefCell<Vec<String>>,
        refuses: bool,
    }

    impl Moodle {
        fn with(data: &[(&str, &str)]) -> Moodle {
            let data = data.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            Moodle { data: RefCell::new(data), ..Moodle::default() }
        }

        fn has(&self, key: &str) -> String {
            self.data.borrow().get(key).cloned().unwrap_or_default()
        }

        fn say(&self, what: String) -> bool {
            self.said.borrow_mut().push(what);
            true
        }
    }

    impl Lms for &Moodle {
        fn initialize(&self) -> bool {
            self.say("begin".to_owned()) && !self.refuses
        }

        fn get(&self, element: &str) -> String {
            self.has(element)
        }

        fn set(&self, element: &str, value: &str) -> bool {
            self.say(format!("{} {value}", element.rsplit('.').next().unwrap_or_default()));
            let decimals = value.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            if value.chars().count() > 4_096 || element == RAW && decimals > 2 {
                return false;
            }
            self.data.borrow_mut().insert(element.to_owned(), value.to_owned());
            true
        }

        fn commit(&self) -> bool {
            self.say("commit".to_owned())
        }

        fn finish(&self) -> bool {
            let (mastery, raw) = (self.has("cmi.student_data.mastery_score"), self.has(RAW));
            if ["", "not attempted"].contains(&self.has(STATUS).as_str()) {
                self.set(STATUS, "completed");
            }
            if let (Ok(mastery), Ok(raw)) = (mastery.parse::<f64>(), raw.parse::<f64>()) {
                self.set(STATUS, if raw >= mastery { "passed" } else { "failed" });
            }
            self.say("finish".to_owned())
        }
    }

    fn points(points: f64) -> Report {
        Report { points, mastered: points == 100.0, scored: true, record: String::new() }
    }

    #[test]
    fn a_lesson_is_incomplete_at_once_and_stays_so_when_nothing_is_done() {
        for status in ["", "not attempted"] {
            let moodle = Moodle::with(&[(STATUS, status)]);
            let mut scorm = Scorm::begin(&moodle).expect("it begins");
            assert_eq!(*moodle.said.borrow(), ["begin", "lesson_status incomplete", "exit suspend", "commit"]);
            scorm.finish(3_725);
            assert_eq!(moodle.has(STATUS), "incomplete");
            assert_eq!(moodle.has("cmi.core.session_time"), "01:02:05");
            let said = moodle.said.borrow().len();
            scorm.finish(9);
            scorm.report(&points(100.0), Some("late".to_owned()));
            assert_eq!(moodle.said.borrow().len(), said, "it is finished once, and nothing is said after that");
        }
    }

    #[test]
    fn points_go_up_only_and_so_does_the_status() {
        let moodle = Moodle::default();
        let mut scorm = Scorm::begin(&moodle).expect("it begins");
        moodle.said.borrow_mut().clear();
        scorm.report(&points(0.0), None);
        assert!(moodle.said.borrow().is_empty(), "no points are no news");
        scorm.report(&points(100.0 / 3.0), None);
        assert_eq!(*moodle.said.borrow(), ["min 0", "max 100", "raw 33.33", "commit"]);
        scorm.report(&points(25.0), None);
        assert_eq!(moodle.said.borrow().len(), 4);
        scorm.report(&points(100.0), Some("WS1-a".to_owned()));
        assert_eq!(
            moodle.said.borrow()[4..],
            ["min 0", "max 100", "raw 100", "lesson_status passed", "suspend_data WS1-a", "commit"]
        );
        scorm.report(&points(0.0), Some("WS1-a".to_owned()));
        scorm.finish(1);
        assert_eq!((moodle.has(RAW).as_str(), moodle.has(STATUS).as_str()), ("100", "passed"));
    }

    #[test]
    fn who_comes_back_finds_the_state_and_keeps_what_was_earned() {
        let moodle = Moodle::with(&[(STATUS, "passed"), (RAW, "75"), (STATE, "WS1-b")]);
        let mut scorm = Scorm::begin(&moodle).expect("it begins");
        assert_eq!(scorm.state(), "WS1-b");
        scorm.report(&points(50.0), Some("WS1-c".to_owned()));
        scorm.finish(0);
        assert_eq!((moodle.has(RAW).as_str(), moodle.has(STATUS).as_str()), ("75", "passed"));
        assert_eq!(moodle.has(STATE), "WS1-c");
    }

    #[test]
    fn a_package_may_be_passed_before_it_is_mastered() {
        let moodle = Moodle::with(&[("cmi.student_data.mastery_score", "50")]);
        let mut scorm = Scorm::begin(&moodle).expect("it begins");
        scorm.report(&points(25.0), None);
        assert_eq!(moodle.has(STATUS), "incomplete");
        scorm.report(&points(50.0), None);
        assert_eq!(moodle.has(STATUS), "passed");
        scorm.finish(1);
        assert_eq!(moodle.has(STATUS), "passed");
    }

    #[test]
    fn what_is_too_long_is_not_sent_and_what_was_there_stays() {
        let moodle = Moodle::with(&[(STATE, "WS1-d")]);
        let mut scorm = Scorm::begin(&moodle).expect("it begins");
        scorm.report(&points(0.0), Some("x".repeat(MAX_STATE + 1)));
        assert_eq!(moodle.has(STATE), "WS1-d");
        scorm.report(&points(0.0), Some("x".repeat(MAX_STATE)));
        assert_eq!(moodle.has(STATE).len(), MAX_STATE);
    }

    #[test]
    fn a_review_changes_nothing_and_a_host_that_refuses_is_none() {
        let moodle = Moodle::with(&[("cmi.core.lesson_mode", "review"), (STATUS, "passed")]);
        let mut scorm = Scorm::begin(&moodle).expect("it begins");
        scorm.report(&points(100.0), Some("WS1-e".to_owned()));
        scorm.finish(1);
        assert_eq!(*moodle.said.borrow(), ["begin", "finish"]);
        assert!(Scorm::begin(&Moodle { refuses: true, ..Moodle::default() }).is_none());
    }
}
