//! The options in the page's address, for people who embed it or link to it.
//!
//! [`EMBED`] is the one list: the reader, the table in docs/reference.md and the tests follow from it. A value that can't be understood is left out and
//! said in words, with what is allowed; the page opens all the same. Names that are not in the list are for other programs and are passed
//! over in silence. The last of two equal names counts.

use std::error::Error;
use std::fmt;

use crate::kata::builtin;

/// The longest query that is read.
pub const MAX_QUERY: usize = 4096;
/// The highest speed that an address may name, in simulated seconds a second; `max` is faster.
pub const MAX_SPEED: u32 = 1800;

/// What an address asks for. `None`: it does not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Embed {
    /// No chrome around the kata but a strip.
    pub embed: bool,
    /// The id of a built-in scenario.
    pub scenario: Option<&'static str>,
    pub seed: Option<u64>,
    pub speed: Option<Pace>,
    /// Play as soon as the page is there.
    pub autoplay: bool,
    pub theme: Option<Theme>,
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

/// One option of the address.
pub struct EmbedOption {
    pub key: &'static str,
    /// The values it may take, in words.
    pub allowed: &'static str,
    pub help: &'static str,
    /// Takes a value over, or says no by `None`.
    take: fn(&mut Embed, &str) -> Option<()>,
}

/// All options.
pub const EMBED: &[EmbedOption] = &[
    EmbedOption {
        key: "embed",
        allowed: "1 or 0",
        help: "No chrome around the kata, only a strip with Reset and Open full.",
        take: |options, value| flag(value).map(|on| options.embed = on),
    },
    EmbedOption {
        key: "kata",
        allowed: "the id of a kata that this page has",
        help: "The kata to open.",
        // Which one it is was decided before anything was read: here it only has to be the one that was opened.
        take: |_, value| (value == builtin::kata().id).then_some(()),
    },
    EmbedOption {
        key: "scenario",
        allowed: "the id of a scenario of this kata",
        help: "The scenario to open.",
        take: |options, value| {
            let scenario = builtin::scenario(value)?;
            options.scenario = Some(&scenario.id);
            Some(())
        },
    },
    EmbedOption {
        key: "seed",
        allowed: "a whole number from 0 to 18446744073709551615",
        help: "The seed of the runs: the same seed brings the same arrivals.",
        take: |options, value| value.parse().ok().map(|seed| options.seed = Some(seed)),
    },
    EmbedOption {
        key: "speed",
        allowed: "a whole number from 1 to 1800, or max",
        help: "Simulated seconds a second.",
        take: |options, value| pace(value).map(|pace| options.speed = Some(pace)),
    },
    EmbedOption {
        key: "autoplay",
        allowed: "1 or 0",
        help: "Play as soon as the page is there.",
        take: |options, value| flag(value).map(|on| options.autoplay = on),
    },
    EmbedOption {
        key: "theme",
        allowed: "light, dark or auto",
        help: "Light, dark, or as the reader's system is set.",
        take: |options, value| Theme::from_key(value).map(|theme| options.theme = Some(theme)),
    },
];

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

/// Why an option, or the whole query, was left out. As text: a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionFault {
    /// The query has so many bytes, and none was read.
    TooLong(usize),
    /// With at most 24 characters of the value.
    NotAllowed { key: &'static str, value: String, allowed: &'static str },
}

impl fmt::Display for OptionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OptionFault::TooLong(long) => {
                write!(f, "The address has options of {long} characters; over {MAX_QUERY} none is read.")
            }
            OptionFault::NotAllowed { key, value, allowed } => {
                write!(f, "The address says {key}={value}; allowed is {allowed}. It was left out.")
            }
        }
    }
}

impl Error for OptionFault {}

/// Reads the query of an address, with or without its `?`: the options, and what could not be understood.
pub fn read(query: &str) -> (Embed, Vec<OptionFault>) {
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut options = Embed::default();
    let mut faults = Vec::new();
    if query.len() > MAX_QUERY {
        faults.push(OptionFault::TooLong(query.len()));
        return (options, faults);
    }
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some(option) = EMBED.iter().find(|option| option.key == key) else { continue };
        if (option.take)(&mut options, &value).is_none() {
            faults.push(OptionFault::NotAllowed { key: option.key, value: shorten(&value), allowed: option.allowed });
        }
    }
    (options, faults)
}

/// The query that opens another kata: what a query says of the frame and the looks stays, what it says of a scenario or a run does not.
pub fn with_kata(query: &str, id: &str) -> String {
    const KEPT: [&str; 3] = ["embed", "theme", "speed"];
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut new = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
    new.append_pair("kata", id);
    if query.len() <= MAX_QUERY {
        new.extend_pairs(form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| KEPT.contains(&key.as_ref())));
    }
    new.finish()
}

