//! The story of one booking, and what a step did: in words and to the nanosecond.

use crate::support;

use engine::measure::trace::Latency;
use support::learner::{design, settle};
use waiting_room::kata::builtin;
use waiting_room::session::text::story::{Outcome, Place};
use waiting_room::session::{Action, BookingChoice, RunState, Session, Story};

fn over(id: &str, scenario: &str, seed: u64) -> Session {
    let mut session = Session::new(design(id), builtin::scenario(scenario).expect("a scenario").clone(), seed);
    session.update(Action::ToEnd);
    settle(&mut session);
    assert_eq!(session.playback().state, RunState::Over);
    session
}

fn told(session: &mut Session, which: BookingChoice) -> Story {
    session.update(Action::Story(which));
    assert!(session.is_telling(), "it is sliced");
    settle(session);
    let story = (**session.story().unwrap_or_else(|| panic!("a story of {which:?}: {:?}", session.notice()))).clone();
    session.update(Action::CloseStory);
    whole(&story);
    story
}

/// The pieces lie end to end and are the whole latency, to the nanosecond.
fn whole(story: &Story) {
    let mut at = story.from;
    for stage in &story.stages {
        assert_eq!(stage.from, at, "{story:#?}");
        assert!(stage.to > stage.from);
        at = stage.to;
    }
    assert_eq!(at, story.to, "{story:#?}");
    if let Some(latency) = story.end_to_end {
        let sum: u64 = story.stages.iter().map(|p| (p.to - p.from).0).sum();
        assert_eq!(sum, latency.0);
    }
    assert!(story.rows.windows(2).all(|pair| pair[0].at <= pair[1].at));
    assert_eq!(story.end_to_end.is_some(), story.outcome == Outcome::Confirmed);
}

/// A dot on its way to a component: the booking that came there last, whose story goes no further than the play head.
#[test]
fn the_booking_that_passed_last() {
    let mut session = over("demand", "outage", 3);
    session.update(Action::Seek(3000.0));
    settle(&mut session);
    let place = |id: &str| session.design().nodes.iter().position(|n| &*n.id == id).expect("a part");
    let (queue, parked) = (place("queue"), place("dead_letter"));
    let queued = told(&mut session, BookingChoice::Passing { to: queue });
    assert!(queued.to.seconds() <= 3000.0 && queued.outcome == Outcome::Open, "{queued:#?}");
    let dead = told(&mut session, BookingChoice::Passing { to: parked });
    assert!(dead.outcome != Outcome::Open && dead.end_to_end.is_none(), "{dead:#?}");
    assert!(dead.headline.contains("dead") || dead.headline.contains("parked"), "{}", dead.headline);
    let mut early = Session::new(design("demand"), builtin::scenario("monday").expect("a scenario").clone(), 1);
    early.update(Action::StepEvent);
    early.update(Action::Story(BookingChoice::Passing { to: parked }));
    settle(&mut early);
    assert!(early.story().is_none());
}

/// The worst booking is the one whose latency the report calls the largest.
#[test]
fn the_worst_booking_took_longest() {
    for (design, scenario) in
        [("queue-60", "monday"), ("retry-storm", "outage"), ("naive", "monday"), ("demand-breaker", "outage")]
    {
        let mut session = over(design, scenario, 3);
        let story = told(&mut session, BookingChoice::Worst);
        let run = session.simulation().expect("a run");
        let worst = run.measures().report(run.now()).end_to_end.max.expect("somebody was confirmed");
        assert_eq!(story.end_to_end.map(|s| s.millis()), Some(worst), "{design} {scenario}");
        assert!(story.headline.contains("confirmed after"), "{}", story.headline);
    }
}

