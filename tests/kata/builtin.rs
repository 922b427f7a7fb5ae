//! The kata's own files: each can be read, is complete, and its designs have the outcomes that the exercise is built on.

use waiting_room::design::file;
use waiting_room::kata::{builtin, scenarios};

#[test]
fn every_scenario_has_its_own_id_and_text() {
    let ids: Vec<_> = scenarios().iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["monday", "slow-clinic", "outage", "flu-season"]);
    for scenario in scenarios() {
        assert!(builtin::scenario_file(&scenario.id).expect("its file").contains(&scenario.name));
        assert!(builtin::brief().scenario(&scenario.id).is_some_and(|t| !t.is_empty()), "{}: no text", scenario.id);
        for goal in &scenario.goals {
            assert!(builtin::brief().goal(goal.metric.key).is_some(), "{}: no text", goal.metric.key);
        }
    }
    assert_eq!(builtin::brief().scenarios.len(), scenarios().len(), "a text for a scenario that is not there");
}

/// The figures that are seen first are those of the scenario: its budget, the limit of its acknowledgement, its clinics' slots, its demand.
#[test]
fn the_facts_of_the_brief_are_those_of_the_scenario() {
    for scenario in scenarios() {
        let facts: Vec<_> = builtin::brief().facts(&scenario.id).collect();
        let clock =
            |at: engine::sim::time::Time| waiting_room::format::clock(f64::from(scenario.starts_at_s) + at.seconds());
        let own = |kind: &engine::sim::network::EventKind| !matches!(kind, engine::sim::network::EventKind::Surge(_));
        let events: Vec<_> = scenario.world.events.iter().filter(|event| own(&event.what)).collect();
        assert_eq!(facts.len(), 5 + events.len(), "{}", scenario.id);
        for (event, fact) in events.into_iter().zip(&facts) {
            assert_eq!(fact.figure, format!("{}–{}", clock(event.from), clock(event.to)), "{}", scenario.id);
        }
        let said = |words: &str| &*facts.iter().find(|fact| fact.words.starts_with(words)).expect(words).figure;
        let goal = |metric: &str| scenario.goals.iter().find(|goal| goal.metric.key == metric).expect(metric).at_most;
        let cost = waiting_room::format::pounds(goal("cost"));
        assert_eq!(said("for the morning"), cost.strip_suffix(".00").unwrap_or(&cost), "{}", scenario.id);
        let acknowledged =
            scenario.goals.iter().find(|goal| goal.metric.key.starts_with("acceptance_")).expect("a goal");
        assert_eq!(said("to say"), format!("{} ms", acknowledged.at_most), "{}", scenario.id);
        let clinic = |key: &str| scenario.given(waiting_room::kinds::KindId::Clinic, key).expect(key);
        assert_eq!(
            Some(said("calls at a time")),
            clinic("slots_per_clinic").number().map(|n| n.to_string()).as_deref()
        );
        let surge: f64 = scenario
            .world
            .events
            .iter()
            .map(|event| match event.what {
                engine::sim::network::EventKind::Surge(factor) => factor,
                _ => 1.0,
            })
            .product();
        let rates = scenario.world.arrivals.curve.iter().map(|(_, per_s)| per_s * surge);
        let (least, most) = (rates.clone().fold(f64::MAX, f64::min), rates.fold(0.0, f64::max));
        assert_eq!(said("bookings at"), format!("{least} → {most}/s"), "{}", scenario.id);
    }
}

/// A scenario begins with its own name and what is different about it; what must hold says what it was in the first.
#[test]
fn the_brief_begins_with_the_scenario_in_hand() {
    let (brief, first) = (builtin::brief(), &scenarios()[0]);
    assert_eq!(brief.opening(first, first), (brief.heading.as_str(), brief.lead.as_str()));
    for scenario in &scenarios()[1..] {
        let (heading, lead) = brief.opening(scenario, first);
        assert_eq!((heading, Some(lead)), (scenario.name.as_str(), brief.scenario(&scenario.id)));
        let sentences = lead.matches(". ").count() + 1;
        assert!(sentences <= 3 && lead != brief.lead, "{lead}");
    }
    let was = |id: &str| {
        let goals = &builtin::scenario(id).expect("built in").goals;
        let differ =
            |goal: &waiting_room::kata::Goal| Some((goal.metric.key, goal.was(&first.goals)?.replace('\u{a0}', " ")));
        goals.iter().filter_map(differ).collect::<Vec<_>>()
    };
    assert_eq!(was("monday"), []);
    let late = ("end_to_end_p95_ms", "was 2 min".to_owned());
    let few = ("max_backlog", "was 3\u{202f}000".to_owned());
    let cost = ("cost", "was £10.00".to_owned());
    assert_eq!(was("outage"), [late.clone(), few.clone(), cost.clone()]);
    assert_eq!(
        was("flu-season"),
        [
            ("acceptance_p50_ms", "was p95".to_owned()),
            late,
            few,
            ("final_backlog", "was 100".to_owned()),
            ("turned_away_ratio", "was 0.1 %".to_owned()),
            cost,
        ]
    );
}

