//! Help by rungs as a learner meets it: opened one after the other, counted, kept; and nothing that is shown unasked names a remedy.

use crate::support;

use std::collections::BTreeSet;

use support::learner::{cut, design, finish, scenario, set};
use waiting_room::advice::teaching;
use waiting_room::design::{Design, Edit};
use waiting_room::format;
use waiting_room::json::Value;
use waiting_room::kata::builtin;
use waiting_room::kata::rungs::{Ladder, Make};
use waiting_room::kinds::{KINDS, KindId};
use waiting_room::session::run::help::{Helping, OpenedRungs, RUNGS, hints};
use waiting_room::session::text::{capacity, card};
use waiting_room::session::{Action, Session};

/// The first 40 minutes of a Monday with the first design: the rush has begun.
fn over() -> Session {
    let mut session = Session::new(design("naive"), cut("monday", 2_400.0), 1);
    finish(&mut session);
    session
}

fn open(session: &mut Session) -> String {
    let id = session.finished().and_then(|f| f.review.help.clone()).expect("help").id;
    session.update(Action::Help(Helping::Open(id.clone())));
    id
}

/// Given up is given up, parked or not: the ladder says as many as the card of the workers.
#[test]
fn what_is_given_up_is_counted_where_nothing_parks_it() {
    let mut session = Session::new(design("demand"), scenario("outage"), 1);
    let parked: Vec<_> = session.design().nodes.iter().filter(|n| n.kind == KindId::DeadLetter).cloned().collect();
    let edit = Edit::Remove { nodes: parked.iter().map(|node| node.id.clone()).collect(), edges: Vec::new() };
    session.update(Action::Edit { edit, burst: None });
    finish(&mut session);
    let help = session.finished().and_then(|finished| finished.review.help.clone()).expect("help");
    let at = session.design().nodes.iter().position(|node| &*node.id == "consumers").expect("a pool");
    let dropped = session.live().expect("a run").stations[at].failures.dropped;
    assert!(
        dropped > 10_000 && help.texts[1].contains(&format!("{} were given up", format::count(dropped))),
        "{help:?}"
    );
}

/// A rung at a time, no further than the last; the answer stays as it was given first; the second rung rings what it points at.
#[test]
fn rungs_open_one_after_the_other_and_stay_open() {
    let mut session = over();
    assert_eq!((session.opened().count(), hints(0)), (0, "no hint".to_owned()));
    let id = open(&mut session);
    assert_eq!((session.opened().rungs(&id), session.opened().count()), (1, 1));
    assert!(session.ringed().is_none(), "the first rung points at nothing");
    session.update(Action::Help(Helping::Answer(id.clone(), 30.0)));
    session.update(Action::Help(Helping::Answer(id.clone(), 99.0)));
    assert_eq!(session.opened().said(&id), Some(30.0));
    open(&mut session);
    let ringed = session.ringed().expect("rings");
    assert_eq!(ringed.nodes, ["api".into()]);
    assert_eq!(ringed.edges, [("api".into(), "clinic".into())]);
    for _ in 0..RUNGS {
        open(&mut session);
    }
    assert_eq!(session.opened().rungs(&id), RUNGS);
    set(&mut session, "api", "threads", 33.0);
    session.update(Action::Restart);
    finish(&mut session);
    let again = session.finished().and_then(|f| f.review.help.clone()).expect("help");
    assert_eq!(
        (again.id.as_str(), session.opened().rungs(&again.id)),
        (id.as_str(), RUNGS),
        "the same ladder is still open"
    );
    let asking = again.answer.expect("a number");
    assert!(!asking.compared(99.0).0 && asking.compared(asking.right).0);
    assert!(asking.compared(30.0).1.starts_with("You said 30 a second. It is 3"), "{}", asking.compared(30.0).1);
}

