//! What is seen first: the page's frame with the kata's brief in it, as plain HTML, until the wasm is there and takes it over.
//!
//! Everything it says stands elsewhere already: the brief and the scenario in the kata's files. The frame is `static/first.html`, laid out by the
//! page's own styles; what it has in double is the arrangement alone, and a browser test holds that nothing moves when the page takes over.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::Outcome;

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
/// The picture of the demand: its width and height, and how much of the height the highest demand takes; `src/ui/morning.rs` has the same.
const ACROSS: f64 = 1000.0;
const UP: f64 = 100.0;
const FILLED: f64 = 0.78;
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
        "{} · {} · {}–{} min",
        text(&brief, "/level")?,
        text(&brief, "/domain")?,
        minutes("/minutes/0")?,
        minutes("/minutes/1")?
    );
    let tracks = CHARTS.into_iter().map(track).collect::<Outcome<String>>()?;
    let buttons = |words: &[&str]| {
        let button = |word: &&str| {
            format!("<button type=\"button\" class=\"of-{}\" disabled>{word}</button>", word.to_lowercase())
        };
        words.iter().map(button).collect::<String>()
    };
    let parts = [
        ("place", escaped(&place(text(&kata, "/id")?))),
        ("title", escaped(text(&brief, "/title")?)),
        ("scenario", escaped(text(&scenario, "/name")?)),
        ("starts", escaped(&format!("{}:00", text(&scenario, "/starts_at")?))),
        ("meta", escaped(&meta)),
        ("heading", escaped(text(&brief, "/heading")?)),
        ("lead", escaped(text(&brief, "/lead")?)),
        ("known", known(&brief, first)?),
        ("steps", first_step(&brief)),
        ("hook", escaped(text(&brief, "/hook")?)),
        ("tabs", buttons(&TABS)),
        ("left", buttons(&LEFT)),
        ("logo", LOGO.to_owned()),
        ("tracks", tracks),
        ("demand", demand(&scenario)?),
    ];
    let picture =
        parts.iter().fold(FRAME.trim().to_owned(), |html, (name, value)| html.replace(&format!("{{{name}}}"), value));
    Ok((picture.replace("{script}", SCRIPT), escaped(text(&brief, "/title")?)))
}

/// The facts of the first scenario: its own in the place of those with the same words.
fn known(brief: &Value, scenario: &str) -> Outcome<String> {
    let facts = brief.pointer("/facts").and_then(Value::as_array).ok_or_else(|| lacks("/facts"))?;
    let own = |words: &Value| facts.iter().find(|fact| fact[1] == *words && fact[2] == scenario);
    let row = |fact: &Value| {
        let fact = own(&fact[1]).unwrap_or(fact);
        let said = |at: usize| escaped(fact[at].as_str().unwrap_or_default());
        format!("<dt>{}</dt><dd>{}</dd>", said(0), said(1))
    };
    let general = |words: &Value| facts.iter().any(|fact| fact[1] == *words && fact[2].is_null());
    let new = facts.iter().filter(|fact| fact[2] == scenario && !general(&fact[1]));
    Ok(new.chain(facts.iter().filter(|fact| fact[2].is_null())).map(row).collect())
}

/// The first of the first steps: the others are told once it is done.
fn first_step(brief: &Value) -> String {
    let step = brief.pointer("/steps/0/text").and_then(Value::as_str);
    step.map_or_else(String::new, |text| format!("<li class=\"now\"><i>1</i><span>{}</span></li>", escaped(text)))
}

/// The place of a chart's track, from the file that draws it.
fn track(source: &str) -> Outcome<String> {
    let key = beside(source, "const CHART: Chart", "key").ok_or("a chart has no key")?;
    Ok(format!("<div class=\"track\" data-chart=\"{key}\"></div>"))
}

/// The line of the demand, as `src/ui/morning.rs` draws it but for surges.
fn demand(scenario: &Value) -> Outcome<String> {
    let number = |value: &Value, at: &str| value.pointer(at).and_then(Value::as_f64).ok_or_else(|| lacks(at));
    let end = number(scenario, "/duration_s")?;
    let curve =
        scenario.pointer("/arrivals/curve").and_then(Value::as_array).ok_or_else(|| lacks("/arrivals/curve"))?;
    let corners = curve.iter().map(|corner| Ok((number(corner, "/0")?, number(corner, "/1")?)));
    let mut corners = corners.collect::<Outcome<Vec<(f64, f64)>>>()?;
    let last = *corners.last().ok_or_else(|| lacks("/arrivals/curve/0"))?;
    if last.0 < end {
        corners.push((end, last.1));
    }
    let peak = corners.iter().map(|corner| corner.1).fold(f64::MIN_POSITIVE, f64::max);
    let points = corners
        .iter()
        .map(|(at, rate)| format!("L{:.1} {:.1}", at.min(end) / end * ACROSS, UP * (1.0 - FILLED * rate / peak)));
    Ok(points.collect::<String>().replacen('L', "M", 1))
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
