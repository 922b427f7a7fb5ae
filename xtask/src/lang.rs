//! The other languages of the page: for each file beside `static/lang/en.txt` one object, which the page fetches where that language is spoken.
//!
//! `lines` has the page's own texts, each behind the hash of the English one, as `src/lang.rs` finds them; `said` has by their English words what the first
//! scripts, the first picture and the katas say; `terms` a kata's words and those of its glossary, `forms` its words in their cases; `dir` is `rtl` where letters run to the left. Of a
//! kata the folder's `de.txt` has the texts, by their place: `brief.json/lead = …`. `<html data-lang-de="./lang-de-….json">` says where
//! the object is; the single file holds it as a block of data, and the attribute is empty.
//!
//! Two more are made for the tests, from the English file: `xa` has accents and half as many letters again, `xb` runs to the left.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::build::write;
use crate::csp::Form;
use crate::kata::{self, data};
use crate::{Outcome, run};

#[path = "../../src/lang/file.rs"]
mod file;
mod pseudo;

use file::Variants;

/// The start of the id of a language's block in the single file.
pub const BLOCK: &str = "waiting-room-lang-";
/// The start of the keys of what scripts say before the wasm is there.
const BOOT: &str = "boot.";
/// The language that the page comes in.
const ENGLISH: &str = "en";

type Texts = BTreeMap<String, Variants>;

/// The page of this form with its other languages; their files go into `dist`.
pub fn put_in(page: &str, form: Form, dist: &Path) -> Outcome<String> {
    let (mut attributes, mut blocks) = (String::new(), String::new());
    for tag in others()? {
        let object = object(&tag)?.to_string();
        let place = match form {
            Form::Hosted => {
                let name = format!("lang-{tag}-{}.json", &format!("{:x}", Sha256::digest(&object))[..8]);
                write(&dist.join(&name), &object)?;
                format!("./{name}")
            }
            Form::Single | Form::Builder => {
                blocks += &data(&format!("{BLOCK}{tag}"), &object.replace('<', "\\u003c"));
                String::new()
            }
        };
        attributes += &format!(" data-lang-{tag}=\"{place}\"");
    }
    let end = page.rfind("</body>").ok_or("index.html has no </body> to put the languages before")?;
    let page = format!("{}{blocks}{}", &page[..end], &page[end..]);
    Ok(page.replacen("<html", &format!("<html{attributes}"), 1))
}

/// What the tests fetch in the place of a language's file: `lang-xa.json` and `lang-xb.json` in a folder.
pub fn for_tests(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| format!("{} can't be made: {error}", folder.display()))?;
    for (tag, made) in [("xa", pseudo::accented as fn(&str) -> String), ("xb", pseudo::to_the_left)] {
        write(&folder.join(format!("lang-{tag}.json")), object_of(tag, &|text| made(text))?.to_string())?;
    }
    Ok(())
}

/// The languages that have a file, without English.
pub fn others() -> Outcome<Vec<String>> {
    let folder = run::root().join("static/lang");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{} can't be read: {error}", folder.display()))?;
    let name = |path: &Path| path.file_stem().map(|name| name.to_string_lossy().into_owned());
    let mut tags: Vec<String> = entries.flatten().filter_map(|entry| name(&entry.path())).collect();
    tags.retain(|tag| tag != ENGLISH);
    tags.sort();
    Ok(tags)
}

/// The tags of all languages, the page's own first.
pub fn all() -> Outcome<Vec<String>> {
    let mut tags = vec![ENGLISH.to_owned()];
    tags.extend(others()?);
    Ok(tags)
}

