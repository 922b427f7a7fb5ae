//! Reading a scenario file: the fields stand in docs/authoring.md, faults are gathered as for designs.

use super::{MAX_EXPECTED, Scenario, expected_bookings};
use crate::design::compile::Given;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::file::{MAX_ID, MAX_NAME, parse, read_params};
use crate::design::{Code, Problem};
use crate::json::Value;
use crate::kata::goal::Goal;
use crate::kinds::check::{grouped, words};
use crate::kinds::{KINDS, MAX_S, Param, Shape, Variant};
use crate::text;
use engine::measure::{METRICS, MetricId};
use engine::sim::network::{Arrivals, Event, EventKind, Prices, Process, World};
use engine::sim::time::{Span, Time};

const FORMAT: &str = "waiting-room/scenario";
const VERSION: u32 = 1;
/// The most points of an arrival curve.
pub const MAX_POINTS: usize = 1000;
/// The most events.
pub const MAX_EVENTS: usize = 1000;

const fn range(min: f64, max: f64) -> Shape {
    Shape::Real { min, max, nullable: false }
}

const DURATION: Shape = range(1.0, MAX_S);
const MOMENT: Shape = range(0.0, MAX_S);
const RATE: Shape = range(0.0, 1_000_000.0);
const PRICE: Shape = range(0.0, 1_000_000.0);
const LIMIT: Shape = range(0.0, 1e12);
const PROCESS: Shape = Shape::Choice(&[("poisson", text!("scenario.poisson")), ("regular", text!("scenario.regular"))]);

const fn field(key: &'static str, shape: Shape) -> Param {
    Param::wordless(key, shape)
}

const FROM: Param = field("from_s", MOMENT);
const TO: Param = field("to_s", MOMENT);
const FACTOR: Param = field("factor", range(0.001, 1000.0));

/// What an event may look like.
const EVENT: Shape = Shape::Tagged {
    tag: "kind",
    variants: &[
        Variant { key: "surge", label: None, fields: &[FROM, TO, FACTOR] },
        Variant { key: "slow", label: None, fields: &[FROM, TO, FACTOR] },
        Variant { key: "errors", label: None, fields: &[FROM, TO, field("rate", range(0.0, 1.0))] },
        Variant { key: "outage", label: None, fields: &[FROM, TO] },
    ],
};

pub fn read(text: &str) -> Result<Scenario, Vec<Problem>> {
    from_value(&parse(text).map_err(|problem| vec![problem])?)
}

pub fn from_value(value: &Value) -> Result<Scenario, Vec<Problem>> {
    whole(value, read_scenario)
}

fn read_scenario(value: &Value, faults: &mut Faults) -> Option<Scenario> {
    let known = [
        "format",
        "version",
        "id",
        "name",
        "starts_at",
        "duration_s",
        "arrivals",
        "events",
        "given",
        "prices",
        "goals",
        "par",
    ];
    let top = Object::any(value, "", faults)?;
    if !top.head(FORMAT, VERSION, faults) {
        return None;
    }
    faults.examine(value);
    top.only(&known, faults);
    let id = top.needed_text("id", MAX_ID, faults);
    let name = top.needed_text("name", MAX_NAME, faults);
    let starts_at_s = read_time_of_day(&top, faults);
    let duration = top.needed_number("duration_s", &DURATION, faults);
    let arrivals = read_arrivals(&top, faults);
    let events = read_events(&top, faults);
    let given = read_given(&top, faults);
    let prices = read_prices(&top, faults);
    let goals = read_goals(&top, faults);
    let par = read_par(&top, &goals, faults);
    let world = World { duration: Span::from_seconds(duration?), arrivals: arrivals?, events, prices };
    check_expected(&world, faults);
    Some(Scenario { id: id?.to_owned(), name: name?.to_owned(), starts_at_s: starts_at_s?, world, given, goals, par })
}

