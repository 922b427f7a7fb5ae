//! Messages from and to a page around: what is allowed is read as it stands, whatever else comes in is passed over or refused in words; what goes
//! out, when, and how much room is asked for.

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use waiting_room::design::file;
use waiting_room::kata::builtin;
use waiting_room::record::{RunHistory, Score};
use waiting_room::share::link::{self, SharedRun};
use waiting_room::share::message::room::{Room, needed};
use waiting_room::share::message::telling::{EVERY_MS, Standing, Tell, Telling};
use waiting_room::share::message::told::{self, FIGURES, OUTBOUND};
use waiting_room::share::message::{self, INBOUND, MAX_MESSAGE, Message};
use waiting_room::share::{Embed, Pace, Theme};

fn design_value() -> Value {
    serde_json::from_str(&file::write(&builtin::starting_design())).expect("a file is JSON")
}

fn taken(message: Value) -> Message {
    let text = message.to_string();
    message::read(&text).expect("one of ours").unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

/// The words with which a message is refused.
fn refused(message: &Value) -> String {
    let text = message.to_string();
    let shown: String = text.chars().take(200).collect();
    message::read(&text).unwrap_or_else(|| panic!("ours: {shown}")).expect_err(&shown).to_string()
}

#[test]
fn what_is_allowed_is_read_as_it_stands() {
    for (name, message) in [
        ("play", Message::Play),
        ("pause", Message::Pause),
        ("reset", Message::Reset),
        ("get-result", Message::GetResult),
    ] {
        assert_eq!(taken(json!({ "type": format!("waiting-room:{name}") })), message);
    }
    let start = builtin::starting_design();
    let loaded = taken(json!({ "type": "waiting-room:load", "design": design_value() }));
    assert_eq!(loaded, Message::LoadDesign(Box::new(start.clone())));
    let link = link::write(&start, "outage", u64::MAX);
    for link in [link.clone(), format!("#{link}"), format!("https://example.org/kata/?embed=1#{link}")] {
        let run = SharedRun { design: start.clone(), scenario: "outage", seed: u64::MAX };
        assert_eq!(taken(json!({ "type": "waiting-room:load", "link": link })), Message::LoadRun(Box::new(run)));
    }
    let all = json!({ "type": "waiting-room:set", "scenario": "flu-season", "seed": 7, "speed": "max", "theme": "dark", "lang": "en" });
    let set = Embed {
        scenario: Some("flu-season"),
        seed: Some(7),
        speed: Some(Pace::Max),
        theme: Some(Theme::Dark),
        lang: Some("en".to_owned()),
        ..Embed::default()
    };
    assert_eq!(taken(all), Message::Set(Box::new(set)));
    let large = json!({ "type": "waiting-room:set", "seed": "18446744073709551615", "speed": 60 });
    let set = Embed { seed: Some(u64::MAX), speed: Some(Pace::Times(60)), ..Embed::default() };
    assert_eq!(taken(large), Message::Set(Box::new(set)));
}

#[test]
fn a_refusal_names_the_place_and_what_is_allowed() {
    let set = |fields: Value| {
        let mut message = json!({ "type": "waiting-room:set" });
        message.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        refused(&message)
    };
    for (words, parts) in [
        (
            set(json!({ "seed": -1, "theme": "dark" })),
            &["Nothing of the message was done.", "seed: -1", "a whole number"][..],
        ),
        (set(json!({ "speed": "fast" })), &["speed", "from 1 to 1800, or max"]),
        (set(json!({ "theme": ["dark"] })), &["theme", "light, dark or auto"]),
        (set(json!({ "readonly": 1 })), &["readonly", "not a known field"]),
        (set(json!({})), &["Nothing is to be set", "scenario, seed, speed, theme, lang"]),
        (refused(&json!({ "type": "waiting-room:play", "twice": true })), &["twice", "not a known field"]),
        (refused(&json!({ "type": "waiting-room:explode" })), &["“waiting-room:explode”", "get-result"]),
        (refused(&json!({ "type": "waiting-room:load" })), &["One of design and link"]),
        (refused(&json!({ "type": "waiting-room:load", "link": "#panel-brief" })), &["link", "a link to a run"]),
        (refused(&json!({ "type": "waiting-room:load", "link": "#r1.AAAA" })), &["damaged"]),
        (refused(&json!({ "type": "waiting-room:load", "design": { "nodes": 3 } })), &["design", "format"]),
    ] {
        for part in parts {
            assert!(words.contains(part), "{words:?} lacks {part:?}");
        }
    }
    let long = json!({ "type": "waiting-room:load", "link": "A".repeat(MAX_MESSAGE) });
    assert!(refused(&long).contains("It was not read"));
}

/// Both ways the list and what is read are one.
#[test]
fn every_listed_message_is_known() {
    for kind in INBOUND {
        let words = match message::read(&json!({ "type": format!("waiting-room:{}", kind.name) }).to_string()) {
            Some(Err(fault)) => fault.to_string(),
            other => format!("{other:?}"),
        };
        assert!(!words.contains("There is no message"), "{}: {words}", kind.name);
    }
}

/// A value that no field allows.
fn odd(rng: &mut StdRng, depth: usize) -> Value {
    let word = |rng: &mut StdRng| {
        let length = [0, 1, 3, 40, 5000][rng.random_range(0..5)];
        (0..length).map(|_| char::from_u32(rng.random_range(1..0x2_0000)).unwrap_or('\u{fffd}')).collect::<String>()
    };
    match rng.random_range(0..if depth > 4 { 7 } else { 9 }) {
        0 => Value::Null,
        1 => json!(rng.random::<bool>()),
        2 => json!(-1.0 - rng.random::<f64>() * 1e300),
        3 => json!(rng.random::<f64>()),
        4 => json!(i64::MIN),
        5 => json!(format!("~{}", word(rng))),
        6 => json!("__proto__"),
        7 => (0..rng.random_range(0..5)).map(|_| odd(rng, depth + 1)).collect(),
        _ => {
            let keys = ["__proto__", "constructor", "type", "toString", "design", "length"];
            let field = |rng: &mut StdRng| (keys[rng.random_range(0..keys.len())].to_owned(), odd(rng, depth + 1));
            Value::Object((0..rng.random_range(0..4)).map(|_| field(rng)).collect())
        }
    }
}

/// Ten thousand of them, from one seed: none is taken. Those of our type are refused in words of a bounded length, all others passed over.
#[test]
fn ten_thousand_hostile_messages_do_nothing() {
    let mut rng = StdRng::seed_from_u64(13);
    let rng = &mut rng;
    let fields = ["scenario", "seed", "speed", "theme", "lang"];
    let (mut answers, mut ignored) = (0, 0);
    for round in 0..10_000 {
        let kind = format!("waiting-room:{}", INBOUND[rng.random_range(0..INBOUND.len())].name);
        let (message, ours) = match round % 8 {
            0 => (odd(rng, 0), false),
            1 => (json!({ "type": odd(rng, 0), "design": odd(rng, 0) }), false),
            2 => (json!({ "type": format!("waiting-room:{}~", rng.random::<u64>()), "design": odd(rng, 0) }), true),
            3 => (json!({ "type": kind, "__proto__": odd(rng, 0), "constructor": odd(rng, 0) }), true),
            4 => (json!({ "type": "waiting-room:set", fields[rng.random_range(0..fields.len())]: odd(rng, 0) }), true),
            5 => (json!({ "type": "waiting-room:load", "design": odd(rng, 0) }), true),
            6 => (json!({ "type": "waiting-room:load", "link": odd(rng, 0), "design": odd(rng, 0) }), true),
            _ => {
                let mut design = design_value();
                let nodes = design["nodes"].as_array_mut().expect("nodes");
                let node = rng.random_range(0..nodes.len());
                let keys = ["id", "kind", "params", "x", "of"];
                nodes[node][keys[rng.random_range(0..keys.len())]] = json!([odd(rng, 0)]);
                (json!({ "type": "waiting-room:load", "design": design }), true)
            }
        };
        match message::read(&message.to_string()) {
            Some(Ok(taken)) => panic!("round {round}: {message} is {taken:?}"),
            Some(Err(fault)) => {
                let words = fault.to_string();
                assert!(ours && !words.is_empty() && words.len() < 40_000, "round {round}: {words}");
                answers += 1;
            }
            None => {
                assert!(!ours, "round {round}: {message}");
                ignored += 1;
            }
        }
    }
    assert_eq!((answers, ignored), (7_500, 2_500));
}

/// No text, cut or altered anywhere, does more than be refused or passed over; and nesting without end is no message.
#[test]
fn no_text_breaks_the_reader() {
    let whole = json!({ "type": "waiting-room:load", "design": design_value() }).to_string();
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        assert_eq!(message::read(&whole[..end]), None, "cut after {end}");
    }
    let mut rng = StdRng::seed_from_u64(14);
    for _ in 0..2_000 {
        let mut bytes = whole.clone().into_bytes();
        let at = rng.random_range(0..bytes.len());
        bytes[at] = rng.random_range(b' '..=b'~');
        let text = String::from_utf8(bytes).expect("letters");
        // What is taken all the same is a design that a file may hold.
        if let Some(Ok(Message::LoadDesign(design))) = message::read(&text) {
            assert_eq!(file::read(&file::write(&design)).as_ref(), Ok(&*design));
        }
    }
    let deep = format!(r#"{{"type":"waiting-room:load","design":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(message::read(&deep), None);
}

/// Every message that goes out is in the list with its fields, and the figures of a run are numbers.
#[test]
fn what_goes_out_is_as_it_is_listed() {
    let design = builtin::starting_design();
    let scenario = builtin::scenarios()[0].clone();
    let mut run = crate::support::simulation(&crate::support::network(&design, &scenario), 1);
    let at_start: Value = serde_json::from_str(&told::progress(&run)).expect("JSON");
    assert_eq!(
        (&at_start["t_s"], &at_start["cost"], &at_start["acceptance_p95_ms"]),
        (&json!(0), &json!(0), &Value::Null)
    );
    run.run_until(engine::sim::time::Time::from_seconds(3600.0), u64::MAX);
    let progress = told::progress(&run);
    let sent = [
        told::ready("waiting-room"),
        told::resize(720),
        told::run_started("monday", u64::MAX),
        progress.clone(),
        told::no_result("monday", 1),
        told::score(&Score::of(&RunHistory::default(), 0), None),
        told::design_changed("r1.abc".to_owned()),
        told::error("No."),
    ];
    let answer: Value = serde_json::from_str(&sent[4]).expect("JSON");
    assert_eq!((&answer["asked"], &answer["digest"]), (&json!(true), &Value::Null));
    assert_eq!(sent.len(), OUTBOUND.len());
    for (text, kind) in sent.iter().zip(OUTBOUND) {
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(value["type"], format!("waiting-room:{}", kind.name));
        for key in value.as_object().expect("an object").keys().filter(|key| *key != "type" && kind.name != "progress")
        {
            assert!(kind.fields.contains(&format!("`{key}`")), "{}: {key}", kind.name);
        }
    }
    assert!(sent[2].contains(r#""seed":"18446744073709551615""#), "a number of JavaScript would be another one");
    let progress: Value = serde_json::from_str(&progress).expect("JSON");
    assert_eq!(progress["t_s"], 3600);
    for figure in FIGURES {
        assert!(progress[figure.key].is_number(), "{}", figure.key);
    }
    assert!(
        progress["acceptance_p95_ms"].as_f64() > Some(0.0)
            && progress["max_backlog"].as_f64() >= progress["backlog"].as_f64()
    );
}

/// Ten thousand looks at runs that begin, go on and end at any pace: at most four tellings of progress within a second, one of them at each end
/// that comes no sooner than a second after the one before; one start and one result of each run, in order.
#[test]
fn progress_is_told_at_most_four_times_a_second() {
    let mut rng = StdRng::seed_from_u64(15);
    let mut now = Standing::default();
    let mut telling = Telling::new(now);
    let (mut at, mut number, mut ended) = (0.0, 0, 0.0);
    let mut progress: Vec<f64> = Vec::new();
    let mut open = None;
    for _ in 0..10_000 {
        at += rng.random_range(0..100) as f64;
        match (now.run, now.over) {
            (None, _) | (_, true) if rng.random_bool(0.1) => {
                number += 1;
                now = Standing { run: Some(number), over: false, run_revision: now.run_revision + 1, ..now };
            }
            (Some(_), false) => {
                now.run_revision += 1;
                now.over = rng.random_bool(0.02);
            }
            _ => {}
        }
        let (told, again) = telling.look(now, at);
        assert!(again.is_none_or(|ms| ms > 0.0 && ms <= 1000.0), "{again:?}");
        for tell in told {
            match tell {
                Tell::RunStarted => assert_eq!(open.replace(number), None),
                Tell::Progress => progress.push(at),
                Tell::Result => {
                    assert!(
                        progress.last() == Some(&at) || at - ended < 1000.0,
                        "the last figures come before the result"
                    );
                    assert_eq!(open.take(), Some(number));
                    ended = at;
                }
                Tell::DesignChanged => panic!("the design is as it was"),
            }
        }
    }
    assert!(number > 20, "{number} runs");
    for window in progress.windows(5) {
        assert!(window[4] - window[0] >= 1000.0, "{window:?}");
    }
}

#[test]
fn a_design_is_told_when_it_has_been_still() {
    let mut telling = Telling::new(Standing { design_revision: 3, ..Standing::default() });
    let look = |telling: &mut Telling, design_revision, at| {
        telling.look(Standing { design_revision, ..Standing::default() }, at)
    };
    assert_eq!(look(&mut telling, 3, 0.0), (vec![], None), "what is there at first is no news");
    for step in 0..20 {
        let (told, again) = look(&mut telling, 4 + step, step as f64 * 50.0);
        assert_eq!((told, again), (vec![], Some(EVERY_MS)));
    }
    assert_eq!(look(&mut telling, 23, 1100.0), (vec![], Some(EVERY_MS - 150.0)));
    assert_eq!(look(&mut telling, 23, 950.0 + EVERY_MS), (vec![Tell::DesignChanged], None));
    assert_eq!(look(&mut telling, 23, 5000.0), (vec![], None));
}

#[test]
fn a_frame_is_asked_to_be_higher_and_never_lower() {
    let mut room = Room::default();
    assert_eq!(room.ask(0.0, 0.0, 0.0), None, "one that is folded away has no size");
    assert_eq!(room.ask(800.0, 150.0, 0.0), Some(needed(800.0) as u32));
    assert_eq!(room.ask(800.0, 150.0, 10.0), None, "asked already");
    assert_eq!(room.ask(800.0, needed(800.0), 20.0), None, "as it was asked for");
    assert_eq!(room.ask(800.0, needed(800.0) - 1.5, 30.0), None, "less than 2 px is nothing");
    assert_eq!(room.ask(800.0, 2000.0, 40.0), None, "somebody wants it high");
    assert_eq!(room.ask(390.0, 640.0, 50.0), Some(needed(390.0) as u32), "narrower, it needs more");
    assert_eq!(Room::default().ask(800.0, 900.0, 0.0), Some(900), "the first time it says what it has");
}

/// A host that answers with a frame that is always a little too low is asked twenty times and then no more.
#[test]
fn a_host_that_never_settles_is_given_up() {
    let mut room = Room::default();
    let asked =
        (0..100).filter(|at| room.ask(800.0, 300.0 + f64::from(*at) * 3.0, f64::from(*at) * 16.0).is_some()).count();
    assert_eq!((asked, room.last()), (20, None));
    let mut slow = Room::default();
    let asked =
        (0..30).filter(|at| slow.ask(800.0, 300.0 + f64::from(*at) * 3.0, f64::from(*at) * 100.0).is_some()).count();
    assert_eq!(asked, 30, "somebody who drags the frame's edge is no loop");
}
