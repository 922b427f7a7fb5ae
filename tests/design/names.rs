//! Odd names: letters that nobody sees are written out or refused, and a picture's names are cut between letters, the way they are written.

use waiting_room::design::file;
use waiting_room::design::picture::picture;
use waiting_room::design::text_width::{is_rtl, width};

fn with(name: &str, id: &str, label: &str) -> String {
    let text = |text: &str| serde_json::to_string(text).expect("JSON");
    let (name, id, label) = (text(name), text(id), text(label));
    format!(
        r#"{{"format":"waiting-room/design","version":1,"name":{name},"nodes":[{{"id":{id},"kind":"api","label":{label}}}],"edges":[]}}"#
    )
}

#[test]
fn what_nobody_sees_of_a_name_is_written_out() {
    for (written, shown) in [
        ("queue\u{200b}", r"queue\u200b"),
        ("\u{202e}evil", r"\u202eevil"),
        ("\u{200b}", r"\u200b"),
        ("soft\u{ad}hyphen", r"soft\u00adhyphen"),
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ("👩\u{200d}⚕\u{fe0f}", "👩\u{200d}⚕\u{fe0f}"),
    ] {
        let design = file::read(&with(written, "a", written)).expect("a design");
        assert_eq!((&*design.name, design.nodes[0].name()), (shown, shown));
        let again = file::read(&file::write(&design)).expect("what was written is read");
        assert_eq!(again, design);
    }
    // Two hundred letters stay two hundred, however long they are written.
    let design = file::read(&with("", "a", &"\u{200b}".repeat(200))).expect("a design");
    assert_eq!(design.nodes[0].name().chars().count(), 200);
    file::read(&file::write(&design)).expect("it can be read again");
    // A name with nothing to see is none.
    assert_eq!(file::read(&with("", "a", " \u{a0}\u{3000}")).expect("a design").nodes[0].label, None);
}

#[test]
fn an_id_that_cannot_be_told_by_looking_is_refused_and_told() {
    let told = |text: &str| file::read(text).expect_err("refused")[0].clone();
    let problem = told(&with("", "queue\u{200b}", "x"));
    assert_eq!(problem.place.to_string(), "nodes[0].id");
    assert!(problem.text.starts_with(r#""queue\u200b" holds a letter that nobody sees"#), "{}", problem.text);
    let kind = with("", "a", "x").replace(r#""api""#, "\"queue\u{200b}\"");
    assert!(told(&kind).text.starts_with(r#""queue\u200b" is unknown"#), "{}", told(&kind).text);
    let field = with("", "a", "x").replace("label", "la\u{ad}bel");
    let problem = told(&field);
    let shown = format!("{}: {}", problem.place, problem.text);
    assert!(shown.contains(r"la\u00adbel") && !shown.contains('\u{ad}'), "{shown}");
}

/// Of every script the words of a picture fit their card by the estimate, and are anchored at the side where they begin or end.
#[test]
fn the_words_of_a_picture_fit_in_every_script() {
    for name in [
        &"W".repeat(200),
        &"واجهة حجز المواعيد للعيادات المفتوحة ".repeat(4),
        &"תור ההמתנה של המרפאה ".repeat(6),
        &"予約確認待ち".repeat(20),
        &"👩\u{200d}⚕\u{fe0f}🇬🇧".repeat(30),
        &format!("Z{}algo", "\u{300}".repeat(150)),
        &"\u{1242b}".repeat(30),
        "API حجز",
    ] {
        let design = file::read(&with(name, "a", name)).expect("a design");
        let svg = picture(&design).svg;
        let document = roxmltree::Document::parse(&svg).expect("XML");
        let card = document.descendants().filter(|n| n.has_tag_name("rect")).nth(1).expect("a card");
        let number = |n: &roxmltree::Node, key: &str| n.attribute(key).expect(key).parse::<f64>().expect("a number");
        let (left, right) = (number(&card, "x"), number(&card, "x") + number(&card, "width"));
        let titles = document
            .descendants()
            .filter(|n| n.has_tag_name("text") && n.parent().is_some_and(|p| p.has_tag_name("g")));
        for text in titles {
            let (words, x) = (text.text().unwrap_or_default(), number(&text, "x"));
            assert!(x >= left && x + width(words, number(&text, "font-size")) <= right, "{words:?} leaves its card");
            let way = is_rtl(words).then_some("rtl");
            assert_eq!(text.attribute("direction"), way, "{words:?}");
            assert_eq!(
                text.attribute("text-anchor"),
                way.map(|_| "end"),
                "{words:?}: it extends to the right of its x"
            );
            assert!(!words.contains("\u{200d}…") && !words.ends_with('\u{200d}'), "{words:?} is cut within a letter");
        }
    }
}