/// Every kind of end has a story that adds up: bookings all over a morning in which calls fail, time out and are tried again.
#[test]
fn every_story_adds_up() {
    let mut outcomes = Vec::new();
    let mut places = Vec::new();
    for (design, scenario) in [("naive", "slow-clinic"), ("retry-storm", "outage"), ("demand-breaker", "outage")] {
        let mut session = over(design, scenario, 5);
        let last = session.simulation().map(|run| run.measures().report(run.now()).counts.arrivals).expect("a run");
        for number in (0..last).step_by((last / 20) as usize) {
            let story = told(&mut session, BookingChoice::Number(number));
            assert_eq!(story.number, number);
            outcomes.push(story.outcome);
            places.extend(story.stages.iter().map(|p| p.place));
        }
        session.update(Action::Story(BookingChoice::Number(last)));
        settle(&mut session);
        assert!(session.story().is_none() && session.notice().is_some_and(|n| n.refused), "there is no such booking");
    }
    for outcome in [Outcome::Confirmed, Outcome::Rejected, Outcome::DeadLettered] {
        assert!(outcomes.contains(&outcome), "no story ends {outcome:?}: {outcomes:?}");
    }
    for place in [
        Place::Travel,
        Place::Line,
        Place::Api,
        Place::Queue,
        Place::Worker,
        Place::Clinic,
        Place::Backoff,
        Place::Patient,
    ] {
        assert!(places.contains(&place), "nobody was {}", place.label());
    }
}

/// A point of a chart leads to a booking of that stretch with that latency: within the histogram's precision of the bin's own percentile.
#[test]
fn a_point_of_a_chart_leads_to_its_booking() {
    let mut session = over("queue-60", "monday", 2);
    let bin = session.series().expect("curves").bins[400].clone();
    for (latency, p, ms) in [
        (Latency::EndToEnd, 0.95, bin.end_to_end.p95_ms),
        (Latency::EndToEnd, 0.5, bin.end_to_end.p50_ms),
        (Latency::Acceptance, 0.95, bin.acceptance.p95_ms),
    ] {
        let (from_s, to_s) = (bin.from.seconds(), bin.to.seconds());
        let story = told(&mut session, BookingChoice::Near { latency, from_s, to_s, p });
        let found = match latency {
            Latency::Acceptance => story.acceptance,
            Latency::EndToEnd => story.end_to_end,
        };
        let (found, ms) = (found.expect("a latency").millis(), ms.expect("a percentile"));
        assert!((found - ms).abs() <= 0.001 * ms, "{latency:?} {p}: {found} {ms}");
    }
    session.update(Action::Story(BookingChoice::Near { latency: Latency::Acceptance, from_s: 1e9, to_s: 2e9, p: 0.5 }));
    settle(&mut session);
    assert!(session.story().is_none());
}

/// Midway, a booking that is still on its way has its story so far; the story is of this very run, changes included.
#[test]
fn a_story_so_far_has_no_end() {
    let mut session = Session::new(design("queue-60"), builtin::scenario("monday").unwrap().clone(), 3);
    session.update(Action::Story(BookingChoice::Worst));
    assert!(session.notice().is_some_and(|n| n.refused), "nothing was played");
    session.update(Action::Seek(2600.0));
    settle(&mut session);
    let arrivals = session.simulation().map(|run| run.measures().report(run.now()).counts.arrivals).expect("a run");
    let story = told(&mut session, BookingChoice::Number(arrivals - 50));
    assert_eq!((story.outcome, story.to), (Outcome::Open, session.now()));
    session.update(Action::Restart);
    assert!(session.story().is_none());
}

/// A step names the component that acted and says what it did; time that goes on otherwise takes that away.
#[test]
fn a_step_says_what_happened() {
    let mut session = Session::new(design("queue-60"), builtin::scenario("monday").unwrap().clone(), 1);
    let mut heard = Vec::new();
    for _ in 0..400 {
        session.update(Action::StepEvent);
        if let Some(acted) = session.acted() {
            heard.push((session.design().nodes[acted.station].id.to_string(), acted.text.clone()));
            assert!(session.notice().is_some_and(|n| n.text.contains(&acted.text)));
        }
    }
    for (who, words) in [
        ("patients", "booking 0 is asked for"),
        ("api", "a thread serves booking 0"),
        ("consumers", "Consumers: a worker takes booking 0 from"),
        ("consumers", "booking 0 is confirmed"),
        ("clinic", "a slot serves booking 0"),
    ] {
        assert!(heard.iter().any(|(_, text)| text.contains(words)), "{words}: {heard:#?}");
        assert!(heard.iter().any(|(id, _)| id == who), "{who} never acted");
    }
    session.update(Action::StepSecond);
    assert!(session.acted().is_none());
}
