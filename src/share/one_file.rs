//! The page in one file, as text: its blocks of data, which are no scripts, so that whoever changes them changes nothing that a policy names.
//!
//! A copy for a learner holds what is kept of their work in blocks of its own, and options that give it a drawer of its own: whatever a browser
//! keeps of another page stays as it is, and what is done in the copy is kept from its second opening on.

use crate::json::{self, Value};

/// The block with the kata.
pub const KATA: &str = "waiting-room-kata";
/// The block with the options.
pub const OPTIONS: &str = "waiting-room-options";
/// The block with the list of katas; it stands at the start of the body.
pub const LIST: &str = "waiting-room-katas";
/// The blocks of a copy with the learner's design and all that is kept beside it, their runs, and their notes.
pub const SAVED: &str = "waiting-room-saved";
pub const RUNS: &str = "waiting-room-runs";
pub const NOTES: &str = "waiting-room-notes";

fn open(id: &str) -> String {
    format!("<script type=\"application/json\" id=\"{id}\">")
}

const CLOSE: &str = "</script>";

/// A block of data. In JSON a `<` stands in texts only; so none can end the element or begin a comment.
fn block(id: &str, json: &str) -> String {
    format!("{}{}{CLOSE}", open(id), json.replace('<', "\\u003c"))
}

/// The page before, within and after a block.
fn around<'a>(page: &'a str, id: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let (before, rest) = page.split_once(&open(id))?;
    let (json, after) = rest.split_once(CLOSE)?;
    Some((before, json, after))
}

/// What a block holds.
pub fn read<'a>(page: &'a str, id: &str) -> Option<&'a str> {
    around(page, id).map(|(_, json, _)| json)
}

/// The page with this in a block that it has; `None` where it has none.
pub fn with(page: &str, id: &str, json: &str) -> Option<String> {
    let (before, _, after) = around(page, id)?;
    Some(format!("{before}{}{after}", block(id, json)))
}

/// The page without a block.
pub fn without(page: &str, id: &str) -> String {
    around(page, id).map_or_else(|| page.to_owned(), |(before, _, after)| format!("{}{}", before.trim_end(), after))
}

/// What a copy is made of.
#[derive(Clone, Debug)]
pub struct OneFile<'a> {
    /// The text of the page's own kata.
    pub kata: &'a str,
    /// The options that the page has, as text.
    pub options: Option<&'a str>,
    /// The id of the kata that is looked at, where it is not the page's own.
    pub other: Option<&'a str>,
    /// The copy's own drawer.
    pub key: &'a str,
    /// What is kept: the id of its block, and its text.
    pub kept: &'a [(&'a str, String)],
}

impl OneFile<'_> {
    /// The page with all of it inside; `None` if this is no page of ours.
    pub fn of(&self, page: &str) -> Option<String> {
        let mut page = without(&with(page, KATA, self.kata)?, OPTIONS);
        for (id, _) in self.kept {
            page = without(&page, id);
        }
        // What is seen first reads the options, so they come before it, as the list of katas does.
        let (before, rest) = page.split_once(&open(LIST))?;
        let page = format!("{before}{}\n{}{rest}", block(OPTIONS, &self.options()), open(LIST));
        let (before, after) = page.rsplit_once("</body>")?;
        let kept: String = self.kept.iter().map(|(id, text)| format!("{}\n", block(id, text))).collect();
        Some(format!("{before}{kept}</body>{after}"))
    }

    fn options(&self) -> String {
        let mut options = self.options.and_then(|text| json::read(text).ok()).filter(|value| value.fields().is_some());
        let options = options.get_or_insert(Value::Map(Vec::new()));
        options.set("key", self.key.into());
        if let Some(id) = self.other {
            options.set("kata", id.into());
        }
        options.json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<body>\n<script type=\"application/json\" id=\"waiting-room-katas\">[]</script>\n<div></div>\n\
         <script type=\"application/json\" id=\"waiting-room-kata\">{}</script>\n<script>1</script></body></html>";

    fn copy<'a>(kept: &'a [(&'a str, String)], key: &'a str) -> OneFile<'a> {
        let options = Some(r#"{"theme":"dark","key":"week-3"}"#);
        OneFile { kata: r#"{"a":"</script>"}"#, options, other: Some("evening"), key, kept }
    }

    #[test]
    fn a_copy_holds_all_and_a_copy_of_it_holds_the_newer() {
        let kept = [(SAVED, r#"{"name":"</script><!-- x"}"#.to_owned())];
        let once = copy(&kept, "copy-1").of(PAGE).expect("a page of ours");
        assert_eq!(once.matches("</script>").count(), PAGE.matches("</script>").count() + 2);
        assert!(!once.contains("<!--"));
        let found = |page: &str, id: &str| json::read(read(page, id).expect("a block")).expect("JSON");
        assert_eq!(found(&once, KATA), Value::literal(r#"{"a":"</script>"}"#));
        assert_eq!(found(&once, OPTIONS), Value::literal(r#"{"theme":"dark","key":"copy-1","kata":"evening"}"#));
        assert_eq!(found(&once, SAVED), Value::literal(&kept[0].1));
        assert!(once.find(OPTIONS) < once.find("<div>") && once.contains("<script>1</script>"));

        let newer = [(SAVED, "{}".to_owned())];
        let twice = copy(&newer, "copy-2").of(&once).expect("a page of ours");
        assert_eq!(twice.matches(OPTIONS).count(), 1);
        assert_eq!(read(&twice, SAVED), Some("{}"));
        assert_eq!(twice.matches(SAVED).count(), 1);
    }

    #[test]
    fn another_page_is_none_of_ours() {
        assert_eq!(copy(&[], "copy-1").of("<body></body>"), None);
    }
}
