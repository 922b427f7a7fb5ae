//! What is written for those who embed the page has every option of its address: `static/embed.js` as attributes, the link builder as controls.

use std::fs;

use waiting_room::share::embed::EMBED;

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
