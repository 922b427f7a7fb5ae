//! When goals are missed: from which moment on, whatever is done with the run; and every word that is said of a goal, in every state.

use crate::support;

use std::sync::Arc;

use engine::Simulation;
use engine::measure::{Counts, METRICS, MetricId, Report};
use engine::sim::time::{NANOS_PER_SECOND, Time};
use engine::sim::{FactKind, FactSet};
use support::golden;
use support::learner::{design, finish, scenario, seek};
use waiting_room::format::clock;
use waiting_room::kata::verdict::Unconfirmed;
use waiting_room::kata::{Goal, GoalState, GoalStatus, Verdict};
use waiting_room::record::Moments;
use waiting_room::record::moments::TOO_LONG;
use waiting_room::session::Session;
use waiting_room::session::text::goals::{GoalText, Outlook, sum, texts};
use waiting_room::session::text::happened::beyond;

/// At the end of every bin a goal is missed if it is over its limit and can only rise, has been so for two minutes, or, if it is missed sooner,
/// is missed at the end too. The moments are the same however the run was played.
#[test]
fn moments_agree_with_the_verdict_at_every_bin() {
    for (design_id, scenario_id) in
        [("queue-60", "monday"), ("demand", "outage"), ("naive", "monday"), ("retry-storm", "slow-clinic")]
    {
        let scenario = scenario(scenario_id);
        let network = Arc::new(scenario.compile(&design(design_id)).unwrap());
        let mut at_once = Moments::new(&scenario);
        let mut whole = Simulation::new(network.clone(), 3);
        whole.run_to_end();
        at_once.follow(&whole);
        let last = Verdict::of(&scenario, &whole.measures().report(whole.now()), true);

        let mut run = Simulation::new(network, 3);
        let mut moments = Moments::new(&scenario);
        let mut since = vec![None; scenario.goals.len()];
        for step in 1..1080u64 {
            let at = Time(step * 10 * NANOS_PER_SECOND);
            // Bins hold what comes before their end.
            run.run_until(Time(at.0 - 1), u64::MAX);
            let verdict = Verdict::of(&scenario, &run.measures().report(at), false);
            run.run_until(at, u64::MAX);
            moments.follow(&run);
            let missed = moments.missed();
            for (index, status) in verdict.goals.iter().enumerate() {
                let over = matches!(status.state, GoalState::Missing | GoalState::Broken);
                since[index] = over.then(|| since[index].unwrap_or(at));
                let told = missed.iter().find(|loss| loss.goal == status.goal);
                let place = format!("{design_id} {scenario_id} {} at {step}: {told:?}", status.goal.metric.key);
                let long = since[index].is_some_and(|since| at.since(since) >= TOO_LONG);
                match (told, over && !status.goal.metric.is_of_the_end()) {
                    (None, over) => {
                        let open = !long || is_confirmation(&status.goal);
                        assert!(!over || open && !status.goal.metric.only_rises, "{place}");
                    }
                    (Some(_), false) => panic!("{place}"),
                    (Some(loss), true) if loss.goal.at_most == 0.0 => assert!(loss.at <= at, "{place}"),
                    (Some(loss), true) => {
                        let late = since[index].is_some_and(|since| since < loss.since);
                        assert!(Some(loss.since) == since[index] || late && is_confirmation(&status.goal), "{place}");
                        let sooner = loss.at.since(loss.since) < TOO_LONG && !loss.goal.metric.only_rises;
                        assert!(!sooner || !last.goals[index].met(), "{place}");
                    }
                }
            }
        }
        run.run_to_end();
        moments.follow(&run);
        assert_eq!(at_once.missed(), moments.missed());
        let missed = |status: &&GoalStatus| !status.met();
        assert_eq!(at_once.missed().len(), last.goals.iter().filter(missed).count(), "{design_id} {scenario_id}");
    }
}

/// What is not confirmed yet is late only after a while: sooner it is over its limit in a report and not missed.
fn is_confirmation(goal: &Goal) -> bool {
    goal.metric.key.starts_with("end_to_end")
}

/// A booking made twice where none may be is missed at that very moment, and so it is told by a verdict from then on, not before.
#[test]
fn what_must_not_happen_is_missed_at_its_very_moment() {
    let scenario = scenario("slow-clinic");
    let network = Arc::new(scenario.compile(&design("retry-storm")).unwrap());
    let mut run = Simulation::new(network, 1);
    let mut first = None;
    run.observe(Time::NEVER, u64::MAX, FactSet::of(&[FactKind::Duplicated]), |at, _| first = first.or(Some(at)));
    let first = first.expect("a booking made twice");
    let mut moments = Moments::new(&scenario);
    moments.follow(&run);
    let loss = moments.missed().into_iter().find(|loss| loss.goal.metric.id == MetricId::Duplicates).expect("missed");
    assert_eq!((loss.at, loss.since), (first, first));
    let told = |now: Time| {
        let report =
            Report { counts: Counts { arrivals: 9_000, duplicates: 1, ..Counts::default() }, ..Report::default() };
        let verdict = moments.told(Verdict::of(&scenario, &report, false), now);
        verdict.goals.iter().find(|status| status.goal == loss.goal).expect("a goal").missed_at
    };
    assert_eq!((told(Time(first.0 - 1)), told(first)), (None, Some(first)));
}

