//! The one list of the address's options: how each is taken, what it may be, and what it does.

use super::{Embed, Host, Theme, pace};
use crate::kata::builtin;
use crate::lang::Text;
use crate::text;

/// How one option of the address is read.
pub struct EmbedOption {
    pub key: &'static str,
    /// Takes a value over, or says no by `None`.
    pub(in crate::share) take: fn(&mut Embed, &str) -> Option<()>,
}

/// The panels that an address may choose among; the design is always seen.
pub const PANELS: &[&str] = &["brief", "parts", "runs", "charts"];
/// Letters of the name of a drawer at most.
const MAX_KEY: usize = 64;

/// Writes the list down as three, since a page that opens needs neither what an option may be nor what it does.
macro_rules! options {
    ($($key:literal: $allowed:expr, $help:literal => $take:expr;)*) => {
        /// All options.
        pub const EMBED: &[EmbedOption] = &[$(EmbedOption { key: $key, take: $take }),*];
        /// The values that each may take, in words.
        pub const ALLOWED: &[Text] = &[$($allowed),*];
        /// What each does.
        pub const HELP: &[&str] = &[$($help),*];
    };
}

options! {
    "embed": text!("options.flag"), "For a frame: Reset and Open full stand behind More (…), and the button for light and dark goes."
        => |options, value| flag(value).map(|on| options.embed = on);
    // Which one it is was decided before anything was read: here it only has to be the one that was opened.
    "kata": text!("options.kata"), "The kata to open."
        => |_, value| (value == builtin::kata().id).then_some(());
    "scenario": text!("options.scenario"), "The scenario to open."
        => |options, value| builtin::scenario(value).map(|scenario| options.scenario = Some(&scenario.id));
    "design": text!("options.design"), "The design to start from, and to reset to; what is kept in the browser stays."
        => |options, value| builtin::design(value).map(|design| options.design = Some(&design.id));
    "seed": text!("options.seed"), "The seed of the runs: the same seed brings the same arrivals."
        => |options, value| value.parse().ok().map(|seed| options.seed = Some(seed));
    "speed": text!("options.speed"), "Simulated seconds a second."
        => |options, value| pace(value).map(|pace| options.speed = Some(pace));
    "autoplay": text!("options.flag"), "Play as soon as the page is there; in a frame, as soon as some of it is seen."
        => |options, value| flag(value).map(|on| options.autoplay = on);
    "readonly": text!("options.flag"), "The design can be looked at and run, not changed."
        => |options, value| flag(value).map(|on| options.readonly = on);
    "panels": text!("options.panels"), "The panels that are seen beside the design; without it, all."
        => |options, value| panels(value).map(|panels| options.panels = Some(panels));
    "present": text!("options.flag"), "For a projector: large type, and nothing to edit with."
        => |options, value| flag(value).map(|on| options.present = on);
    "theme": text!("options.theme"), "Light, dark, or as the reader's system is set."
        => |options, value| Theme::from_key(value).map(|theme| options.theme = Some(theme));
    // As with the kata, which one it is was decided before.
    "lang": text!("options.lang"), "The language of the page; without it, the first of the browser's that it has."
        => |options, value| is_tag(value).then(|| options.lang = Some(value.to_owned()));
    "key": text!("options.key"), "A drawer of its own in the browser's storage; without it, each path has one."
        => |options, value| is_key(value).then(|| options.key = Some(value.to_owned()));
    "host": text!("options.host"), "The course system that stands around the page."
        => |options, value| host(value).map(|host| options.host = Some(host));
}

/// An option by its name alone (`?embed`) is on.
fn flag(value: &str) -> Option<bool> {
    match value {
        "" | "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

fn panels(value: &str) -> Option<Vec<&'static str>> {
    let mut chosen = Vec::new();
    for word in value.split(',').filter(|word| *word != "design") {
        chosen.push(*PANELS.iter().find(|panel| **panel == word)?);
    }
    Some(chosen)
}

fn is_tag(value: &str) -> bool {
    value.len() == 2 && value.bytes().all(|b| b.is_ascii_lowercase())
}

fn is_key(value: &str) -> bool {
    (1..=MAX_KEY).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn host(value: &str) -> Option<Host> {
    Some(match value {
        "scorm" => Host::Scorm,
        "jsinput" => Host::Jsinput,
        "splice" => Host::Splice,
        "none" => Host::None,
        _ => return None,
    })
}
