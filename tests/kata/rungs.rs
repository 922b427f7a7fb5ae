//! Help, a rung at a time: every kata leads by its last rungs alone to mastery, each fault of a design finds its ladder, and a file that is
//! not in order is told in sentences.

use crate::proof::katas;
use crate::review::{review, review_in};
use crate::support::designs::{design, set};
use crate::support::golden;
use waiting_room::design::Design;
use waiting_room::json::Value;
use waiting_room::kata::builtin::{self, rungs};
use waiting_room::kata::rungs::{Answer, read};
use waiting_room::study::walk::walk;

/// Seeds of the walk: whoever plays another morning is helped as well.
const SEEDS: u64 = 5;

#[test]
fn last_rungs_alone_lead_to_mastery() {
    for kata in katas() {
        for seed in 1..=SEEDS {
            let walked = walk(&kata, seed);
            let way: Vec<_> = walked.steps.iter().map(|step| step.ladder.id.as_str()).collect();
            assert_eq!(walked.stuck, None, "{}, seed {seed}: {way:?}", kata.id);
            assert!(way.len() > kata.scenarios.len() / 2, "{}: {way:?}", kata.id);
        }
    }
    let walked = walk(builtin::kata(), 1);
    let way: Vec<_> = walked.steps.iter().map(|step| step.ladder.id.as_str()).collect();
    assert_eq!(
        way,
        [
            "waits-for-the-clinic",
            "too-few-workers",
            "idle-all-morning",
            "timeout-below-the-reply",
            "calls-into-the-dark",
            "no-end-to-the-queue",
        ]
    );
}

/// The rungs of the walk with the figures of its runs, word for word; each carries a figure or points at a part.
#[test]
fn rungs_cite_the_learners_own_figures() {
    let kata = builtin::kata();
    for step in walk(kata, 1).steps {
        let id = &kata.scenarios[step.scenario].id;
        let run = waiting_room::kata::figures::RunFigures {
            analysis: &step.analysis,
            report: &step.report,
            verdict: &step.verdict,
        };
        let help = waiting_room::session::run::help::Help::told(step.ladder, run);
        let [question, look, way, number] = &help.texts;
        assert!(question.ends_with('?') && question.matches('?').count() == 1, "{question}");
        for text in [question, number] {
            assert!(text.chars().any(|c| c.is_ascii_digit()) && !text.contains(['{', '–']), "{text}");
        }
        assert!(!help.nodes.is_empty(), "{look} points at nothing");
        assert!(!way.chars().any(|c| c.is_ascii_digit()), "the number is the last rung: {way}");
        let asked =
            help.answer.as_ref().map_or(String::new(), |a| format!("{} __ {}: {:.1}\n", a.before, a.unit, a.right));
        golden::says("rungs", &format!("{id}, {}", help.id), &format!("{question}\n{asked}{look}\n{way}\n{number}"));
    }
}

fn leads(design: &Design, scenario: &str, ladder: &str) {
    let before = review(design, scenario);
    assert!(!before.passed(), "{ladder}");
    assert_eq!(before.help().id, ladder, "{}", before.bottleneck.text);
    let next = rungs().of(scenario, before.figures()).expect("a ladder").made(design, &builtin::kata().parts);
    let next = next.expect("it can be made");
    assert_ne!(next, *design, "{ladder} changes nothing");
    let after = review(&next, scenario);
    assert!(after.passed() || after.help().id != ladder, "{ladder} again: {}", after.bottleneck.text);
}

