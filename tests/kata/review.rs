//! The review of a run: each rule gives advice on a design with its fault and none on one without, and a learner who follows every advice
//! gets from the first design to mastery.

use crate::support::designs::{design, plain, set, without};
use crate::support::golden;
use engine::Simulation;
use waiting_room::advice::review::{Advice, Finding, FinishedRun, bottleneck};
use waiting_room::design::{Design, Edit, Location, Node};
use waiting_room::kata::{Scenario, Verdict, builtin};
use waiting_room::kinds::KindId;

pub struct Review {
    pub passed: bool,
    pub advice: Option<Advice>,
    pub bottleneck: Finding,
}

fn review_in(design: &Design, scenario: &Scenario, seed: u64) -> Review {
    let analysis = scenario.analyse(design);
    let mut run = Simulation::new(analysis.network().expect("it compiles").clone(), seed);
    run.run_to_end();
    let report = run.measures().report(run.now());
    let verdict = Verdict::of(scenario, &report, true);
    let ran = FinishedRun::new(&analysis, &report, run.measures().series(), &verdict);
    let mut review = Review { passed: verdict.passed(), advice: ran.advice(), bottleneck: bottleneck(&ran) };
    if let Some(advice) = &mut review.advice {
        advice.text = plain(&advice.text);
        advice.seen.text = plain(&advice.seen.text);
    }
    review.bottleneck.text = plain(&review.bottleneck.text);
    if let Some(advice) = review.advice.as_ref().filter(|advice| !advice.edits.is_empty()) {
        stands_alone(design, advice);
    }
    review
}

/// What to try is shown at the diagram without what was seen: it names the component that it is about and points at nothing before it.
fn stands_alone(design: &Design, advice: &Advice) {
    let Location::Node { id, .. } = &advice.seen.place else { panic!("{:?}", advice.seen) };
    let name = design.node(id).expect("there").name();
    assert!(advice.text.contains(name), "{name:?} is not named: {}", advice.text);
    let words: Vec<_> = advice.text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
    let points = ["they", "this"];
    assert!(!points.iter().any(|point| words.iter().any(|word| word == point)), "{}", advice.text);
    assert!(!["Keep them", "Let it"].iter().any(|start| advice.text.starts_with(start)), "{}", advice.text);
}

pub fn review(design: &Design, scenario: &str) -> Review {
    review_in(design, builtin::scenario(scenario).expect("built in"), 1)
}

/// The advice has this code, stands on this node, and says all these figures.
fn advises(design: &Design, scenario: &str, code: &str, node: &str, figures: &[&str]) -> Advice {
    let review = review(design, scenario);
    assert!(!review.passed);
    let advice = review.advice.expect("a run that failed gets advice");
    let all = format!("{} {}", advice.seen.text, advice.text);
    assert_eq!(advice.seen.code, code, "{all}");
    match &advice.seen.place {
        Location::Node { id, .. } => assert_eq!(id, node, "{all}"),
        other => panic!("{other:?}: {all}"),
    }
    golden::tells("advice", &format!("{code}, {scenario} ({})", figures.join("; ")), &all, figures);
    advice
}

/// The edits of an advice, made.
fn followed(design: &Design, advice: &Advice) -> Design {
    advice.edits.iter().fold(design.clone(), |design, edit| edit.apply(&design).expect("an advice can be followed"))
}

/// Following the advice takes its reason away.
fn mends(design: &Design, scenario: &str, advice: &Advice) {
    let next = review(&followed(design, advice), scenario);
    assert!(next.passed || next.advice.as_ref().is_none_or(|a| a.seen.code != advice.seen.code), "{:?}", next.advice);
}

#[test]
fn a_run_that_passed_gets_no_advice() {
    for scenario in builtin::scenarios() {
        let review = review(&design("demand-breaker"), &scenario.id);
        assert!(review.passed && review.advice.is_none(), "{}", scenario.id);
    }
}