/// Two ladders that end in the same change: what one has told stays open in the other, and counts once.
#[test]
fn what_one_ladder_told_is_open_in_another_that_leads_to_the_same() {
    let mut session = over();
    for id in ["idle-all-morning", "idle-all-morning", "grows-late", "too-few-workers"] {
        session.update(Action::Help(Helping::Open(id.to_owned())));
    }
    let rungs = |session: &Session, ids: [&str; 4]| ids.map(|id| session.opened().rungs(id));
    let ids = ["idle-all-morning", "grows-late", "pays-for-idle-hands", "too-few-workers"];
    assert_eq!((rungs(&session, ids), session.opened().count()), ([3, 3, 3, 1], 4));
    session.update(Action::Help(Helping::Answer("pays-for-idle-hands".to_owned(), 90.0)));
    assert_eq!((session.opened().said("pays-for-idle-hands"), session.opened().count()), (Some(90.0), 4));
    assert_eq!(OpenedRungs::read(session.opened().kept().to_vec()), *session.opened());
}

#[test]
fn what_was_opened_is_kept_and_rubbish_is_left_out() {
    let kept = [
        ("waits-for-the-clinic".to_owned(), 2, Some(30.0)),
        ("waits-for-the-clinic".to_owned(), 3, None),
        ("of-another-kata".to_owned(), 1, None),
        ("too-few-workers".to_owned(), 99, Some(-1.0)),
        ("grows-late".to_owned(), 0, None),
    ];
    let opened = OpenedRungs::read(kept);
    assert_eq!((opened.rungs("waits-for-the-clinic"), opened.said("waits-for-the-clinic")), (2, Some(30.0)));
    assert_eq!((opened.rungs("too-few-workers"), opened.said("too-few-workers")), (RUNGS, None));
    assert_eq!(opened.count(), 2 + RUNGS);
    assert_eq!(OpenedRungs::read(opened.kept().to_vec()), opened);
}

/// Everything that a learner reads without asking, with a word where it stands: brief, problems, notices, cards, goals, log, evidence.
fn shown(session: &Session) -> Vec<(String, String)> {
    let brief = builtin::brief();
    let (heading, lead) = brief.opening(session.scenario(), &builtin::scenarios()[0]);
    let mut all = vec![
        ("hook".to_owned(), brief.hook.clone()),
        ("heading".to_owned(), heading.to_owned()),
        ("lead".to_owned(), lead.to_owned()),
    ];
    let mut say = |whence: &str, text: &str| all.push((whence.to_owned(), text.to_owned()));
    for fact in brief.facts(&session.scenario().id) {
        say("fact", &format!("{} {}", fact.figure, fact.words));
    }
    brief.steps.iter().for_each(|step| say("step", &step.text));
    for problem in session.problems().iter() {
        say("problem", &problem.text);
        // It stands behind “Why?”: asked for, but it is no rung of help.
        say("why", teaching::line(problem.code).unwrap_or_default());
    }
    say("notice", session.notice().map_or("", |notice| &notice.text));
    session.log().iter().for_each(|line| say("log", &line.text));
    for (at, node) in session.design().nodes.iter().enumerate() {
        let figure = session.figures().and_then(|figures| figures.of(at));
        let face = card::content(node, figure.as_ref(), None, session.scenario());
        say("card", &format!("{} {} {} {} {}", face.title, face.big, face.unit, face.foot.words, face.foot.more));
        face.failures.iter().for_each(|reason| say("card", reason));
        let (rate, sums) = capacity::shown(session.analysis(), node, session.is_guessing());
        rate.iter().for_each(|rate| say("inspector", &rate.to_string()));
        sums.iter().for_each(|sum| say("inspector", &sum.text));
    }
    let finished = session.finished().expect("a result");
    say("evidence", &finished.review.bottleneck.text);
    for goal in &finished.verdict.goals {
        say("goal", &format!("{}: {}", goal.goal.metric.label, goal.shown()));
    }
    all
}

/// Numbers in a text, times of day left out: `28 000` is one.
fn numbers(text: &str) -> Vec<f64> {
    let grouped: String = text.replace(['\u{202f}', '\u{a0}'], "_");
    let words = grouped.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '_' | ':')));
    let number = |word: &str| word.trim_matches(['.', '_']).replace('_', "").parse::<f64>().ok();
    words.filter(|word| !word.contains(':')).filter_map(number).collect()
}

