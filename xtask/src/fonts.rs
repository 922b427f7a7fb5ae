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

/// The style sheet without its typefaces; and those, with the fonts of `dist` in them.
pub fn apart(sheet: &str, dist: &Path) -> Outcome<(String, String)> {
    let (faces, rest): (Vec<&str>, Vec<&str>) =
        sheet.lines().partition(|line| line.trim_start().starts_with("@font-face"));
    Ok((rest.join("\n"), inlined(&faces.join("\n"), dist)?))
}

/// A style sheet with the fonts of `dist` in it.
fn inlined(sheet: &str, dist: &Path) -> Outcome<String> {
    let mut out = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("url(\"./") {
        let (name, after) = after.split_once("\")").ok_or("a style sheet has an address without an end")?;
        let path = dist.join(name);
        let bytes = fs::read(&path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
        out.push_str(&format!("{before}url(\"data:font/woff2;base64,{}\")", STANDARD.encode(bytes)));
        rest = after;
    }
    Ok(out + rest)
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

    const SHEET: &str = "@font-face { src: url(\"fonts/inter-regular.woff2\") format(\"woff2\"); }\n.a { color: red; }";

    #[test]
    fn a_font_lies_beside_the_page_and_stands_in_the_single_file() {
        let dist = std::env::temp_dir().join(format!("waiting-room-fonts-{}", std::process::id()));
        fs::create_dir_all(&dist).expect("a folder for the test");
        let (sheet, names) = published(SHEET, &dist).expect("the font is there");
        assert!(names.len() == 1 && sheet.contains(&format!("url(\"./{}\")", names[0])), "{sheet}");
        assert!(dist.join("Inter-OFL.txt").exists());
        let (rest, faces) = apart(&sheet, &dist).expect("it was put there");
        assert!(
            faces.contains("url(\"data:font/woff2;base64,") && !faces.contains("./") && rest == ".a { color: red; }"
        );
        fs::remove_dir_all(&dist).expect("it was made here");
    }
}