/// Percentiles and shares are judged from the thousandth booking on; what waits is not late before its limit; a goal that recovers is missed
/// no longer.
#[test]
fn nobody_is_late_before_the_limit_and_a_goal_can_recover() {
    const LIMIT_S: f64 = 620.0;
    let mut scenario = scenario("outage");
    let goal = scenario.goals.iter_mut().find(|goal| is_confirmation(goal)).expect("a goal");
    goal.at_most = LIMIT_S * 1_000.0;
    let goal = *goal;
    let mut run = Simulation::new(Arc::new(scenario.compile(&design("demand-breaker")).unwrap()), 1);
    let mut moments = Moments::new(&scenario);
    let mut ever = Vec::new();
    for step in 1..=1080u64 {
        run.run_until(Time(step * 10 * NANOS_PER_SECOND), u64::MAX);
        moments.follow(&run);
        ever.extend(moments.missed().into_iter().filter(|loss| loss.goal == goal));
    }
    let first = ever.first().expect("once the clinics answer again too many are late").since;
    let worst_since =
        run.measures().series().bins.iter().find(|bin| bin.oldest_age.seconds() > LIMIT_S).expect("late").to;
    assert!(first >= worst_since, "{first:?}, {worst_since:?}");
    run.run_to_end();
    moments.follow(&run);
    assert!(moments.missed().iter().all(|loss| loss.goal != goal), "{:?}", moments.missed());
    let thousandth = run.measures().series().bins.iter().scan(0, |sum, bin| {
        *sum += bin.arrivals;
        Some((bin.to, *sum))
    });
    let thousandth = thousandth.into_iter().find(|(_, sum)| *sum >= 1_000).expect("a thousand").0;
    assert!(moments.missed().iter().all(|loss| loss.since >= thousandth || loss.goal.metric.only_rises));
}

const STARTS: f64 = 27_000.0;

fn outlook(drains_late: bool) -> Outlook<'static> {
    Outlook { starts_at_s: STARTS, end: "10:30", drains_late }
}

fn line(text: &GoalText) -> String {
    let GoalText { name, value, limit, spoken, .. } = text;
    let limit = if limit.is_empty() { String::new() } else { format!(" ({limit})") };
    format!("{name}: {value}{limit}: {spoken}").replace(['\u{a0}', '\u{202f}'], " ")
}

/// A limit as katas have them, a value below it, and one above it.
fn values(metric: MetricId) -> (f64, f64, Option<f64>) {
    match metric {
        MetricId::AcceptanceP50 | MetricId::AcceptanceP95 | MetricId::AcceptanceP99 => (200.0, 84.0, Some(20_000.0)),
        MetricId::EndToEndP50 | MetricId::EndToEndP95 | MetricId::EndToEndP99 => (120_000.0, 58_000.0, None),
        MetricId::QueueWaitP50 | MetricId::QueueWaitP95 | MetricId::QueueWaitP99 => (60_000.0, 0.0, Some(61_000.0)),
        MetricId::MaxBacklog => (3_000.0, 2_313.0, Some(91_088.0)),
        MetricId::FinalBacklog => (100.0, 7.0, Some(71_645.0)),
        MetricId::TurnedAwayRatio | MetricId::DroppedRatio | MetricId::UnservedRatio => (0.001, 0.0, Some(0.102)),
        MetricId::Duplicates => (0.0, 0.0, Some(38_301.0)),
        MetricId::Cost => (10.0, 9.49, Some(10.003)),
    }
}

/// What is said of each metric's goal: before a run, too early in it, while it holds, is over its limit, is missed, at the end, and by its mark.
#[test]
fn every_goal_has_words_for_every_state() {
    for metric in METRICS {
        let (at_most, below, above) = values(metric.id);
        let goal = Goal { metric, at_most };
        let of = |value: Option<f64>, state, missed_at, given_up, late| {
            let unconfirmed = value.is_none().then_some(Unconfirmed { share: 0.384, given_up });
            line(&GoalText::of(&GoalStatus { goal, value, unconfirmed, state, missed_at }, outlook(late)))
        };
        let at = Some(Time::from_seconds(2_770.0));
        let mut said = vec![
            line(&GoalText::before(goal)),
            of(Some(below), GoalState::Waiting, None, false, false),
            of(Some(below), GoalState::SoFar, None, false, false),
            of(above, GoalState::Missing, None, false, true),
            of(above, GoalState::Broken, at, false, true),
            of(above, GoalState::Missed, at, false, true),
            of(above, GoalState::Missed, None, true, true),
            of(Some(below), GoalState::Met, None, false, false),
            format!("Goal missed: {}.", beyond(&goal)).replace(['\u{a0}', '\u{202f}'], " "),
        ];
        said.dedup();
        assert!(said.iter().all(|words| !words.contains("lost")), "{said:?}");
        golden::says("goal", metric.key, &said.join("\n"));
    }
}

/// Real mornings: what stands beside the curves at some moments and at the end, and what the log says of it.
#[test]
fn goals_are_told_as_a_morning_goes_on() {
    for (id, morning, moments) in [
        ("naive", "monday", &[180.0, 1_500.0, 2_000.0, 10_800.0][..]),
        ("queue-60", "monday", &[1_900.0, 3_600.0, 10_800.0]),
        ("retry-storm", "slow-clinic", &[2_740.0, 2_770.0, 10_800.0]),
    ] {
        let mut session = Session::new(design(id), scenario(morning), 1);
        let goals = session.scenario().goals.clone();
        let before = texts(&goals, session.verdict(), outlook(false));
        let mut said = vec![sum(&before).1];
        finish(&mut session);
        for moment in moments {
            seek(&mut session, *moment);
            let told = texts(&goals, session.verdict(), outlook(false));
            said.push(format!("{}: {}", clock(STARTS + moment), sum(&told).1));
            said.extend(told.iter().map(line));
        }
        golden::says("goals", &format!("{id} on {morning}"), &said.join("\n"));
    }
}