/// Every number in a value.
fn numbers_of(value: &Value, found: &mut Vec<f64>) {
    match value {
        Value::Number(number) => found.push(*number),
        Value::List(all) => all.iter().for_each(|value| numbers_of(value, found)),
        Value::Map(fields) => fields.iter().for_each(|(_, value)| numbers_of(value, found)),
        _ => {}
    }
}

/// The numbers of a ladder's remedy that neither the scenario gives nor the design has; a time as ms and as s. Those under 5 are everywhere.
fn remedy(ladder: &Ladder, scenario: &str, design: &Design) -> Vec<f64> {
    // So many goals there are.
    let mut own = vec![builtin::scenario(scenario).expect("built in").goals.len() as f64];
    let file = waiting_room::json::read(builtin::scenario_file(scenario).expect("its file")).expect("JSON");
    numbers_of(&file, &mut own);
    for node in &design.nodes {
        for param in node.kind.kind().params {
            numbers_of(&node.param(param.key), &mut own);
        }
    }
    let given: Vec<f64> = own.iter().flat_map(|number| [*number, number / 1e3, number / 6e4]).collect();
    let mut told = Vec::new();
    for make in &ladder.make {
        if let Make::Set { value, path, .. } = make {
            let mut all = Vec::new();
            numbers_of(value, &mut all);
            let ms = if path.ends_with("_ms") { 1e3 } else { 1.0 };
            told.extend(all.iter().flat_map(|number| [*number, number / ms]));
        }
    }
    told.retain(|number| *number >= 5.0 && !given.contains(number));
    told
}

/// The words that name a part which a design does not have.
fn missing(design: &Design) -> BTreeSet<&'static str> {
    let has = |key: &str| design.nodes.iter().any(|node| node.kind.kind().key == key);
    let mut words = BTreeSet::new();
    for kind in KINDS.iter().filter(|kind| !has(kind.key) && kind.in_palette) {
        words.insert(kind.name());
        words.extend(match kind.key {
            "consumers" => ["worker", "breaker"].as_slice(),
            "dead_letter" => &["dead letter"],
            _ => &[],
        });
    }
    if design.nodes.iter().all(|node| node.kind.kind().param("breaker").is_none() || node.param("breaker").is_null()) {
        words.insert("breaker");
    }
    words
}

/// On the walk from the first design, by last rungs alone, no text that is shown unasked has a number of the next remedy or names a part that
/// the design does not have.
#[test]
fn nothing_unasked_tells_the_remedy() {
    let mut now = design("naive");
    let mut steps = 0;
    'again: loop {
        for about in builtin::scenarios() {
            let mut session = Session::new(now.clone(), scenario(&about.id), 1);
            session.update(Action::Arrived);
            finish(&mut session);
            let finished = session.finished().expect("a result").clone();
            let Some(help) = &finished.review.help else { continue };
            let ladder = builtin::rungs().ladders.iter().find(|ladder| ladder.id == help.id).expect("its ladder");
            let (told, parts) = (remedy(ladder, &about.id, &now), missing(&now));
            for (whence, text) in shown(&session) {
                let spoilt = numbers(&text).into_iter().find(|number| told.contains(number));
                assert_eq!(spoilt, None, "{}, {}, {whence}: {text}", about.id, help.id);
                let lower = text.to_lowercase();
                let named = parts.iter().find(|part| lower.contains(&part.to_lowercase()));
                assert_eq!(named, None, "{}, {}, {whence}: {text}", about.id, help.id);
            }
            now = ladder.made(&now, &builtin::kata().parts).expect("it can be made");
            steps += 1;
            assert!(steps < 20, "no end in sight: {}", help.id);
            continue 'again;
        }
        break;
    }
    assert!(steps >= builtin::scenarios().len(), "{steps} steps only");
    assert_eq!(numbers("At 08:15, 28\u{202f}000 of 4.5 wait 8\u{a0}s."), [28_000.0, 4.5, 8.0]);
    assert_eq!(format::count(28_000), "28\u{202f}000");
}
