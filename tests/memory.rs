//! Memory: at most 64 bytes a booking that waits, wherever it waits, and nothing for those that have left.

mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use engine::sim::time::Time;
use support::{INSTANT_API, INSTANT_CLINIC, PLAIN_PATIENTS, arrivals, chain, workers, world};

/// The system's allocator, with a count of the bytes in use.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: the system's allocator does all the work, with the layouts as they come; the count touches no memory of theirs.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IN_USE.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: `memory` came from `System.alloc` with this layout.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bounded series, histograms, tables and stations: what a run may take besides.
const BESIDES: usize = 3 << 20;

/// Bytes that a run takes at `at_s`, beyond what it took at its start.
fn bytes(network: &std::sync::Arc<engine::sim::network::Network>, at_s: f64) -> (usize, engine::measure::Report) {
    let mut run = support::simulation(network, 1);
    let before = IN_USE.load(Ordering::Relaxed);
    run.run_until(Time::from_seconds(at_s), u64::MAX);
    let taken = IN_USE.load(Ordering::Relaxed).saturating_sub(before);
    (taken, run.measures().report(run.now()))
}

/// One test, because the allocator counts for all threads.
#[test]
fn a_waiting_booking_takes_64_bytes_and_one_that_left_none() {
    const MANY: u64 = 400_000;
    let burst = arrivals(100.0, "regular", "[[0,400000],[1,400000],[1.0000001,0]]");
    let stuck = workers(1, r#"{"dist":"constant","mean_ms":1000000}"#);
    let slow_api =
        r#""instances":1,"threads":1,"accept_backlog":10000000,"service":{"dist":"constant","mean_ms":1000000}"#;
    let full_api = r#""instances":1,"threads":1,"accept_backlog":0,"service":{"dist":"constant","mean_ms":1000000}"#;
    let retrying = r#""rtt_ms":0,"patience_s":null,"retries":1,"retry_after_s":1000"#;
    let travelling = r#""rtt_ms":100000,"patience_s":null,"retries":0"#;
    let failing = format!(
        r#"{},"attempts":2,"backoff_base_ms":1000000,"backoff_max_ms":1000000"#,
        workers(1000, r#"{"dist":"constant","mean_ms":0}"#)
    );
    let places = [
        ("queue", chain(PLAIN_PATIENTS, INSTANT_API, "", &stuck, INSTANT_CLINIC)),
        ("newest first", chain(PLAIN_PATIENTS, INSTANT_API, r#""discipline":"lifo""#, &stuck, INSTANT_CLINIC)),
        ("API's line", chain(PLAIN_PATIENTS, slow_api, "", &stuck, INSTANT_CLINIC)),
        ("waiting to try again", chain(retrying, full_api, "", &stuck, INSTANT_CLINIC)),
        ("on the way", chain(travelling, INSTANT_API, "", &stuck, INSTANT_CLINIC)),
        ("delayed", chain(PLAIN_PATIENTS, INSTANT_API, "", &failing, &format!(r#"{INSTANT_CLINIC},"error_rate":1"#))),
    ];
    for (place, design) in places {
        let (taken, report) = bytes(&support::network(&design, &burst), 2.0);
        assert!(report.counts.arrivals.abs_diff(MANY) <= 1, "{place}: {} arrivals", report.counts.arrivals);
        assert_eq!(report.counts.confirmed, 0, "{place}");
        let most = 64 * MANY as usize + BESIDES;
        assert!(taken <= most, "{place}: {taken} bytes for {MANY} bookings, {} each", taken / MANY as usize);
    }
    // A timed-out call leaves a shadow until the clinic is done with it, and no longer.
    let stormy = format!(
        r#"{},"attempts":3,"backoff_base_ms":10"#,
        workers(2000, r#"{"dist":"constant","mean_ms":0}"#).replace("null", "1500")
    );
    let clinic = r#""slots_per_clinic":100000,"base_ms":0,"variable":{"dist":"uniform","min_ms":1000,"max_ms":2000},"idempotent":false"#;
    let storm = chain(PLAIN_PATIENTS, INSTANT_API, "", &stormy, clinic);
    let (taken, report) = bytes(&support::network(&storm, &world(2000.0, "poisson", "[[0,300]]", "[]")), 2000.0);
    assert!(report.counts.timeouts > 200_000 && report.counts.duplicates > 50_000, "{:?}", report.counts);
    assert!(taken <= BESIDES, "{taken} bytes are left of {} bookings", report.counts.arrivals);
}
