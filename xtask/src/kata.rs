//! Puts a kata into the page: its files as one data block, which is no script and which the page reads when it starts.
//!
//! `<script type="application/json" id="waiting-room-kata">` holds one object with the files by their paths below the kata's folder, and
//! `teaching.json`, which lies beside the katas and is the same in all. Whoever changes the block changes the kata; nothing is built again.
//! In the hosted page what a page doesn't begin with ([`LATER`]) is fetched with the second module, as `<html data-kata-rest="…">` says; of what the
//! block itself holds, that counts.
//! Only that each file is JSON is looked at here: the page and `kata author` say the rest.
//!
//! The other katas that are published beside it are offered by `waiting-room-katas`, a list at the start of the body, and chosen by `?kata=ID`.
//! The hosted page fetches the chosen one's block as a file; the single file has each as a block of its own. `static/boot.js` puts the chosen
//! block into the place of the page's.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::build::write;
use crate::csp::Form;
use crate::first::picture;
use crate::{Outcome, run};

/// The block's id; that of another kata in the single file has the kata's behind it.
pub const BLOCK: &str = "waiting-room-kata";
const TEACHING: &str = "teaching.json";
const MANIFEST: &str = "kata.json";
/// The files of which a page has no need before its second module is there.
const LATER: [&str; 3] = ["lessons.json", "people.json", "rungs.json"];

/// What an embedding page would say in the address.
const OPTIONS: &str = "waiting-room-options";

/// The list of the katas that a page offers.
const LIST: &str = "waiting-room-katas";

/// The page of this form with the kata that was chosen, as the last element of its body, and with the other katas; their files go into `dist`.
pub fn put_in(page: &str, form: Form, dist: &Path) -> Outcome<String> {
    let start = page.find("<body>").ok_or("index.html has no <body> to list the katas in")? + "<body>".len();
    let end = page.rfind("</body>").ok_or("index.html has no </body> to put the kata before")?;
    let own = run::kata();
    let mut list = vec![entry(&own, None)?];
    let mut rest = String::new();
    let mut blocks = data(BLOCK, &block(&own, |_| true)?);
    if form == Form::Hosted {
        let later = block(&own, |name| LATER.contains(&name) || name == MANIFEST)?;
        let name = hashed(&format!("{}-rest", text(&json(&own, MANIFEST)?, "id")?), &later);
        write(&dist.join(&name), &later)?;
        rest = format!(" data-kata-rest=\"./{name}\"");
        blocks = data(BLOCK, &block(&own, |name| !LATER.contains(&name))?);
    }
    for folder in others()? {
        let (manifest, block) = (json(&folder, MANIFEST)?, block(&folder, |_| true)?);
        let id = text(&manifest, "id")?;
        let file = match form {
            Form::Hosted => {
                let name = hashed(id, &block);
                write(&dist.join(&name), &block)?;
                Some(name)
            }
            Form::Single | Form::Builder => {
                blocks += &data(&format!("{BLOCK}-{id}"), &block);
                None
            }
        };
        list.push(entry(&folder, file)?);
    }
    let list = data(LIST, &serde_json::Value::from(list).to_string().replace('<', "\\u003c"));
    let page = format!("{}\n{list}{}{blocks}{}", &page[..start], &page[start..end], &page[end..]);
    Ok(page.replacen("<html", &format!("<html{rest}"), 1))
}

/// The name of a file with a kata's data.
fn hashed(name: &str, json: &str) -> String {
    format!("kata-{name}-{}.json", &format!("{:x}", Sha256::digest(json))[..8])
}

/// The page in one file with its own kata alone, and with options that a host can't take away. Another kata would be another package.
pub fn put_in_package(page: &str, options: &[(&str, &str)]) -> Outcome<String> {
    let start = page.find("<body>").ok_or("index.html has no <body> to list the kata in")? + "<body>".len();
    let end = page.rfind("</body>").ok_or("index.html has no </body> to put the kata before")?;
    let own = run::kata();
    let list = data(LIST, &serde_json::Value::from(vec![entry(&own, None)?]).to_string().replace('<', "\\u003c"));
    let options: serde_json::Map<_, _> =
        options.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect();
    let options = data(OPTIONS, &serde_json::Value::from(options).to_string());
    let block = data(BLOCK, &block(&own, |_| true)?);
    Ok(format!("{}\n{list}{options}{}{block}{}", &page[..start], &page[start..end], &page[end..]))
}

