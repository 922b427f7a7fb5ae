//! Makes the one file out of the several: script, wasm, styles and icon all inside one HTML file.
//!
//! It runs from `file://`, without a network, and in a frame with `sandbox="allow-scripts"`, because it fetches nothing: the
//! wasm stands in it as gzip in base64, in data blocks that are no scripts. They come after all that can be read, and in pieces, so that the
//! first script can tell how many are there; then the katas' data, and last the script that starts the page. What refers to a file it can't take
//! in is an error.

use std::fs;
use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use crate::Outcome;
use crate::build::{FIRST, LATE};
use crate::fonts;
use crate::html::{self, Element};
use crate::kata;
use crate::lang;
use crate::styles;

/// What follows the page's own script.
const START: &str = include_str!("single.js");

/// How many letters one piece of the packed wasm has; the first script counts in them.
const PIECE: usize = 64 * 1024;

/// The single file, still without its policy; `licences` is the text of those of all that is in it.
pub fn single(page: &str, dist: &Path, packing: Compression, licences: &str) -> Outcome<String> {
    let elements = html::elements(page);
    let (packed, start) = last(start_of(&elements)?, dist, packing)?;
    let late = late(start_of(&elements)?, dist)?.map(|name| pack(&read(dist, &name)?, packing)).transpose()?;
    let mut parts = Vec::new();
    for element in &elements {
        if let Some(new) = inlined(element, dist, packed.len())? {
            parts.push((element.place.clone(), new));
        }
    }
    let end = page.rfind("</body>").ok_or("Trunk's page has no </body>")?;
    let late = late.map_or(String::new(), |late| pieces(&late, "later"));
    let faces = typefaces(&elements, dist)?;
    let katas: String =
        elements.iter().filter(|e| is_kata(e)).map(|e| format!("{}\n", &page[e.place.clone()])).collect();
    let licences = carried(licences, packing)?;
    parts.push((end..end, format!("{}{late}{faces}{katas}{licences}{start}\n", pieces(&packed, "packed"))));
    let file = html::replace(page, &parts);
    for element in html::elements(&file) {
        for (name, value) in &element.attributes {
            if matches!(*name, "src" | "href") && !value.starts_with("data:") && !value.starts_with('#') {
                return Err(format!("the single file would fetch {value} (<{}>)", element.name));
            }
        }
    }
    Ok(file)
}

/// What stands in the single file for this element; none if it stays as it is.
fn inlined(element: &Element, dist: &Path, packed: usize) -> Outcome<Option<String>> {
    let read = |attribute: &str| {
        let name = element.get(attribute).unwrap_or_default();
        read(dist, name.trim_start_matches("./"))
    };
    Ok(match (element.name, element.get("rel")) {
        ("html", _) => {
            let lang = element.get("lang").unwrap_or("en");
            let others = element.attributes.iter().filter(|(name, _)| name.starts_with("data-lang-"));
            let others: String = others.map(|(name, _)| format!(" {name}=\"\"")).collect();
            Some(format!("<html lang=\"{lang}\"{others} data-form=\"single\" data-bytes=\"{packed}\">"))
        }
        ("link", Some("icon")) => {
            let data = STANDARD.encode(read("href")?);
            Some(format!("<link rel=\"icon\" type=\"image/svg+xml\" href=\"data:image/svg+xml;base64,{data}\">"))
        }
        ("link", Some("stylesheet")) => {
            Some(format!("<style>{}</style>", style(&fonts::apart(&text(read("href")?)?, dist)?.0)?))
        }
        ("link", Some("modulepreload" | "preload" | "manifest")) => Some(String::new()),
        ("script", _) if element.get("src").is_some() => {
            Some(format!("<script>{}</script>", script(&text(read("src")?)?)))
        }
        // They come last.
        ("script", _) if is_start(element) || is_kata(element) => Some(String::new()),
        _ => None,
    })
}

/// The typefaces of the style sheets, which come after all that can be read, and after the wasm.
fn typefaces(elements: &[Element], dist: &Path) -> Outcome<String> {
    let sheets = elements.iter().filter(|element| element.name == "link" && element.get("rel") == Some("stylesheet"));
    let faces = sheets.map(|sheet| {
        let name = sheet.get("href").unwrap_or_default();
        Ok(fonts::apart(&text(read(dist, name.trim_start_matches("./"))?)?, dist)?.1)
    });
    faces.collect()
}

/// The text of the script that starts the page.
fn start_of<'a>(elements: &[Element<'a>]) -> Outcome<&'a str> {
    let start = elements.iter().find(|element| is_start(element));
    start.map(|element| element.body).ok_or_else(|| "Trunk's page has no start script".to_owned())
}

/// Whether this is the script that starts the page.
pub fn is_start(element: &Element) -> bool {
    element.name == "script" && element.get("type") == Some("module") && element.get("src").is_none()
}

/// Whether this is the data of a kata or of a language, which nothing reads before the page starts.
fn is_kata(element: &Element) -> bool {
    let is_language = |id: &str| id.starts_with(lang::BLOCK);
    let is_block = |id: &str| id.strip_prefix(kata::BLOCK).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    element.name == "script" && element.get("id").is_some_and(|id| is_block(id) || is_language(id))
}

/// The name, without an ending, of the script and the wasm that Trunk's start script names.
pub fn stem(trunks: &str) -> Outcome<&str> {
    let name = trunks.split('\'').find_map(|word| word.strip_prefix("./")?.strip_suffix(".js"));
    name.ok_or_else(|| "Trunk's start script names no script to import".to_owned())
}

