//! Random designs in random scenarios, from a seed: short runs near the limits of their parts, with every parameter that the model has.
//!
//! Unlike those of `random.rs` they are legal, and sized for their load: each part is between half idle and overloaded. Times are random to the millisecond, so that events of different bookings hardly ever fall on one nanosecond: what
//! comes first then is for an engine to choose.

use std::ops::RangeInclusive;

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

/// Few bookings, so that there can be many worlds.
pub const FEW: RangeInclusive<u32> = 40..=250;

/// A design file and a scenario file for about as many bookings.
pub fn design_and_scenario(seed: u64, bookings: RangeInclusive<u32>) -> (Value, Value) {
    let mut world = World::new(seed, bookings);
    let design = world.design();
    (design, world.scenario())
}

/// What is drawn first, and sizes the rest.
struct World {
    rng: StdRng,
    seed: u64,
    duration_s: f64,
    /// Bookings a second, on average.
    per_s: f64,
    /// Now and then all calls take the same time, and that is the time that callers wait: a reply at the very moment of the timeout.
    exact_ms: Option<f64>,
}

impl World {
    fn new(seed: u64, bookings: RangeInclusive<u32>) -> World {
        let mut rng = StdRng::seed_from_u64(seed);
        let per_s = [0.5, 2.0, 8.0][rng.random_range(0..3)] * rng.random_range(0.5..1.5);
        let duration_s = (f64::from(rng.random_range(bookings)) / per_s).ceil().max(2.0);
        let exact_ms = rng.random_bool(0.06).then(|| f64::from(rng.random_range(200..4000)));
        World { rng, seed, duration_s, per_s, exact_ms }
    }

    /// One in `n`.
    fn one_in(&mut self, n: u32) -> bool {
        self.rng.random_range(0..n) == 0
    }

    /// To three digits after the point.
    fn between(&mut self, least: f64, most: f64) -> f64 {
        (self.rng.random_range(least..=most) * 1000.0).round() / 1000.0
    }

    fn whole(&mut self, least: u64, most: u64) -> u64 {
        self.rng.random_range(least..=most)
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.rng.random_range(0..items.len())].clone()
    }

    /// A time, or nothing at all.
    fn time_or_zero(&mut self, most: f64) -> f64 {
        if self.one_in(5) { 0.0 } else { self.between(0.001, most) }
    }

    fn dist(&mut self, mean: f64) -> Value {
        let mean = (mean * 1000.0).round() / 1000.0;
        match self.whole(0, 5) {
            0 => json!({ "dist": "constant", "mean_ms": mean }),
            1 => json!({ "dist": "exponential", "mean_ms": mean }),
            2 => json!({ "dist": "uniform", "min_ms": mean * 0.5, "max_ms": mean * 1.5 }),
            3 => json!({ "dist": "lognormal", "mean_ms": mean, "cv": self.between(0.0, 3.0) }),
            4 => json!({ "dist": "erlang", "mean_ms": mean, "k": self.whole(1, 6) }),
            _ => json!({ "dist": "hyperexponential", "mean_ms": mean, "cv": self.between(1.0, 4.0) }),
        }
    }
}

/// Components and how they are joined.
impl World {
    fn design(&mut self) -> Value {
        let queues = self.whole(0, 2);
        let pools = if queues == 0 { 0 } else { self.whole(1, 3) };
        let counts = [
            ("patients", 1),
            ("api", self.whole(1, 2)),
            ("queue", queues),
            ("consumers", pools),
            ("clinic", self.whole(1, 3)),
            ("dead_letter", self.whole(0, 1)),
        ];
        let ids = |kind: &str| -> Vec<String> {
            let count = counts.iter().find(|(name, _)| *name == kind).expect("a kind").1;
            (1..=count).map(|n| format!("{kind}-{n}")).collect()
        };
        let mut nodes = Vec::new();
        for (kind, _) in counts {
            for id in ids(kind) {
                nodes.push(json!({ "id": id, "kind": kind, "params": self.params(kind) }));
            }
        }
        let mut edges = Vec::new();
        self.join(&ids("patients"), &ids("api"), &mut edges);
        let mut targets = ids("queue");
        if queues == 0 || self.one_in(3) {
            targets.extend(ids("clinic"));
        }
        self.join(&ids("api"), &targets, &mut edges);
        self.join(&ids("queue"), &ids("consumers"), &mut edges);
        self.join(&ids("consumers"), &ids("clinic"), &mut edges);
        for from in ids("queue").into_iter().chain(ids("consumers")) {
            if self.one_in(2) {
                edges.extend(ids("dead_letter").iter().map(|to| json!({ "from": from, "to": to })));
            }
        }
        json!({ "format": "waiting-room/design", "version": 1, "name": format!("random {}", self.seed), "nodes": nodes, "edges": edges })
    }