/// The folders of all katas that are published, the page's own first.
pub fn all() -> Outcome<Vec<PathBuf>> {
    Ok(std::iter::once(run::kata()).chain(others()?).collect())
}

/// The id and the title of the kata in a folder.
pub fn named(folder: &Path) -> Outcome<(String, String)> {
    let (kata, brief) = (json(folder, "kata.json")?, json(folder, "brief.json")?);
    Ok((text(&kata, "id")?.to_owned(), text(&brief, "title")?.to_owned()))
}

/// A block of data.
pub fn data(id: &str, json: &str) -> String {
    format!("<script type=\"application/json\" id=\"{id}\">{json}</script>\n")
}

/// The katas that are published beside the page's: all others of the project, unless the page was made for one kata.
fn others() -> Outcome<Vec<PathBuf>> {
    if run::kata_was_chosen() {
        return Ok(Vec::new());
    }
    let katas = run::root().join("static/katas");
    let entries = fs::read_dir(&katas).map_err(|error| format!("{} can't be read: {error}", katas.display()))?;
    let folders = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir() && *path != run::kata());
    let mut all: Vec<PathBuf> = folders.collect();
    all.sort();
    Ok(all)
}

/// What the link builder offers: each kata with its scenarios and designs by their names, the page's own first.
pub fn offered() -> Outcome<Vec<serde_json::Value>> {
    let kata = |folder: PathBuf| -> Outcome<serde_json::Value> {
        let (manifest, brief) = (json(&folder, "kata.json")?, json(&folder, "brief.json")?);
        let named = |list: &str| -> Outcome<Vec<serde_json::Value>> {
            let ids = manifest[list].as_array().into_iter().flatten().filter_map(|id| id.as_str());
            let name = |id: &str| {
                let file = json(&folder, &format!("{list}/{id}.json"))?;
                Ok(serde_json::json!({ "id": id, "name": text(&file, "name")? }))
            };
            ids.map(name).collect()
        };
        Ok(serde_json::json!({
            "id": text(&manifest, "id")?, "title": text(&brief, "title")?, "scenarios": named("scenarios")?, "designs": named("designs")?,
        }))
    };
    all()?.into_iter().map(kata).collect()
}

/// What a page says of a kata that it offers, and of the file in which that is.
fn entry(folder: &Path, file: Option<String>) -> Outcome<serde_json::Value> {
    let mut entry = picture::entry(&|name| json(folder, name))?;
    if let Some(file) = file {
        entry["file"] = file.into();
    }
    Ok(entry)
}

pub fn json(folder: &Path, name: &str) -> Outcome<serde_json::Value> {
    let path = folder.join(name);
    serde_json::from_str(&read(&path)?).map_err(|error| format!("{} is not JSON: {error}", path.display()))
}

pub fn text<'a>(json: &'a serde_json::Value, key: &str) -> Outcome<&'a str> {
    json[key].as_str().ok_or_else(|| format!("the kata lacks {key}, by which it is offered"))
}

/// The files of a kata as one object.
pub fn block(folder: &Path, has: impl Fn(&str) -> bool) -> Outcome<String> {
    let mut files = Vec::new();
    gather(folder, "", &mut files)?;
    let teaching = run::root().join("static/katas").join(TEACHING);
    files.push((TEACHING.to_owned(), read(&teaching)?));
    files.retain(|(name, _)| has(name));
    files.sort();
    let entry = |(name, text): &(String, String)| format!("{}:{}", serde_json::json!(name), tight(text));
    let block = format!("{{{}}}", files.iter().map(entry).collect::<Vec<_>>().join(","));
    // In JSON a `<` stands in texts only; so none can end the element or begin a comment.
    Ok(block.replace('<', "\\u003c"))
}

