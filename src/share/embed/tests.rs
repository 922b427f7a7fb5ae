//! What an address, or a page's block, may ask for, and what is said of what it may not.

use super::*;

#[test]
fn another_kata_keeps_the_frame_and_the_looks() {
    let query = "?embed=1&scenario=outage&seed=7&theme=dark&kata=waiting-room&other=1";
    assert_eq!(with_kata(query, "evening-rush"), "?kata=evening-rush&embed=1&theme=dark");
    assert_eq!(with_kata("", "evening-rush"), "?kata=evening-rush");
}

#[test]
fn a_tab_of_its_own_keeps_all_but_the_frame() {
    let query = "?embed=1&scenario=outage&seed=7&key=week-3&design=queue-60&readonly=1&panels=brief&host=none&utm_source=mail&autoplay=1";
    let expected = "?scenario=storm&seed=9&key=week-3&design=queue-60&readonly=1";
    assert_eq!(full(query, false, "storm", 9), expected);
    assert_eq!(full("", true, "monday", u64::MAX), "?scenario=monday&seed=18446744073709551615&embed=0");
}

#[test]
fn a_kata_that_is_not_there_is_told() {
    quiet("?kata=waiting-room");
    refused("?kata=lunch-rush", &["kata=lunch-rush", "that this page has"]);
}

/// Reads `query` and expects no words.
fn quiet(query: &str) -> Embed {
    assert_eq!(faults(query, None), [], "{query}");
    read(query, None)
}

/// Expects one fault of `query`, whose sentence holds every one of `parts`, and the options of an empty query.
fn refused(query: &str, parts: &[&str]) {
    let (options, faults) = (read(query, None), faults(query, None));
    assert_eq!(options, Embed::default(), "{query}");
    assert_eq!(faults.len(), 1, "{query}: {faults:?}");
    for part in parts {
        assert!(words(&faults).contains(part), "{query}: {:?} lacks {part:?}", words(&faults));
    }
}

#[test]
fn the_list_is_whole() {
    assert_eq!((EMBED.len(), EMBED.len()), (ALLOWED.len(), HELP.len()));
}

#[test]
fn no_query_asks_for_nothing() {
    for none in ["", "?", "?&&=&"] {
        assert_eq!(quiet(none), Embed::default());
    }
}

#[test]
fn all_options_at_once() {
    let options = quiet(
        "?embed=1&scenario=outage&seed=42&speed=300&autoplay=1&theme=dark&design=queue-60&readonly=1&panels=brief,charts&present=1&lang=en&\
         key=week-3_B&host=scorm&kata=waiting-room",
    );
    let all = Embed {
        embed: true,
        scenario: Some("outage"),
        seed: Some(42),
        speed: Some(Pace::Times(300)),
        autoplay: true,
        theme: Some(Theme::Dark),
        design: Some("queue-60"),
        readonly: true,
        panels: Some(vec!["brief", "charts"]),
        present: true,
        lang: Some("en".to_owned()),
        key: Some("week-3_B".to_owned()),
        host: Some(Host::Scorm),
    };
    assert_eq!(options, all);
}

#[test]
fn a_flag_needs_no_value_and_can_be_off() {
    assert!(quiet("embed").embed);
    assert!(!quiet("embed=0").embed);
}

#[test]
fn what_is_given_twice_is_left_out_and_told_once() {
    refused("seed=1&seed=2", &["seed is given twice", "allowed is once"]);
    refused("seed=1&seed=1&seed=3", &["seed is given twice"]);
}

#[test]
fn what_is_unknown_is_told_with_what_there_is() {
    refused("colour=red", &["no option “colour”", "embed, kata, scenario"]);
    refused(&format!("{}=1", "x".repeat(100)), &["xxx…”"]);
    let faults = faults("?a=1&b=2&c=3&d=4&e=5&f=6&g=7", None);
    assert!(words(&faults).ends_with("And 2 more."), "{}", words(&faults));
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
fn what_is_not_allowed_is_named_with_what_is() {
    refused("scenario=tuesday", &["scenario=tuesday", "allowed"]);
    refused("design=mine", &["design=mine", "a design of this kata"]);
    refused("theme=pink", &["light, dark or auto"]);
    refused("embed=some", &["1 or 0"]);
    refused("panels=brief,stage", &["brief, parts, runs and charts"]);
    refused("lang=de-DE", &["allowed is two letters: en, or a language"]);
    refused("host=moodle", &["scorm, jsinput, splice or none"]);
    for wrong in ["", "a b", "../x", "%C3%A4", &"k".repeat(65)] {
        refused(&format!("key={wrong}"), &["1 to 64 letters"]);
    }
    refused(&format!("seed={}", "x".repeat(500)), &["xxx…"]);
}

#[test]
fn panels_are_those_that_are_named_and_the_design() {
    let some = quiet("panels=charts,brief");
    assert_eq!(
        ["brief", "parts", "runs", "charts", "diagram", "inspector"].map(|key| some.shows(key)),
        [true, false, false, true, true, true]
    );
    let alone = quiet("panels=design");
    assert!(!alone.shows("charts") && alone.shows("diagram"));
    assert!(!quiet("present").shows("parts"), "there is nothing to add");
}

#[test]
fn what_others_add_is_passed_over() {
    let query = "utm_source=mail&utm_campaign=a&fbclid=x&gclid=y&lti_message=1&course_id=_1_1&content_id=_2_1&forceview=1&gclid=z";
    assert_eq!(quiet(query), Embed::default());
}

#[test]
fn the_pages_block_gives_what_the_query_does_not() {
    let block = r#"{ "scenario": "outage", "seed": 7, "embed": true, "theme": "dark" }"#;
    let options = read("?seed=8&theme=light", Some(block));
    assert_eq!(faults("?seed=8&theme=light", Some(block)), []);
    assert_eq!((options.scenario, options.seed, options.theme), (Some("outage"), Some(8), Some(Theme::Light)));
    assert!(options.embed);
    let more = Some(r#"{ "seed": 18446744073709551615, "key": "a", "colour": 1 }"#);
    let (options, faults_of_it) = (read("", more), faults("", more));
    assert_eq!((options.seed, options.key.as_deref()), (Some(u64::MAX), Some("a")));
    assert_eq!(faults_of_it, [OptionFault::Unknown("colour".to_owned())]);
    for broken in ["", "[]", "{", "1", r#"{"seed": [1]}"#, r#"{"seed": null}"#] {
        assert_eq!(faults("?seed=3", Some(broken)), [OptionFault::Block], "{broken}");
        assert_eq!(read("?seed=3", Some(broken)).seed, Some(3));
    }
    assert_eq!(faults("", Some(r#"{"seed": 1, "seed": 2}"#)), [OptionFault::Twice("seed")]);
}

#[test]
fn escapes_are_undone_and_broken_ones_left() {
    for (query, shown) in
        [("a%20b+c", "a b c"), ("100%", "100%"), ("%zz%4", "%zz%4"), ("%ff", "\u{fffd}"), ("%+1", "% 1")]
    {
        refused(&format!("seed={query}"), &[&format!("seed={shown} was left out")]);
    }
    assert_eq!(quiet("th%65me=d%61rk").theme, Some(Theme::Dark));
}

#[test]
fn an_endless_query_is_not_read() {
    refused(&"seed=1&".repeat(1000), &["4096"]);
}
