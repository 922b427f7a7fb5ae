//! The picture of a design: the same text every time, well-formed whatever a part is called, and nothing in it that acts.

use std::path::Path;
use std::rc::Rc;

use proptest::prelude::*;
use waiting_room::design::picture::{Picture, picture};
use waiting_room::design::{Design, Edge, Node};
use waiting_room::kata::builtin;
use waiting_room::kinds::KindId;

/// Parses a picture as XML; only elements and attributes that draw may be in it.
fn parsed(picture: &Picture) -> roxmltree::Document<'_> {
    let document = roxmltree::Document::parse(&picture.svg).unwrap_or_else(|e| panic!("{e}\n{}", picture.svg));
    for element in document.descendants().filter(|n| n.is_element()) {
        let name = element.tag_name().name();
        assert!(["svg", "title", "desc", "rect", "path", "text", "g"].contains(&name), "an element {name}");
        for attribute in element.attributes() {
            assert!(!attribute.name().starts_with("on") && !attribute.name().contains("href"), "{}", attribute.name());
        }
    }
    document
}

fn named(design: &str, part: &str) -> Design {
    let mut node = Node::new("api".into(), KindId::Api, 0.0, 0.0);
    node.label = Some(part.into());
    Design { name: design.into(), nodes: vec![Rc::new(node)], edges: Vec::new() }
}

/// The text of each title: of the picture, and of each part.
fn titles(picture: &Picture) -> Vec<String> {
    let document = parsed(picture);
    let titles = document.descendants().filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", "title")));
    titles.map(|n| n.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_reference_design_is_drawn_as_it_always_was() {
    let design = builtin::designs().iter().find(|d| d.id == "demand-breaker").expect("the reference").design();
    let now = picture(&design).svg;
    let path = Path::new("tests/golden/picture.svg");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &now).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(path).expect("the golden file is there");
    assert_eq!(now, golden, "UPDATE_GOLDEN=1 writes it anew: look at it before you commit it");
}

#[test]
fn its_colours_are_the_light_ones_of_the_style_sheet() {
    let sheet = std::fs::read_to_string("static/tokens.css").unwrap();
    for built_in in builtin::designs() {
        let picture = picture(&built_in.design());
        for element in parsed(&picture).descendants().filter(|n| n.is_element()) {
            for colour in ["fill", "stroke"].into_iter().filter_map(|name| element.attribute(name)) {
                let known = colour == "none" || sheet.contains(&format!(": light-dark({colour}, "));
                assert!(known, "{}: {colour}", built_in.id);
            }
        }
    }
}

#[test]
fn every_part_and_connection_is_in_it() {
    for built_in in builtin::designs() {
        let design = built_in.design();
        let picture = picture(&design);
        let titles = titles(&picture);
        assert_eq!(titles[0], *design.name);
        assert_eq!(titles[1..].to_vec(), design.nodes.iter().map(|n| n.name().to_owned()).collect::<Vec<_>>());
        let document = parsed(&picture);
        let lines = document.descendants().filter(|n| n.attribute("fill") == Some("none")).count();
        assert_eq!(lines, design.edges.len(), "{}", built_in.id);
    }
}

#[test]
fn names_are_words_and_never_markup() {
    for name in ["<script>alert(1)</script>", "\"><g onload='x()'>", "a & b", "'single'", "]]>", "<!--", "<?xml?>"] {
        let picture = picture(&named(name, name));
        assert_eq!(titles(&picture), [name, name]);
        assert!(!picture.svg.contains("<script"), "{}", picture.svg);
    }
}

#[test]
fn what_xml_can_not_hold_is_replaced() {
    assert_eq!(titles(&picture(&named("a\0b\u{1b}c", "\u{ffff}x\ny"))), ["a\u{fffd}b\u{fffd}c", "\u{fffd}x y"]);
}

#[test]
fn an_empty_design_has_a_picture_too() {
    let picture = picture(&Design::default());
    assert_eq!(titles(&picture), ["The waiting room"]);
    assert!(picture.width > 0.0 && picture.height > 0.0);
}

proptest! {
    #[test]
    fn whatever_a_part_is_called_the_picture_is_well_formed(
        name in any::<String>(), labels in proptest::collection::vec(proptest::option::of(any::<String>()), 1..6),
        place in (-1e6..1e6f64, -1e6..1e6f64), weight in 1e-6..1e6f64,
    ) {
        let kinds = [KindId::Api, KindId::Queue, KindId::Consumers, KindId::DeadLetter, KindId::Clinic, KindId::Patients];
        let nodes: Vec<_> = labels.iter().zip(kinds).enumerate().map(|(at, (label, kind))| {
            let mut node = Node::new(kind.kind().key.into(), kind, place.0 + at as f64 * 184.0, place.1);
            node.label = label.as_deref().map(Rc::from);
            Rc::new(node)
        }).collect();
        let edges = nodes.windows(2).map(|w| Edge { from: w[0].id.clone(), to: w[1].id.clone(), weight }).collect();
        let picture = picture(&Design { name: name.into(), nodes, edges });
        prop_assert_eq!(titles(&picture).len(), labels.len() + 1);
        let document = parsed(&picture);
        let view = document.root_element().attribute("viewBox").unwrap_or_default().split(' ').map(str::parse::<f64>);
        prop_assert_eq!(view.filter(|n| n.as_ref().is_ok_and(|n| n.is_finite())).count(), 4);
    }
}
