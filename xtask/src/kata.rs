//! Puts a kata into the page: its files as one data block, which is no script and which the page reads when it starts.
//!
//! `<script type="application/json" id="waiting-room-kata">` holds one object with the files by their paths below the kata's folder, and
//! `teaching.json`, which lies beside the katas and is the same in all. Whoever changes the block changes the kata; nothing is built again.
//! Only that each file is JSON is looked at here: the page and `kata author` say the rest.

use std::fs;
use std::path::Path;

use crate::{Outcome, run};

/// The block's id.
const BLOCK: &str = "waiting-room-kata";
const TEACHING: &str = "teaching.json";

/// The page with the kata that was chosen, as the last element of its body.
pub fn put_in(page: &str) -> Outcome<String> {
    let end = page.rfind("</body>").ok_or("index.html has no </body> to put the kata before")?;
    let (before, after) = page.split_at(end);
    Ok(format!("{before}<script type=\"application/json\" id=\"{BLOCK}\">{}</script>\n{after}", block(&run::kata())?))
}

/// The files of a kata as one object.
pub fn block(folder: &Path) -> Outcome<String> {
    let mut files = Vec::new();
    gather(folder, "", &mut files)?;
    let teaching = run::root().join("static/katas").join(TEACHING);
    files.push((TEACHING.to_owned(), read(&teaching)?));
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
    fn a_block_is_json_that_ends_no_element() {
        let kata = std::env::temp_dir().join(format!("waiting-room-kata-{}", std::process::id()));
        fs::create_dir_all(kata.join("scenarios")).expect("a folder");
        let text = "{ \"title\": \"</script><!-- “x”\" }";
        fs::write(kata.join("brief.json"), text).expect("written");
        fs::write(kata.join("scenarios/monday.json"), "[1, 2]").expect("written");
        let block = block(&kata);
        fs::write(kata.join("brief.json"), "{").expect("written");
        let broken = super::block(&kata);
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