#[test]
fn the_clinic_on_the_fast_path() {
    let naive = design("naive");
    let advice = advises(&naive, "monday", "clinic-on-the-fast-path", "api", &["20 s", "200 ms", "1.0–3.0 s"]);
    mends(&naive, "monday", &advice);
    let next = followed(&naive, &advice);
    let kinds: Vec<_> = next.nodes.iter().map(|n| n.kind).collect();
    assert!(kinds.contains(&KindId::Queue) && kinds.contains(&KindId::Consumers));
}

#[test]
fn a_queue_nobody_reads() {
    let mut unread = design("queue-80");
    unread.edges.retain(|e| !(&*e.from == "queue" && &*e.to == "consumers"));
    // A way to the clinic that is hardly taken, so that the design may run.
    let way = Edit::Connect { from: "api".into(), to: "clinic".into() }.apply(&unread).expect("connected");
    let way = Edit::SetWeight { from: "api".into(), to: "clinic".into(), weight: 1e-3 }.apply(&way).expect("weighed");
    let advice = advises(&way, "monday", "queue-nobody-reads", "queue", &[]);
    mends(&way, "monday", &advice);
}

#[test]
fn more_workers_than_slots() {
    let many = design("queue-300");
    let advice = advises(&many, "slow-clinic", "more-workers-than-slots", "consumers", &["300", "90", "210"]);
    mends(&many, "slow-clinic", &advice);
    let planned = set(&design("schedule"), "consumers.scaling.steps", r#"[{"at_s":1500,"workers":300}]"#);
    let advice = advises(&planned, "slow-clinic", "more-workers-than-slots", "consumers", &["300", "90"]);
    mends(&planned, "slow-clinic", &advice);
}

#[test]
fn a_timeout_below_the_slowest_reply() {
    let storm = design("retry-storm");
    let advice = advises(&storm, "slow-clinic", "timeout-below-reply", "consumers", &["2.5 s", "6 s", "8 s"]);
    mends(&storm, "slow-clinic", &advice);
}

#[test]
fn no_breaker_where_the_clinic_went_dark() {
    let bare = design("demand");
    let advice = advises(&bare, "outage", "no-breaker", "consumers", &["10 min", "4", "10"]);
    assert!(review(&followed(&bare, &advice), "outage").passed, "the advice is enough");
}

/// With attempts enough nothing is given up; patients wait for the next attempt instead.
#[test]
fn attempts_without_end_are_no_breaker() {
    let stubborn = set(&design("demand"), "consumers.attempts", "40");
    let advice = advises(&stubborn, "outage", "no-breaker", "consumers", &["10 min", "10", "30 s"]);
    assert!(review(&followed(&stubborn, &advice), "outage").passed);
}

#[test]
fn a_breaker_that_opens_at_every_trifle() {
    let mut scenario = builtin::scenario("monday").expect("built in").clone();
    scenario.given.retain(|(kind, _)| *kind != KindId::Clinic);
    let nervous = set(
        &set(&design("demand-breaker"), "consumers.breaker", r#"{"failures":1,"open_s":120}"#),
        "clinic.error_rate",
        "0.02",
    );
    let review = review_in(&nervous, &scenario, 1);
    let advice = review.advice.expect("it fails");
    assert_eq!(advice.seen.code, "nervous-breaker", "{}", advice.seen.text);
    let calm = review_in(&followed(&nervous, &advice), &scenario, 1);
    assert!(calm.advice.is_none_or(|a| a.seen.code != "nervous-breaker"));
}

#[test]
fn bookings_given_up_after_one_try() {
    let mut scenario = builtin::scenario("monday").expect("built in").clone();
    scenario.given.retain(|(kind, _)| *kind != KindId::Clinic);
    let hasty = set(&set(&design("demand-breaker"), "consumers.attempts", "1"), "clinic.error_rate", "0.02");
    let advice = review_in(&hasty, &scenario, 1).advice.expect("it fails");
    assert_eq!(advice.seen.code, "few-attempts", "{}", advice.seen.text);
    golden::tells("advice", "few-attempts", &format!("{} {}", advice.seen.text, advice.text), &["1", "4"]);
    let patient = review_in(&followed(&hasty, &advice), &scenario, 1);
    assert!(patient.advice.is_none_or(|a| a.seen.code != "few-attempts"));
}

#[test]
fn bookings_that_vanish() {
    // Five failed calls each, and no dead letters to park them: lost in the outage in spite of a breaker that never opens.
    let lossy = without(
        &set(&design("demand-breaker"), "consumers.breaker", r#"{"failures":10000,"open_s":30}"#),
        &["dead_letter"],
    );
    let advice = advises(&lossy, "outage", "nowhere-to-park", "consumers", &[]);
    let parked = followed(&lossy, &advice);
    assert!(parked.nodes.iter().any(|n| n.kind == KindId::DeadLetter));
    mends(&lossy, "outage", &advice);
}

#[test]
fn a_queue_that_turns_patients_away() {
    let small = set(&design("queue-60"), "queue.capacity", "1000");
    let advice = advises(&small, "monday", "queue-full", "queue", &["1 000", "3 000"]);
    mends(&small, "monday", &advice);
}

/// As many as the backlog's limit allows: more room is no advice, and where a lack of room is not the fault it is not blamed.
#[test]
fn a_queue_as_large_as_allowed_is_not_too_small() {
    let small = set(&design("demand-breaker"), "queue.capacity", "10000");
    let advice = advises(&small, "slow-clinic", "queue-full", "queue", &["10 000", "30 000"]);
    assert!(review(&followed(&small, &advice), "slow-clinic").passed);
    let full = set(&design("queue-60"), "queue.capacity", "3000");
    assert_ne!(review(&full, "monday").advice.expect("it fails").seen.code, "queue-full");
}

#[test]
fn a_queue_that_takes_in_more_than_can_be_done() {
    let endless = set(&design("demand-breaker"), "queue.capacity", "null");
    let advice = advises(&endless, "flu-season", "queue-without-bound", "queue", &["72", "45", "67 434", "30 000"]);
    assert!(review(&followed(&endless, &advice), "flu-season").passed);
}

#[test]
fn a_queue_that_drops_the_oldest() {
    let faithless = set(&design("demand-breaker"), "queue.overflow", "\"drop_oldest\"");
    let advice = advises(&faithless, "flu-season", "drops-the-oldest", "queue", &["30 000"]);
    assert!(review(&followed(&faithless, &advice), "flu-season").passed);
}

#[test]
fn a_queue_that_throws_messages_out() {
    let hasty = set(&design("queue-60"), "queue.max_age_s", "60");
    let advice = advises(&hasty, "monday", "too-old", "queue", &["1 min"]);
    mends(&hasty, "monday", &advice);
}

#[test]
fn the_newest_first() {
    let unfair = set(&set(&design("queue-80"), "queue.discipline", "\"lifo\""), "consumers.scaling.workers", "65");
    let advice = advises(&unfair, "monday", "newest-first", "queue", &["1", "20"]);
    mends(&unfair, "monday", &advice);
}

#[test]
fn an_api_without_threads() {
    let narrow = set(&set(&design("demand"), "api.instances", "1"), "api.threads", "1");
    let advice = advises(&narrow, "monday", "threads-full", "api", &["1"]);
    mends(&narrow, "monday", &advice);
}

#[test]
fn too_few_workers_for_the_peak() {
    let few = design("queue-60");
    let advice = advises(&few, "monday", "too-few-workers", "consumers", &["40", "2.01 s", "81", "60", "90"]);
    mends(&few, "monday", &advice);
    let demand = set(&design("demand-breaker"), "consumers.scaling.max", "50");
    let advice = advises(&demand, "monday", "too-few-workers", "consumers", &["50"]);
    assert!(review(&followed(&demand, &advice), "monday").passed);
}

#[test]
fn a_schedule_that_ends_before_the_rush_does() {
    let schedule = design("schedule");
    let advice = advises(&schedule, "flu-season", "schedule-ends-early", "consumers", &["10", "90"]);
    mends(&schedule, "flu-season", &advice);
}

#[test]
fn a_pool_that_grows_late() {
    let late = set(&design("demand-breaker"), "consumers.scaling.messages_per_worker", "60");
    let advice = advises(&late, "monday", "grows-late", "consumers", &["90", "60", "4"]);
    assert!(review(&followed(&late, &advice), "monday").passed);
}

#[test]
fn instances_that_hardly_work() {
    let many = set(&design("demand"), "api.instances", "12");
    let advice = advises(&many, "monday", "idle-instances", "api", &["£4.32", "12"]);
    assert!(review(&followed(&many, &advice), "monday").passed);
}

#[test]
fn workers_who_wait_for_the_rush() {
    let fixed = design("queue-80");
    let advice = advises(&fixed, "monday", "idle-workers", "consumers", &["£14.40", "£15.2", "80", "10", "90"]);
    assert!(review(&followed(&fixed, &advice), "monday").passed);
}

#[test]
fn a_worker_for_every_message() {
    let calm = design("demand-1");
    let advice = advises(&calm, "monday", "a-worker-for-every-message", "consumers", &["1", "4"]);
    mends(&calm, "monday", &advice);
}

#[test]
fn more_workers_kept_than_the_quiet_hours_need() {
    let floor = set(&design("demand"), "consumers.scaling.min", "60");
    let advice = advises(&floor, "monday", "kept-too-many", "consumers", &["10", "60"]);
    assert!(review(&followed(&floor, &advice), "monday").passed);
    let slow = set(&design("demand"), "consumers.scaling.cooldown_s", "1800");
    let advice = advises(&slow, "monday", "kept-too-many", "consumers", &["2 min", "30 min"]);
    assert!(review(&followed(&slow, &advice), "monday").passed);
}

/// A fault that no rule knows: still one place to begin with, with figures.
#[test]
fn what_no_rule_knows_is_still_answered() {
    let mut strict = builtin::scenario("monday").expect("built in").clone();
    strict.goals.retain(|g| g.metric.key == "acceptance_p95_ms");
    strict.goals[0].at_most = 1.0;
    let advice = review_in(&design("demand-breaker"), &strict, 1).advice.expect("it fails");
    assert_eq!(advice.seen.code, "look-there");
    golden::tells("advice", "a limit of 1 ms", &format!("{} {}", advice.seen.text, advice.text), &["1 ms", "08:"]);
}

/// A learner who follows every advice gets from the first design to one that passes all four scenarios, on ten seeds.
#[test]
fn following_every_advice_leads_to_mastery() {
    let mut design = design("naive");
    let mut walk = Vec::new();
    'again: loop {
        assert!(walk.len() < 20, "no end in sight: {walk:#?}");
        for scenario in builtin::scenarios() {
            for seed in 1..=10 {
                let Some(advice) = review_in(&design, scenario, seed).advice else { continue };
                walk.push(format!("{}: {} → {}", scenario.id, advice.seen.code, advice.text));
                assert!(!advice.edits.is_empty(), "nothing to follow: {walk:#?}");
                let next = followed(&design, &advice);
                assert_ne!(next, design, "the advice changes something: {walk:#?}");
                design = next;
                continue 'again;
            }
        }
        break;
    }
    let codes: Vec<_> = walk.iter().filter_map(|step| step.split(" → ").next()).collect();
    assert_eq!(
        codes,
        [
            "monday: clinic-on-the-fast-path",
            "monday: too-few-workers",
            "monday: idle-workers",
            "slow-clinic: timeout-below-reply",
            "outage: no-breaker",
            "flu-season: queue-without-bound",
        ],
        "{walk:#?}"
    );
}

/// A design with two pools is advised on the one that is at fault.
#[test]
fn of_two_pools_the_one_at_fault_is_named() {
    let mut two = set(&design("queue-80"), "consumers.scaling.workers", "20");
    let second = Node::new("second".into(), KindId::Consumers, 0.0, 0.0);
    two = Edit::Add { node: second }.apply(&two).expect("added");
    for (from, to) in [("queue", "second"), ("second", "clinic")] {
        two = Edit::Connect { from: from.into(), to: to.into() }.apply(&two).expect("connected");
    }
    let two = set(&two, "second.scaling.workers", "20");
    advises(&two, "monday", "too-few-workers", "consumers", &["20"]);
}
