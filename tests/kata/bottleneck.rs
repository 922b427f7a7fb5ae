//! What held a run back, with its evidence: the goals that were missed, what happened to the clinics, and nothing told twice.

use crate::review::review;
use crate::support::designs::{design, set};
use crate::support::golden;
use waiting_room::design::Design;
use waiting_room::kata::builtin;
use waiting_room::session::text::capacity::sums;

#[test]
fn the_bottleneck_is_named_with_its_evidence() {
    let told = |design: &Design, scenario: &str, code: &str, words: &[&str]| {
        let found = review(design, scenario).bottleneck;
        assert_eq!(found.code, code, "{}", found.text);
        for word in words {
            assert!(found.text.contains(word), "{:?} does not say {word:?}", found.text);
        }
    };
    told(&design("naive"), "monday", "threads-taken", &["64 threads", "17 373 patients"]);
    told(&design("queue-60"), "monday", "workers-busy", &["There were 60."]);
    told(&design("demand-breaker"), "flu-season", "clinic-full", &["all 90 slots", "45 bookings a second"]);
    told(&design("schedule"), "monday", "no-bottleneck", &["bookings were confirmed"]);
}

/// A question asks for what the sum beside the parameter works out.
#[test]
fn the_ladder_and_the_inspector_work_out_the_same() {
    let naive = design("naive");
    let scenario = builtin::scenario("monday").expect("built in");
    let all = sums(&scenario.analyse(&naive), naive.node("api").expect("there")).join(" ");
    golden::tells("advice", "the capacity of an API", &all, &["31.7"]);
    let right = review(&naive, "monday").help().answer.expect("a number is asked for").right;
    assert!((right - 31.7).abs() < 0.05, "{right}");
}

/// A clinic that was slow or dark is named with what this run confirmed meanwhile.
#[test]
fn what_happened_to_the_clinics_is_told_as_measured() {
    let passes = design("demand-breaker");
    let slow = review(&passes, "slow-clinic").bottleneck.text;
    golden::tells("bottleneck", "the clinic slows down", &slow, &["08:15", "08:45", "22.5", "36.7"]);
    let dark = review(&passes, "outage").bottleneck.text;
    golden::tells("bottleneck", "the clinic goes dark", &dark, &["08:15", "08:25", "90", "39.8"]);
    // No more than was under way is confirmed in the dark: the figure after the time.
    let after = dark.split("08:25").nth(1).expect("the dark time");
    let few: String = after.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    assert!(few.parse::<u64>().expect("a number") <= 90, "{dark}");
    golden::says("bottleneck", "nothing happened", &review(&passes, "monday").bottleneck.text);
}

/// The bottleneck is about the goals that were missed: bookings lost, then waiting, then money.
#[test]
fn the_bottleneck_is_about_the_goals_that_were_missed() {
    let lost = review(&design("demand"), "outage");
    assert_eq!(lost.bottleneck.code, "no-breaker", "{}", lost.bottleneck.text);
    golden::tells("bottleneck", "bookings lost", &lost.bottleneck.text, &["24 997", "4 times"]);
    let dear = review(&set(&design("queue-80"), "consumers.scaling.workers", "90"), "monday");
    golden::tells("bottleneck", "too dear", &dear.bottleneck.text, &["£16.20", "£17.01", "35 %"]);
    let storm = review(&design("queue-300"), "slow-clinic").bottleneck;
    assert_eq!(storm.code, "let-down", "{}", storm.text);
    golden::tells("bottleneck", "parked as dead letters", &storm.text, &["2 544", "170 020"]);
    assert_eq!(review(&design("queue-60"), "monday").bottleneck.code, "workers-busy");
}
