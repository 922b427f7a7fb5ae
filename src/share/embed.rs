//! The options in the page's address, for people who embed it or link to it, and the same in a block of the page.
//!
//! [`EMBED`] is the one list: the reader, the table in docs/reference.md and the tests follow from it. What is unknown, given twice or not
//! allowed is left out and said in words; the page opens all the same. What other programs add to addresses ([`OTHERS`]) is passed over in silence.

use std::error::Error;
use std::fmt;

use crate::json::{self, Value};
use crate::say;

mod options;
#[cfg(test)]
mod tests;

pub use options::{ALLOWED, EMBED, EmbedOption, HELP, PANELS};

/// The longest query, and the longest block, that is read.
pub const MAX_QUERY: usize = 4096;
/// The highest speed that an address may name, in simulated seconds a second; `max` is faster.
pub const MAX_SPEED: u32 = 1800;
/// More faults than this are not told.
const MOST_TOLD: usize = 5;

/// What others add to addresses, and what it is of. A star stands for any ending.
pub const OTHERS: &[&str] = &[
    // Campaigns of mails, searches and social networks.
    "utm_*",
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "_ga",
    "_gl",
    // Course systems: launches of LTI, AICC and xAPI; Moodle; Blackboard; Brightspace; Canvas.
    "lti_*",
    "aicc_*",
    "endpoint",
    "auth",
    "actor",
    "registration",
    "activity_id",
    "forceview",
    "redirect",
    "course_id",
    "content_id",
    "ou",
    "display",
];

/// What an address asks for. `None`: it does not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Embed {
    /// Reset and Open full in the list behind the header's last button, and no button for the theme.
    pub embed: bool,
    /// The id of a built-in scenario.
    pub scenario: Option<&'static str>,
    pub seed: Option<u64>,
    pub speed: Option<Pace>,
    /// Play as soon as the page is there.
    pub autoplay: bool,
    pub theme: Option<Theme>,
    /// The language's tag; which one the page speaks was decided before.
    pub lang: Option<String>,
    /// The id of the built-in design to start from.
    pub design: Option<&'static str>,
    /// The design can be looked at and run, not changed.
    pub readonly: bool,
    /// The panels that are seen, of [`PANELS`]; without it, all.
    pub panels: Option<Vec<&'static str>>,
    /// For a projector: large type, nothing to edit with.
    pub present: bool,
    /// The name of the drawer in the browser's storage.
    pub key: Option<String>,
    pub host: Option<Host>,
}

impl Embed {
    /// Whether nothing of the design may be changed: then nothing is there to change it with.
    pub fn is_readonly(&self) -> bool {
        self.readonly || self.present
    }

    /// Whether a panel is seen, by its key.
    pub fn shows(&self, panel: &str) -> bool {
        let has_parts = panel != "parts" || !self.is_readonly();
        has_parts && self.panels.as_ref().is_none_or(|panels| !PANELS.contains(&panel) || panels.contains(&panel))
    }
}

/// How fast a run plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Simulated seconds a second.
    Times(u32),
    /// As fast as the machine can.
    Max,
}

impl Pace {
    /// As an address and the storage have it.
    pub fn text(self) -> String {
        match self {
            Pace::Times(times) => times.to_string(),
            Pace::Max => "max".to_owned(),
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    pub fn key(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn from_key(key: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.key() == key)
    }
}

/// The course system that a score is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    Scorm,
    Jsinput,
    Splice,
    /// None, whatever stands around the page.
    None,
}

/// Why an option was left out. As text: a sentence or two, the same whether it stood in the address or in the page's block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionFault {
    /// The query, or the block, has so many bytes, and none was read.
    TooLong(usize),
    /// The block is no JSON object of texts, numbers, true and false.
    Block,
    /// There is no option of this name, of which at most 24 characters are told.
    Unknown(String),
    /// More than one value.
    Twice(&'static str),
    /// By its place in [`EMBED`], with at most 24 characters of the value.
    NotAllowed(usize, String),
}

impl fmt::Display for OptionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OptionFault::TooLong(long) => f.write_str(&say!("options.too_long", long, most = MAX_QUERY)),
            OptionFault::Block => f.write_str(say!("options.block")),
            OptionFault::Unknown(key) => {
                let known: Vec<_> = EMBED.iter().map(|option| option.key).collect();
                f.write_str(&say!("options.unknown", key, known = known.join(", ")))
            }
            OptionFault::Twice(key) => f.write_str(&say!("options.twice", key)),
            OptionFault::NotAllowed(at, value) => {
                f.write_str(&say!("options.not_allowed", key = EMBED[*at].key, value, allowed = ALLOWED[*at].get()))
            }
        }
    }
}

impl Error for OptionFault {}

/// All that was left out, in one text; more than five are counted only.
pub fn words(faults: &[OptionFault]) -> String {
    let mut words: Vec<String> = faults.iter().take(MOST_TOLD).map(ToString::to_string).collect();
    if faults.len() > MOST_TOLD {
        words.push(say!("options.more", n = faults.len() - MOST_TOLD));
    }
    words.join(" ")
}

