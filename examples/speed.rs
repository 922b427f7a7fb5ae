use std::sync::Arc;
use std::time::Instant;
use waiting_room::{design::file, kata::Scenario, measure::Measures, sim::Run};
fn main() {
    let d = file::read(include_str!("../static/katas/waiting-room/designs/demand.json")).unwrap();
    let s = Scenario::read(include_str!("../static/katas/waiting-room/scenarios/monday.json")).unwrap();
    let n = Arc::new(s.compile(&d).unwrap());
    for seed in 1..12u64 {
        let t = Instant::now();
        let mut r = Run::new(n.clone(), seed, Measures::new(&n));
        r.run_to_end();
        let e = t.elapsed();
        let t = Instant::now();
        let rep = r.observer().report(r.now());
        let e2 = t.elapsed();
        println!(
            "{} {:?} report {:?} bookings {} facts {} -> {:.2} M/s {}",
            seed,
            e,
            e2,
            rep.counts.arrivals,
            rep.events,
            rep.counts.arrivals as f64 / e.as_secs_f64() / 1e6,
            rep.cost
        );
    }
}