/// Each fault leads to its ladder, and doing what the last rung says takes it away.
#[test]
fn each_fault_finds_its_ladder() {
    let with = |path: &str, value: &str| set(&design("demand-breaker"), path, value);
    leads(&design("naive"), "monday", "waits-for-the-clinic");
    leads(&design("naive"), "flu-season", "waits-for-the-clinic");
    leads(&design("queue-60"), "monday", "too-few-workers");
    leads(&design("queue-80"), "monday", "idle-all-morning");
    leads(&with("consumers.scaling.max", "50"), "monday", "pool-stops-too-soon");
    leads(&with("consumers.scaling.max", "150"), "monday", "more-workers-than-lines");
    leads(&with("consumers.scaling.messages_per_worker", "60"), "monday", "grows-late");
    leads(&design("demand-1"), "monday", "pays-for-idle-hands");
    leads(&with("consumers.timeout_ms", "3000"), "slow-clinic", "timeout-below-the-reply");
    leads(&with("consumers.breaker", "null"), "outage", "calls-into-the-dark");
    leads(&with("consumers.breaker", r#"{"failures":10000,"open_s":30}"#), "outage", "breaker-lets-too-many-through");
    leads(&with("queue.capacity", "10000"), "slow-clinic", "room-for-too-few");
    leads(&with("queue.capacity", "null"), "flu-season", "no-end-to-the-queue");
    leads(&with("queue.capacity", "60000"), "flu-season", "too-much-room");
    leads(&with("queue.overflow", "\"drop_oldest\""), "flu-season", "oldest-thrown-out");
    leads(&with("queue.discipline", "\"lifo\""), "slow-clinic", "newest-first");
    leads(&set(&with("api.threads", "1"), "api.instances", "1"), "monday", "too-few-threads");
    leads(&design("schedule"), "flu-season", "blind-to-surprises");
}

/// Where threads suffice nobody is asked how many more would; in both katas the question is what a yes waits for.
#[test]
fn threads_are_asked_about_where_they_are_too_few() {
    leads(&set(&design("naive"), "api.instances", "3"), "monday", "a-yes-waits-for-the-clinic");
    for kata in katas() {
        let about = |ladder: &&waiting_room::kata::rungs::Ladder| ladder.id.starts_with("a-yes-waits");
        let ladder = kata.rungs.ladders.iter().find(about).expect("a ladder for enough threads");
        assert_eq!(ladder.answer.as_ref().map(|answer| &*answer.figure), Some("reply_ms"), "{}", kata.id);
    }
}

/// The budget pays for workers what is left of it: one more than asked for would be too dear.
#[test]
fn the_budget_pays_for_all_else_too() {
    let before = review(&design("queue-80"), "monday");
    let right = before.help().answer.as_ref().expect("a number").right;
    assert_eq!(right.floor(), 51.0, "{right}");
    for (workers, passes) in [("51", true), ("52", false)] {
        let run = review(&set(&design("queue-80"), "consumers.scaling.workers", workers), "monday");
        assert_eq!(run.report.cost <= 10.0, passes, "{workers}: {}", run.report.cost);
    }
}

/// A last rung that names a number of workers sets it as well: what parts come with is no answer.
#[test]
fn a_number_of_workers_is_one_that_is_made() {
    for kata in katas() {
        for ladder in &kata.rungs.ladders {
            let words: Vec<_> = ladder.number.raw().split_whitespace().collect();
            let made = format!("{:?}", ladder.make);
            for pair in words.windows(2).filter(|pair| pair[1].starts_with("workers")) {
                let Ok(number) = pair[0].parse::<f64>() else { continue };
                assert!(made.contains(&format!("{number:?}")), "{}: {}", ladder.id, ladder.number.raw());
            }
        }
    }
}

/// Whatever fails finds some help, in a scenario that no ladder was written for as well.
#[test]
fn whatever_fails_finds_help() {
    let mut strict = builtin::scenario("monday").expect("built in").clone();
    strict.id = "strict".to_owned();
    strict.goals.retain(|g| g.metric.key == "acceptance_p95_ms");
    strict.goals[0].at_most = 1.0;
    let review = review_in(&design("demand-breaker"), &strict, 1);
    assert_eq!(review.help().id, "something-else");
}

#[test]
fn an_answer_is_near_within_a_tenth() {
    assert!(Answer::is_near(31.0, 31.2) && Answer::is_near(34.3, 31.2) && !Answer::is_near(35.0, 31.2));
    assert!(!Answer::is_near(0.0, 31.2) && Answer::is_near(0.0, 0.0));
}

#[test]
fn a_file_that_is_not_in_order_is_told_in_sentences() {
    let sound = r#"{"ladders":[{"id":"a","question":"{max_backlog}?","answer":{"figure":"reply_ms","unit":"s"},"look":"L",
        "rings":["queue",["queue","consumers"]],"way":"W","number":"N","make":[{"part":"consumers","path":"attempts","value":4}]}],
        "after":[{"text":"{cost}?"}]}"#;
    let rungs = read(&Value::literal(sound)).expect("sound");
    assert_eq!(rungs.faults(&["monday"], &builtin::kata().parts), []);
    for (from, to, told) in [
        ("{max_backlog}?", "{backlog}?", "ladders[0].question: there is no figure “backlog”"),
        ("\"reply_ms\"", "\"reply\"", "ladders[0].answer.figure: there is no figure “reply”"),
        ("\"unit\":\"s\"", "\"unit\":\"days\"", "ladders[0].answer.unit: is no unit of time"),
        ("[\"queue\",[", "[\"shelf\",[", "ladders[0].rings[0]: there is no kind “shelf”"),
        ("[\"queue\",[\"queue\",\"consumers\"]]", "[]", "ladders[0].rings: is empty"),
        ("\"part\":\"consumers\"", "\"part\":\"robots\"", "ladders[0].make[0].part: there is no kind “robots”"),
        ("\"way\":\"W\",", "", "ladders[0].way: is missing"),
        ("\"id\":\"a\",", "\"id\":\"a\",\"when\":\"max_backlog\",", "ladders[0].when: “max_backlog” is not a figure"),
        ("{cost}?", "{money}?", "after[0].text: there is no figure “money”"),
    ] {
        assert!(sound.contains(from), "{from}");
        let problems = read(&Value::literal(&sound.replace(from, to))).expect_err(told);
        assert!(problems.iter().any(|problem| problem.to_string().starts_with(told)), "{told}: {problems:?}");
    }
    for (from, to, told) in [
        ("\"id\":\"a\",", "\"id\":\"a\",\"scenarios\":[\"tuesday\"],", "“a”: there is no scenario “tuesday”"),
        ("\"id\":\"a\",", "\"id\":\"a\",\"when\":\"queues > 0\",", "“monday” has no ladder without a condition"),
        ("\"value\":4", "\"value\":0", "“a”: "),
        ("\"path\":\"attempts\"", "\"path\":\"luck\"", "“a”: "),
    ] {
        let rungs = read(&Value::literal(&sound.replace(from, to))).expect("it can be read");
        let faults = rungs.faults(&["monday"], &builtin::kata().parts);
        assert!(faults.iter().any(|(_, fault)| fault.starts_with(told)), "{told}: {faults:?}");
    }
}
