//! What is seen first: the page's frame with the kata's brief in it, as plain HTML, until the wasm is there and takes it over.
//!
//! Everything it says stands elsewhere already: the brief and the scenario in the kata's files, how to begin in a file that the page reads
//! too, what goals and charts are about in the lists of those. The frame is `static/first.html`, laid out by the page's own styles; what it has in double is the
//! arrangement alone, and a browser test holds that nothing moves when the page takes over.

use std::fs;
use std::path::Path;

use engine::measure::METRICS;
use serde_json::Value;

use crate::Outcome;

const FRAME: &str = include_str!("../../static/first.html");
const SCRIPT: &str = include_str!("../../static/first.js");
const BEGIN: &str = include_str!("../../static/begin.txt");

/// What `index.html` has in its place.
const PLACE: &str = "<p id=\"boot\" class=\"boot\"></p>";

const SPEEDS: [&str; 6] = ["1×", "10×", "60×", "300×", "1800×", "max"];
const TABS: [&str; 6] = ["Diagram", "Parts", "Inspector", "Charts", "Brief", "Runs"];
/// What the charts say of themselves, read in their own files: it is as long as what comes in its place.
const CHARTS: [&str; 4] = [
    include_str!("../../src/chart/latency.rs"),
    include_str!("../../src/chart/backlog.rs"),
    include_str!("../../src/chart/throughput.rs"),
    include_str!("../../src/chart/workers.rs"),
];
const LEFT: [&str; 3] = ["Brief", "Parts", "Runs"];

/// The page with the picture put in, made of the kata in `folder`.
pub fn with_picture(page: &str, folder: &Path) -> Outcome<String> {
    if page.matches(PLACE).count() != 1 {
        return Err(format!("index.html needs {PLACE} once, for what is seen first"));
    }
    let (picture, title) = picture(folder)?;
    let start = page.find("<title>").ok_or("index.html has no title")?;
    let end = page.find("</title>").ok_or("index.html's title has no end")?;
    let page = format!("{}<title>{title}{}", &page[..start], &page[end..]);
    Ok(page.replacen(PLACE, &picture, 1))
}

/// The picture, and the kata's title; both are HTML.
fn picture(folder: &Path) -> Outcome<(String, String)> {
    let (kata, brief) = (read(folder, "kata.json")?, read(folder, "brief.json")?);
    let first = text(&kata, "/scenarios/0")?;
    let scenario = read(folder, &format!("scenarios/{first}.json"))?;
    let minutes = |at: &str| brief.pointer(at).and_then(Value::as_u64).ok_or_else(|| lacks(at));
    let meta = format!(
        "{} · {} · {}–{} minutes",
        text(&brief, "/level")?,
        text(&brief, "/domain")?,
        minutes("/minutes/0")?,
        minutes("/minutes/1")?
    );
    let story = brief.pointer("/story").and_then(Value::as_array).ok_or_else(|| lacks("/story"))?;
    let story = story.iter().filter_map(Value::as_str).map(|paragraph| format!("<p>{}</p>", escaped(paragraph)));
    let goals = scenario.pointer("/goals").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let charts = CHARTS.into_iter().map(chart).collect::<Outcome<String>>()?;
    let buttons = |words: &[&str]| {
        words.iter().map(|word| format!("<button type=\"button\" disabled>{word}</button>")).collect::<String>()
    };
    let parts = [
        ("place", escaped(&place(text(&kata, "/id")?))),
        ("title", escaped(text(&brief, "/title")?)),
        ("scenario", escaped(text(&scenario, "/name")?)),
        ("starts", escaped(&format!("{}:00", text(&scenario, "/starts_at")?))),
        ("meta", escaped(&meta)),
        ("story", story.collect()),
        ("begin", BEGIN.lines().map(|step| format!("<li>{}</li>", escaped(step))).collect()),
        ("hook", escaped(text(&brief, "/hook")?)),
        ("speeds", buttons(&SPEEDS).replacen(">60×", " aria-pressed=\"true\">60×", 1)),
        ("tabs", buttons(&TABS)),
        ("left", buttons(&LEFT)),
        ("goals", goals.len().to_string()),
        ("cells", goals.iter().map(cell).collect()),
        ("charts", charts),
    ];
    let picture =
        parts.iter().fold(FRAME.trim().to_owned(), |html, (name, value)| html.replace(&format!("{{{name}}}"), value));
    Ok((picture.replace("{script}", SCRIPT), escaped(text(&brief, "/title")?)))
}

/// A goal's cell: its name, which decides how high the row is; its figures come with the page.
fn cell(goal: &Value) -> String {
    let label = METRICS.iter().find(|metric| goal["metric"] == metric.key).map_or("&nbsp;", |metric| metric.label);
    format!(
        "<li class=\"goal\"><span class=\"name\">{label}</span><span class=\"now\"><b>&nbsp;</b><span class=\"state\">&nbsp;</span></span>\
         <span class=\"limit\">&nbsp;</span></li>"
    )
}

/// A chart without its title, its lines and its plot, from the file that draws it.
fn chart(source: &str) -> Outcome<String> {
    let said = |field| beside(source, "const CHART: Chart", field).ok_or_else(|| format!("a chart has no {field}"));
    Ok(format!(
        "<figure class=\"chart\" data-chart=\"{}\"><figcaption><div class=\"top\"></div><div class=\"sub\"><p>{}</p></div>\
         <div class=\"legend\"></div></figcaption><div class=\"plot-box\"></div></figure>",
        said("key")?,
        escaped(said("about")?)
    ))
}

/// The text of a field, the first one after `mark`.
fn beside<'a>(source: &'a str, mark: &str, field: &str) -> Option<&'a str> {
    let (_, after) = source.split_once(mark)?;
    let (_, value) = after.split_once(&format!("{field}: \""))?;
    value.split_once('"').map(|(value, _)| value)
}

/// Where the page keeps the design in the browser's storage; `src/ui/storage.rs` has the same rule.
fn place(kata: &str) -> String {
    if kata == "waiting-room" { "waiting-room.saved.v1".to_owned() } else { format!("waiting-room.{kata}.saved.v1") }
}

fn read(folder: &Path, name: &str) -> Outcome<Value> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{} is no JSON: {error}", path.display()))
}

fn text<'a>(json: &'a Value, at: &str) -> Outcome<&'a str> {
    json.pointer(at).and_then(Value::as_str).ok_or_else(|| lacks(at))
}

fn lacks(at: &str) -> String {
    format!("the kata lacks {at}, which is seen first")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
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
            for paragraph in brief["story"].as_array().expect("a story has paragraphs") {
                assert!(page.contains(&escaped(paragraph.as_str().expect("a paragraph is text"))), "{paragraph}");
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
