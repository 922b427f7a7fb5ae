//! The prediction: not before it is asked for or a guess was drawn; for that design in that scenario, whatever it is called.

use crate::support::learner::{design, scenario, set};
use waiting_room::design::Edit;
use waiting_room::session::run::sketch::Sketch;
use waiting_room::session::{Action, Guessing, Session};

fn start() -> Session {
    Session::new(design("queue-60"), scenario("monday"), 1)
}

fn peak(session: &Session) -> Option<f64> {
    session.prediction().as_ref().as_ref().map(|forecast| forecast.peak.1)
}

fn edit(session: &mut Session, edit: Edit) {
    session.update(Action::Edit { edit, burst: None });
}

#[test]
fn it_is_shown_on_request_and_stays_for_that_design() {
    let mut session = start();
    assert!(peak(&session).is_none() && session.hides_prediction());
    session.update(Action::Foresee);
    assert!(peak(&session).is_some_and(|peak| peak > 20_000.0) && !session.hides_prediction());
    // A name and a place are no other design.
    edit(&mut session, Edit::Rename { node: "queue".into(), label: Some("Line".into()) });
    assert!(peak(&session).is_some());
    set(&mut session, "consumers", "scaling.workers", 61.0);
    assert!(peak(&session).is_none() && session.hides_prediction());
    session.update(Action::Undo);
    assert!(peak(&session).is_some());
    session.update(Action::SetScenario(Box::new(scenario("flu-season"))));
    assert!(peak(&session).is_none(), "another morning is another question");
    session.update(Action::SetScenario(Box::new(scenario("monday"))));
    assert!(peak(&session).is_some());
}

#[test]
fn a_guess_earns_it_and_a_design_without_a_queue_has_none() {
    let mut session = start();
    session.update(Action::Expect(Sketch::of([(0.0, 0.0), (3_000.0, 5_000.0), (9_000.0, 0.0)], 10_800.0)));
    assert!(peak(&session).is_none(), "it may still be drawn on");
    session.update(Action::Guess(Guessing::PutAway));
    assert!(peak(&session).is_some());
    let naive = Session::new(design("naive"), scenario("monday"), 1);
    assert!(peak(&naive).is_none() && !naive.hides_prediction(), "there is nothing to ask for");
}

/// What was asked for outlives the page: for that design in that scenario, and for no other.
#[test]
fn what_was_asked_for_comes_back_with_the_page() {
    let mut before = start();
    before.update(Action::Foresee);
    let kept = before.foresights().to_owned();
    let mut after = start();
    after.update(Action::SetForesights(kept.clone()));
    assert_eq!(peak(&after), peak(&before));
    assert!(peak(&after).is_some() && after.foresights() == kept);
    set(&mut after, "consumers", "scaling.workers", 61.0);
    assert!(peak(&after).is_none() && after.hides_prediction());
    for rubbish in ["of another design ", "é", &"x".repeat(100_000)] {
        let mut session = start();
        session.update(Action::SetForesights(rubbish.to_owned()));
        session.update(Action::Foresee);
        assert!(peak(&session).is_some() && session.foresights().len() < 2_000, "{rubbish:.20}");
    }
}