#[test]
fn every_design_can_be_read_and_compiled_in_every_scenario() {
    for builtin in builtin::designs() {
        let design = builtin.design();
        assert!(!design.name.is_empty());
        assert_eq!(file::read(&file::write(&design)), Ok(design.clone()), "{}", builtin.id);
        for scenario in scenarios() {
            let network = scenario.compile(&design);
            assert_eq!(network.map(|n| n.stations.len()), Ok(design.nodes.len()), "{} in {}", builtin.id, scenario.id);
        }
    }
}

/// The outcomes that the exercise is built on, each over ten seeds. The bands are about ten standard deviations wide.
mod outcomes {
    use std::collections::BTreeMap;
    use std::ops::{ControlFlow, RangeInclusive};
    use std::sync::{Arc, Mutex};

    use engine::measure::Report;
    use waiting_room::kata::{Verdict, builtin};
    use waiting_room::study::{self, parallel};

    /// Seeds 1 to 10.
    const SEEDS: u64 = 10;

    #[derive(Clone)]
    struct Outcome {
        report: Report,
        verdict: Verdict,
    }

    impl Outcome {
        fn value(&self, metric: &str) -> f64 {
            let status = self.verdict.goals.iter().find(|s| s.goal.metric.key == metric).expect("a goal");
            status.value.unwrap_or(f64::INFINITY)
        }

        /// The metrics whose goals do not hold.
        fn missed(&self) -> Vec<&str> {
            self.verdict.goals.iter().filter(|s| !s.met()).map(|s| s.goal.metric.key).collect()
        }
    }

    fn runs(design: &str, scenario: &str) -> Vec<Outcome> {
        /// What several tests need is run once.
        static RUNS: Mutex<BTreeMap<String, Vec<Outcome>>> = Mutex::new(BTreeMap::new());
        // Held while they run: all cores are at work already.
        let mut all = RUNS.lock().expect("no test panics while it runs them");
        all.entry(format!("{design} {scenario}")).or_insert_with(|| run_all(design, scenario, SEEDS)).clone()
    }

    fn run_all(design: &str, scenario: &str, seeds: u64) -> Vec<Outcome> {
        let scenario = builtin::scenario(scenario).expect("built in");
        let design = builtin::design(design).expect("built in").design();
        let network = Arc::new(scenario.compile(&design).expect("it compiles"));
        let mut outcomes = Vec::new();
        let work = |number| study::run(&network, number + 1);
        parallel::in_order(seeds, work, |_, report| {
            let verdict = Verdict::of(scenario, &report, true);
            outcomes.push(Outcome { report, verdict });
            ControlFlow::Continue(())
        });
        outcomes
    }

    fn passes(design: &str, scenario: &str) {
        for run in runs(design, scenario) {
            assert!(run.verdict.passed(), "{design} in {scenario} misses {:?}", run.missed());
        }
    }

    fn within(value: f64, band: RangeInclusive<f64>, what: &str) {
        assert!(band.contains(&value), "{what}: {value} is not in {band:?}");
    }

    const SECOND: f64 = 1e3;
    const MINUTE: f64 = 6e4;

    #[test]
    fn asking_the_clinic_at_once_keeps_patients_waiting() {
        for run in runs("naive", "monday") {
            assert_eq!(run.missed(), ["acceptance_p95_ms", "turned_away_ratio"]);
            within(run.value("acceptance_p95_ms"), 18.0 * SECOND..=22.0 * SECOND, "acknowledged");
            within(run.value("turned_away_ratio"), 0.09..=0.115, "turned away");
        }
        for run in runs("naive", "slow-clinic") {
            within(run.value("turned_away_ratio"), 0.25..=0.35, "turned away");
        }
    }