/// `"HH:MM"` as seconds after midnight.
fn read_time_of_day(top: &Object<'_>, faults: &mut Faults) -> Option<u32> {
    const ALLOWED: &str = "a time of day as \"HH:MM\", such as \"07:30\"";
    let value = top.needed("starts_at", ALLOWED, faults)?;
    let two = |text: &str, most: u32| -> Option<u32> {
        let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().expect("two digits")).filter(|n| *n <= most)
    };
    let parsed = match value {
        Value::Text(text) => {
            text.split_once(':').and_then(|(hours, minutes)| Some(two(hours, 23)? * 3600 + two(minutes, 59)? * 60))
        }
        _ => None,
    };
    if parsed.is_none() {
        let text = format!("{} is not allowed; allowed: {ALLOWED}.", value.shown());
        faults.add(Code::NotAllowed, &top.at("starts_at"), text);
    }
    parsed
}

fn read_arrivals(top: &Object<'_>, faults: &mut Faults) -> Option<Arrivals> {
    let value = top.needed("arrivals", "an object with process and curve", faults)?;
    let arrivals = Object::new(value, "arrivals", &["process", "curve"], faults)?;
    let process = match arrivals.value("process", &PROCESS, faults) {
        Some(Value::Text(word)) if word == "regular" => Process::Regular,
        _ => Process::Poisson,
    };
    let allowed = "a list of at least one [t_s, per_s]";
    arrivals.needed("curve", allowed, faults)?;
    let points = arrivals.list("curve", MAX_POINTS, faults);
    if matches!(arrivals.get("curve"), Some(Value::List(all)) if all.is_empty()) {
        faults.add(Code::NotAllowed, "arrivals.curve", format!("[] is not allowed; allowed: {allowed}."));
    }
    let mut curve: Vec<(f64, f64)> = Vec::with_capacity(points.len());
    for (index, point) in points.iter().enumerate() {
        let path = format!("arrivals.curve[{index}]");
        let Value::List(pair) = point else {
            let text = format!("{} is not allowed; allowed: [t_s, per_s].", point.shown());
            faults.add(Code::NotAllowed, &path, text);
            continue;
        };
        let [t, rate] = pair.as_slice() else {
            let count = grouped(pair.len() as f64);
            let text = format!("has {count} numbers; allowed: two, [t_s, per_s].");
            faults.add(Code::NotAllowed, &path, text);
            continue;
        };
        let t = faults.check(&MOMENT, t, &format!("{path}[0]")).and_then(|v| v.number());
        let rate = faults.check(&RATE, rate, &format!("{path}[1]")).and_then(|v| v.number());
        let (Some(t), Some(rate)) = (t, rate) else { continue };
        if let Some((last, _)) = curve.last()
            && t <= *last
        {
            let text = format!("{t} is not allowed; allowed: later than the point before ({last}).");
            faults.add(Code::NotAllowed, &format!("{path}[0]"), text);
            continue;
        }
        curve.push((t, rate));
    }
    Some(Arrivals { process, curve })
}

fn read_events(top: &Object<'_>, faults: &mut Faults) -> Vec<Event> {
    let list = top.list("events", MAX_EVENTS, faults);
    list.iter()
        .enumerate()
        .filter_map(|(index, value)| read_event(value, &format!("events[{index}]"), faults))
        .collect()
}

/// A run of more bookings than that would be under way for hours, or for ever.
fn check_expected(world: &World, faults: &mut Faults) {
    let expected = expected_bookings(world);
    if expected > MAX_EXPECTED {
        let about = if expected < 1e15 { grouped(expected.round()) } else { "10^15 and more".to_owned() };
        let most = grouped(MAX_EXPECTED);
        let text = format!(
            "brings about {about} arrivals to a run; allowed: at most {most}. Lower the rates or surges, or shorten duration_s."
        );
        faults.add(Code::TooMany, "arrivals", text);
    }
}

