//! `--series`: the run as a table, one row per 10 simulated seconds.

use std::fmt::Write;

use engine::measure::Series;
use engine::measure::series::BIN;
use engine::sim::network::Network;

const HEAD: &str = "t_s,arrivals,accepted,rejected,confirmed,backlog,in_flight,oldest_age_s,\
acceptance_p50_ms,acceptance_p95_ms,acceptance_p99_ms,end_to_end_p50_ms,end_to_end_p95_ms,end_to_end_p99_ms,\
workers,clinic_busy,cost,api_waiting,clinic_unheard";

/// As many bins as keep a run's rows 10 s apart. The longest run there may be has 60 480.
pub fn bins(network: &Network) -> usize {
    let rows = network.world.duration.0.div_ceil(BIN.0);
    usize::try_from(rows + 2).expect("a week has few bins").next_multiple_of(2)
}

/// The table; `t_s` is a row's end, and a percentile of nothing is empty.
pub fn csv(series: &Series) -> String {
    let mut text = format!("{HEAD}\n");
    let cell = |ms: Option<f64>| ms.map_or(String::new(), |ms| ms.to_string());
    for bin in &series.bins {
        let (a, e) = (&bin.acceptance, &bin.end_to_end);
        writeln!(
            text,
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
            bin.to.seconds(),
            bin.arrivals,
            bin.accepted,
            bin.rejected,
            bin.confirmed,
            bin.backlog,
            bin.in_flight,
            bin.oldest_age.seconds(),
            cell(a.p50_ms),
            cell(a.p95_ms),
            cell(a.p99_ms),
            cell(e.p50_ms),
            cell(e.p95_ms),
            cell(e.p99_ms),
            bin.workers,
            bin.clinic_busy,
            bin.cost,
            bin.api_waiting,
            bin.clinic_unheard
        )
        .expect("a String takes all");
    }
    text
}
