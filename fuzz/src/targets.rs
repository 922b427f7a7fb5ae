//! What reads texts from outside, one target each.

use std::fmt::Display;
use std::rc::Rc;
use std::sync::Arc;

use engine::Simulation;
use engine::sim::time::Time;
use waiting_room::advice::lint::{Seen, lint};
use waiting_room::advice::teaching;
use waiting_room::design::diff::diff;
use waiting_room::design::picture::picture;
use waiting_room::design::{Design, Problem, file};
use waiting_room::hosts::jsinput::{self, JsInput};
use waiting_room::hosts::splice::Splice;
use waiting_room::json::{self, Value};
use waiting_room::kata::folder::Folder;
use waiting_room::kata::{Scenario, builtin, scenario};
use waiting_room::share::embed::{self, Embed};
use waiting_room::share::message::{self, Message};
use waiting_room::share::state::{self, Fullness};
use waiting_room::share::{drawer, kept, link, markdown, notes, receipt, runs, saved, seal, states, under_way};

/// What takes a text.
pub struct Target {
    pub name: &'static str,
    /// Panics if anything is wrong.
    pub run: fn(&str),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "design", run: design },
    Target { name: "scenario", run: scenario },
    Target { name: "kata", run: kata },
    Target { name: "link", run: link },
    Target { name: "receipt", run: receipt },
    Target { name: "message", run: message },
    Target { name: "stored", run: stored },
    Target { name: "course", run: course },
    Target { name: "address", run: address },
];

/// Events of a run that an accepted scenario begins.
const EVENTS: u64 = 2_000;
/// Problems of a file that are told at the most, with the sentence that there are more.
const MOST_TOLD: usize = 201;
/// The longest sentence or two, in bytes.
const MOST_WORDS: usize = 20_000;

/// Words for a person: some, not endless, and nothing that a terminal would take for a command.
fn told(words: &impl Display) {
    let words = words.to_string();
    assert!(!words.trim().is_empty() && words.len() <= MOST_WORDS, "{} bytes of words", words.len());
    assert!(!words.contains(|c: char| c.is_control() && c != '\n'), "{words:?}");
}

fn refused(problems: &[Problem]) {
    assert!((1..=MOST_TOLD).contains(&problems.len()), "{} problems", problems.len());
    problems.iter().for_each(told);
}

/// One of the kata's scenarios, by the length of the input.
fn any_scenario(text: &str) -> &'static Scenario {
    &builtin::scenarios()[text.len() % builtin::scenarios().len()]
}

fn begins(scenario: &Scenario, design: &Design) {
    match scenario.compile(design) {
        Ok(network) => {
            Simulation::new(Arc::new(network), 1).run_until(Time::NEVER, EVENTS);
        }
        Err(problems) => refused(&problems),
    }
}

/// An accepted design reads back the same, has a picture, and either runs or says why not; a refused one says where.
fn design(text: &str) {
    let design = match file::read(text) {
        Ok(design) => design,
        Err(problems) => return refused(&problems),
    };
    for written in [file::write(&design), file::write_compact(&design)] {
        assert_eq!(file::read(&written).as_ref(), Ok(&design));
    }
    let scenario = any_scenario(text);
    let problems = lint(&design, scenario, Seen::ALL);
    problems.iter().for_each(told);
    assert_eq!(scenario.compile(&design).is_err(), problems.iter().any(Problem::is_error));
    begins(scenario, &design);
    let svg = picture(&design).svg;
    if let Err(why) = roxmltree::Document::parse(&svg) {
        panic!("the picture is no XML: {why}");
    }
    diff(&builtin::starting_design(), &design);
}

fn scenario(text: &str) {
    match Scenario::read(text) {
        Ok(read) => {
            scenario::demand(&read.world);
            begins(&read, &builtin::designs()[text.len() % builtin::designs().len()].design());
        }
        Err(problems) => refused(&problems),
    }
}

