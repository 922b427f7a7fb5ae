//! The licences of all that is published: who made each part, under what, and every text that has to go with it.
//!
//! As a page, `licences.html`, and as plain text, which the single file carries. A build fails where something may not be shipped, or where a
//! text is missing: most packages have theirs beside their source, and those that don't are named in [`WITHOUT`].

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crate::Outcome;
use crate::csp;
use crate::html::escaped;
use crate::run;
use crate::sbom;
use crate::shipped::{self, Package};
use crate::spdx::{self, ALLOWED, Licence};

/// Packages that come without a text, by the start of their names, and the licence of those they offer whose text is the same for everybody.
const WITHOUT: [(&str, &str); 4] =
    [("gloo", "Apache-2.0"), ("implicit-clone", "Apache-2.0"), ("yew", "Apache-2.0"), ("std", "Apache-2.0")];
/// Packages whose text of the MIT licence is missing, by the start of their names, and the line in it that says who wrote them.
const BY: [(&str, &str); 2] = [
    ("compiler_builtins", "Copyright (c) 2016 Jorge Aparicio"),
    ("plotters", "Copyright (c) 2019 Hao Hou <haohou302@gmail.com>"),
];

const TITLE: &str = "Licences of all that this page is made of";
const STYLE: &str = "body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color-scheme:light dark}\
table{border-collapse:collapse}td,th{padding:.2rem 1rem .2rem 0;text-align:left;vertical-align:top}pre{white-space:pre-wrap}";

/// What is published about all that is published.
pub struct Papers {
    /// `licences.html`.
    pub licences: String,
    /// The same as plain text, for the single file.
    pub text: String,
    /// `sbom.cdx.json`.
    pub sbom: String,
}

/// The papers, made once: while a page is served its packages stay the same.
pub fn papers() -> Outcome<&'static Papers> {
    static MADE: OnceLock<Papers> = OnceLock::new();
    if let Some(made) = MADE.get() {
        return Ok(made);
    }
    let packages = shipped::packages()?;
    let licences = Licences::of(&packages)?;
    let made = Papers { licences: licences.html(), text: licences.text(), sbom: sbom::sbom(&packages) };
    Ok(MADE.get_or_init(|| made))
}

/// A part, and the places of its texts among all texts.
struct Part {
    name: String,
    version: String,
    licence: String,
    texts: Vec<usize>,
}

/// All parts and all texts, each text once.
struct Licences {
    parts: Vec<Part>,
    texts: Vec<String>,
}

impl Licences {
    /// Those of the packages, of the typeface, and ours.
    fn of(packages: &[Package]) -> Outcome<Licences> {
        let own = read(&run::root().join("LICENSE"))?;
        let font = read(&run::root().join("static/fonts/OFL.txt"))?;
        let apache = standard_apache(packages)?;
        let mut all = Licences { parts: Vec::new(), texts: Vec::new() };
        for package in packages {
            let texts = if package.is_ours() { vec![own.clone()] } else { texts_of(package, &own, &apache)? };
            all.add(&package.name, &package.version, &spdx::plain(&package.licence), texts);
        }
        all.add("Inter, the typeface", "4.1", "OFL-1.1", vec![font]);
        Ok(all)
    }

    fn add(&mut self, name: &str, version: &str, licence: &str, texts: Vec<String>) {
        let mut place = |text: String| {
            let known = self.texts.iter().position(|one| *one == text);
            known.unwrap_or_else(|| {
                self.texts.push(text);
                self.texts.len() - 1
            })
        };
        let texts = texts.into_iter().map(&mut place).collect();
        self.parts.push(Part {
            name: name.to_owned(),
            version: version.to_owned(),
            licence: licence.to_owned(),
            texts,
        });
    }

    /// As a page of its own, which nothing can be fetched or run in.
    fn html(&self) -> String {
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{TITLE}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{TITLE}</h1>\n\
             <table>\n<thead>\n<tr><th scope=\"col\">Part</th><th scope=\"col\">Version</th><th scope=\"col\">Licence</th><th scope=\"col\">Text</th></tr>\n</thead>\n<tbody>\n",
            csp::hash(STYLE)
        );
        for part in &self.parts {
            let link = |at: &usize| format!("<a href=\"#text-{0}\">{0}</a>", at + 1);
            let links: Vec<_> = part.texts.iter().map(link).collect();
            let cells = [escaped(&part.name), escaped(&part.version), escaped(&part.licence), links.join(", ")];
            page += &format!("<tr><td>{}</td></tr>\n", cells.join("</td><td>"));
        }
        page += "</tbody>\n</table>\n";
        for (at, text) in self.texts.iter().enumerate() {
            page += &format!("<h2 id=\"text-{0}\">Text {0}</h2>\n<pre>{1}</pre>\n", at + 1, escaped(text));
        }
        page + "</main>\n</body>\n</html>\n"
    }

    /// As plain text.
    fn text(&self) -> String {
        let mut text = format!("{TITLE}\n\n");
        for part in &self.parts {
            let numbers: Vec<_> = part.texts.iter().map(|at| (at + 1).to_string()).collect();
            text += &format!("{} {}: {}, text {}\n", part.name, part.version, part.licence, numbers.join(" and "));
        }
        for (at, one) in self.texts.iter().enumerate() {
            text += &format!("\n\nText {}\n\n{one}\n", at + 1);
        }
        text
    }
}

