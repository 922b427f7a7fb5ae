//! The review of a run: what held it back, found by its cause, with the figures that show it, and never with a remedy.

use crate::support::designs::{design, plain, set, without};
use crate::support::golden;
use engine::Simulation;
use engine::measure::Report;
use waiting_room::advice::review::{Finding, FinishedRun, bottleneck};
use waiting_room::design::{Design, Edit, Location, Node};
use waiting_room::kata::figures::RunFigures;
use waiting_room::kata::{Analysis, Scenario, Verdict, builtin};
use waiting_room::kinds::KindId;
use waiting_room::session::run::help::Help;

pub struct Review {
    pub analysis: Analysis,
    pub report: Report,
    pub verdict: Verdict,
    pub bottleneck: Finding,
}

impl Review {
    pub fn passed(&self) -> bool {
        self.verdict.passed()
    }

    pub fn figures(&self) -> RunFigures<'_> {
        RunFigures { analysis: &self.analysis, report: &self.report, verdict: &self.verdict }
    }

    pub fn help(&self) -> Help {
        Help::of(&self.analysis.scenario.id, self.figures()).expect("every run finds help")
    }
}

pub fn review_in(design: &Design, scenario: &Scenario, seed: u64) -> Review {
    let analysis = scenario.analyse(design);
    let mut run = Simulation::new(analysis.network().expect("it compiles").clone(), seed);
    run.run_to_end();
    let report = run.measures().report(run.now());
    let verdict = Verdict::of(scenario, &report, true);
    let mut bottleneck = bottleneck(&FinishedRun::new(&analysis, &report, run.measures().series(), &verdict));
    bottleneck.text = plain(&bottleneck.text);
    Review { analysis, report, verdict, bottleneck }
}

pub fn review(design: &Design, scenario: &str) -> Review {
    review_in(design, builtin::scenario(scenario).expect("built in"), 1)
}

/// What held the run back has this code, stands on this node, and says all these figures.
fn finds(review: &Review, code: &str, node: &str, figures: &[&str]) {
    assert!(!review.passed());
    let found = &review.bottleneck;
    assert_eq!(found.code, code, "{}", found.text);
    match &found.place {
        Location::Node { id, .. } => assert_eq!(id, node, "{}", found.text),
        other => panic!("{other:?}: {}", found.text),
    }
    let scenario = &review.analysis.scenario.id;
    golden::tells("evidence", &format!("{code}, {scenario} ({})", figures.join("; ")), &found.text, figures);
}

#[test]
fn the_clinic_on_the_fast_path() {
    finds(&review(&design("naive"), "monday"), "threads-taken", "api", &["64 threads", "17 373"]);
}

#[test]
fn a_queue_nobody_reads() {
    let mut unread = design("queue-80");
    unread.edges.retain(|e| !(&*e.from == "queue" && &*e.to == "consumers"));
    // A way to the clinic that is hardly taken, so that the design may run.
    let way = Edit::Connect { from: "api".into(), to: "clinic".into() }.apply(&unread).expect("connected");
    let way = Edit::SetWeight { from: "api".into(), to: "clinic".into(), weight: 1e-3 }.apply(&way).expect("weighed");
    let found = review(&way, "monday").bottleneck;
    assert!(["api-waits", "threads-taken", "queue-nobody-reads"].contains(&found.code), "{}", found.text);
}

#[test]
fn a_timeout_below_the_slowest_reply() {
    let storm = review(&design("retry-storm"), "slow-clinic");
    assert!(storm.bottleneck.text.contains("calls"), "{}", storm.bottleneck.text);
}

#[test]
fn no_breaker_where_the_clinic_went_dark() {
    finds(&review(&design("demand"), "outage"), "no-breaker", "consumers", &["10 min", "4 times"]);
    // With attempts enough nothing is given up; patients wait for the next attempt instead.
    let stubborn = set(&design("demand"), "consumers.attempts", "40");
    finds(&review(&stubborn, "outage"), "no-breaker", "consumers", &["10 min"]);
}

#[test]
fn bookings_given_up_after_one_try() {
    let mut scenario = builtin::scenario("monday").expect("built in").clone();
    scenario.given.retain(|(kind, _)| *kind != KindId::Clinic);
    let hasty = set(&set(&design("demand-breaker"), "consumers.attempts", "1"), "clinic.error_rate", "0.02");
    finds(&review_in(&hasty, &scenario, 1), "few-attempts", "consumers", &["1 failed call"]);
}

#[test]
fn bookings_that_vanish() {
    // Five failed calls each, and no dead letters to park them: lost in the outage in spite of a breaker that never opens.
    let lossy = without(
        &set(&design("demand-breaker"), "consumers.breaker", r#"{"failures":10000,"open_s":30}"#),
        &["dead_letter"],
    );
    finds(&review(&lossy, "outage"), "nowhere-to-park", "consumers", &["vanished"]);
}

#[test]
fn queues_that_turn_away_drop_throw_out_or_take_in_too_many() {
    let small = set(&design("queue-60"), "queue.capacity", "1000");
    finds(&review(&small, "monday"), "queue-full", "queue", &["1 000"]);
    let endless = set(&design("demand-breaker"), "queue.capacity", "null");
    finds(&review(&endless, "flu-season"), "queue-without-bound", "queue", &["72", "45", "67 434"]);
    let faithless = set(&design("demand-breaker"), "queue.overflow", "\"drop_oldest\"");
    finds(&review(&faithless, "flu-season"), "drops-the-oldest", "queue", &["30 000"]);
    let hasty = set(&design("queue-60"), "queue.max_age_s", "60");
    finds(&review(&hasty, "monday"), "too-old", "queue", &["1 min"]);
    let unfair = set(&set(&design("queue-80"), "queue.discipline", "\"lifo\""), "consumers.scaling.workers", "65");
    finds(&review(&unfair, "monday"), "newest-first", "queue", &["1 in 20"]);
}

#[test]
fn an_api_without_threads() {
    let narrow = set(&set(&design("demand"), "api.instances", "1"), "api.threads", "1");
    finds(&review(&narrow, "monday"), "threads-full", "api", &["1 threads", "40"]);
}

#[test]
fn workers_for_the_peak_and_what_they_cost() {
    finds(&review(&design("queue-60"), "monday"), "workers-busy", "consumers", &["There were 60."]);
    finds(&review(&design("queue-80"), "monday"), "idle-workers", "consumers", &["£14.40", "£15.2", "80"]);
    finds(&review(&design("demand-1"), "monday"), "a-worker-for-every-message", "consumers", &["every 1 message"]);
    let many = set(&design("demand"), "api.instances", "12");
    finds(&review(&many, "monday"), "idle-instances", "api", &["£4.32", "12"]);
    let floor = set(&design("demand"), "consumers.scaling.min", "60");
    finds(&review(&floor, "monday"), "paid-for", "consumers", &["£"]);
}

/// A design with two pools: the one at fault is named.
#[test]
fn of_two_pools_one_is_named() {
    let mut two = set(&design("queue-80"), "consumers.scaling.workers", "20");
    let second = Node::new("second".into(), KindId::Consumers, 0.0, 0.0);
    two = Edit::Add { node: second }.apply(&two).expect("added");
    for (from, to) in [("queue", "second"), ("second", "clinic")] {
        two = Edit::Connect { from: from.into(), to: to.into() }.apply(&two).expect("connected");
    }
    let two = set(&two, "second.scaling.workers", "20");
    finds(&review(&two, "monday"), "workers-busy", "consumers", &["There were 40."]);
}
