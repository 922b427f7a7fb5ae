//! The other languages: every text is there, with the same names in it, and a kata in another language is a kata that can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use waiting_room::kata::Folder;
use waiting_room::lang::file::{self, Variants, names_of};

type Texts = BTreeMap<String, Variants>;

const LANGUAGES: [&str; 1] = ["de"];
/// Forms of plurals that a language has, by its tag.
const CATEGORIES: [(&str, &[&str]); 1] = [("de", &["one", "other"])];

fn static_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("static")
}

fn texts(path: &Path) -> Texts {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    file::read(&text).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()))
}

fn none(wrong: &[String], what: &str) {
    assert!(wrong.is_empty(), "{what}:\n  {}", wrong.join("\n  "));
}

#[test]
fn every_language_has_every_text_with_the_same_names() {
    let english = texts(&static_folder().join("lang/en.txt"));
    for tag in LANGUAGES {
        let own = texts(&static_folder().join(format!("lang/{tag}.txt")));
        let keys = |texts: &Texts| texts.keys().cloned().collect::<BTreeSet<_>>();
        none(&(&keys(&english) - &keys(&own)).into_iter().collect::<Vec<_>>(), &format!("{tag}.txt lacks"));
        none(
            &(&keys(&own) - &keys(&english)).into_iter().collect::<Vec<_>>(),
            &format!("{tag}.txt has, and en.txt has not"),
        );
        let (_, categories) = CATEGORIES.iter().find(|(of, _)| *of == tag).expect("a language has categories");
        let differ = english.iter().filter_map(|(key, text)| {
            let other = &own[key];
            let counted = !text.contains_key("");
            let of_numbers = !counted || categories.iter().all(|category| other.contains_key(*category));
            let same = names_of(text) == names_of(other) && counted != other.contains_key("") && of_numbers;
            (!same).then(|| format!("{key}: {text:?} is {other:?}"))
        });
        none(&differ.collect::<Vec<_>>(), &format!("{tag}.txt has other names or variants"));
    }
}

/// A variant leaves out at most its number: “1 run” or “one run”, but nothing else.
#[test]
fn variants_of_a_text_have_the_same_names_but_for_the_number() {
    for tag in LANGUAGES.into_iter().chain(["en"]) {
        let all = texts(&static_folder().join(format!("lang/{tag}.txt")));
        let wrong = all.iter().flat_map(|(key, text)| {
            let whole: BTreeSet<&str> = names_of(text).into_iter().collect();
            text.values().filter_map(move |variant| {
                let own: BTreeSet<&str> = file::names(variant).expect("it was read").into_iter().collect();
                (whole.difference(&own).count() > 1).then(|| format!("{key}: {variant}"))
            })
        });
        none(&wrong.collect::<Vec<_>>(), &format!("{tag}.txt"));
    }
}

/// What is said in German takes nothing back either.
#[test]
fn no_german_text_hedges() {
    const HEDGES: [&str; 9] = [
        "vielleicht",
        "eventuell",
        "möglicherweise",
        "wahrscheinlich",
        "könnte",
        "könnten",
        "vermutlich",
        "womöglich",
        "ziemlich",
    ];
    let files = ["lang/de.txt", "katas/de.txt", "katas/waiting-room/de.txt", "katas/evening-rush/de.txt"];
    for name in files {
        let wrong = texts(&static_folder().join(name)).into_iter().flat_map(|(key, text)| {
            text.into_values().filter_map(move |text| {
                let text = text.to_lowercase();
                let found = text.split(|c: char| !c.is_alphabetic()).find(|word| HEDGES.contains(word))?.to_owned();
                Some(format!("{key}: {found}"))
            })
        });
        none(&wrong.collect::<Vec<_>>(), name);
    }
}

/// Thousands stand apart as figures that are made have them: with a point.
#[test]
fn german_thousands_have_a_point() {
    let spaces = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];
    let apart = |text: &str| {
        let signs: Vec<char> = text.chars().collect();
        let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
        let at = |i: usize| spaces.contains(&signs[i + 1]) && digits(&signs[i..=i]) && digits(&signs[i + 2..i + 5]);
        (0..signs.len().saturating_sub(4)).any(at)
    };
    assert!(apart("170\u{202f}000 Patienten") && !apart("170.000 Patienten, 10 min 25 s"));
    for name in ["lang/de.txt", "katas/de.txt", "katas/waiting-room/de.txt", "katas/evening-rush/de.txt"] {
        let told = texts(&static_folder().join(name)).into_iter();
        let wrong = told.flat_map(|(key, text)| {
            text.into_values().filter(|text| apart(text)).map(move |text| format!("{key}: {text}"))
        });
        none(&wrong.collect::<Vec<_>>(), name);
    }
}

/// What the first scripts say, `t('…')`, is in the English file, and so is what the first picture says.
#[test]
fn what_scripts_say_is_among_the_texts() {
    let english = texts(&static_folder().join("lang/en.txt"));
    let boot: BTreeSet<String> =
        english.iter().filter(|(key, _)| key.starts_with("boot.")).map(|(_, text)| text[""].clone()).collect();
    let mut said = 0;
    for name in ["boot.js", "rescue.js"] {
        let script = fs::read_to_string(static_folder().join(name)).expect("a script");
        for rest in script.split(" t('").skip(1).chain(script.split("(t('").skip(1)) {
            let text = rest.split("')").next().unwrap_or_default().split("', ").next().unwrap_or_default();
            let text = ["2018", "2019", "201c", "201d", "2026", "2318"].iter().fold(text.to_owned(), |text, code| {
                let letter = char::from_u32(u32::from_str_radix(code, 16).expect("hex")).expect("a letter");
                text.replace(&format!("\\u{code}"), &letter.to_string())
            });
            said += 1;
            assert!(boot.contains(&text), "static/lang/en.txt has no boot text “{text}” of {name}");
        }
    }
    assert!(said > 20, "{said} only");
}