/// The texts that go with a package.
fn texts_of(package: &Package, own: &str, apache: &str) -> Outcome<Vec<String>> {
    let beside = package.folder.as_deref().map_or(Ok(BTreeMap::new()), beside)?;
    let chosen = spdx::chosen(&package.licence).map_err(|error| format!("{}: {error}", package.key()))?;
    let mut texts = Vec::new();
    for licence in &chosen {
        let here = beside.values().find(|text| is_of(text, licence)).cloned();
        let by = BY.iter().find(|(name, _)| package.name.starts_with(name) && licence.id == "MIT");
        let by = by.map(|(_, line)| with_author(own, line));
        let standard = (licence.id == "Apache-2.0" && package.folder.is_none()).then(|| apache.to_owned());
        match here.or(by).or(standard) {
            Some(text) => texts.push(text),
            None => {
                let known =
                    WITHOUT.iter().find(|(name, id)| package.name.starts_with(name) && package.licence.contains(id));
                known.ok_or_else(|| {
                    format!(
                        "{} has no text of {}: read its source, and name it in xtask/src/licences.rs",
                        package.key(),
                        licence.id
                    )
                })?;
                texts.push(apache.to_owned());
            }
        }
    }
    Ok(texts)
}

/// The texts beside a package's source, by their files' names.
fn beside(folder: &Path) -> Outcome<BTreeMap<String, String>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{} can't be read: {error}", folder.display()))?;
    let is_text = |name: &str| {
        ["LICEN", "COPYING", "UNLICENSE", "NOTICE"].iter().any(|start| name.to_uppercase().starts_with(start))
    };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names
        .filter(|name| is_text(name) && folder.join(name).is_file())
        .map(|name| Ok((name.clone(), read(&folder.join(name))?)))
        .collect()
}

/// A text, however its lines end.
fn read(path: &Path) -> Outcome<String> {
    let bytes = fs::read(path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    Ok(lines.join("\n").trim_matches('\n').to_owned())
}

fn is_of(text: &str, licence: &Licence) -> bool {
    text.split_whitespace().collect::<Vec<_>>().join(" ").contains(licence.mark)
}

/// The text of the Apache licence as its authors wrote it: the shortest that any package brings along.
fn standard_apache(packages: &[Package]) -> Outcome<String> {
    let apache = ALLOWED.iter().find(|licence| licence.id == "Apache-2.0").expect("it is allowed");
    let mut found = Vec::new();
    for folder in packages.iter().filter_map(|package| package.folder.as_deref()) {
        found.extend(beside(folder)?.into_values().filter(|text| is_of(text, apache)));
    }
    found
        .into_iter()
        .min_by_key(|text| (text.len(), text.clone()))
        .ok_or_else(|| "no package has the text of Apache-2.0".to_owned())
}

/// The text of the MIT licence, ours, with another author's line.
fn with_author(own: &str, line: &str) -> String {
    let replaced = own.lines().map(|one| if one.starts_with("Copyright") { line } else { one });
    replaced.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    fn package(name: &str, licence: &str, folder: Option<PathBuf>) -> Package {
        let (name, licence) = (name.to_owned(), licence.to_owned());
        Package {
            name,
            version: "1.0.0".to_owned(),
            licence,
            folder,
            checksum: Some(String::new()),
            repository: None,
            uses: BTreeSet::new(),
        }
    }

    #[test]
    fn a_text_that_is_missing_stops_the_build() {
        let folder = std::env::temp_dir().join(format!("waiting-room-licences-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let bare = package("bare", "MIT OR Apache-2.0", Some(folder.clone()));
        let error = texts_of(&bare, "own", "apache").expect_err("no text");
        assert!(error.starts_with("bare 1.0.0 has no text of MIT"), "{error}");
        let error = texts_of(&package("copyleft", "GPL-3.0-only", Some(folder.clone())), "own", "apache")
            .expect_err("not allowed");
        assert!(error.starts_with("copyleft 1.0.0: nothing may be shipped"), "{error}");
        assert_eq!(
            texts_of(&package("yew", "MIT OR Apache-2.0", Some(folder.clone())), "own", "apache"),
            Ok(vec!["apache".to_owned()])
        );
        let mit = "Permission is hereby granted, free\r\nof charge, to any person";
        fs::write(folder.join("license.md"), mit).expect("written");
        assert_eq!(texts_of(&bare, "own", "apache"), Ok(vec![mit.replace('\r', "")]));
        fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn a_text_stands_once_and_says_whose_it_is() {
        let mut all = Licences { parts: Vec::new(), texts: Vec::new() };
        all.add("one", "1", "MIT", vec!["<x>".to_owned()]);
        all.add("two", "2", "MIT", vec!["<x>".to_owned()]);
        assert_eq!(all.texts.len(), 1);
        assert!(all.html().contains("<td>two</td><td>2</td><td>MIT</td><td><a href=\"#text-1\">1</a></td>"));
        assert!(all.html().contains("<pre>&lt;x&gt;</pre>"));
        assert!(all.text().contains("two 2: MIT, text 1\n"));
        assert_eq!(
            with_author("MIT License\n\nCopyright (c) us\n\nPermission", "Copyright (c) them"),
            "MIT License\n\nCopyright (c) them\n\nPermission"
        );
    }
}