/// All files of JSON below `folder`, by their path within the kata, with `/` on every system.
fn gather(folder: &Path, within: &str, files: &mut Vec<(String, String)>) -> Outcome {
    let entries = fs::read_dir(folder).map_err(|error| format!("{} can't be read: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            gather(&path, &format!("{within}{name}/"), files)?;
        } else if name.ends_with(".json") {
            files.push((format!("{within}{name}"), read(&path)?));
        }
    }
    Ok(())
}

/// A file's text, if it is JSON.
fn read(path: &Path) -> Outcome<String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    serde_json::from_str::<serde_json::Value>(&text)
        .map_err(|error| format!("{} is not JSON: {error}", path.display()))?;
    Ok(text)
}

/// JSON without the white space between its signs.
fn tight(json: &str) -> String {
    let (mut out, mut in_text, mut escaped) = (String::with_capacity(json.len()), false, false);
    for sign in json.chars() {
        if in_text || !sign.is_ascii_whitespace() {
            out.push(sign);
        }
        in_text = if in_text { escaped || sign != '"' } else { sign == '"' };
        escaped = in_text && sign == '\\' && !escaped;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_stays_in_texts_only() {
        assert_eq!(tight("{ \"a b\" :\n [1, \"c\\\" d\\\\\" , true ] }"), "{\"a b\":[1,\"c\\\" d\\\\\",true]}");
    }

    #[test]
    fn both_forms_offer_the_other_katas_and_only_one_fetches_them() {
        let dist = std::env::temp_dir().join(format!("waiting-room-katas-{}", std::process::id()));
        fs::create_dir_all(&dist).expect("a folder");
        let page = "<html><body>\n<p>x</p></body></html>";
        let [hosted, single] = [Form::Hosted, Form::Single].map(|form| put_in(page, form, &dist).expect("a page"));
        let mut files: Vec<String> =
            fs::read_dir(&dist).expect("it").flatten().map(|f| f.file_name().to_string_lossy().into_owned()).collect();
        files.sort();
        fs::remove_dir_all(&dist).expect("removed");
        let [other, rest] = &files[..] else { panic!("{files:?}") };
        assert!(other.starts_with("kata-evening-rush-") && rest.starts_with("kata-waiting-room-rest-"), "{files:?}");
        assert!(hosted.contains(other) && !single.contains(other) && hosted.contains(rest) && !single.contains(rest));
        assert!(single.contains("\"rungs.json\"") && !hosted.contains("\"rungs.json\""));
        assert!(single.contains("id=\"waiting-room-kata-evening-rush\"") && !hosted.contains("kata-evening-rush\">"));
        for page in [hosted, single] {
            let place = |mark: &str| page.find(mark).unwrap_or_else(|| panic!("{mark} is not there"));
            assert!(
                place("waiting-room-katas") < place("<p>x</p>") && place("<p>x</p>") < place("\"waiting-room-kata\"")
            );
            assert!(page.contains("\"title\":\"The evening rush\""));
        }
    }

    #[test]
    fn a_block_is_json_that_ends_no_element() {
        let kata = std::env::temp_dir().join(format!("waiting-room-kata-{}", std::process::id()));
        fs::create_dir_all(kata.join("scenarios")).expect("a folder");
        let text = "{ \"title\": \"</script><!-- “x”\" }";
        fs::write(kata.join("brief.json"), text).expect("written");
        fs::write(kata.join("scenarios/monday.json"), "[1, 2]").expect("written");
        let block = block(&kata, |_| true);
        fs::write(kata.join("brief.json"), "{").expect("written");
        let broken = super::block(&kata, |_| true);
        fs::remove_dir_all(&kata).expect("removed");

        let block = block.expect("a block");
        assert!(!block.contains('<'));
        let read: serde_json::Value = serde_json::from_str(&block).expect("JSON");
        assert_eq!(read["brief.json"]["title"], "</script><!-- “x”");
        assert_eq!(read["scenarios/monday.json"], serde_json::json!([1, 2]));
        assert!(read["teaching.json"]["lines"].is_array());
        assert!(broken.expect_err("no JSON").contains("brief.json is not JSON"));
    }
}
