//! One run's outcome as JSON, with the names and the order of the report, and as a card to read.

use crate::vocabulary::filled;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::format::{NONE, count, duration_ms, limit, number, pounds, share};
use crate::kata::{Scenario, Verdict};
use crate::kinds::Value;
use engine::measure::{Latency, Report};

/// A run and what came of it.
pub struct Outcome<'a> {
    pub design: &'a str,
    pub scenario: &'a Scenario,
    pub seed: u64,
    pub report: Report,
    pub verdict: Verdict,
}

impl<'a> Outcome<'a> {
    pub fn new(design: &'a str, scenario: &'a Scenario, seed: u64, report: Report) -> Outcome<'a> {
        let verdict = Verdict::of(scenario, &report, true);
        Outcome { design, scenario, seed, report, verdict }
    }

    /// One line of JSON.
    pub fn json(&self) -> String {
        let goals = self.verdict.goals.iter().map(|status| GoalForm {
            metric: status.goal.metric.key,
            at_most: Value::Number(status.goal.at_most),
            value: status.value.map_or(Value::Null, Value::Number),
            met: status.met(),
        });
        let report = &self.report;
        let workers: Vec<_> =
            report.workers.iter().map(|(id, w)| (id.as_str(), WorkersForm { mean: w.mean, max: w.max })).collect();
        let counts = report.counts.named();
        let backlog = [("max", report.backlog.max), ("final", report.backlog.last)];
        let form = Form {
            design: self.design,
            scenario: &self.scenario.id,
            seed: self.seed,
            digest: &report.digest,
            events: report.events,
            counts: Named(&counts),
            acceptance_ms: LatencyForm::of(&report.acceptance),
            end_to_end_ms: LatencyForm::of(&report.end_to_end),
            queue_wait_ms: LatencyForm::of(&report.queue_wait),
            backlog: Named(&backlog),
            cost: report.cost,
            workers: Named(&workers),
            utilisation: Named(&report.utilisation),
            goals: goals.collect(),
            passed: self.verdict.passed(),
        };
        serde_json::to_string(&form).expect("an outcome is JSON")
    }

    /// A card for a terminal.
    pub fn card(&self) -> String {
        let (report, counts) = (&self.report, &self.report.counts);
        let verdict = match (self.verdict.goals.is_empty(), self.verdict.passed()) {
            (true, _) => "no goals",
            (_, true) => "passed",
            (_, false) => "not yet",
        };
        let mut card = format!("{} · {} · seed {}: {verdict}\n", self.design, self.scenario.name, self.seed);
        for status in &self.verdict.goals {
            let (goal, metric) = (status.goal, status.goal.metric);
            let mark = if status.met() { '✓' } else { '✗' };
            let value = status.shown();
            card += &row(&format!("{mark} {}", goal.name()), &value, &limit(goal.at_most, metric.unit));
        }
        for (label, latency) in
            [("Acknowledged", report.acceptance), ("Confirmed", report.end_to_end), ("Queue wait", report.queue_wait)]
        {
            let ms = |value: Option<f64>| value.map_or(NONE.to_owned(), duration_ms);
            let all = format!(
                "p50 {}, p95 {}, p99 {}, longest {}",
                ms(latency.p50),
                ms(latency.p95),
                ms(latency.p99),
                ms(latency.max)
            );
            card += &row(&format!("  {label}"), &count(latency.count), &all);
        }
        let ends = [
            ("rejected", counts.rejected),
            ("abandoned", counts.abandoned),
            ("dead-lettered", counts.dead_lettered),
            ("lost", counts.lost),
            (filled("{twice}"), counts.duplicates),
            ("retries", counts.retries),
            ("timeouts", counts.timeouts),
            (filled("failed at the {service}"), counts.clinic_errors),
            (filled("refused by the {service}"), counts.clinic_busy),
            ("breaker openings", counts.breaker_opened),
        ];
        let ends: Vec<_> =
            ends.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{} {word}", count(*n))).collect();
        card += &row(filled("  {Items}"), &count(counts.arrivals), &ends.join(", "));
        card += &row(
            "  Largest backlog",
            &count(report.backlog.max),
            &format!("{} at the end", count(report.backlog.last)),
        );
        for (id, workers) in &report.workers {
            card += &row(
                &format!("  Workers of {id}"),
                &number(workers.mean, 1),
                &format!("at most {}", count(workers.max)),
            );
        }
        for (id, utilisation) in &report.utilisation {
            card += &row(&format!("  Use of {id}"), &share(*utilisation), "");
        }
        card += &row("  Cost", &pounds(report.cost), "");
        card += &row("  Digest", &report.digest, &format!("{} events", count(report.events)));
        card
    }
}

/// A line of a card: what, how much, and what else there is to say.
fn row(label: &str, value: &str, more: &str) -> String {
    format!("{}\n", format!("{label:<24} {value:>16}   {more}").trim_end())
}

#[derive(Serialize)]
struct Form<'a> {
    design: &'a str,
    scenario: &'a str,
    seed: u64,
    digest: &'a str,
    events: u64,
    counts: Named<'a, &'static str, u64>,
    acceptance_ms: LatencyForm,
    end_to_end_ms: LatencyForm,
    queue_wait_ms: LatencyForm,
    backlog: Named<'a, &'static str, u64>,
    cost: f64,
    workers: Named<'a, &'a str, WorkersForm>,
    utilisation: Named<'a, String, f64>,
    goals: Vec<GoalForm>,
    passed: bool,
}

#[derive(Serialize)]
struct GoalForm {
    metric: &'static str,
    at_most: Value,
    value: Value,
    met: bool,
}

/// A latency in milliseconds; all but the count are null when nothing was counted.
#[derive(Serialize)]
struct LatencyForm {
    count: u64,
    mean: Option<f64>,
    p50: Option<f64>,
    p90: Option<f64>,
    p95: Option<f64>,
    p99: Option<f64>,
    max: Option<f64>,
}

impl LatencyForm {
    fn of(latency: &Latency) -> LatencyForm {
        let Latency { count, mean, p50, p90, p95, p99, max } = *latency;
        LatencyForm { count, mean, p50, p90, p95, p99, max }
    }
}

#[derive(Serialize)]
struct WorkersForm {
    mean: f64,
    max: u64,
}

/// Pairs as an object, in their order.
struct Named<'a, K, T>(&'a [(K, T)]);

impl<K: Serialize, T: Serialize> Serialize for Named<'_, K, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}
