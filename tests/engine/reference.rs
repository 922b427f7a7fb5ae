//! The reference cases of `tests/cases/`: what an independent simulation of the model, and closed forms, say.
//!
//! A figure holds when the mean over the seeds is within 4.5 combined standard errors plus 0.3 % of it; against a closed form, 4.5 of our
//! own standard errors plus 1 %. Allowed besides: 1.5 on counts and backlogs, 0.5 ms on times, 0.02 on cost.

use crate::support;

use engine::measure::{Latency, Report};
use serde_json::Value;
use support::Estimate;

/// The figure that a case calls `name`.
fn figure(report: &Report, name: &str) -> f64 {
    let latency = |latency: &Latency, part: &str| match part {
        "mean" => latency.mean,
        "p50" => latency.p50,
        "p90" => latency.p90,
        "p95" => latency.p95,
        "p99" => latency.p99,
        "max" => latency.max,
        _ => panic!("no figure {name}"),
    };
    let (group, part) = name.split_once('.').expect("a figure has a group");
    match group {
        "acceptance_ms" => latency(&report.acceptance, part).expect("something was accepted"),
        "end_to_end_ms" => latency(&report.end_to_end, part).expect("something was confirmed"),
        "queue_wait_ms" => latency(&report.queue_wait, part).expect("something was taken"),
        "counts" => report.counts.named().iter().find(|(name, _)| *name == part).expect("a count").1 as f64,
        "backlog" => (if part == "max" { report.backlog.max } else { report.backlog.last }) as f64,
        "utilisation" => report.utilisation.iter().find(|(id, _)| id == part).expect("a station").1,
        "workers" => {
            let (pool, part) = part.split_once('.').expect("a pool and a figure");
            let workers = &report.workers.iter().find(|(id, _)| id == pool).expect("a pool").1;
            if part == "max" { workers.max as f64 } else { workers.mean }
        }
        "ratio" => report.counts.rejected as f64 / report.counts.arrivals as f64,
        _ => panic!("no figure {name}"),
    }
}

fn slack(name: &str) -> f64 {
    match name.split('.').next() {
        Some("counts" | "backlog") => 1.5,
        Some("acceptance_ms" | "end_to_end_ms" | "queue_wait_ms") => 0.5,
        _ if name == "cost" => 0.02,
        _ => 0.0,
    }
}

/// Runs a case and returns every figure that does not hold.
fn misses(text: &str) -> Vec<String> {
    let case: Value = serde_json::from_str(text).expect("JSON");
    let design = support::design(&case["design"].to_string());
    let scenario = support::scenario(&case["scenario"].to_string());
    let network = support::network(&design, &scenario);
    let seeds = case["seeds"].as_u64().expect("a number of seeds");
    let reports: Vec<Report> = (1..=seeds).map(|seed| support::report(&network, seed)).collect();
    let ours = |name: &str| {
        let value = |r: &Report| if name == "cost" { r.cost } else { figure(r, name) };
        Estimate::of(&reports.iter().map(value).collect::<Vec<_>>())
    };
    let exact = case["exact"].as_object().cloned().unwrap_or_default();
    let mut misses = Vec::new();
    for (name, expected) in case["expect"].as_object().expect("expected figures") {
        if exact.contains_key(name) {
            continue;
        }
        let (mean, se) = (expected["mean"].as_f64().expect("a number"), expected["se"].as_f64().expect("a number"));
        let ours = ours(name);
        let allowed = 4.5 * libm::hypot(ours.se, se) + 0.003 * mean.abs() + slack(name);
        if (ours.mean - mean).abs() > allowed {
            misses.push(format!("{name}: {:.4} ± {:.4}, expected {mean:.4} ± {se:.4}", ours.mean, ours.se));
        }
    }
    for (name, exact) in &exact {
        let (ours, exact) = (ours(name), exact.as_f64().expect("a number"));
        let allowed = 4.5 * ours.se + 0.01 * exact + slack(name);
        if (ours.mean - exact).abs() > allowed {
            misses.push(format!("{name}: {:.4} ± {:.4}, exactly {exact}", ours.mean, ours.se));
        }
    }
    misses
}

macro_rules! cases {
    ($($name:ident: $file:literal),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                let misses = misses(include_str!(concat!("../cases/", $file)));
                assert!(misses.is_empty(), "{}:\n{}", $file, misses.join("\n"));
            }
        )*

        #[test]
        fn every_case_is_run() {
            let mut files: Vec<String> = std::fs::read_dir("tests/cases").unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            files.sort();
            assert_eq!(files, [$($file),*]);
        }
    };
}

cases! {
    bounded_reject: "bounded-reject.json",
    breaker_short: "breaker-short.json",
    dd1: "dd1.json",
    demand_cooldown: "demand-cooldown.json",
    demand_no_cooldown: "demand-no-cooldown.json",
    duplicates_over_clinics: "duplicates-over-clinics.json",
    errors_retry: "errors-retry.json",
    expired_dead_letter: "expired-dead-letter.json",
    expired_redelivered: "expired-redelivered.json",
    half_open_most_idle: "half-open-most-idle.json",
    kata_demand_breaker_outage: "kata-demand-breaker-outage.json",
    kata_demand_monday: "kata-demand-monday.json",
    kata_demand_outage: "kata-demand-outage.json",
    kata_fixed60_monday: "kata-fixed60-monday.json",
    kata_storm_slow_clinic: "kata-storm-slow-clinic.json",
    kata_sync_monday: "kata-sync-monday.json",
    kata_sync_slow_clinic: "kata-sync-slow-clinic.json",
    lifo_age: "lifo-age.json",
    many_clinics: "many-clinics.json",
    mg1_lognormal: "mg1-lognormal.json",
    mm1_api: "mm1-api.json",
    mmc_consumers: "mmc-consumers.json",
    mmck_loss: "mmck-loss.json",
    patience_tries: "patience-tries.json",
    patience: "patience.json",
    schedule_busy: "schedule-busy.json",
    shrink_while_starting: "shrink-while-starting.json",
    sync_weights: "sync-weights.json",
    two_queues_age: "two-queues-age.json",
    two_queues_two_pools: "two-queues-two-pools.json",
    weights_duplicates: "weights-duplicates.json",
}
