//! A picture of a design: an SVG that stands on its own, for a report, a chat or a printer.
//!
//! A pure function, the same text every time. Light colours, no script, no style sheet, nothing loaded. Names are the learner's or come from
//! a file: they are escaped, and what XML can't hold at all is replaced. Knows nothing of runs: a picture shows what a design is made of.

use std::fmt::Write;

use super::layout::{joining, size};
use super::text_width::{cut_by, is_rtl, width as width_of};
use super::{Design, Node};
use crate::kinds::check::grouped;
use crate::say;
use crate::tokens::{BG, EDGE, INK, MUTED, SURFACE};

/// Free space around the components.
const MARGIN: f64 = 32.0;
/// Room for the design's name above them.
const HEAD: f64 = 40.0;
/// The narrowest picture: a short title fits.
const NARROWEST: f64 = 360.0;
/// The type of a card's title and of a line below it, and where they begin.
const TITLE: f64 = 13.0;
const FACT: f64 = 12.0;
const BESIDE_ICON: f64 = 34.0;
const PAD: f64 = 12.0;

const FONT: &str = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// A picture, and how large it is in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// A whole SVG file.
    pub svg: String,
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
}

/// The picture of a design.
pub fn picture(design: &Design) -> Picture {
    let (left, top, right, bottom) = bounds(design);
    let name = if design.name.is_empty() { say!("picture.untitled") } else { &design.name };
    let (x, y) = (left - MARGIN, top - MARGIN - HEAD);
    let (width, height) = ((right - left + 2.0 * MARGIN).max(NARROWEST), bottom - top + 2.0 * MARGIN + HEAD);
    let mut svg = String::new();
    let out = &mut svg;
    put(out, format_args!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {width} {height}\" "));
    put(out, format_args!("width=\"{width}\" height=\"{height}\" role=\"img\" font-family=\"{FONT}\">\n"));
    put(out, format_args!("<title>{}</title>\n<desc>{}</desc>\n", escaped(name), escaped(&in_words(design))));
    put(out, format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{BG}\"/>\n"));
    let (title_x, title_y) = (left, y + MARGIN + 8.0);
    text(
        out,
        (title_x, title_y),
        &format!("font-size=\"18\" font-weight=\"600\" fill=\"{INK}\""),
        &cut(name, 18.0, width - 2.0 * MARGIN),
    );
    for edge in &design.edges {
        if let (Some(from), Some(to)) = (design.node(&edge.from), design.node(&edge.to)) {
            connection(out, from, to, edge.weight);
        }
    }
    for node in &design.nodes {
        card(out, node);
    }
    out.push_str("</svg>\n");
    Picture { svg, width, height }
}

fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).expect("a string takes text");
}

fn text(out: &mut String, (x, y): (f64, f64), look: &str, words: &str) {
    // What is written from right to left is anchored where it ends: at the left.
    let way = if is_rtl(words) { " direction=\"rtl\" text-anchor=\"end\"" } else { "" };
    put(out, format_args!("<text x=\"{x}\" y=\"{y}\" {look}{way}>{}</text>\n", escaped(words)));
}

/// Words as far as there is room.
fn cut(words: &str, size: f64, room: f64) -> String {
    cut_by(words, room, |words| width_of(words, size))
}

/// x, y, width and height of a component.
fn area(node: &Node) -> (f64, f64, f64, f64) {
    let (width, height) = size(node.kind);
    (node.x, node.y, width, height)
}

/// Left, top, right and bottom of all components.
fn bounds(design: &Design) -> (f64, f64, f64, f64) {
    let all = design.nodes.iter().map(|n| {
        let (x, y, width, height) = area(n);
        (x, y, x + width, y + height)
    });
    let joined = all.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)));
    joined.unwrap_or((0.0, 0.0, NARROWEST, 0.0))
}

fn connection(out: &mut String, from: &Node, to: &Node, weight: f64) {
    let [a, b, c, d] = joining(area(from), area(to), to.kind);
    let line = format!("M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}", a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1);
    put(out, format_args!("<path d=\"{line}\" fill=\"none\" stroke=\"{MUTED}\" stroke-width=\"1.8\"/>\n"));
    // The head points the way the curve arrives: downwards or to the right.
    let (bx, by) = if c.0 == d.0 { (0.0, 9.0) } else { (9.0, 0.0) };
    let (sx, sy) = (by / 2.0, bx / 2.0);
    put(
        out,
        format_args!(
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z\" fill=\"{MUTED}\"/>\n",
            d.0,
            d.1,
            d.0 - bx + sx,
            d.1 - by + sy,
            d.0 - bx - sx,
            d.1 - by - sy
        ),
    );
    if weight != 1.0 {
        // The middle of a cubic curve.
        let middle = |a: f64, b: f64, c: f64, d: f64| (a + 3.0 * b + 3.0 * c + d) / 8.0;
        let at = (middle(a.0, b.0, c.0, d.0), middle(a.1, b.1, c.1, d.1) - 8.0);
        let look = format!("font-size=\"12\" fill=\"{MUTED}\" text-anchor=\"middle\"");
        text(out, at, &look, &format!("×\u{202f}{}", grouped(weight)));
    }
}

fn card(out: &mut String, node: &Node) {
    let (x, y, width, height) = area(node);
    put(out, format_args!("<g><title>{}</title>\n", escaped(node.name())));
    put(out, format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"12\" "));
    put(out, format_args!("fill=\"{SURFACE}\" stroke=\"{EDGE}\"/>\n"));
    put(out, format_args!("<path transform=\"translate({} {}) scale(.5)\" ", x + PAD, y + 11.0));
    put(out, format_args!("d=\"{}\" fill-opacity=\"0\" stroke-width=\"3\" ", node.kind.kind().icon));
    put(
        out,
        format_args!(
            "stroke-linecap=\"round\" stroke-linejoin=\"round\" stroke=\"{}\"/>\n",
            node.kind.kind().role.token()
        ),
    );
    let look = format!("font-size=\"{TITLE}\" font-weight=\"600\" fill=\"{INK}\"");
    text(out, (x + BESIDE_ICON, y + 24.0), &look, &cut(node.name(), TITLE, width - BESIDE_ICON - 8.0));
    let small = format!("font-size=\"{FACT}\" fill=\"{MUTED}\"");
    let kind = node.label.is_some().then(|| node.kind.kind().name().to_owned());
    for (line, words) in kind.into_iter().chain(node.facts()).enumerate() {
        text(out, (x + PAD, y + 47.0 + 16.0 * line as f64), &small, &cut(&words, FACT, width - 2.0 * PAD));
    }
    out.push_str("</g>\n");
}

/// The design in one sentence a connection.
fn in_words(design: &Design) -> String {
    let name = |id: &str| design.node(id).map_or(String::new(), |n| n.name().to_owned());
    let all = design.edges.iter().map(|e| say!("picture.leads", from = name(&e.from), to = name(&e.to)));
    all.collect::<Vec<_>>().join(" ")
}

/// Text for XML, in an element or in quotes. Characters that XML forbids even when escaped become the replacement character.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