#[test]
fn what_all_katas_teach_is_whole_in_every_language() {
    let folder = static_folder().join("katas");
    let mut english = BTreeMap::new();
    let file = fs::read_to_string(folder.join("teaching.json")).expect("a file");
    strings(&serde_json::from_str(&file).expect("JSON"), "teaching.json", &mut english);
    let wanted: BTreeSet<&String> = english.keys().filter(|place| place.ends_with("/text")).collect();
    for tag in LANGUAGES {
        let own = texts(&folder.join(format!("{tag}.txt")));
        assert_eq!(own.keys().collect::<BTreeSet<_>>(), wanted, "static/katas/{tag}.txt");
    }
}

/// Every text of a kata's files, by its place: `brief.json/lead`.
fn places(folder: &Path, found: &mut BTreeMap<String, String>, within: &str) {
    for entry in fs::read_dir(folder.join(within)).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.strip_prefix(folder).expect("within").display().to_string();
        if entry.is_dir() {
            places(folder, found, &name);
        } else if name.ends_with(".json") {
            let value = serde_json::from_str(&fs::read_to_string(&entry).expect("a file")).expect("JSON");
            strings(&value, &name, found);
        }
    }
}

fn strings(value: &Value, place: &str, found: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) => drop(found.insert(place.to_owned(), text.clone())),
        Value::Array(all) => all.iter().enumerate().for_each(|(at, one)| strings(one, &format!("{place}/{at}"), found)),
        Value::Object(all) => all.iter().for_each(|(key, one)| strings(one, &format!("{place}/{key}"), found)),
        _ => {}
    }
}

/// Whether a learner reads what stands there: a sentence or a name, no key, no condition and nobody's first name.
fn is_read(place: &str, text: &str) -> bool {
    let word = place.starts_with("words.json/") || place.starts_with("glossary.json/") && place.contains("/form");
    let sentence = text.contains(' ') || text.starts_with(|c: char| c.is_uppercase());
    (sentence || word) && !place.ends_with("/when") && !place.starts_with("people.json/names")
}

#[test]
fn every_kata_is_whole_in_every_language() {
    for kata in ["waiting-room", "evening-rush"] {
        let folder = static_folder().join("katas").join(kata);
        let mut english = BTreeMap::new();
        places(&folder, &mut english, "");
        for tag in LANGUAGES {
            let own = texts(&folder.join(format!("{tag}.txt")));
            let lost = own.keys().filter(|key| !key.starts_with("form/") && !english.contains_key(*key));
            none(&lost.cloned().collect::<Vec<_>>(), &format!("{kata}/{tag}.txt names no text"));
            // One text can stand at several places; it is translated once.
            let done: BTreeSet<&String> = own.keys().filter_map(|key| english.get(key)).collect();
            // The same in both languages.
            let same = ["Erlang C", "ρ", "p50", "p95", "p99"];
            let missing = english
                .iter()
                .filter(|(place, text)| is_read(place, text) && !done.contains(text) && !same.contains(&text.as_str()));
            none(
                &missing.map(|(place, text)| format!("{place} = {text}")).collect::<Vec<_>>(),
                &format!("{kata}/{tag}.txt lacks"),
            );
            let other_names = own.iter().filter_map(|(key, text)| {
                let names = |text: &str| {
                    file::names(text).expect("braces close").into_iter().map(str::to_owned).collect::<BTreeSet<_>>()
                };
                let (was, is) = (names(english.get(key)?), names(&text[""]));
                (was != is).then(|| format!("{key}: {was:?} are {is:?}"))
            });
            none(&other_names.collect::<Vec<_>>(), &format!("{kata}/{tag}.txt has other names"));
            let faults = Folder::read_telling(&translated(&folder, &english, &own), drop).err();
            assert!(faults.is_none(), "{kata} in {tag}: {faults:#?}");
        }
    }
}

/// The kata's files with their texts in another language, as `static/lang.js` puts them in.
fn translated(folder: &Path, english: &BTreeMap<String, String>, own: &Texts) -> Vec<(&'static str, &'static str)> {
    let said: BTreeMap<&String, &String> =
        own.iter().filter_map(|(key, text)| Some((english.get(key)?, &text[""]))).collect();
    let names: BTreeSet<String> =
        english.keys().filter_map(|place| Some(format!("{}.json", place.split_once(".json")?.0))).collect();
    let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let file = |name: String| {
        let mut value: Value =
            serde_json::from_str(&fs::read_to_string(folder.join(&name)).expect("a file")).expect("JSON");
        replace(&mut value, &name, &said);
        (leak(name), leak(value.to_string()))
    };
    names.into_iter().map(file).collect()
}

fn replace(value: &mut Value, place: &str, said: &BTreeMap<&String, &String>) {
    match value {
        Value::String(text) if is_read(place, text) => {
            if let Some(new) = said.get(text) {
                (*text).clone_from(new);
            }
        }
        Value::Array(all) => {
            all.iter_mut().enumerate().for_each(|(at, one)| replace(one, &format!("{place}/{at}"), said));
        }
        Value::Object(all) => all.iter_mut().for_each(|(key, one)| replace(one, &format!("{place}/{key}"), said)),
        _ => {}
    }
}