/// Reads the query of an address, with or without its `?`, and the page's block of options, if it has one. What the query gives, the block does
/// not. [`faults`] says what was left out.
pub fn read(query: &str, block: Option<&str>) -> Embed {
    let (pairs, mut options) = (pairs(query, block), Embed::default());
    for (key, value) in &pairs {
        if let Some(option) = EMBED.iter().find(|option| option.key == key)
            && pairs.iter().filter(|(other, _)| other == key).count() == 1
        {
            // What is not allowed is no option; the words for it come when there is time.
            let _ = (option.take)(&mut options, value);
        }
    }
    options
}

/// What [`read`] has left out.
pub fn faults(query: &str, block: Option<&str>) -> Vec<OptionFault> {
    let mut faults = Vec::new();
    let lengths = [query.len(), block.map_or(0, str::len)];
    faults.extend(lengths.into_iter().filter(|long| *long > MAX_QUERY).map(OptionFault::TooLong));
    if block.is_some_and(|block| block.len() <= MAX_QUERY && pairs_of_block(block).is_none()) {
        faults.push(OptionFault::Block);
    }
    let pairs = pairs(query, block);
    for (at, (key, value)) in pairs.iter().enumerate() {
        let is_same = |(other, _): &(String, String)| other == key;
        let (before, after) = (pairs[..at].iter().any(is_same), pairs[at + 1..].iter().any(is_same));
        match EMBED.iter().position(|option| option.key == key) {
            _ if before => {}
            None if is_others(key) => {}
            None => faults.push(OptionFault::Unknown(shorten(key))),
            Some(place) if after => faults.push(OptionFault::Twice(EMBED[place].key)),
            Some(place) if (EMBED[place].take)(&mut Embed::default(), value).is_none() => {
                faults.push(OptionFault::NotAllowed(place, shorten(value)));
            }
            Some(_) => {}
        }
    }
    faults
}

fn pairs(query: &str, block: Option<&str>) -> Vec<(String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut pairs = Vec::new();
    if query.len() <= MAX_QUERY {
        pairs.extend(
            form_urlencoded::parse(query.as_bytes()).map(|(key, value)| (key.into_owned(), value.into_owned())),
        );
    }
    let asked = pairs.len();
    for (key, value) in block.filter(|block| block.len() <= MAX_QUERY).and_then(pairs_of_block).unwrap_or_default() {
        if pairs[..asked].iter().all(|(other, _)| *other != key) {
            pairs.push((key, value));
        }
    }
    pairs
}

/// `None`: it is not what a block may be.
fn pairs_of_block(block: &str) -> Option<Vec<(String, String)>> {
    let text = |value: &Value| match value {
        Value::Text(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Digits(_) => Some(value.shown()),
        _ => None,
    };
    json::read(block).ok()?.fields()?.iter().map(|(key, value)| Some((key.clone(), text(value)?))).collect()
}

/// Whether another program has put it there.
fn is_others(key: &str) -> bool {
    key.is_empty()
        || OTHERS.iter().any(|other| match other.strip_suffix('*') {
            Some(start) => key.starts_with(start),
            None => key == *other,
        })
}

/// The query that opens another kata: what a query says of the frame and the looks stays, what it says of a scenario or a run does not.
pub fn with_kata(query: &str, id: &str) -> String {
    const KEPT: [&str; 7] = ["embed", "theme", "speed", "present", "lang", "key", "host"];
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut new = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
    new.append_pair("kata", id);
    if query.len() <= MAX_QUERY {
        new.extend_pairs(form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| KEPT.contains(&key.as_ref())));
    }
    let new = new.finish();
    // Written out it may be too long to be read.
    if new.len() > MAX_QUERY && !query.is_empty() { with_kata("", id) } else { new }
}

/// The query that opens the same page in another language.
pub fn with_lang(query: &str, tag: &str) -> String {
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut new = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
    if query.len() <= MAX_QUERY {
        new.extend_pairs(form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != "lang"));
    }
    new.append_pair("lang", tag).finish()
}

/// The query that opens the same kata in a tab of its own, in this scenario with this seed: what a query says of the frame alone is left out, and
/// `framed`, what the page's block says of one, is taken back.
pub fn full(query: &str, framed: bool, scenario: &str, seed: u64) -> String {
    const LEFT_OUT: [&str; 6] = ["embed", "panels", "autoplay", "host", "scenario", "seed"];
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut new = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
    new.append_pair("scenario", scenario).append_pair("seed", &seed.to_string());
    if query.len() <= MAX_QUERY {
        let pairs = form_urlencoded::parse(query.as_bytes());
        new.extend_pairs(pairs.filter(|(key, _)| !LEFT_OUT.contains(&key.as_ref()) && !is_others(key)));
    }
    if framed {
        new.append_pair("embed", "0");
    }
    let new = new.finish();
    if new.len() > MAX_QUERY && !query.is_empty() { full("", framed, scenario, seed) } else { new }
}

/// A speed from its text: a whole number up to [`MAX_SPEED`], or `max`.
pub fn pace(value: &str) -> Option<Pace> {
    if value == "max" {
        return Some(Pace::Max);
    }
    let times: u32 = value.parse().ok()?;
    (1..=MAX_SPEED).contains(&times).then_some(Pace::Times(times))
}

/// A name or a value as a sentence may quote it: at most 24 characters, and none that a terminal would take for a command.
pub(super) fn shorten(value: &str) -> String {
    let shown = |letter: char| if letter.is_control() { char::REPLACEMENT_CHARACTER } else { letter };
    let more = value.chars().nth(24).map(|_| '…');
    value.chars().take(24).map(shown).chain(more).collect()
}
