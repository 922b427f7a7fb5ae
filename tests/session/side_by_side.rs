//! Two runs side by side: what was changed midway is told, and shares differ by percentage points.

use crate::support;

use engine::measure::Unit;
use support::learner::{cut, design, set, settle};
use waiting_room::session::run::history;
use waiting_room::session::text::differences;
use waiting_room::session::{Action, Session};

#[test]
fn a_change_midway_and_a_difference_of_shares_are_named() {
    let mut session = Session::new(design("queue-60"), cut("monday", 60.0), 1);
    session.update(Action::Seek(20.0));
    settle(&mut session);
    session.update(Action::Fork);
    settle(&mut session);
    set(&mut session, "api", "threads", 3.0);
    session.update(Action::ToEnd);
    settle(&mut session);
    let [branch, parent] = session.runs().list() else { panic!("two futures") };
    // What was changed midway is told, not that something was; and shares differ by percentage points.
    let [row] = differences::midway(parent, branch).try_into().expect("one parameter");
    assert_eq!((row.label.as_str(), row.first.as_str()), ("Booking API: threads per instance, midway", "not changed"));
    assert!(row.second.ends_with(" → 3"), "{row:?}");
    let share = |value: f64| {
        let mut run = (**parent).clone();
        run.goals.iter_mut().filter(|goal| goal.metric.unit == Unit::Share).for_each(|goal| goal.value = Some(value));
        run
    };
    let differ = |a, b| {
        let table = history::compare(&share(a), &share(b));
        table.iter().find(|pair| pair.label == "Turned away").expect("a share").difference.replace('\u{a0}', " ")
    };
    assert_eq!([differ(0.102, 0.001), differ(0.001, 0.002), differ(0.1, 0.1)], ["−10.1 pp", "+0.1 pp", "the same"]);
}

/// A difference is that of the figures beside it: from 20 s, which is 19.54 s, to 84 ms it is 20 s.
#[test]
fn a_difference_is_that_of_the_figures_beside_it() {
    let mut session = Session::new(design("queue-60"), cut("monday", 60.0), 1);
    session.update(Action::ToEnd);
    settle(&mut session);
    let base = (*session.runs().list()[0]).clone();
    let with = |millis: f64, share: f64, pounds: f64| {
        let mut run = base.clone();
        for goal in &mut run.goals {
            goal.value = Some(match goal.metric.unit {
                Unit::Millis => millis,
                Unit::Share => share,
                Unit::Pounds => pounds,
                Unit::Count => 0.0,
            });
        }
        run
    };
    let told = history::compare(&with(19_540.0, 0.1024, 0.724), &with(84.3, 0.0, 8.914));
    let difference = |label: &str| {
        let pair = told.iter().find(|pair| pair.label == label).expect("a goal of Monday");
        [&pair.first, &pair.second, &pair.difference].map(|text| text.replace('\u{a0}', " "))
    };
    assert_eq!(difference("Acknowledged, p95"), ["20 s", "84 ms", "−20 s"]);
    assert_eq!(difference("Turned away"), ["10.2 %", "0 %", "−10.2 pp"]);
    assert_eq!(difference("Cost"), ["£0.72", "£8.91", "+£8.19"]);
}