/// A language's object, from its files.
fn object(tag: &str) -> Outcome<Value> {
    let (english, own) =
        (texts(&run::root().join("static/lang/en.txt"))?, texts(&run::root().join(format!("static/lang/{tag}.txt")))?);
    let mut said = Map::new();
    let mut lines = Vec::new();
    for (key, text) in &english {
        // What has no translation yet is said in English; a test of the texts fails on it.
        let translated = own.get(key).unwrap_or(text);
        if key.starts_with(BOOT) {
            said.insert(text[""].clone(), translated[""].clone().into());
        } else {
            let names = file::names_of(text);
            lines.push((file::pack(text, &names), file::pack(translated, &names)));
        }
    }
    let (mut forms, mut terms) = (Map::new(), Map::new());
    for folder in kata::all()? {
        let found = folder.join(format!("{tag}.txt"));
        if !found.exists() {
            continue;
        }
        let own = texts(&found)?;
        let id = kata::text(&kata::json(&folder, "kata.json")?, "id")?.to_owned();
        let (words, sentences): (Texts, Texts) =
            own.iter().map(|(key, text)| (key.clone(), text.clone())).partition(|(key, _)| is_word(key));
        terms.insert(id.clone(), of_files(&words, &|name| kata::json(&folder, name))?.into());
        said.extend(of_files(&sentences, &|name| kata::json(&folder, name))?);
        let form = |(key, text): (&String, &Variants)| Some(json!([key.strip_prefix("form/")?, text[""]]));
        forms.insert(id, own.iter().filter_map(form).collect());
    }
    let beside = run::root().join("static/katas");
    let shared = beside.join(format!("{tag}.txt"));
    if shared.exists() {
        said.extend(of_files(&texts(&shared)?, &|name| kata::json(&beside, name))?);
    }
    Ok(json!({ "tag": tag, "lines": listed(lines)?, "said": said, "terms": terms, "forms": forms }))
}

/// The lines, each behind the hash of its English one.
fn listed(lines: Vec<(String, String)>) -> Outcome<String> {
    let all = file::by_hash(lines)?.into_iter().map(|(hash, line)| format!("{hash:08x}{line}"));
    Ok(all.collect::<Vec<_>>().join("\n"))
}

/// Whether this is a single word of a kata: it counts in its own file alone, since elsewhere the same letters can be a key.
fn is_word(key: &str) -> bool {
    key.starts_with("words.json/") || key.starts_with("glossary.json/") && !key.ends_with("/text")
}

/// A made-up language: every text by a rule.
fn object_of(tag: &str, made: &dyn Fn(&str) -> String) -> Outcome<Value> {
    let mut said = Map::new();
    let mut lines = Vec::new();
    for (key, text) in texts(&run::root().join("static/lang/en.txt"))? {
        if key.starts_with(BOOT) {
            said.insert(text[""].clone(), made(&text[""]).into());
            continue;
        }
        let names: Vec<String> = file::names_of(&text).into_iter().map(str::to_owned).collect();
        let english = text;
        let text: Variants = english.iter().map(|(category, text)| (category.clone(), made(text))).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        lines.push((file::pack(&english, &names), file::pack(&text, &names)));
    }
    let german = texts(&run::root().join("static/katas/waiting-room/de.txt"))?;
    let folder = run::kata();
    for key in german.keys().filter(|key| !key.starts_with("form/") && !is_word(key)) {
        let english = at(key, &|name| kata::json(&folder, name))?;
        // A kata's texts have a longest length each, which its author holds.
        let new = if tag == "xa" { pseudo::with_accents(&english) } else { made(&english) };
        said.insert(english, new.into());
    }
    let dir = if tag == "xb" { json!("rtl") } else { Value::Null };
    Ok(json!({ "tag": tag, "lines": listed(lines)?, "said": said, "terms": {}, "forms": {}, "dir": dir }))
}

/// The texts of a kata's files by their English ones.
fn of_files(texts: &Texts, json: &dyn Fn(&str) -> Outcome<Value>) -> Outcome<Map<String, Value>> {
    let own = texts.iter().filter(|(key, _)| !key.starts_with("form/"));
    own.map(|(key, text)| Ok((at(key, json)?, text[""].clone().into()))).collect()
}

/// The English text of a place: `brief.json/steps/0`.
fn at(key: &str, json: &dyn Fn(&str) -> Outcome<Value>) -> Outcome<String> {
    let end = key.find(".json/").ok_or_else(|| format!("`{key}` names no place in a file"))? + ".json".len();
    let value = json(&key[..end])?;
    let text = value.pointer(&key[end..]).and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| format!("`{key}`: there is no text"))
}

fn texts(path: &Path) -> Outcome<Texts> {
    let text = fs::read_to_string(path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
    file::read(&text).map_err(|wrong| format!("{}: {wrong}", path.display()))
}