/// A kata as a page holds it: what is accepted as a whole is accepted for its beginning too.
fn kata(text: &str) {
    match Folder::read_block(text, drop) {
        Ok((folder, lines)) => {
            assert!(Folder::read_beginning(text, drop).is_ok_and(|(beginning, _)| beginning.id == folder.id));
            assert!(folder.trials().is_ok(), "its lessons have their proofs");
            if let Err(problems) = teaching::read(&lines) {
                refused(&problems);
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            faults.iter().for_each(told);
            if let Err(faults) = Folder::read_beginning(text, drop) {
                faults.iter().for_each(told);
            }
        }
    }
}

fn link(text: &str) {
    if !link::is_run(text) {
        return;
    }
    match link::read(text) {
        Ok(run) => {
            let again = link::write(&run.design, run.scenario, run.seed);
            assert_eq!(link::read(&again), Ok(run));
        }
        Err(fault) => told(&fault),
    }
}

fn receipt(text: &str) {
    match receipt::read(text) {
        Ok((read, _)) => {
            for written in [receipt::json(&read), receipt::line(&read)] {
                assert!(receipt::is_one(&written));
                assert_eq!(receipt::read(&written), Ok((read.clone(), None)));
            }
        }
        Err(fault) => {
            receipt::is_one(text);
            told(&fault);
        }
    }
}

/// What a page around says.
fn message(text: &str) {
    match message::read(text) {
        Some(Ok(Message::LoadDesign(design))) => begins(any_scenario(text), &design),
        Some(Ok(Message::LoadRun(run))) => begins(any_scenario(text), &run.design),
        Some(Ok(_)) | None => {}
        Some(Err(fault)) => told(&fault),
    }
}

/// What a browser keeps, whichever of its readers gets it.
fn stored(text: &str) {
    let sealed = |text: &str| seal::sealed(text, 7);
    match saved::read(text) {
        Ok(read) => assert_eq!(saved::read(&sealed(&saved::write(&read))), Ok(read)),
        Err(why) => told(&saved::words(&why)),
    }
    if let Ok(read) = runs::read(text) {
        assert_eq!(runs::read(&sealed(&runs::write(&read.runs))).map(|again| again.runs), Ok(read.runs));
    }
    if let Ok(read) = notes::read(text) {
        told(
            &markdown::markdown(&read.notes)
                .replace(char::is_control, " ")
                .chars()
                .take(MOST_WORDS / 4)
                .collect::<String>(),
        );
        assert_eq!(notes::read(&sealed(&notes::write(&read.notes))).map(|again| again.notes), Ok(read.notes));
    }
    if let Ok((read, _)) = states::read(text) {
        let again = states::read(&sealed(&states::write(&read))).expect("it was written just now").0;
        assert!(read.list().starts_with(again.list()), "the newest that there is room for");
    }
    if let Some((origin, at)) = under_way::read(text) {
        assert_eq!(under_way::read(&under_way::write(&origin, at)), Some((origin.clone(), at)));
        if let Ok(mut run) = origin.start() {
            run.run_until(Time::NEVER, EVENTS);
        }
    }
    let copies = vec![text.to_owned(), sealed("{\"version\":2}"), String::new()];
    let choice = kept::choose(copies, &mut |text| saved::read(text).map(drop));
    assert!(choice.text.is_none_or(|chosen| saved::read(&chosen).is_ok()));
}

/// What a course system keeps, and what it says.
fn course(text: &str) {
    if let Some(read) = state::read(text) {
        let again = state::read(&state::line(&read, Fullness::All)).expect("it was written just now");
        assert_eq!((&again.learner, again.points, &again.saved), (&read.learner, read.points, &read.saved));
        assert!(state::write(&read, 4_096).is_none_or(|line| line.len() <= 4_096));
        let _: Vec<Rc<_>> = again.runs;
    }
    JsInput::default().hear_text(text);
    if let Ok(value) = json::read(text) {
        jsinput::hear_object(&value);
        let mut splice = Splice::new("a1".to_owned());
        splice.ask();
        splice.hear(&value);
        if let Some(line) = splice.hear(&value).as_ref().and_then(Value::text) {
            state::read(line);
        }
    }
}

/// A query, and on the lines after it the page's block of options.
fn address(text: &str) {
    let (query, block) = text.split_once('\n').map_or((text, None), |(query, block)| (query, Some(block)));
    let options = embed::read(query, block);
    let faults = embed::faults(query, block);
    if faults.is_empty() && query.len() <= embed::MAX_QUERY {
        assert_eq!(embed::faults(&embed::with_kata(query, &builtin::kata().id), block), []);
    }
    faults.iter().for_each(told);
    told(&format!("{}.", embed::words(&faults)));
    let full = embed::full(query, true, "monday", 7);
    assert_eq!(
        embed::read(&full, block),
        Embed { scenario: Some("monday"), seed: Some(7), embed: false, ..embed::read(&full, block) }
    );
    let drawer = drawer::drawer(options.key.as_deref(), query);
    drawer::is_of_a_path(&drawer);
    assert!(drawer::holds("k", &drawer, &drawer::name("k", "saved.v1", &drawer)));
}