    /// Each of `from` passes on to some of `to`, and each of `to` is reached.
    fn join(&mut self, from: &[String], to: &[String], edges: &mut Vec<Value>) {
        if from.is_empty() || to.is_empty() {
            return;
        }
        let mut joined = Vec::new();
        for (a, _) in from.iter().enumerate() {
            joined.extend((0..to.len()).filter(|_| self.one_in(2)).map(|b| (a, b)));
        }
        for a in 0..from.len() {
            if !joined.iter().any(|pair| pair.0 == a) {
                joined.push((a, self.whole(0, to.len() as u64 - 1) as usize));
            }
        }
        for b in 0..to.len() {
            if !joined.iter().any(|pair| pair.1 == b) {
                joined.push((self.whole(0, from.len() as u64 - 1) as usize, b));
            }
        }
        for (a, b) in joined {
            edges.push(json!({ "from": from[a], "to": to[b], "weight": self.between(0.5, 4.0) }));
        }
    }

    fn params(&mut self, kind: &str) -> Value {
        match kind {
            "patients" => self.patients(),
            "api" => self.api(),
            "queue" => self.queue(),
            "consumers" => self.consumers(),
            "clinic" => self.clinic(),
            _ => json!({}),
        }
    }

    fn patients(&mut self) -> Value {
        let patience = if self.one_in(3) { Value::Null } else { json!(self.time_or_zero(20.0)) };
        json!({ "rtt_ms": self.time_or_zero(300.0), "patience_s": patience, "retries": self.whole(0, 4),
                "retry_after_s": self.time_or_zero(30.0) })
    }

    fn api(&mut self) -> Value {
        let (instances, threads) = (self.whole(1, 3), self.whole(1, 6));
        let load = self.between(0.2, 1.3);
        let service = load * (instances * threads) as f64 / self.per_s * 1000.0;
        let call_timeout = self.between(100.0, 20_000.0);
        json!({ "instances": instances, "threads": threads, "accept_backlog": self.whole(0, 20), "service": self.dist(service),
                "publish_ms": self.time_or_zero(50.0), "call_timeout_ms": self.exact_ms.unwrap_or(call_timeout) })
    }

    fn queue(&mut self) -> Value {
        let capacity = if self.one_in(2) { Value::Null } else { json!(self.whole(1, 60)) };
        let max_age = if self.one_in(2) { Value::Null } else { json!(self.time_or_zero(60.0)) };
        json!({ "discipline": self.pick(&["fifo", "lifo"]), "capacity": capacity,
                "overflow": self.pick(&["reject", "drop_oldest"]), "max_age_s": max_age })
    }

    fn clinic(&mut self) -> Value {
        let (clinics, longest) = (self.pick(&[1, 1, 2, 5]), self.pick(&[3000.0, 8000.0, 40_000.0]));
        let mean = self.between(100.0, longest);
        let slots = (self.per_s * mean / 1000.0 / self.between(0.3, 1.5) / clinics as f64).ceil() as u64;
        let max_waiting = if self.one_in(2) { Value::Null } else { json!(self.whole(0, 20)) };
        let error_rate = if self.one_in(2) { 0.0 } else { self.between(0.0, 0.5) };
        let (mut base, mut variable) = (self.time_or_zero(mean / 2.0), self.dist(mean));
        if let Some(exact) = self.exact_ms {
            (base, variable) = (exact / 2.0, json!({ "dist": "constant", "mean_ms": exact / 2.0 }));
        }
        json!({ "clinics": clinics, "slots_per_clinic": slots, "base_ms": base, "variable": variable,
                "max_waiting": max_waiting, "error_rate": error_rate, "idempotent": self.one_in(2), "skew": self.time_or_zero(2.0) })
    }
}

