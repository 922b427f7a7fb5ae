//! What the browser keeps, as text: every version that a page has written is read, and damage costs no more than the copy it is in.

use std::fs;
use std::path::Path;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use waiting_room::design::file;
use waiting_room::kata::builtin;
use waiting_room::record::states::{State, States, Why};
use waiting_room::share::kept::{Choice, choose};
use waiting_room::share::saved::{self, Saved, Unreadable};
use waiting_room::share::seal::sealed;
use waiting_room::share::{notes, runs, states};

/// A text as a page has kept it. With `UPDATE_GOLDEN=1` the newest version is written anew.
fn golden(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/kept").join(format!("{name}.json"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The golden file of what this page writes is what it writes.
fn is_written(name: &str, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/kept").join(format!("{name}.json"));
        fs::write(&path, text).expect("written");
    }
    assert_eq!(golden(name), text, "{name}: a new form needs a new version, and a golden file of the old one stays");
}

fn design() -> Saved {
    saved::read(&golden("saved-1")).expect("read")
}

#[test]
fn what_the_first_version_kept_is_read_and_written_as_the_second() {
    let saved = design();
    assert_eq!((&*saved.design.name, saved.scenario.as_str(), saved.seed), ("Monday’s first try", "monday", 1));
    assert_eq!(saved.seen.len(), 5);
    is_written("saved-2", &sealed(&saved::write(&saved), 17));
    assert_eq!(saved::read(&golden("saved-2")), Ok(saved));

    let all = runs::read(&golden("runs-1")).expect("read");
    assert_eq!((all.runs.list().len(), all.skipped), (1, 0));
    is_written("runs-2", &sealed(&runs::write(&all.runs), 17));
    assert_eq!(runs::read(&golden("runs-2")), Ok(all));

    let all = notes::read(&golden("notes-1")).expect("read");
    assert_eq!((all.notes.list().len(), all.skipped), (1, 0));
    is_written("notes-2", &sealed(&notes::write(&all.notes), 17));
    assert_eq!(notes::read(&golden("notes-2")), Ok(all));
}

#[test]
fn earlier_states_are_read_as_they_were_written() {
    let one = |at_ms, why, id: &str| {
        let built = builtin::designs().iter().find(|design| design.id == id).expect("built in");
        State { at_ms, why, design: file::read(&built.file).expect("good").into() }
    };
    let all = States::new([
        one(1_795_797_000_000, Why::Run, "queue-60"),
        one(1_795_797_300_000, Why::Replaced, "retry-storm"),
        one(1_795_797_600_000, Why::Edited, "schedule"),
    ]);
    is_written("states-2", &sealed(&states::write(&all), 17));
    assert_eq!(states::read(&golden("states-2")), Ok((all, 0)));
}

/// What becomes of these copies.
fn chosen(copies: &[&str]) -> (Option<Saved>, Choice) {
    let mut found = None;
    let copies = copies.iter().map(|copy| (*copy).to_owned()).collect();
    let choice = choose(copies, &mut |text| saved::read(text).map(|saved| found = Some(saved)));
    (found, choice)
}

fn numbered(seed: u64) -> String {
    sealed(&saved::write(&Saved { seed, ..design() }), seed)
}

#[test]
fn the_newest_copy_that_can_be_read_counts() {
    let (old, new, first) = (numbered(4), numbered(5), golden("saved-1"));
    let seed = |copies: &[&str]| chosen(copies).0.map(|saved| saved.seed);
    assert_eq!(seed(&[&old, &new]), Some(5));
    assert_eq!(seed(&[&new, &old]), Some(5));
    assert_eq!(seed(&[&first, &old]), Some(4), "the first version has no number");
    assert_eq!(seed(&[&first]), Some(1));
    assert_eq!(seed(&[]), None);
    assert_eq!(chosen(&[&new, &new]).1.unread, []);
    let newer = sealed("{\"format\":\"waiting-room/saved\",\"version\":3,\"more\":1}", 6);
    let (_, choice) = chosen(&[&old, &newer, &new]);
    assert_eq!(choice.text, None, "an older copy would hide what a newer page has kept");
    assert_eq!(choice.unread, [(newer, Unreadable::Newer(3))]);
    assert_eq!(choice.number, 6);
    let unsealed = "{\"format\":\"waiting-room/saved\",\"version\":3}";
    assert_eq!(chosen(&[&old, unsealed]).1.text, None);
}

/// What may befall a text: letters, ends, types, versions, sizes.
fn damaged(text: &str, kind: usize, random: &mut StdRng) -> String {
    let at = |random: &mut StdRng| {
        let at = random.random_range(0..text.len());
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    match kind % 10 {
        0..=3 => {
            let at = at(random);
            let letter = char::from(random.random_range(33..127u8));
            let rest = text[at..].chars().next().map_or(0, char::len_utf8);
            format!("{}{letter}{}", &text[..at], &text[at + rest..])
        }
        4 => text[..at(random)].to_owned(),
        5 => {
            let at = at(random);
            // As browsers give a lone surrogate, and NUL.
            format!("{}{}{}", &text[..at], ["\u{fffd}", "\0"][kind / 10 % 2], &text[at..])
        }
        6 => text.replacen("\"seed\":", "\"seed\":\"x\",\"was\":", 1),
        7 => {
            text.replacen("\"version\":2", ["\"version\":3", "\"version\":1e300", "\"version\":null"][kind / 10 % 3], 1)
        }
        8 => "[".repeat(20_000),
        _ => format!("{text}{}", " ".repeat(saved::MAX_CHARS)),
    }
}

/// A hundred and more: each costs the copy that it is in, and nothing else; every damaged text is given back as it was.
#[test]
fn damage_costs_the_copy_that_it_is_in() {
    let mut random = StdRng::seed_from_u64(42);
    let (old, new) = (numbered(4), numbered(5));
    let mut seen = 0;
    for kind in 0..160 {
        let text = damaged(&new, kind, &mut random);
        if text == new {
            continue;
        }
        seen += 1;
        for copies in [[text.as_str(), old.as_str()], [old.as_str(), text.as_str()]] {
            let (found, choice) = chosen(&copies);
            assert_eq!(found.map(|saved| saved.seed), Some(4), "{kind}: {text:.300}");
            assert_eq!(
                choice.unread.iter().map(|(unread, _)| unread).collect::<Vec<_>>(),
                [&text],
                "{kind}: it is not lost"
            );
        }
        let (found, choice) = chosen(&[&text]);
        assert_eq!(found, None, "{kind}: {text:.300}");
        assert_eq!(choice.unread.len(), 1);
        assert_eq!(choice.unread[0].0, text, "nothing is lost of it");
    }
    assert!(seen >= 100, "{seen}");
}
