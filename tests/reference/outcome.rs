//! What this engine makes of a run, in the words of the reference simulation, and where the two differ.

use engine::measure::{Latency, Report};
use engine::sim::network::Network;
use engine::sim::time::Time;
use engine::sim::{Fact, FactKind};
use serde_json::{Value, json};

/// One booking, by its facts: see `Booking` in `measures.py`.
#[derive(Clone, Debug)]
struct Booking {
    asked_at: u64,
    state: &'static str,
    ended_at: Option<u64>,
    accepted_at: Option<u64>,
    tries: u64,
    deliveries: u64,
    calls: u64,
    duplicates: u64,
}

/// The columns of a row, as `rows` writes them.
pub const COLUMNS: [&str; 9] =
    ["number", "state", "asked at", "ended at", "accepted at", "tries", "deliveries", "calls", "duplicates"];

/// All bookings of a run, in the order of their numbers.
#[derive(Default)]
pub struct Bookings(Vec<Booking>);

impl Bookings {
    pub fn fact(&mut self, at: Time, fact: &Fact) {
        use FactKind::*;
        if fact.kind == Arrived {
            let (state, asked_at) = ("asking", at.0);
            let (ended_at, accepted_at, tries, deliveries, calls, duplicates) = (None, None, 1, 0, 0, 0);
            self.0.push(Booking { asked_at, state, ended_at, accepted_at, tries, deliveries, calls, duplicates });
            return;
        }
        if matches!(fact.kind, WorkersOrdered | WorkersStarted | WorkersLeft | Changed)
            || matches!(fact.kind, BreakerOpened | BreakerHalfOpened | BreakerClosed)
        {
            return;
        }
        let booking = &mut self.0[fact.booking as usize];
        let mut ends = |state| (booking.state, booking.ended_at) = (state, Some(at.0));
        match fact.kind {
            EndedRejected => ends("rejected"),
            EndedAbandoned => ends("abandoned"),
            Confirmed => ends("confirmed"),
            DeadLettered => ends("dead_lettered"),
            Lost => ends("lost"),
            TriedAgain => booking.tries += 1,
            Accepted => booking.accepted_at = Some(at.0),
            Enqueued | Delayed => booking.state = "backlog",
            Taken => {
                booking.state = "in_flight";
                booking.deliveries += 1;
            }
            Called => booking.calls += 1,
            Duplicated => booking.duplicates += 1,
            _ => {}
        }
    }

    pub fn rows(&self) -> Vec<Value> {
        let row = |(number, b): (usize, &Booking)| {
            json!([
                number,
                b.state,
                b.asked_at,
                b.ended_at,
                b.accepted_at,
                b.tries,
                b.deliveries,
                b.calls,
                b.duplicates
            ])
        };
        self.0.iter().enumerate().map(row).collect()
    }

    /// When they were asked for, in nanoseconds.
    pub fn arrivals(&self) -> Vec<u64> {
        self.0.iter().map(|booking| booking.asked_at).collect()
    }
}

/// The report in the form that the reference gives its own.
pub fn report(report: &Report, network: &Network) -> Value {
    let latency = |l: &Latency| json!({ "count": l.count, "mean": l.mean, "p50": l.p50, "p90": l.p90, "p95": l.p95, "p99": l.p99, "max": l.max });
    let counts: serde_json::Map<String, Value> =
        report.counts.named().iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect();
    let workers: serde_json::Map<String, Value> =
        report.workers.iter().map(|(id, w)| (id.clone(), json!({ "mean": w.mean, "max": w.max }))).collect();
    let has_servers = |id: &str| network.stations.iter().any(|s| &*s.id == id && s.params.servers().is_some());
    let utilisation: serde_json::Map<String, Value> =
        report.utilisation.iter().filter(|(id, _)| has_servers(id)).map(|(id, u)| (id.clone(), json!(u))).collect();
    json!({ "counts": counts, "acceptance_ms": latency(&report.acceptance), "end_to_end_ms": latency(&report.end_to_end),
            "queue_wait_ms": latency(&report.queue_wait), "backlog": { "max": report.backlog.max, "final": report.backlog.last },
            "cost": report.cost, "workers": workers, "utilisation": utilisation })
}

/// Where the two differ: the first booking, and every figure. Nothing, if they agree.
pub fn differences(engine: &Value, reference: &Value) -> Vec<String> {
    if let Some(words) = reference["disagreement"].as_str() {
        return vec![words.to_owned()];
    }
    let rows = |side: &Value| side["bookings"].as_array().cloned().unwrap_or_default();
    let (ours, theirs) = (rows(engine), rows(reference));
    let mut found = Vec::new();
    if ours.len() != theirs.len() {
        found.push(format!("{} bookings, reference: {}", ours.len(), theirs.len()));
    }
    let different = ours.iter().zip(&theirs).filter(|(a, b)| a != b).count();
    if let Some((a, b)) = earliest(&ours, &theirs) {
        found.push(format!("{different} bookings differ, the first: {}", pairs(a, b).join(", ")));
    }
    figures("", &engine["report"], &reference["report"], &mut found);
    found
}

/// The two rows whose difference came up first: by the moment at which either side ended the booking.
fn earliest<'a>(ours: &'a [Value], theirs: &'a [Value]) -> Option<(&'a Value, &'a Value)> {
    let when = |row: &Value| row[3].as_u64().or(row[4].as_u64()).unwrap_or(u64::MAX);
    ours.iter().zip(theirs).filter(|(a, b)| a != b).min_by_key(|(a, b)| when(a).min(when(b)))
}

fn pairs(ours: &Value, theirs: &Value) -> Vec<String> {
    let column = |(at, name): (usize, &&str)| match (&ours[at], &theirs[at]) {
        (a, b) if a == b => (at < 2).then(|| format!("{name} {a}")),
        (a, b) => Some(format!("{name} {a}, reference: {b}")),
    };
    COLUMNS.iter().enumerate().filter_map(column).collect()
}

/// Counts are equal; sums of floats may differ in their last bits; percentiles come from a histogram with at most 0.1 % error,
/// or 1 µs.
fn figures(name: &str, ours: &Value, theirs: &Value, found: &mut Vec<String>) {
    if let (Some(a), Some(b)) = (ours.as_object(), theirs.as_object()) {
        let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
        for key in keys {
            figures(&format!("{name}.{key}"), &ours[key], &theirs[key], found);
        }
        return;
    }
    let percentile = [".p50", ".p90", ".p95", ".p99"].iter().any(|end| name.ends_with(end));
    let (share, least) = if percentile { (0.001, 0.001) } else { (1e-11, 0.0) };
    let equal = match (ours.as_f64(), theirs.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() <= (share * b.abs()).max(least),
        _ => ours == theirs,
    };
    if !equal {
        found.push(format!("{} {ours}, reference: {theirs}", name.trim_start_matches('.')));
    }
}