/// Pools.
impl World {
    fn consumers(&mut self) -> Value {
        let workers = ((self.per_s * self.between(1.0, 8.0)).ceil() as u64).max(2);
        let timeout = match self.whole(0, 4) {
            _ if self.exact_ms.is_some() => json!(self.exact_ms),
            0 => Value::Null,
            1 => json!(self.time_or_zero(500.0)),
            _ => json!(self.between(500.0, 20_000.0)),
        };
        let breaker = if self.one_in(2) {
            Value::Null
        } else {
            json!({ "failures": self.whole(1, 6), "open_s": self.between(0.1, 20.0) })
        };
        let handling = self.time_or_zero(400.0);
        json!({ "scaling": self.scaling(workers), "handling": self.dist(handling), "timeout_ms": timeout,
                "attempts": self.whole(1, 5), "backoff_base_ms": self.time_or_zero(5000.0), "backoff_factor": self.between(1.0, 3.0),
                "backoff_max_ms": self.time_or_zero(30_000.0), "jitter": self.pick(&["full", "none"]), "breaker": breaker })
    }

    fn scaling(&mut self, workers: u64) -> Value {
        match self.whole(0, 2) {
            0 => json!({ "policy": "fixed", "workers": workers }),
            1 => {
                let (min, cooldown) = (self.whole(0, workers / 2), self.pick(&[2.0, 60.0]));
                json!({ "policy": "demand", "min": min, "max": self.whole(min.max(1), workers * 2), "messages_per_worker": self.whole(1, 5),
                        "period_s": self.between(0.5, 10.0), "startup_s": self.time_or_zero(30.0), "cooldown_s": self.time_or_zero(cooldown) })
            }
            _ => {
                // Often so close together that workers are still on order at the next.
                let mut at = self.between(0.0, self.duration_s / 4.0);
                let mut steps = Vec::new();
                for _ in 0..self.whole(0, 8) {
                    steps.push(json!({ "at_s": at, "workers": self.whole(0, workers * 2) }));
                    let pause = self.pick(&[15.0, 100.0]);
                    at = ((at + self.between(0.1, pause)) * 1000.0).round() / 1000.0;
                }
                json!({ "policy": "schedule", "workers": self.whole(0, workers), "startup_s": self.time_or_zero(60.0), "steps": steps })
            }
        }
    }
}

/// What happens around a design.
impl World {
    fn scenario(&mut self) -> Value {
        let points = self.whole(1, 5);
        let mut at: Vec<f64> = (0..points).map(|_| self.between(0.0, self.duration_s)).collect();
        at.sort_by(f64::total_cmp);
        at.dedup();
        let mut curve: Vec<(f64, f64)> = at.iter().map(|at| (*at, self.rate())).collect();
        // Somebody comes.
        curve[0].1 += self.per_s;
        let events: Vec<Value> = (0..self.whole(0, 5)).map(|_| self.event()).collect();
        json!({ "format": "waiting-room/scenario", "version": 1, "id": "random", "name": format!("Random {}", self.seed), "starts_at": "07:30",
                "duration_s": self.duration_s, "arrivals": { "process": self.pick(&["poisson", "poisson", "regular"]), "curve": curve }, "events": events,
                "prices": { "api_instance_hour": self.between(0.0, 2.0), "worker_hour": self.between(0.0, 2.0), "queue_million": self.between(0.0, 2.0) } })
    }

    fn rate(&mut self) -> f64 {
        if self.one_in(5) { 0.0 } else { self.between(0.0, 2.0 * self.per_s) }
    }

    fn event(&mut self) -> Value {
        let from = self.between(0.0, self.duration_s);
        let to = from + self.between(0.5, self.duration_s / 3.0);
        match self.whole(0, 3) {
            0 => json!({ "kind": "surge", "from_s": from, "to_s": to, "factor": self.between(0.1, 3.0) }),
            1 => json!({ "kind": "slow", "from_s": from, "to_s": to, "factor": self.between(0.3, 5.0) }),
            2 => json!({ "kind": "errors", "from_s": from, "to_s": to, "rate": self.between(0.0, 1.0) }),
            _ => json!({ "kind": "outage", "from_s": from, "to_s": to }),
        }
    }
}
