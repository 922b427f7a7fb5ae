//! What is seen first: the page's frame with the kata's brief in it, as plain HTML, until the wasm is there and takes it over.
//!
//! Everything it says stands elsewhere already: the brief and the scenario in the kata's files. The frame is `static/first.html`, laid out by the
//! page's own styles; what it has in double is the arrangement alone, and a browser test holds that nothing moves when the page takes over.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{Outcome, kata, scripts};

/// The texts of a kata, in the one file that `kata pack` has too.
#[path = "../../src/cli/pack/picture.rs"]
pub mod picture;

const FRAME: &str = include_str!("../../static/first.html");
const SCRIPT: &str = include_str!("../../static/first.js");

/// What `index.html` has in its place.
const PLACE: &str = "<p id=\"boot\" class=\"boot\"></p>";

const TABS: [&str; 5] = ["Design", "Charts", "Parts", "Brief", "Runs"];
/// The charts' own files: their keys decide how high their tracks are.
const CHARTS: [&str; 4] = [
    include_str!("../../src/chart/latency.rs"),
    include_str!("../../src/chart/backlog.rs"),
    include_str!("../../src/chart/throughput.rs"),
    include_str!("../../src/chart/workers.rs"),
];
/// The icon of the project, which is also the page's mark.
const LOGO: &str = "<svg class=\"logo\" width=\"22\" height=\"22\" viewBox=\"0 0 22 22\"><rect class=\"ground\" width=\"22\" height=\"22\" rx=\"6\"/></svg>";
const LEFT: [&str; 3] = ["Brief", "Parts", "Runs"];

/// The page with the picture put in, made of the kata in `folder`.
pub fn with_picture(page: &str, folder: &Path) -> Outcome<String> {
    if page.matches(PLACE).count() != 1 {
        return Err(format!("index.html needs {PLACE} once, for what is seen first"));
    }
    let seen = picture::of(&|name| read(folder, name))?;
    let start = page.find("<title>").ok_or("index.html has no title")?;
    let end = page.find("</title>").ok_or("index.html's title has no end")?;
    let page = format!("{}<title>{}{}", &page[..start], seen.title, &page[end..]);
    Ok(page.replacen(PLACE, &picture::filled(&frame()?, &seen.parts), 1))
}

/// The picture with the places of the kata's texts still open, as a block of data: `kata pack` puts those of another kata in.
pub fn with_frame(page: &str, release: bool) -> Outcome<String> {
    let end = page.rfind("</body>").ok_or("index.html has no </body> to put the picture before")?;
    let frame = if release { scripts::slimmed(&frame()?) } else { frame()? };
    let frame = serde_json::Value::from(frame).to_string();
    Ok(format!("{}{}{}", &page[..end], kata::data(picture::FRAME, &frame.replace('<', "\\u003c")), &page[end..]))
}

/// The picture as it is for every kata.
fn frame() -> Outcome<String> {
    let tracks = CHARTS.into_iter().map(track).collect::<Outcome<String>>()?;
    let buttons = |words: &[&str]| {
        let button = |word: &&str| {
            format!("<button type=\"button\" class=\"of-{}\" disabled>{word}</button>", word.to_lowercase())
        };
        words.iter().map(button).collect::<String>()
    };
    let parts = [
        ("tabs", buttons(&TABS)),
        ("left", buttons(&LEFT)),
        ("logo", LOGO.to_owned()),
        ("tracks", tracks),
        ("script", SCRIPT.to_owned()),
    ];
    Ok(picture::filled(FRAME.trim(), &parts))
}

/// The place of a chart's track, from the file that draws it.
fn track(source: &str) -> Outcome<String> {
    let key = beside(source, "const CHART: Chart", "key").ok_or("a chart has no key")?;
    Ok(format!("<div class=\"track\" data-chart=\"{key}\"></div>"))
}

/// The text of a field, the first one after `mark`.
fn beside<'a>(source: &'a str, mark: &str, field: &str) -> Option<&'a str> {
    let (_, after) = source.split_once(mark)?;
    let (_, value) = after.split_once(&format!("{field}: \""))?;
    value.split_once('"').map(|(value, _)| value)
}

fn read(folder: &Path, name: &str) -> Outcome<Value> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    serde_json::from_str(text).map_err(|error| format!("{} is no JSON: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;

    #[test]
    fn the_picture_has_the_brief_and_nothing_is_left_open() {
        for (kata, place) in
            [("waiting-room", "waiting-room.saved.v1"), ("evening-rush", "waiting-room.evening-rush.saved.v1")]
        {
            let folder = run::root().join("static/katas").join(kata);
            let page = format!("<title>A page</title><div id=\"app\">{PLACE}</div>");
            let page = with_picture(&page, &folder).expect("the kata is whole");
            let brief = read(&folder, "brief.json").expect("it has a brief");
            let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
            let facts = brief["facts"].as_array().expect("there are facts").iter().filter(|fact| fact[2].is_null());
            let seen = [&brief["heading"], &brief["lead"], &brief["steps"][0]["text"]].into_iter();
            for said in seen.chain(facts.flat_map(|fact| [&fact[0], &fact[1]])) {
                assert!(page.contains(&escaped(said.as_str().expect("a text"))), "{said}");
            }
            let (hook, title) = (brief["hook"].as_str(), brief["title"].as_str());
            let hook = format!("<p class=\"hook\">{}</p>", hook.expect("it has a sentence"));
            assert!(page.contains(&hook) && page.contains(place));
            assert!(page.contains(&format!("<title>{}</title>", title.expect("it has a title"))));
            assert!(!page.replace(SCRIPT, "").contains('{'), "every place is filled");
        }
    }

    #[test]
    fn a_page_without_room_for_it_is_refused() {
        assert!(
            with_picture("<title>A page</title><div id=\"app\"></div>", &run::root().join("static/katas/waiting-room"))
                .is_err()
        );
    }
}
