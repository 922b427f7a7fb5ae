//! What those who embed the page are given beside it: `embed.js`, as it was written, and `builder.html`, the link builder, as one file.
//!
//! The builder's options come from the table of docs/reference.md, which a test holds against the list of the page, and its katas from their
//! folders, its languages from static/lang. Style and script stand in the file and run by their hashes; it asks for nothing, but its frame shows the page beside it.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::build::write;
use crate::csp::{self, Form};
use crate::{Outcome, fonts, kata, lang, run, styles};

/// What is published under the name that hosts ask for.
pub const EMBED: &str = "embed.js";
/// The link builder.
pub const BUILDER: &str = "builder.html";
/// Its sheets, in their order.
const SHEETS: [&str; 4] = ["tokens.css", "style.css", "components.css", "builder.css"];
/// Before and after the table of the options.
const TABLE: (&str, &str) = ("<!-- table: address -->\n", "<!-- end -->");

/// Puts both into `dist`.
pub fn publish(dist: &Path) -> Outcome {
    write(&dist.join(EMBED), read("static/embed.js")?)?;
    write(&dist.join(BUILDER), csp::with_policy(&page()?, Form::Builder)?)
}

fn page() -> Outcome<String> {
    let sheet: String = SHEETS.iter().map(|name| read(&format!("static/{name}"))).collect::<Outcome<_>>()?;
    let data = json!({ "options": options(&read("docs/reference.md")?)?, "katas": kata::offered()?, "languages": lang::all()? });
    let parts = [
        ("icon", STANDARD.encode(read("static/icon.svg")?)),
        ("style", styles::slim(&fonts::inlined(&sheet)?)),
        ("data", data.to_string().replace('<', "\\u003c")),
        ("script", read("static/builder.js")?),
    ];
    let html = read("static/builder.html")?;
    Ok(parts.iter().fold(html, |html, (name, value)| html.replacen(&format!("{{{name}}}"), value, 1)))
}

/// The options of the address from the table of the reference.
fn options(reference: &str) -> Outcome<Vec<Value>> {
    let rows = reference.split_once(TABLE.0).and_then(|(_, after)| after.split_once(TABLE.1));
    let rows = rows.ok_or("docs/reference.md has no table of the address")?.0.lines().skip(2);
    let options = rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches(['|', ' ']).split(" | ").map(|cell| cell.trim_matches('`')).collect();
        match cells[..] {
            [key, allowed, help] => Ok(json!({ "key": key, "allowed": allowed, "help": help })),
            _ => Err(format!("docs/reference.md: a row of the address is no option: {row}")),
        }
    });
    options.collect()
}

fn read(name: &str) -> Outcome<String> {
    fs::read_to_string(run::root().join(name)).map_err(|error| format!("{name} can't be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builder_has_every_option_and_every_kata() {
        let options = options(&read("docs/reference.md").expect("the reference")).expect("its table");
        assert!(
            options.len() > 10
                && options.iter().all(|option| option["help"].as_str().is_some_and(|h| h.ends_with('.')))
        );
        let page = page().expect("a page");
        assert!(!page.contains("{style}") && !page.contains("{script}") && !page.contains("url(\"fonts/"));
        for words in [
            "\"languages\":[\"en\",\"de\"",
            "\"key\":\"panels\"",
            "\"id\":\"outage\",\"name\":\"The clinic goes dark\"",
            "\"id\":\"evening-rush\"",
        ] {
            assert!(page.contains(words), "{words}");
        }
        assert!(super::options("no table").is_err());
    }
}
