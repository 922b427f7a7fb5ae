//! What the page says to the page around: [`OUTBOUND`] is the one list, [`FIGURES`] that of the figures in `progress`.
//!
//! Each function gives the message as JSON. A seed that a number of JavaScript does not hold is a text.

use super::{MessageKind, START, messages};
use crate::json::Value;
use crate::record::receipt::Receipt;
use crate::record::{RunRecord, Score};
use crate::share::receipt;
use crate::share::score::{self, seed_value};
use engine::Simulation;
use engine::measure::{Bin, METRICS, Report};
use engine::sim::time::Time;

/// The version of the messages, in `ready`.
pub const VERSION: u64 = 1;

/// The field of a result that was asked for.
const ASKED: &str = "asked";

/// All that may go out.
pub const OUTBOUND: &[MessageKind] = messages! {
    "ready", "`version` (1), `kata`, `engine`", "Once, when the page listens. What was said to it before is done now, in its order.";
    "resize", "`height`, CSS pixels", "Once, and when the frame is lower than the page needs. It never asks for less than it has.";
    "run-started", "`scenario`, `seed`", "A run begins, a fork too.";
    "progress", "the figures below", "While a run goes on: at most four times a second, and at its end.";
    "result", "`scenario`, `seed`, `passed`, `goals` (a list of `metric`, `at_most`, `value`, `met`), `digest`, `receipt` (one line, `WR1-…`); `asked` (true)",
        "Once a run, at its end. Of a run that was changed midway `passed` and `receipt` are null. The answer to `get-result` alone has `asked`; without a run all but it, scenario and seed are null.";
    "score", "`format`, `version`, `kata`, `kata_version`, `engine`, `scenarios`, `goals_met`, `goals`, `mastered`, `hints`, `points`, `receipt`: the [score record](scores.md#the-score-record)",
        "When a run has come to its end, after its `result`.";
    "design-changed", "`link`, what follows the `#` of a link to it", "The design is another one, told when it has been still for a moment. `load` takes the link.";
    "error", "`message`, a sentence or more", "What was asked for is not done, and why.";
};

/// What figures are taken of.
struct Moment {
    at: Time,
    report: Report,
    levels: Bin,
}

/// A figure of `progress`, beside the goals' metrics.
pub struct Figure {
    pub key: &'static str,
    pub help: &'static str,
    of: fn(&Moment) -> f64,
}

macro_rules! figures {
    ($($key:literal, $help:literal => $of:expr;)*) => { &[$(Figure { key: $key, help: $help, of: $of }),*] };
}

/// The figures of `progress`. Those of the goals (`METRICS`) come with them, as of this moment; null where they are infinite or count nothing.
pub const FIGURES: &[Figure] = figures! {
    "t_s", "seconds since the start of the run" => |m| m.at.seconds();
    "backlog", "messages that wait in queues" => |m| m.levels.backlog as f64;
    "in_flight", "messages that workers hold" => |m| m.levels.in_flight as f64;
    "oldest_age_s", "how long the oldest message has waited, seconds" => |m| m.levels.oldest_age.seconds();
    "workers", "workers paid for" => |m| m.levels.workers as f64;
    "api_waiting", "tries in line for a thread" => |m| m.levels.api_waiting as f64;
    "clinic_busy", "slots in use" => |m| m.levels.clinic_busy as f64;
    "clinic_unheard", "of those, slots that serve a call whose caller gave up" => |m| m.levels.clinic_unheard as f64;
    "arrivals", "arrivals so far, further tries not counted" => |m| m.report.counts.arrivals as f64;
    "accepted", "arrivals acknowledged so far" => |m| m.report.counts.accepted as f64;
    "rejected", "arrivals whose last try was rejected" => |m| m.report.counts.rejected as f64;
    "abandoned", "arrivals who gave up waiting" => |m| m.report.counts.abandoned as f64;
    "confirmed", "arrivals confirmed so far" => |m| m.report.counts.confirmed as f64;
    "dead_lettered", "messages given up and parked" => |m| m.report.counts.dead_lettered as f64;
    "lost", "messages given up and parked nowhere" => |m| m.report.counts.lost as f64;
    "retries", "redeliveries so far" => |m| m.report.counts.retries as f64;
    "timeouts", "calls without a reply in time" => |m| m.report.counts.timeouts as f64;
    "breaker_opened", "times that a breaker opened" => |m| m.report.counts.breaker_opened as f64;
};

