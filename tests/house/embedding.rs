//! What is written for those who embed the page has every option of its address: `static/embed.js` as attributes, the link builder as controls.

use std::fs;

use waiting_room::share::embed::EMBED;
use waiting_room::share::message::room::needed;

fn keys() -> Vec<&'static str> {
    EMBED.iter().map(|option| option.key).collect()
}

#[test]
fn embed_js_takes_every_option_as_an_attribute() {
    let script = fs::read_to_string("static/embed.js").expect("text");
    let list = script.split_once("const OPTIONS = [").and_then(|(_, after)| after.split_once(']'));
    let words = list.expect("the list of options").0.split('\'').skip(1).step_by(2);
    assert_eq!(words.collect::<Vec<_>>(), keys());
}

#[test]
fn the_builder_has_a_control_for_every_option() {
    let page = fs::read_to_string("static/builder.html").expect("text");
    let mut found: Vec<&str> = page.split("data-option=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut wanted = keys();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

/// The document's table of heights and the builder's are what the page asks for; each row begins where the page's arrangement does.
#[test]
fn the_heights_that_are_told_are_those_that_the_page_asks_for() {
    let text = fs::read_to_string("docs/embedding.md").expect("text");
    let (_, table) = text.split_once("| arrangement | height |\n").expect("the table");
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    let told: Vec<f64> = rows
        .map(|row| row.trim_matches(['|', ' ']).rsplit(" | ").next().expect("a cell"))
        .map(|cell| cell.trim_end_matches(" px").parse().expect("a height"))
        .collect();
    assert_eq!(told, [699.0, 700.0, 1100.0].map(needed));
    let script = fs::read_to_string("static/builder.js").expect("text");
    let list = script.split_once("const NEEDED = [[").and_then(|(_, after)| after.split_once("]];")).expect("a list").0;
    let written: Vec<f64> = list.split(['[', ']', ',', ' ']).filter_map(|word| word.parse().ok()).collect();
    assert_eq!(written, [1100.0, 700.0, 0.0].into_iter().flat_map(|from| [from, needed(from)]).collect::<Vec<_>>());
    assert_eq!([needed(1099.0), needed(320.0)], [needed(700.0), needed(699.0)]);
}
