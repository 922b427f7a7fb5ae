//! Random designs and scenarios, from a seed: any shape the model allows, with parameters that bring its rules out.

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

/// A design file and a scenario file.
pub fn design_and_scenario(seed: u64) -> (String, String) {
    let mut rng = StdRng::seed_from_u64(seed);
    let rng = &mut rng;
    let (design, scenario) = (design(rng), scenario(rng));
    (design.to_string(), scenario.to_string())
}

fn design(rng: &mut StdRng) -> Value {
    let counts = [
        1,
        rng.random_range(1..=2),
        rng.random_range(0..=3),
        rng.random_range(0..=3),
        rng.random_range(1..=2),
        rng.random_range(0..=1),
    ];
    let kinds = ["patients", "api", "queue", "consumers", "clinic", "dead_letter"];
    let mut nodes = Vec::new();
    for (kind, count) in kinds.iter().zip(counts) {
        for n in 0..count {
            let params = match *kind {
                "patients" => patients(rng),
                "api" => api(rng),
                "queue" => queue(rng),
                "consumers" => consumers(rng),
                "clinic" => clinic(rng),
                _ => json!({}),
            };
            nodes.push(json!({ "id": format!("{kind}{n}"), "kind": kind, "params": params }));
        }
    }
    let allowed = [
        ("patients", "api"),
        ("api", "queue"),
        ("api", "clinic"),
        ("queue", "consumers"),
        ("queue", "dead_letter"),
        ("consumers", "clinic"),
        ("consumers", "dead_letter"),
    ];
    let mut edges = Vec::new();
    for (from, to) in allowed {
        let of = |kind: &str| counts[kinds.iter().position(|k| *k == kind).expect("a kind of the list")];
        for a in 0..of(from) {
            for b in 0..of(to) {
                if rng.random_bool(if from == "patients" || to == "consumers" || to == "clinic" { 0.8 } else { 0.5 }) {
                    edges.push(json!({ "from": format!("{from}{a}"), "to": format!("{to}{b}"), "weight": rng.random_range(1..=4) }));
                }
            }
        }
    }
    json!({ "format": "waiting-room/design", "version": 1, "name": "random", "nodes": nodes, "edges": edges })
}

fn pick<T: Clone>(rng: &mut StdRng, items: &[T]) -> T {
    items[rng.random_range(0..items.len())].clone()
}

fn dist(rng: &mut StdRng, mean: f64) -> Value {
    match rng.random_range(0..6) {
        0 => json!({ "dist": "constant", "mean_ms": mean }),
        1 => json!({ "dist": "exponential", "mean_ms": mean }),
        2 => json!({ "dist": "uniform", "min_ms": mean / 2.0, "max_ms": mean * 1.5 }),
        3 => json!({ "dist": "lognormal", "mean_ms": mean, "cv": 1.2 }),
        4 => json!({ "dist": "erlang", "mean_ms": mean, "k": 3 }),
        _ => json!({ "dist": "hyperexponential", "mean_ms": mean, "cv": 2 }),
    }
}

fn patients(rng: &mut StdRng) -> Value {
    json!({ "rtt_ms": pick(rng, &[0.0, 40.0, 3000.0]), "patience_s": pick(rng, &[json!(null), json!(0), json!(0.5), json!(10)]),
            "retries": rng.random_range(0..=3), "retry_after_s": pick(rng, &[0.0, 1.0, 5.0]) })
}

fn api(rng: &mut StdRng) -> Value {
    json!({ "instances": rng.random_range(1..=2), "threads": rng.random_range(1..=40), "accept_backlog": pick(rng, &[0, 3, 128]),
            "service": dist(rng, 20.0), "publish_ms": pick(rng, &[0, 5]), "call_timeout_ms": pick(rng, &[300, 2000, 10_000]) })
}

fn queue(rng: &mut StdRng) -> Value {
    json!({ "discipline": pick(rng, &["fifo", "lifo"]), "capacity": pick(rng, &[json!(null), json!(1), json!(50)]),
            "overflow": pick(rng, &["reject", "drop_oldest"]), "max_age_s": pick(rng, &[json!(null), json!(0), json!(20)]) })
}

fn consumers(rng: &mut StdRng) -> Value {
    let scaling = match rng.random_range(0..3) {
        0 => json!({ "policy": "fixed", "workers": rng.random_range(1..=60) }),
        1 => {
            json!({ "policy": "demand", "min": rng.random_range(0..=3), "max": rng.random_range(3..=60), "messages_per_worker": rng.random_range(1..=4),
                     "period_s": pick(rng, &[1.0, 7.0]), "startup_s": pick(rng, &[0, 5, 30]), "cooldown_s": pick(rng, &[0, 20]) })
        }
        _ => json!({ "policy": "schedule", "workers": rng.random_range(0..=30), "startup_s": pick(rng, &[0, 10]),
                     "steps": [{ "at_s": 0, "workers": 5 }, { "at_s": 60, "workers": 40 }, { "at_s": 65, "workers": 2 }, { "at_s": 150, "workers": 30 }] }),
    };
    json!({ "scaling": scaling, "handling": dist(rng, 30.0), "timeout_ms": pick(rng, &[json!(null), json!(0), json!(150), json!(1500)]),
            "attempts": rng.random_range(1..=4), "backoff_base_ms": pick(rng, &[0, 500]), "backoff_max_ms": pick(rng, &[800, 60_000]),
            "jitter": pick(rng, &["full", "none"]), "breaker": pick(rng, &[json!(null), json!({ "failures": 3, "open_s": 5 })]) })
}

fn clinic(rng: &mut StdRng) -> Value {
    json!({ "clinics": pick(rng, &[1, 7]), "slots_per_clinic": rng.random_range(1..=40), "base_ms": pick(rng, &[0, 200]), "variable": dist(rng, 700.0),
            "max_waiting": pick(rng, &[json!(null), json!(0), json!(5)]), "error_rate": pick(rng, &[0.0, 0.3]),
            "idempotent": rng.random_bool(0.5), "skew": pick(rng, &[0.0, 1.5]) })
}

fn scenario(rng: &mut StdRng) -> Value {
    let mut events = Vec::new();
    for kind in ["surge", "slow", "errors", "outage"] {
        if rng.random_bool(0.5) {
            let from = rng.random_range(0..150);
            let mut event = json!({ "kind": kind, "from_s": from, "to_s": from + rng.random_range(1..80) });
            match kind {
                "surge" | "slow" => event["factor"] = json!(pick(rng, &[0.2, 3.0])),
                "errors" => event["rate"] = json!(0.5),
                _ => {}
            }
            events.push(event);
        }
    }
    let peak = rng.random_range(1..60);
    json!({ "format": "waiting-room/scenario", "version": 1, "id": "random", "name": "Random", "starts_at": "07:30", "duration_s": 240,
            "arrivals": { "process": pick(rng, &["poisson", "regular"]), "curve": [[0, 2], [40, peak], [120, peak], [160, 0], [200, 3]] },
            "events": events, "prices": { "api_instance_hour": 0.12, "worker_hour": 0.06, "queue_million": 0.5 } })
}