/// The packed wasm as text, and the page's script with its start as one module.
fn last(trunks: &str, dist: &Path, packing: Compression) -> Outcome<(String, String)> {
    let name = stem(trunks)?;
    let wasm = pack(&read(dist, &format!("{name}{FIRST}"))?, packing)?;
    let module = local(&text(read(dist, &format!("{name}.js"))?)?)?;
    let start = format!("<script type=\"module\">{}</script>", script(&format!("{module}\n{START}")));
    Ok((wasm, start))
}

fn pack(wasm: &[u8], packing: Compression) -> Outcome<String> {
    Ok(STANDARD.encode(gzip(wasm, packing)?))
}

fn pieces(packed: &str, class: &str) -> String {
    let letters = packed.as_bytes().chunks(PIECE).map(String::from_utf8_lossy);
    letters.map(|piece| format!("<script type=\"text/plain\" class=\"{class}\">{piece}</script>\n")).collect()
}

/// A text that the page unpacks when it is asked for, as `src/share/packed.rs` packs: deflated, with half of an FNV-1a of 64 bits at its end.
fn carried(text: &str, packing: Compression) -> Outcome<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), packing);
    let packed = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    let mut bytes = packed.map_err(|error| format!("deflate failed: {error}"))?;
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix);
    bytes.extend(((hash >> 32) as u32 ^ hash as u32).to_be_bytes());
    Ok(format!("<script type=\"text/plain\" id=\"waiting-room-licences\">{}</script>\n", URL_SAFE_NO_PAD.encode(bytes)))
}

/// A module of wasm-bindgen with its exports turned into plain declarations.
fn local(module: &str) -> Outcome<String> {
    let mut out = String::with_capacity(module.len());
    for line in module.lines() {
        if line.starts_with("import ") {
            return Err(format!("the page's script imports a file, which the single file can't have: {line}"));
        }
        // The closing list names what is declared already.
        if line.starts_with("export {") || line.starts_with("export default") {
            continue;
        }
        out.push_str(line.strip_prefix("export ").unwrap_or(line));
        out.push('\n');
    }
    if !out.contains("function __wbg_init(") {
        return Err("wasm-bindgen's script has no __wbg_init to start the page with".to_owned());
    }
    Ok(out)
}

/// A script's text that can't end its own element early.
fn script(text: &str) -> String {
    text.replace("</script", "<\\/script").replace("<!--", "<\\!--").replace("\r\n", "\n")
}

/// A style's text, if it needs no other file.
fn style(text: &str) -> Outcome<String> {
    if text.contains("</style") || text.contains("@import") {
        return Err("a style sheet holds `</style` or `@import`: the single file can't take it in".to_owned());
    }
    for address in text.split("url(").skip(1) {
        if !address.trim_start_matches(['"', '\'']).starts_with("data:") {
            return Err("a style sheet refers to a file; the single file needs it as url(data:…)".to_owned());
        }
    }
    Ok(text.replace("\r\n", "\n"))
}

/// The page in several files, with a word of how many bytes of wasm it will fetch, and of where the second module is.
pub fn counted(page: &str, dist: &Path) -> Outcome<String> {
    let elements = html::elements(page);
    let start = start_of(&elements)?;
    let bytes = read(dist, &format!("{}{FIRST}", stem(start)?))?.len();
    let late = late(start, dist)?.map_or(String::new(), |name| format!(" data-late=\"./{name}\""));
    let sheet = elements.iter().find(|element| element.name == "link" && element.get(styles::MARK).is_some());
    let style =
        sheet.map_or(String::new(), |sheet| format!(" data-late-style=\"{}\"", sheet.get("href").unwrap_or_default()));
    let parts: Vec<_> = sheet.iter().map(|sheet| (sheet.place.clone(), String::new())).collect();
    let page = html::replace(page, &parts);
    Ok(page.replacen("<html ", &format!("<html data-bytes=\"{bytes}\"{late}{style} "), 1))
}

/// The file of the second module, if the page has one.
fn late(start: &str, dist: &Path) -> Outcome<Option<String>> {
    let name = format!("{}{LATE}", stem(start)?);
    Ok(dist.join(&name).exists().then_some(name))
}

pub fn gzip(bytes: &[u8], packing: Compression) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), packing);
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|error| format!("gzip failed: {error}"))
}

fn read(dist: &Path, name: &str) -> Outcome<Vec<u8>> {
    fs::read(dist.join(name)).map_err(|error| format!("dist/{name} can't be read: {error}"))
}

fn text(bytes: Vec<u8>) -> Outcome<String> {
    String::from_utf8(bytes).map_err(|_| "a script or style sheet isn't UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_keeps_its_declarations_and_loses_its_exports() {
        let module = "export function a() {}\nasync function __wbg_init(m) {}\nexport { b, __wbg_init as default };";
        let local = local(module).expect("it has no import");
        assert_eq!(local, "function a() {}\nasync function __wbg_init(m) {}\n");
    }

    #[test]
    fn what_needs_another_file_is_refused() {
        assert!(local("import { a } from './snippets/a.js';").is_err());
        assert!(style("p { background: url(\"wood.png\") }").is_err());
        assert!(style("p { background: url(\"data:image/png;base64,AA\") }").is_ok());
    }

    #[test]
    fn a_script_cannot_end_its_element() {
        assert_eq!(script("'</script>' // <!--"), "'<\\/script>' // <\\!--");
    }
}
