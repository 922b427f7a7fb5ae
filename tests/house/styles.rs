//! The style sheets' rules, held by reading them: each colour, size, weight, corner and layer is written once, in `static/tokens.css`.

use std::collections::BTreeSet;
use std::fs;

/// The widths at which the page changes its arrangement, as `min-width`; `max-width` is one less.
const MOST_WIDTHS: usize = 5;

/// The sheets but the tokens.
fn sheets() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir("static").expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".css") && name != "tokens.css" {
            let text = without_comments(&fs::read_to_string(entry.path()).expect("text"));
            // What a typeface's file has is said where it is named.
            let rules = text.lines().filter(|line| !line.starts_with("@font-face"));
            all.push((name, rules.collect::<Vec<_>>().join("\n")));
        }
    }
    all
}

fn tokens() -> String {
    without_comments(&fs::read_to_string("static/tokens.css").expect("the tokens"))
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// The values of a property, wherever it is set.
fn values<'a>(text: &'a str, property: &str) -> Vec<&'a str> {
    let set = format!("{property}:");
    let own = |at: &usize| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
    let value = |at: usize| text[at + set.len()..].split([';', '}']).next().expect("a first part").trim();
    text.match_indices(&set).map(|(at, _)| at).filter(own).map(value).collect()
}

/// The variables whose names begin so, with their values.
fn named(prefixes: &[&str]) -> Vec<(String, String)> {
    let tokens = tokens();
    let lines =
        tokens.split(';').filter_map(|line| line.trim().rsplit_once('\n').map_or(Some(line), |(_, last)| Some(last)));
    let pairs =
        lines.filter_map(|line| line.trim().split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())));
    pairs.filter(|(name, _)| prefixes.iter().any(|prefix| name.starts_with(prefix))).collect()
}

#[test]
fn colours_are_written_in_one_place() {
    for (name, text) in sheets() {
        for (at, _) in text.match_indices('#') {
            let digits = text[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
            let colour = [3, 4, 6, 8].contains(&digits) && text[..at].trim_end().ends_with([':', ',', '(']);
            assert!(!colour, "{name} has a colour of its own: {}", &text[at..at + 1 + digits]);
        }
        for word in ["rgb(", "hsl(", "prefers-color-scheme", "data-theme"] {
            assert!(!text.contains(word), "{name}: {word} belongs in tokens.css");
        }
    }
}

#[test]
fn sizes_weights_corners_and_layers_are_few_and_named() {
    let count = |prefixes: &[&str], most: usize, what: &str| {
        let all = named(prefixes);
        let different: BTreeSet<&str> = all.iter().map(|(_, value)| value.as_str()).collect();
        assert!(!all.is_empty() && different.len() <= most, "{what}: {all:?}");
    };
    count(&["--text"], 6, "six sizes of type");
    count(&["--plain", "--firm", "--strong"], 3, "three weights");
    count(&["--corner", "--radius"], 4, "four corners");
    count(&["--z-"], 8, "eight layers");
    for (name, text) in sheets() {
        for (property, else_allowed) in [
            ("font-size", &["inherit"][..]),
            ("font-weight", &["inherit"]),
            ("border-radius", &["0", "50%", "inherit"]),
            ("z-index", &["auto"]),
        ] {
            for value in values(&text, property) {
                let token = value.split(' ').all(|part| part.starts_with("var(--"));
                assert!(token || else_allowed.contains(&value), "{name}: {property} is {value}");
            }
        }
        for value in values(&text, "font") {
            assert!(value == "inherit" || !value.contains("px") && !value.contains("rem"), "{name}: font is {value}");
        }
    }
}

#[test]
fn the_page_changes_at_few_widths() {
    let mut widths = BTreeSet::new();
    for (_, text) in sheets() {
        for condition in text.match_indices("@media").map(|(at, _)| text[at..].split('{').next().unwrap()) {
            for (bound, more) in [("min-width: ", 0), ("max-width: ", 1)] {
                for (at, _) in condition.match_indices(bound) {
                    let digits: String =
                        condition[at + bound.len()..].chars().take_while(char::is_ascii_digit).collect();
                    widths.insert(digits.parse::<u32>().unwrap() + more);
                }
            }
        }
    }
    assert!(widths.len() <= MOST_WIDTHS, "{widths:?}");
}

#[test]
fn every_variable_is_there() {
    let tokens = tokens();
    // Set by the page, a panel or an element.
    let others = ["--goals", "--plot", "--at", "--share", "--thumb", "--right", "--bottom", "--most"];
    for (name, text) in sheets() {
        for (at, _) in text.match_indices("var(") {
            let variable = text[at + 4..].split([')', ',']).next().unwrap().trim();
            let set = format!("{variable}:");
            let there = tokens.contains(&set) || text.contains(&set) || others.contains(&variable);
            assert!(there, "{name} uses {variable}, which nobody sets");
        }
    }
}

/// Sources name a colour by its token: a literal would drift from the style sheet, as one had.
#[test]
fn no_source_has_a_colour_of_its_own() {
    fn check(folder: &std::path::Path) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                check(&path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap();
                for (at, _) in code.match_indices("\"#") {
                    let digits = code[at + 2..].chars().take_while(char::is_ascii_hexdigit).count();
                    let closed = code[at + 2 + digits..].starts_with('"');
                    assert!(!(closed && [3, 6, 8].contains(&digits)), "{}: {}", path.display(), &code[at..at + 9]);
                }
            }
        }
    }
    check(std::path::Path::new("src"));
}
