//! The page's typeface: its files under hashed names beside the hosted page, and inside the single file.
//!
//! A style sheet names a font as `url("fonts/NAME.woff2")`, a file of `static/`.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::Outcome;
use crate::build::write;
use crate::run;

/// The licence of the typeface, published with it.
const LICENCE: &str = "OFL.txt";

/// The style sheet with the names that its fonts have in `dist`, where they are put; and those names.
pub fn published(sheet: &str, dist: &Path) -> Outcome<(String, Vec<String>)> {
    let mut names = Vec::new();
    let sheet = replaced(sheet, |name, bytes| {
        let hash: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let hashed = format!("{}-{hash}.woff2", name.trim_end_matches(".woff2"));
        write(&dist.join(&hashed), bytes)?;
        names.push(hashed.clone());
        Ok(format!("./{hashed}"))
    })?;
    if !names.is_empty() {
        write(&dist.join(format!("Inter-{LICENCE}")), read(LICENCE)?)?;
    }
    Ok((sheet, names))
}

/// The style sheet without its typefaces; and the fonts of those, as data blocks that the single file's start reads.
pub fn apart(sheet: &str, dist: &Path) -> Outcome<(String, String)> {
    let (faces, rest): (Vec<&str>, Vec<&str>) =
        sheet.lines().partition(|line| line.trim_start().starts_with("@font-face"));
    Ok((rest.join("\n"), faces.into_iter().map(|face| block(face, dist)).collect::<Outcome<String>>()?))
}

/// One typeface: its weight, and its file in base64.
fn block(face: &str, dist: &Path) -> Outcome<String> {
    let between = |start: &str, end: &str| face.split_once(start).and_then(|(_, after)| after.split_once(end));
    let (weight, _) = between("font-weight: ", ";").ok_or("a typeface has no weight")?;
    let (name, _) = between("url(\"./", "\")").ok_or("a typeface has no file")?;
    let path = dist.join(name);
    let bytes = fs::read(&path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
    let data = STANDARD.encode(bytes);
    Ok(format!("<script type=\"text/plain\" class=\"typeface\" data-weight=\"{weight}\">{data}</script>\n"))
}

/// The style sheet with its fonts in it.
pub fn inlined(sheet: &str) -> Outcome<String> {
    replaced(sheet, |_, bytes| Ok(format!("data:font/woff2;base64,{}", STANDARD.encode(bytes))))
}

fn replaced(sheet: &str, mut named: impl FnMut(&str, &[u8]) -> Outcome<String>) -> Outcome<String> {
    let mut out = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("url(\"fonts/") {
        let (name, after) = after.split_once("\")").ok_or("a style sheet has a font's address without an end")?;
        out.push_str(&format!("{before}url(\"{}\")", named(name, &read(name)?)?));
        rest = after;
    }
    Ok(out + rest)
}

fn read(name: &str) -> Outcome<Vec<u8>> {
    let path = run::root().join("static/fonts").join(name);
    fs::read(&path).map_err(|error| format!("{} can't be read: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "@font-face { font-weight: 400; src: url(\"fonts/inter-regular.woff2\") format(\"woff2\"); }\n.a { color: red; }";

    #[test]
    fn a_font_lies_beside_the_page_and_stands_in_the_single_file() {
        let dist = std::env::temp_dir().join(format!("waiting-room-fonts-{}", std::process::id()));
        fs::create_dir_all(&dist).expect("a folder for the test");
        let (sheet, names) = published(SHEET, &dist).expect("the font is there");
        assert!(names.len() == 1 && sheet.contains(&format!("url(\"./{}\")", names[0])), "{sheet}");
        assert!(dist.join("Inter-OFL.txt").exists());
        let (rest, faces) = apart(&sheet, &dist).expect("it was put there");
        assert!(
            faces.starts_with("<script type=\"text/plain\" class=\"typeface\" data-weight=\"400\">d09GMg"),
            "{faces}"
        );
        assert_eq!(rest, ".a { color: red; }");
        fs::remove_dir_all(&dist).expect("it was made here");
    }
}