fn message(name: &str, fields: impl IntoIterator<Item = (&'static str, Value)>) -> String {
    let head = ("type".to_owned(), format!("{START}{name}").into());
    let fields = fields.into_iter().map(|(key, value)| (key.to_owned(), value));
    Value::Map([head].into_iter().chain(fields).collect()).json()
}

/// The page listens, with this kata open.
pub fn ready(kata: &str) -> String {
    message("ready", [("version", VERSION.into()), ("kata", kata.into()), ("engine", engine::VERSION.into())])
}

/// What was asked for is not done.
pub fn error(why: &str) -> String {
    message("error", [("message", why.into())])
}

/// The page needs a frame of this height, in CSS pixels.
pub fn resize(height: u32) -> String {
    message("resize", [("height", u64::from(height).into())])
}

/// A run has begun.
pub fn run_started(scenario: &str, seed: u64) -> String {
    message("run-started", [("scenario", scenario.into()), ("seed", seed_value(seed))])
}

/// The design is another one; `fragment` links to it.
pub fn design_changed(fragment: String) -> String {
    message("design-changed", [("link", fragment.into())])
}

/// The figures of a run as far as it has come.
pub fn progress(run: &Simulation) -> String {
    let at = run.now();
    let stations = 0..run.measures().live().stations.len();
    let oldest = stations.filter_map(|station| run.oldest_waiting(station)).max().unwrap_or_default();
    let moment = Moment { at, report: run.measures().report(at), levels: run.measures().latest(at, oldest) };
    let levels = FIGURES.iter().map(|figure| (figure.key, (figure.of)(&moment).into()));
    let goals = METRICS.iter().map(|metric| (metric.key, (metric.value)(&moment.report).into()));
    message("progress", levels.chain(goals))
}

/// A run that came to its end, with its receipt, if it has one. What answers a question says so: it is no event of a run.
pub fn result(run: &RunRecord, receipt: Option<&Receipt>, asked: bool) -> String {
    let goal = |goal: &crate::record::history::Outcome| {
        Value::map([
            ("metric", goal.metric.key.into()),
            ("at_most", goal.at_most.into()),
            ("value", goal.value.into()),
            ("met", goal.met().into()),
        ])
    };
    let passed = if run.is_exploration() { Value::Null } else { run.passed().into() };
    let fields = [
        ("scenario", run.scenario.as_str().into()),
        ("seed", seed_value(run.seed)),
        ("passed", passed),
        ("goals", run.goals.iter().map(goal).collect()),
        ("digest", run.digest.as_str().into()),
        ("receipt", receipt.map(receipt::line).into()),
    ];
    message("result", fields.into_iter().chain(asked.then_some(ASKED).map(|key| (key, true.into()))))
}

/// What the learner has shown so far; `when` is the time as the browser says, for the receipt.
pub fn score(score: &Score, when: Option<String>) -> String {
    match score::to_value(score, when) {
        Value::Map(fields) => {
            let head = ("type".to_owned(), format!("{START}score").into());
            Value::Map([head].into_iter().chain(fields).collect()).json()
        }
        other => other.json(),
    }
}

/// The answer where no run has come to its end.
pub fn no_result(scenario: &str, seed: u64) -> String {
    let nothing = ["passed", "goals", "digest", "receipt"].map(|key| (key, Value::Null));
    let head = [(ASKED, true.into()), ("scenario", scenario.into()), ("seed", seed_value(seed))];
    message("result", head.into_iter().chain(nothing))
}
