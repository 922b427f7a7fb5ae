//! Makes one style sheet of the several that the page is written in, so that a visitor asks for one file; and a second one of those that only
//! what the second module draws needs, where there is such a module. It comes with that.
//!
//! Their order in `index.html` stays. For hosting, comments and indents are left out.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::Outcome;
use crate::build::{files, write};
use crate::{fonts, html};

/// The sheets that nothing needs before the second module is there. They come after all others.
const LATE: [&str; 12] =
    ["inspector", "list", "dialogs", "repeat", "size", "result", "moment", "print", "forced", "listen", "runs", "low"];
/// What the link of their sheet is marked with; the hosted page asks for it with the second module.
pub const MARK: &str = "data-late";

/// The page with one style sheet, or two, which then lie in `dist` in place of the others.
pub fn bundled(page: &str, dist: &Path, release: bool) -> Outcome<String> {
    let split = files(dist)?.iter().any(|path| path.to_string_lossy().ends_with(crate::build::LATE));
    let elements = html::elements(page);
    let sheets: Vec<_> = elements.iter().filter(|element| element.get("rel") == Some("stylesheet")).collect();
    let Some(last) = sheets.last() else { return Err("index.html has no style sheet".to_owned()) };
    let (mut all, mut late) = (String::new(), String::new());
    for sheet in &sheets {
        let name = sheet.get("href").unwrap_or_default().trim_start_matches("./");
        let waits = split && name.split_once('-').is_some_and(|(stem, _)| LATE.contains(&stem));
        let path = dist.join(name);
        let text = fs::read_to_string(&path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
        if waits { &mut late } else { &mut all }.push_str(&text);
        fs::remove_file(&path).map_err(|error| format!("{} can't be taken away: {error}", path.display()))?;
    }
    if release {
        all = slim(&all);
    }
    let (all, fonts) = fonts::published(&all, dist)?;
    let name = named("style", &all);
    write(&dist.join(&name), &all)?;
    let integrity = match release {
        true => format!(" integrity=\"sha384-{}\"", STANDARD.encode(Sha384::digest(&all))),
        false => String::new(),
    };
    let link = format!("<link rel=\"stylesheet\" href=\"./{name}\"{integrity}>");
    let preloads: String = fonts
        .iter()
        .map(|name| format!("<link rel=\"preload\" href=\"./{name}\" as=\"font\" type=\"font/woff2\" crossorigin>"))
        .collect();
    let mut link = preloads + &link;
    if !late.is_empty() {
        let late = if release { slim(&late) } else { late };
        let name = named("late", &late);
        write(&dist.join(&name), &late)?;
        link += &format!("<link rel=\"stylesheet\" href=\"./{name}\" {MARK}=\"\">");
    }
    let parts: Vec<_> = sheets
        .iter()
        .map(|sheet| (sheet.place.clone(), if sheet.place == last.place { link.clone() } else { String::new() }))
        .collect();
    Ok(html::replace(page, &parts))
}

/// The name of a sheet's file, which is another one whenever the sheet is.
fn named(stem: &str, sheet: &str) -> String {
    let hash: String = Sha256::digest(sheet).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{stem}-{hash}.css")
}

/// A style sheet without comments, indents and empty lines. What stands in quotes has neither.
pub fn slim(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slim_sheet_says_the_same() {
        assert_eq!(slim("/* a\n b */\n.a {\n  color: red; /* c */\n}\n\n.b { }\n"), ".a {\ncolor: red;\n}\n.b { }");
    }
}
