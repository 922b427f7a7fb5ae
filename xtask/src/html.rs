//! Finds the elements of an HTML file: just enough for `index.html` as Trunk writes it; and what a text is in one.
//!
//! Attributes are quoted, scripts and styles end at their closing tag, comments are skipped. What is malformed is left out
//! of the list, and the finished page is then checked for what must not be left in it.

use std::ops::Range;

/// An element's opening tag; for a script or style, the whole element.
#[derive(Debug)]
pub struct Element<'a> {
    pub name: &'a str,
    pub attributes: Vec<(&'a str, &'a str)>,
    /// Where it stands in the text.
    pub place: Range<usize>,
    /// The text inside a script or style, exactly as a browser hashes it.
    pub body: &'a str,
}

impl<'a> Element<'a> {
    pub fn get(&self, attribute: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(name, _)| *name == attribute).map(|(_, value)| *value)
    }

    /// A script that is run, and not fetched; or a style in the page.
    pub fn is_inline_code(&self) -> bool {
        match self.name {
            "style" => true,
            "script" => self.get("src").is_none() && matches!(self.get("type"), None | Some("module")),
            _ => false,
        }
    }
}

pub fn elements(text: &str) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find('<') {
        let start = at + offset;
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(text.len(), |end| start + end + 3);
            continue;
        }
        let name = name_of(&rest[1..]);
        let Some(end) = rest.find('>').filter(|_| !name.is_empty()) else {
            at = start + 1;
            continue;
        };
        let mut element = Element {
            name,
            attributes: attributes(&rest[1 + name.len()..end]),
            place: start..start + end + 1,
            body: "",
        };
        if name == "script" || name == "style" {
            let close = format!("</{name}>");
            if let Some(length) = text[element.place.end..].find(&close) {
                element.body = &text[element.place.end..element.place.end + length];
                element.place.end += length + close.len();
            }
        }
        at = element.place.end;
        found.push(element);
    }
    found
}

fn name_of(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

fn attributes(mut text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = text.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(text.len());
        if end == 0 {
            return found;
        }
        let name = &text[..end];
        text = &text[end..];
        let mut value = "";
        if let Some(quoted) = text.strip_prefix("=\"")
            && let Some(length) = quoted.find('"')
        {
            value = &quoted[..length];
            text = &quoted[length + 1..];
        }
        found.push((name, value));
    }
}

/// A text as it stands in HTML, between tags or in quotes.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text with some of its parts replaced; the parts are in order and don't overlap.
pub fn replace(text: &str, parts: &[(Range<usize>, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (place, new) in parts {
        out.push_str(&text[at..place.start]);
        out.push_str(new);
        at = place.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_taken_whole_and_comments_not_at_all() {
        let text = "<!-- <b> --><link rel=\"icon\" href=\"./i.svg\"/><script type=\"module\">\nif (a < b) c();\n</script><p>x</p>";
        let found = elements(text);
        let names: Vec<&str> = found.iter().map(|element| element.name).collect();
        assert_eq!(names, ["link", "script", "p"]);
        assert_eq!(found[0].get("href"), Some("./i.svg"));
        assert_eq!(found[1].body, "\nif (a < b) c();\n");
        assert!(found[1].is_inline_code());
    }

    #[test]
    fn data_blocks_and_fetched_scripts_are_no_inline_code() {
        let found = elements("<script src=\"a.js\"></script><script type=\"text/plain\" id=\"w\">AAAA</script>");
        assert_eq!(found.len(), 2);
        assert!(!found[0].is_inline_code() && !found[1].is_inline_code());
        assert_eq!(found[1].get("id"), Some("w"));
    }

    #[test]
    fn parts_are_replaced_where_they_stand() {
        assert_eq!(replace("a-b-c", &[(0..1, "A".into()), (4..5, String::new())]), "A-b-");
    }
}