    #[test]
    fn sixty_workers_are_too_few() {
        for run in runs("queue-60", "monday") {
            within(run.value("end_to_end_p95_ms"), 11.0 * MINUTE..=14.0 * MINUTE, "confirmed");
            within(run.value("max_backlog"), 20_500.0..=24_000.0, "backlog");
            assert!(!run.verdict.passed());
        }
    }

    #[test]
    fn eighty_workers_do_it_for_too_much_money() {
        for run in runs("queue-80", "monday") {
            assert_eq!(run.missed(), ["cost"]);
            within(run.value("cost"), 15.1..=15.3, "cost");
        }
    }

    #[test]
    fn three_hundred_workers_do_harm_when_the_clinic_is_slow() {
        for (many, few) in runs("queue-300", "slow-clinic").into_iter().zip(runs("queue-80", "slow-clinic")) {
            assert!(many.value("end_to_end_p95_ms") > 1.5 * few.value("end_to_end_p95_ms"));
            within(many.report.counts.timeouts as f64, 20_000.0..=100_000.0, "timeouts");
            within(many.report.counts.dead_lettered as f64, 1500.0..=6000.0, "dead letters");
            assert_eq!(few.report.counts.dead_lettered, 0);
        }
    }

    #[test]
    fn a_short_timeout_makes_a_retry_storm() {
        for run in runs("retry-storm", "slow-clinic") {
            within(run.value("end_to_end_p95_ms"), 50.0 * MINUTE..=65.0 * MINUTE, "confirmed");
            within(run.report.counts.timeouts as f64, 80_000.0..=160_000.0, "timeouts");
        }
    }

    #[test]
    fn workers_by_demand_hold_until_the_clinic_goes_dark() {
        for run in runs("demand", "monday") {
            within(run.value("cost"), 9.2..=9.8, "cost");
            within(run.value("end_to_end_p95_ms"), 47.0 * SECOND..=58.0 * SECOND, "confirmed");
            within(run.value("max_backlog"), 2000.0..=2700.0, "backlog");
        }
        passes("demand", "monday");
        passes("demand", "slow-clinic");
        for run in runs("demand", "outage") {
            within(run.report.counts.dead_lettered as f64, 23_000.0..=26_500.0, "dead letters");
            assert!(!run.verdict.passed());
        }
    }

    #[test]
    fn one_message_a_worker_is_calm_and_too_dear() {
        for run in runs("demand-1", "monday") {
            assert!(run.missed().contains(&"cost"), "{:?}", run.missed());
            within(run.value("cost"), 11.4..=13.6, "cost");
            within(run.value("end_to_end_p95_ms"), 2.0 * SECOND..=18.0 * SECOND, "confirmed");
        }
    }

    #[test]
    fn a_breaker_and_dead_letters_master_the_kata() {
        for scenario in ["monday", "slow-clinic", "outage", "flu-season"] {
            passes("demand-breaker", scenario);
        }
    }

    /// The third star can be won, with room for chance.
    #[test]
    fn the_design_within_par_masters_the_kata_for_less() {
        for scenario in builtin::scenarios() {
            passes("par", &scenario.id);
            let par = scenario.par.expect("each scenario has one");
            for run in runs("par", &scenario.id) {
                within(run.report.cost, 0.95 * par..=par, &format!("cost in {}", scenario.id));
            }
            let runs = runs("demand-breaker", &scenario.id);
            assert!(runs.iter().all(|run| run.report.cost > par), "{}: it takes more than to pass", scenario.id);
        }
    }

    #[test]
    fn a_schedule_is_cheapest_until_the_flu_comes() {
        passes("schedule", "monday");
        for run in runs("schedule", "monday") {
            within(run.value("cost"), 8.7..=8.8, "cost");
            within(run.value("end_to_end_p95_ms"), 2.8 * SECOND..=3.2 * SECOND, "confirmed");
        }
        for run in runs("schedule", "flu-season") {
            assert!(run.missed().contains(&"end_to_end_p95_ms"), "{:?}", run.missed());
            within(run.value("final_backlog"), 27_500.0..=30_000.0, "left at the end");
        }
    }

    #[test]
    fn the_start_passes_nowhere() {
        for scenario in builtin::scenarios() {
            assert!(runs("naive", &scenario.id).iter().all(|run| !run.verdict.passed()), "{}", scenario.id);
        }
    }
}
