//! Notes as a Markdown file, to take along: each run with what was changed for it and what came of its goals, and under it the questions with
//! what the learner wrote.
//!
//! Everything that comes from the learner or from a file is [`escaped`]: it is shown as it was typed, whatever signs it has. The file bears no
//! date: the same notes are the same file.
//!
//! The crate `pulldown-cmark-to-cmark` writes Markdown from parsed Markdown and would bring a parser into the page; what is needed is one escape,
//! which a test reads back with `pulldown-cmark`.

use crate::format;
use crate::kata::{Scenario, builtin, goal};
use crate::letters::visible;
use crate::record::notes::{Asked, Note, Notes};
use crate::say;

/// The name of the file.
pub const FILE_NAME: &str = "waiting-room-notes.md";

/// The file.
pub fn markdown(notes: &Notes) -> String {
    let mut out = format!("# {}\n", say!("notes_file.title", kata = line(&builtin::brief().title)));
    let mut run = None;
    for note in notes.written() {
        let asked = &note.asked;
        // The last notes of an older list can stand apart from those of their run: then its head stands twice.
        if run != Some(&asked.run) {
            out += &head(asked);
            run = Some(&asked.run);
        }
        out += &entry(note);
    }
    out
}

/// The scenario's name, or its id where this page does not have it.
pub fn scenario_name(asked: &Asked) -> &str {
    builtin::scenario(&asked.scenario).map_or(asked.scenario.as_str(), |s: &Scenario| s.name.as_str())
}

/// `Not yet, 4 of 7 goals hold`.
pub fn verdict_words(asked: &Asked) -> String {
    let met = asked.goals.iter().filter(|goal| goal.met()).count();
    say!("notes_file.verdict", plural = met, ended = asked.ended.label(), met, all = asked.goals.len())
}

fn head(asked: &Asked) -> String {
    let name = line(scenario_name(asked));
    let mut out = format!("\n## {}\n\n", say!("notes_file.run", scenario = name, seed = asked.seed));
    if let Some(changed) = &asked.changed {
        out += &format!("{}\n\n", say!("notes_file.changed", what = line(changed)));
    }
    out += &format!("{}.\n", verdict_words(asked));
    if !asked.goals.is_empty() {
        let [goal, value, limit] = [say!("notes_file.goal"), say!("notes_file.value"), say!("notes_file.limit")];
        out += &format!("\n| {goal} | {value} | {limit} | |\n| --- | ---: | ---: | --- |\n");
    }
    for goal in &asked.goals {
        let unit = goal.metric.unit;
        let held = if goal.met() { say!("notes_file.holds") } else { say!("notes_file.missed") };
        let limit = format::limit(goal.at_most, unit);
        out +=
            &format!("| {} | {} | {} | {held} |\n", line(goal::name(goal.metric)), line(&goal.shown()), line(&limit));
    }
    out
}

fn entry(note: &Note) -> String {
    let question = line(&note.asked.question);
    let head = if note.conflict > 0 { say!("notes_file.another_tab", question) } else { question };
    format!("\n### {head}\n\n{}\n", escaped(&note.text))
}

/// A text in one line, as [`escaped`].
fn line(text: &str) -> String {
    escaped(&text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" "))
}

/// A text that Markdown shows as it was typed: every sign that could mean something is escaped, a line end stays a line end, an empty line
/// parts paragraphs, and spaces at the start of a line are kept.
pub fn escaped(text: &str) -> String {
    let mut paragraphs: Vec<Vec<String>> = vec![Vec::new()];
    for typed in text.lines() {
        if typed.trim().is_empty() {
            paragraphs.push(Vec::new());
        } else {
            paragraphs.last_mut().expect("there is one").push(escaped_line(typed));
        }
    }
    let whole: Vec<String> = paragraphs.into_iter().filter(|p| !p.is_empty()).map(|lines| lines.join("\\\n")).collect();
    whole.join("\n\n")
}

/// Signs that can mean something anywhere in a line.
const ANYWHERE: &str = "\\`*_[]<>&|~$#{}";
/// Signs that mean something at the start of a line.
const FIRST: &str = "-+=:";

fn escaped_line(typed: &str) -> String {
    let typed = &*visible(typed.trim_end());
    let start = typed.len() - typed.trim_start().len();
    let mut out = String::with_capacity(typed.len() * 2);
    for sign in typed[..start].chars() {
        out += if sign == '\t' { "&nbsp;&nbsp;&nbsp;&nbsp;" } else { "&nbsp;" };
    }
    let text = &typed[start..];
    // `1.` and `1)` begin a list.
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, sign) in text.char_indices() {
        let first = at == 0 && FIRST.contains(sign) || number > 0 && at == number && matches!(sign, '.' | ')');
        if first || ANYWHERE.contains(sign) {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}