/// An option by its name alone (`?embed`) is on.
fn flag(value: &str) -> Option<bool> {
    match value {
        "" | "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

/// A speed from its text: a whole number up to [`MAX_SPEED`], or `max`.
pub fn pace(value: &str) -> Option<Pace> {
    if value == "max" {
        return Some(Pace::Max);
    }
    let times: u32 = value.parse().ok()?;
    (1..=MAX_SPEED).contains(&times).then_some(Pace::Times(times))
}

/// A value as a message may quote it: at most 24 characters.
fn shorten(value: &str) -> String {
    match value.char_indices().nth(24) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_kata_keeps_the_frame_and_the_looks() {
        let query = "?embed=1&scenario=outage&seed=7&theme=dark&kata=waiting-room&other=1";
        assert_eq!(with_kata(query, "evening-rush"), "?kata=evening-rush&embed=1&theme=dark");
        assert_eq!(with_kata("", "evening-rush"), "?kata=evening-rush");
    }

    #[test]
    fn a_kata_that_is_not_there_is_told() {
        assert_eq!(read("?kata=waiting-room").1, []);
        let told = read("?kata=lunch-rush").1;
        assert!(matches!(&told[..], [OptionFault::NotAllowed { key: "kata", .. }]), "{told:?}");
    }

    /// Reads `query` and expects no words.
    fn quiet(query: &str) -> Embed {
        let (options, faults) = read(query);
        assert_eq!(faults, [], "{query}");
        options
    }

    /// Expects one sentence about `query` that holds every one of `parts`, and the options of an empty query.
    fn refused(query: &str, parts: &[&str]) {
        let (options, faults) = read(query);
        let words: Vec<String> = faults.iter().map(OptionFault::to_string).collect();
        assert_eq!(options, Embed::default(), "{query}");
        assert_eq!(words.len(), 1, "{query}: {words:?}");
        for part in parts {
            assert!(words[0].contains(part), "{query}: {:?} lacks {part:?}", words[0]);
        }
    }

    #[test]
    fn no_query_asks_for_nothing() {
        assert_eq!(quiet(""), Embed::default());
        assert_eq!(quiet("?"), Embed::default());
        assert_eq!(quiet("?&&=&"), Embed::default());
    }

    #[test]
    fn all_options_at_once() {
        let options = quiet("?embed=1&scenario=outage&seed=42&speed=300&autoplay=1&theme=dark");
        assert!(options.embed && options.autoplay);
        assert_eq!(options.scenario, Some("outage"));
        assert_eq!(options.seed, Some(42));
        assert_eq!(options.speed, Some(Pace::Times(300)));
        assert_eq!(options.theme, Some(Theme::Dark));
    }

    #[test]
    fn a_flag_needs_no_value_and_can_be_off() {
        assert!(quiet("embed").embed);
        assert!(!quiet("embed=1&embed=0").embed, "the last one counts");
    }

    #[test]
    fn speeds_go_from_1_to_1800_or_max() {
        assert_eq!(quiet("speed=1").speed, Some(Pace::Times(1)));
        assert_eq!(quiet("speed=1800").speed, Some(Pace::Times(1800)));
        assert_eq!(quiet("speed=max").speed, Some(Pace::Max));
        for wrong in ["0", "1.5", "1801", "-1", "NaN", "inf", "fast", ""] {
            refused(&format!("speed={wrong}"), &["1 to 1800"]);
        }
    }

    #[test]
    fn seeds_are_all_whole_numbers_of_64_bits() {
        assert_eq!(quiet("seed=18446744073709551615").seed, Some(u64::MAX));
        for wrong in ["18446744073709551616", "-1", "1.5", "one"] {
            refused(&format!("seed={wrong}"), &["whole number", wrong]);
        }
    }

    #[test]
    fn what_is_not_understood_is_named_with_what_is_allowed() {
        refused("scenario=tuesday", &["scenario=tuesday", "allowed"]);
        refused("theme=pink", &["light, dark or auto"]);
        refused("embed=maybe", &["1 or 0"]);
        refused(&format!("seed={}", "x".repeat(500)), &["xxx…"]);
    }

    #[test]
    fn names_of_others_are_passed_over() {
        assert_eq!(quiet("utm_source=mail&lang=fr&readonly=1&panels=brief"), Embed::default());
    }

    #[test]
    fn escapes_are_undone_and_broken_ones_left() {
        refused("seed=a%20b+c", &["seed=a b c;"]);
        refused("seed=100%", &["seed=100%;"]);
        refused("seed=%zz%4", &["seed=%zz%4;"]);
        refused("seed=%ff", &["seed=\u{fffd};"]);
        refused("seed=%+1", &["seed=% 1;"]);
        assert_eq!(quiet("th%65me=d%61rk").theme, Some(Theme::Dark));
    }

    #[test]
    fn an_endless_query_is_not_read() {
        refused(&"seed=1&".repeat(1000), &["4096"]);
    }
}