fn read_event(value: &Value, path: &str, faults: &mut Faults) -> Option<Event> {
    let value = faults.check(&EVENT, value, path)?;
    let number = |key| value.get(key).and_then(Value::number).expect("checked");
    let (from, to) = (number("from_s"), number("to_s"));
    if from >= to {
        let text = format!("{to} is not allowed; allowed: later than from_s ({from}).");
        faults.add(Code::NotAllowed, &format!("{path}.to_s"), text);
        return None;
    }
    let what = match value.get("kind").and_then(Value::text) {
        Some("surge") => EventKind::Surge(number("factor")),
        Some("slow") => EventKind::Slow(number("factor")),
        Some("errors") => EventKind::Errors(number("rate")),
        Some("outage") => EventKind::Outage,
        other => unreachable!("the shape's event {other:?}"),
    };
    Some(Event { from: Time::from_seconds(from), to: Time::from_seconds(to), what })
}

fn read_given(top: &Object<'_>, faults: &mut Faults) -> Given {
    let keys: Vec<_> = KINDS.iter().map(|k| k.key).collect();
    let Some(given) = top.get("given").and_then(|value| Object::new(value, "given", &keys, faults)) else {
        return Given::new();
    };
    let mut read = Given::new();
    for kind in KINDS {
        if let Some(value) = given.get(kind.key) {
            read.push((kind.id, read_params(kind.id, value, &given.at(kind.key), faults)));
        }
    }
    read
}

fn read_prices(top: &Object<'_>, faults: &mut Faults) -> Prices {
    let known = ["api_instance_hour", "worker_hour", "queue_million"];
    let Some(prices) = top.get("prices").and_then(|value| Object::new(value, "prices", &known, faults)) else {
        return Prices::default();
    };
    let mut price = |key| prices.number(key, &PRICE, faults).unwrap_or(0.0);
    Prices {
        api_instance_hour: price("api_instance_hour"),
        worker_hour: price("worker_hour"),
        queue_million: price("queue_million"),
    }
}

/// Par lies within the budget: where a run has spent more, there is no star to win.
fn read_par(top: &Object<'_>, goals: &[Goal], faults: &mut Faults) -> Option<f64> {
    let par = top.number("par", &PRICE, faults)?;
    let budget = goals.iter().find(|goal| goal.metric.id == MetricId::Cost).map(|goal| goal.at_most);
    if let Some(budget) = budget.filter(|budget| par > *budget) {
        let text = format!("{par} is not allowed; allowed: at most the goal of cost ({budget}).");
        faults.add(Code::NotAllowed, "par", text);
    }
    Some(par)
}

fn read_goals(top: &Object<'_>, faults: &mut Faults) -> Vec<Goal> {
    let mut goals: Vec<Goal> = Vec::new();
    for (index, value) in top.list("goals", METRICS.len(), faults).iter().enumerate() {
        let path = format!("goals[{index}]");
        let Some(object) = Object::new(value, &path, &["metric", "at_most"], faults) else { continue };
        let known = words(METRICS.iter().map(|m| m.key));
        let named = object.needed("metric", &known, faults);
        let at_most = object.needed_number("at_most", &LIMIT, faults);
        let Some(named) = named else { continue };
        let metric = METRICS.iter().find(|m| matches!(named, Value::Text(key) if key == m.key));
        match metric {
            None => {
                let text = format!("{} is unknown; allowed: {known}.", named.shown());
                faults.add(Code::UnknownMetric, &object.at("metric"), text);
            }
            Some(metric) if goals.iter().any(|g| g.metric == metric) => {
                let text = format!("{} has a goal already; allowed: one goal a metric.", named.shown());
                faults.add(Code::DuplicateGoal, &object.at("metric"), text);
            }
            Some(metric) => goals.extend(at_most.map(|at_most| Goal { metric, at_most })),
        }
    }
    goals
}
