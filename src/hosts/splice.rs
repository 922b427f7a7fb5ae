//! SPLICE: objects to the parent window, which keeps a state and a score from 0 to 1 for each activity.
//!
//! Source: the SPLICE protocol (cssplice.org, iframe.postMessage). The page asks for the state once and says nothing before it is there, so that
//! nothing is written over; after [`PATIENCE_MS`] it goes on without. A grader's frame gives the state of a student and drops what is reported.
//! A score of null says that something is kept and nothing was checked yet.

use super::Report;
use crate::json::Value;

/// So long a host has time to give the state, in milliseconds.
pub const PATIENCE_MS: u32 = 15_000;

/// The page's end.
#[derive(Default)]
pub struct Splice {
    /// What the messages of this page begin with, so that two pages have different ones.
    page: String,
    sent: u64,
    /// The question that waits for its answer.
    asked: Option<String>,
    /// The host has answered, or had its time.
    open: bool,
    /// What was reported last.
    score: Option<f64>,
    state: String,
}

impl Splice {
    /// `page`: letters and digits that no other page has.
    pub fn new(page: String) -> Splice {
        Splice { page, ..Splice::default() }
    }

    fn message(&mut self, subject: &str) -> Value {
        self.sent += 1;
        let id = format!("{}-{}", self.page, self.sent);
        Value::map([("subject", format!("SPLICE.{subject}").as_str().into()), ("message_id", id.as_str().into())])
    }

    /// Asks for the state.
    pub fn ask(&mut self) -> Value {
        let message = self.message("getState");
        self.asked = message.get("message_id").and_then(Value::text).map(str::to_owned);
        message
    }

    /// An object that came: the state that it gives (null where the host has none), or `None` where it is not for us.
    pub fn hear(&mut self, message: &Value) -> Option<Value> {
        let text = |key: &str| message.get(key).and_then(Value::text);
        let is_answer = text("subject") == Some("SPLICE.getState.response");
        if !is_answer || self.asked.is_none() || text("message_id") != self.asked.as_deref() {
            return None;
        }
        self.asked = None;
        self.open = true;
        let failed = message.get("error").is_some_and(|error| !error.is_null());
        Some(message.get("state").filter(|_| !failed).cloned().unwrap_or(Value::Null))
    }

    /// The host had its time; true where it is still to answer.
    pub fn give_up(&mut self) -> bool {
        let waits = self.asked.take().is_some();
        self.open = true;
        waits
    }

    /// The learner has this many points by what the host has kept.
    pub fn had(&mut self, points: f64) {
        self.score = Some(self.score.unwrap_or(0.0).max(points / 100.0));
    }

    /// What to tell the host, where it is news. `state` is a line of text; the record goes with it.
    pub fn report(&mut self, report: &Report, state: &str) -> Option<Value> {
        let now = report.scored.then_some(report.points / 100.0);
        let score = match (self.score, now) {
            (Some(had), Some(now)) => Some(had.max(now)),
            (had, now) => had.or(now),
        };
        if !self.open || (score == self.score && state == self.state) {
            return None;
        }
        (self.score, self.state) = (score, state.to_owned());
        let record = crate::json::read(&report.record).unwrap_or(Value::Null);
        let mut message = self.message("reportScoreAndState");
        message.set("score", score.map_or(Value::Null, Value::from));
        message.set("state", Value::map([("state", state.into()), ("record", record)]));
        Some(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn answer(to: &Value, rest: &str) -> Value {
        let id = to.get("message_id").and_then(Value::text).expect("it has one");
        json::read(&format!(r#"{{"subject":"SPLICE.getState.response","message_id":"{id}"{rest}}}"#)).expect("JSON")
    }

    fn points(points: f64) -> Report {
        Report { points, scored: true, record: format!("{{\"points\":{points}}}"), ..Report::default() }
    }

    fn score(message: Option<Value>) -> Option<Value> {
        message.and_then(|message| message.get("score").cloned())
    }

    #[test]
    fn nothing_is_reported_before_the_state_is_there() {
        let mut own = Splice::new("p".to_owned());
        let asked = own.ask();
        assert_eq!(asked.json(), r#"{"subject":"SPLICE.getState","message_id":"p-1"}"#);
        assert_eq!(own.report(&points(50.0), "a"), None);
        for other in ["{}", r#"{"subject":"SPLICE.getState.response","message_id":"q-1","state":{}}"#, "[]"] {
            assert_eq!(own.hear(&json::read(other).expect("JSON")), None);
        }
        let state = own.hear(&answer(&asked, r#","state":{"state":"WS1-a"}"#)).expect("it is for us");
        assert_eq!(state.get("state").and_then(Value::text), Some("WS1-a"));
        assert_eq!(own.hear(&answer(&asked, r#","state":{"state":"WS1-b"}"#)), None, "one answer counts");
        let sent = own.report(&points(50.0), "a").expect("now it is");
        let wanted = r#"{"subject":"SPLICE.reportScoreAndState","message_id":"p-2","score":0.5,"state":{"state":"a","record":{"points":50}}}"#;
        assert_eq!(sent.json(), wanted);
        assert_eq!(own.report(&points(50.0), "a"), None, "the same is no news");
    }

    #[test]
    fn a_score_never_goes_down_and_is_null_before_the_first_run() {
        let mut own = Splice::default();
        own.ask();
        assert!(own.give_up() && !own.give_up());
        let nothing = Report { record: "{}".to_owned(), ..Report::default() };
        assert_eq!(score(own.report(&nothing, "a")), Some(Value::Null));
        assert_eq!(score(own.report(&points(75.0), "b")), Some(0.75.into()));
        assert_eq!(score(own.report(&points(25.0), "c")), Some(0.75.into()));
        own.had(100.0);
        assert_eq!(score(own.report(&nothing, "d")), Some(1.0.into()));
    }

    #[test]
    fn a_host_without_a_state_or_with_an_error_gives_none() {
        for rest in ["", r#","state":null"#, r#","state":{"state":"x"},"error":{"code":"1","message":"m"}"#] {
            let mut own = Splice::default();
            let asked = own.ask();
            assert_eq!(own.hear(&answer(&asked, rest)), Some(Value::Null), "{rest}");
            assert!(own.report(&points(0.0), "a").is_some());
        }
    }
}
