//! Levels of the series worked out by hand.

use crate::support::{INSTANT_API, PLAIN_PATIENTS, arrivals, chain, finished, network};
use engine::measure::Bin;

fn bins(design: &waiting_room::design::Design) -> Vec<Bin> {
    let network = network(design, &arrivals(60.0, "regular", "[[0,1]]"));
    finished(&network, 1).measures().series().bins.clone()
}

/// A call takes 5 s and is given up after 1.5 s, one a second: by the first 10 s, calls of five seconds are served, and of those the callers
/// of the last two still wait.
#[test]
fn a_slot_that_works_for_nobody_is_counted_as_long_as_it_does() {
    let design = chain(
        PLAIN_PATIENTS,
        INSTANT_API,
        "",
        r#""scaling":{"policy":"fixed","workers":100},"handling":{"dist":"constant","mean_ms":200},"timeout_ms":1500,"attempts":1"#,
        r#""slots_per_clinic":100,"base_ms":5000,"variable":{"dist":"constant","mean_ms":0}"#,
    );
    let levels: Vec<_> = bins(&design).iter().map(|bin| (bin.clinic_busy, bin.clinic_unheard)).collect();
    assert_eq!(levels, [(5, 4); 6]);
    let patient = chain(
        PLAIN_PATIENTS,
        INSTANT_API,
        "",
        r#""scaling":{"policy":"fixed","workers":100},"timeout_ms":null"#,
        r#""slots_per_clinic":100,"base_ms":5000,"variable":{"dist":"constant","mean_ms":0}"#,
    );
    assert!(bins(&patient).iter().all(|bin| bin.clinic_unheard == 0 && bin.clinic_busy > 0));
}

/// Calls that wait for a slot leave the line with their caller: only what is served can be unheard.
#[test]
fn a_call_that_leaves_the_line_is_nobodys_work() {
    let design = chain(
        PLAIN_PATIENTS,
        INSTANT_API,
        "",
        r#""scaling":{"policy":"fixed","workers":100},"timeout_ms":1500,"attempts":1"#,
        r#""slots_per_clinic":1,"base_ms":30000,"variable":{"dist":"constant","mean_ms":0}"#,
    );
    assert!(bins(&design).iter().all(|bin| (bin.clinic_busy, bin.clinic_unheard) == (1, 1)));
}

/// One thread of 4 s for a request a second: of every four that come three join the line.
#[test]
fn the_line_for_a_thread_is_counted() {
    let design = chain(
        PLAIN_PATIENTS,
        r#""instances":1,"threads":1,"accept_backlog":1000,"service":{"dist":"constant","mean_ms":4000},"publish_ms":0"#,
        "",
        r#""scaling":{"policy":"fixed","workers":10}"#,
        "",
    );
    let waiting: Vec<_> = bins(&design).iter().map(|bin| bin.api_waiting).collect();
    assert!(waiting.is_sorted(), "{waiting:?}");
    // Of 60 that came 15 were served by the end or are; one more may be due at that very moment.
    assert!((44..=45).contains(waiting.last().expect("a bin")), "{waiting:?}");
}
