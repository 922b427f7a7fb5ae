//! What of a kata is seen first, before the page itself is there: the texts of the first picture, as HTML.
//!
//! The build fills the picture of the published page with them, and `kata pack` that of another kata: it is one and the same file for both.
//! The arrangement is `static/first.html`; the single file carries it with the places of these texts still open ([`FRAME`]).
//! Knows nothing of what the page does with a kata; what it needs is looked up in the files as they are.

use serde_json::Value;

/// The block of the single file that holds the picture with open places, as a JSON text.
pub const FRAME: &str = "waiting-room-first";

/// The picture of the demand: its width and height, and how much of the height the highest demand takes; `src/ui/morning.rs` has the same.
const ACROSS: f64 = 1000.0;
const UP: f64 = 100.0;
const FILLED: f64 = 0.78;

/// A text with the name of its place.
type Part = (&'static str, String);

/// What is seen first of a kata; all of it HTML.
pub struct Picture {
    pub title: String,
    pub parts: Vec<Part>,
}

/// The picture of a kata, of which `file` gives a file by its path in the folder.
pub fn of(file: &dyn Fn(&str) -> Result<Value, String>) -> Result<Picture, String> {
    let (kata, brief) = (file("kata.json")?, file("brief.json")?);
    let first = text(&kata, "/scenarios/0")?;
    let scenario = file(&format!("scenarios/{first}.json"))?;
    let minutes = |at: &str| brief.pointer(at).and_then(Value::as_u64).ok_or_else(|| lacks(at));
    let meta = format!(
        "{} · {} · {}–{} min",
        text(&brief, "/level")?,
        text(&brief, "/domain")?,
        minutes("/minutes/0")?,
        minutes("/minutes/1")?
    );
    let title = escaped(text(&brief, "/title")?);
    let parts = vec![
        ("place", escaped(&place(text(&kata, "/id")?))),
        ("title", title.clone()),
        ("scenario", escaped(text(&scenario, "/name")?)),
        ("starts", escaped(&format!("{}:00", text(&scenario, "/starts_at")?))),
        ("meta", escaped(&meta)),
        ("heading", escaped(text(&brief, "/heading")?)),
        ("lead", escaped(text(&brief, "/lead")?)),
        ("known", known(&brief, first)?),
        ("steps", first_step(&brief)),
        ("hook", escaped(text(&brief, "/hook")?)),
        ("demand", demand(&scenario)?),
    ];
    Ok(Picture { title, parts })
}

/// What a page says of a kata that it offers: the least that is needed to name it.
pub fn entry(file: &dyn Fn(&str) -> Result<Value, String>) -> Result<Value, String> {
    let (kata, brief) = (file("kata.json")?, file("brief.json")?);
    Ok(serde_json::json!({
        "id": text(&kata, "/id")?, "title": text(&brief, "/title")?, "level": text(&brief, "/level")?, "minutes": brief["minutes"],
    }))
}

/// A frame with its places filled, `{hook}` with the hook. What stands in a text is never taken for a place.
pub fn filled(frame: &str, parts: &[Part]) -> String {
    let mut out = String::with_capacity(frame.len());
    let mut rest = frame;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let part = parts.iter().find_map(|(name, value)| {
            after.strip_prefix(name).and_then(|after| after.strip_prefix('}')).map(|after| (value, after))
        });
        rest = part.map_or(after, |(_, after)| after);
        out.push_str(part.map_or("{", |(value, _)| value));
    }
    out + rest
}

/// The facts of the first scenario: its own in the place of those with the same words.
fn known(brief: &Value, scenario: &str) -> Result<String, String> {
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

/// The line of the demand, as `src/ui/morning.rs` draws it but for surges.
fn demand(scenario: &Value) -> Result<String, String> {
    let number = |value: &Value, at: &str| value.pointer(at).and_then(Value::as_f64).ok_or_else(|| lacks(at));
    let end = number(scenario, "/duration_s")?;
    let curve =
        scenario.pointer("/arrivals/curve").and_then(Value::as_array).ok_or_else(|| lacks("/arrivals/curve"))?;
    let corners = curve.iter().map(|corner| Ok((number(corner, "/0")?, number(corner, "/1")?)));
    let mut corners = corners.collect::<Result<Vec<(f64, f64)>, String>>()?;
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

/// Where the page keeps the design in the browser's storage; `src/share/drawer.rs` has the same rule.
fn place(kata: &str) -> String {
    if kata == "waiting-room" { "waiting-room.saved.v1".to_owned() } else { format!("waiting-room.{kata}.saved.v1") }
}

fn text<'a>(json: &'a Value, at: &str) -> Result<&'a str, String> {
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

    #[test]
    fn a_frame_is_filled_once_and_braces_of_others_stay() {
        let parts = [("hook", "{title}".to_owned()), ("title", "T".to_owned())];
        assert_eq!(filled("if (a) { b } {hook}{title} {other}", &parts), "if (a) { b } {title}T {other}");
    }
}
