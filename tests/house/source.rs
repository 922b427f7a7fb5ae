//! The source as modules, words and paths: just enough of Rust to know which file uses which and how long a function is.
//!
//! Comments and texts are left out; what macros make is not seen. A path is followed to the module that it leads to, through what other
//! modules hand on by `use`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The path of a module: its crate, then its names. `engine::sim::run`.
pub type Module = Vec<String>;

/// A word or a sign of the source, with its line, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// A source file.
pub struct File {
    pub module: Module,
    pub path: PathBuf,
    /// Its whole text.
    pub text: String,
    pub tokens: Vec<Token>,
}

impl File {
    pub fn read(module: Module, path: &Path) -> File {
        let text = fs::read_to_string(path).expect("a source file");
        File { module, path: path.to_owned(), tokens: tokens(&text), text }
    }

    /// A file's text without comments and without what stands in quotation marks.
    pub fn code(&self) -> String {
        let mut code = String::new();
        let mut line = 1;
        for token in &self.tokens {
            code.push_str(if token.line > line { "\n" } else { "" });
            line = token.line;
            code.push_str(&token.text);
            code.push_str(if token.text.len() > 1 { " " } else { "" });
        }
        code.replace(" ::", "::").replace(" (", "(")
    }
}

/// All source files of a crate whose root is in `folder`, by their modules. Programs (`main.rs`, `bin/`) are crates of their own and left out.
pub fn files(name: &str, folder: &str) -> Vec<File> {
    let root = Path::new(folder);
    let mut paths = Vec::new();
    collect(root, &mut paths);
    paths.sort();
    let module = |path: &Path| {
        let inner = path.strip_prefix(root).expect("within").with_extension("");
        let names = inner.iter().map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "lib");
        std::iter::once(name.to_owned()).chain(names).collect::<Module>()
    };
    let all = paths.iter().map(|path| File::read(module(path), path));
    all.filter(|file| !file.module.get(1).is_some_and(|first| first == "main" || first == "bin")).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            found.push(entry);
        }
    }
}

/// Words, `::` and single signs; comments, texts, letters and lifetimes are left out.
pub fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.chars().collect();
    let (mut at, mut line, mut found) = (0, 1, Vec::new());
    while at < letters.len() {
        let from = at;
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        at = match letters[at] {
            '/' if letters.get(at + 1) == Some(&'/') => until(&letters, at, "\n"),
            '/' if letters.get(at + 1) == Some(&'*') => until(&letters, at + 2, "*/"),
            '"' => text_end(&letters, at + 1),
            'r' if is_raw(&letters, at) => raw_end(&letters, at + 1),
            '\'' => letter_end(&letters, at),
            c if is_word(c) => {
                let end = (at..letters.len()).find(|&i| !is_word(letters[i])).unwrap_or(letters.len());
                found.push(Token { text: letters[at..end].iter().collect(), line });
                end
            }
            ':' if letters.get(at + 1) == Some(&':') => {
                found.push(Token { text: "::".to_owned(), line });
                at + 2
            }
            c => {
                if !c.is_whitespace() {
                    found.push(Token { text: c.to_string(), line });
                }
                at + 1
            }
        };
        line += letters[from..at.min(letters.len())].iter().filter(|&&c| c == '\n').count();
    }
    found
}

/// Behind the next `end`, or the end of all.
fn until(letters: &[char], from: usize, end: &str) -> usize {
    let end: Vec<char> = end.chars().collect();
    let behind = |at: &usize| letters[*at..].starts_with(&end);
    (from..letters.len()).find(behind).map_or(letters.len(), |at| at + end.len())
}

/// Behind the quotation mark that ends a text.
fn text_end(letters: &[char], mut at: usize) -> usize {
    while at < letters.len() && letters[at] != '"' {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn is_raw(letters: &[char], at: usize) -> bool {
    let in_word = at > 0 && (letters[at - 1].is_alphanumeric() || letters[at - 1] == '_') && letters[at - 1] != 'b';
    let rest = letters[at + 1..].iter().find(|&&c| c != '#');
    !in_word && rest == Some(&'"') && letters.get(at + 1).is_some_and(|&c| c == '#' || c == '"')
}

fn raw_end(letters: &[char], at: usize) -> usize {
    let marks = letters[at..].iter().take_while(|&&c| c == '#').count();
    until(letters, at + marks + 1, &format!("\"{}", "#".repeat(marks)))
}

/// Behind a letter in single quotation marks, or behind the mark that begins a lifetime.
fn letter_end(letters: &[char], at: usize) -> usize {
    match (letters.get(at + 1), letters.get(at + 2)) {
        (Some('\\'), _) => until(letters, at + 3, "'"),
        (Some(_), Some('\'')) => at + 3,
        _ => at + 1,
    }
}

/// Functions with a body: name, first line, number of lines.
pub fn functions(tokens: &[Token]) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        // A type `fn(…)` has no name.
        if pair[0].text != "fn" || !pair[1].text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            continue;
        }
        let body = tokens[at..].iter().position(|token| token.text == "{" || token.text == ";").map(|n| at + n);
        let Some(open) = body.filter(|&n| tokens[n].text == "{") else { continue };
        if let Some(close) = closing(tokens, open) {
            found.push((pair[1].text.clone(), pair[0].line, tokens[close].line - pair[0].line + 1));
        }
    }
    found
}

/// The brace that closes the one at `open`.
fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    (open..tokens.len()).find(|&at| {
        match tokens[at].text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// A path as it stands in a module: the module, its names, and the name by which a `use` has it at hand (`*` for all).
struct Named {
    within: Module,
    names: Vec<String>,
    at_hand: Option<String>,
}

impl Named {
    /// Whether it stands in the tests beside the code.
    fn in_tests(&self) -> bool {
        self.within.last().is_some_and(|name| name == "tests")
    }
}

/// Which file's module uses which, without what a module has in common with those around it.
pub struct Uses {
    modules: BTreeSet<Module>,
    /// What a module has at hand by `use`: name to path.
    at_hand: BTreeMap<(Module, String), (Module, Vec<String>)>,
    named: Vec<(Module, Named)>,
}

impl Uses {
    pub fn of(files: &[File]) -> Uses {
        let modules = files.iter().map(|file| file.module.clone()).collect();
        let named: Vec<(Module, Named)> =
            files.iter().flat_map(|file| paths(file).into_iter().map(|named| (file.module.clone(), named))).collect();
        let by_use = named.iter().filter_map(|(_, n)| Some(((n.within.clone(), n.at_hand.clone()?), n)));
        let at_hand = by_use.map(|(key, n)| (key, (n.within.clone(), n.names.clone()))).collect();
        Uses { modules, at_hand, named }
    }

    /// Each module with those that it names anything of, in its tests too.
    pub fn edges(&self) -> BTreeSet<(Module, Module)> {
        self.edges_of(|_| true)
    }

    /// The same without the tests that stand beside the code.
    pub fn edges_without_tests(&self) -> BTreeSet<(Module, Module)> {
        self.edges_of(|named| !named.in_tests())
    }

    fn edges_of(&self, counts: impl Fn(&Named) -> bool) -> BTreeSet<(Module, Module)> {
        let to = |named: &Named| self.follow(&named.within, &named.names, 0);
        let counted = self.named.iter().filter(|(_, named)| counts(named));
        let all = counted.filter_map(|(from, named)| Some((from.clone(), to(named)?)));
        all.filter(|(from, to)| from != to).collect()
    }

    /// The module that a path leads to: the one where its last name stands, as far as files go.
    fn follow(&self, within: &Module, names: &[String], hops: usize) -> Option<Module> {
        let (mut here, mut rest) = self.start(within, names)?;
        while let Some((name, further)) = rest.split_first() {
            let child: Module = here.iter().cloned().chain([name.clone()]).collect();
            if self.modules.contains(&child) {
                here = child;
            } else if let Some((from, path)) = self.at_hand.get(&(here.clone(), name.clone())).filter(|_| hops < 8) {
                let on: Vec<String> = path.iter().chain(further).cloned().collect();
                return self.follow(from, &on, hops + 1).or(Some(here));
            } else {
                break;
            }
            rest = further;
        }
        // An inline module is part of its file.
        while !self.modules.contains(&here) {
            here.pop()?;
        }
        Some(here)
    }

    /// Where a path starts, and what of it is left. None for paths into other crates.
    fn start<'n>(&self, within: &Module, names: &'n [String]) -> Option<(Module, &'n [String])> {
        let first = names.first()?;
        let child = within.iter().cloned().chain([first.clone()]).collect::<Module>();
        match first.as_str() {
            "crate" => Some((within[..1].to_vec(), &names[1..])),
            "self" | "super" => {
                let ups = names.iter().take_while(|name| *name == "super" || *name == "self").collect::<Vec<_>>();
                let supers = ups.iter().filter(|name| **name == "super").count();
                Some((within[..within.len().checked_sub(supers)?].to_vec(), &names[ups.len()..]))
            }
            _ if self.modules.contains(&child) => Some((within.clone(), names)),
            name if self.modules.contains(&vec![name.to_owned()]) => Some((vec![name.to_owned()], &names[1..])),
            _ => None,
        }
    }
}

/// Every path in a file that starts with `crate`, `self` or `super`, or stands in a `use`, or names another crate of ours.
fn paths(file: &File) -> Vec<Named> {
    let tokens = &file.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut within = file.module.clone();
    // The depths at which inline modules end.
    let (mut depth, mut inline, mut found, mut at) = (0_usize, Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        let starts = ["crate", "super", "self", "engine"].contains(&word(at)) && word(at + 1) == "::";
        match word(at) {
            "mod" if word(at + 2) == "{" => {
                within.push(word(at + 1).to_owned());
                inline.push(depth);
                at += 1;
            }
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if inline.last() == Some(&depth) {
                    inline.pop();
                    within.pop();
                }
            }
            "use" if at == 0 || !["<", "+", ","].contains(&word(at - 1)) => {
                let end = (at..tokens.len()).find(|&n| word(n) == ";").unwrap_or(tokens.len());
                for (names, at_hand) in tree(&tokens[at + 1..end]) {
                    found.push(Named { within: within.clone(), names, at_hand: Some(at_hand) });
                }
                at = end;
            }
            _ if starts && (at == 0 || word(at - 1) != "::") && word(at.saturating_sub(2)) != "in" => {
                let mut names = vec![word(at).to_owned()];
                while word(at + 1) == "::" && word(at + 2).starts_with(|c: char| c.is_alphabetic() || c == '_') {
                    names.push(word(at + 2).to_owned());
                    at += 2;
                }
                found.push(Named { within: within.clone(), names, at_hand: None });
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The paths of a `use`, each with the name by which it is at hand.
fn tree(tokens: &[Token]) -> Vec<(Vec<String>, String)> {
    let mut names: Vec<String> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "::" => {}
            "{" => {
                let close = closing(tokens, at).unwrap_or(tokens.len());
                let inner = branches(&tokens[at + 1..close]).into_iter().flat_map(tree);
                let whole = |(rest, hand): (Vec<String>, String)| {
                    let own = rest == ["self"];
                    let hand = if own { names.last().cloned().unwrap_or_default() } else { hand };
                    let rest = if own { Vec::new() } else { rest };
                    (names.iter().cloned().chain(rest).collect(), hand)
                };
                return inner.map(whole).collect();
            }
            "as" => {
                let hand = tokens.get(at + 1).map_or(String::new(), |token| token.text.clone());
                return vec![(names, hand)];
            }
            word => names.push(word.to_owned()),
        }
        at += 1;
    }
    let hand = names.last().cloned().unwrap_or_default();
    if names.is_empty() { Vec::new() } else { vec![(names, hand)] }
}

/// What stands between the commas of a group.
fn branches(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_usize;
    let commas = |token: &Token| {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        depth == 0 && token.text == ","
    };
    tokens.split(commas).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(module: &str, text: &str) -> File {
        let module = module.split("::").map(str::to_owned).collect();
        File { module, path: PathBuf::new(), tokens: tokens(text), text: text.to_owned() }
    }

    fn edges(files: &[File]) -> Vec<String> {
        let told = |(from, to): (Module, Module)| format!("{} > {}", from.join("::"), to.join("::"));
        Uses::of(files).edges().into_iter().map(told).collect()
    }

    #[test]
    fn paths_are_followed_through_what_is_handed_on() {
        let files = [
            file("house", ""),
            file("house::a", "pub use b::{Thing as Other, c::*};"),
            file("house::a::b", "use crate::d::{self, Deed};"),
            file("house::a::c", "fn f() { super::Other::new(); super::super::d::deed() }"),
            file(
                "house::d",
                "mod inner { use super::super::a; } // use crate::a::b;\nconst TEXT: &str = \"crate::a::c\";",
            ),
        ];
        assert_eq!(
            edges(&files),
            [
                "house::a > house::a::b",
                "house::a::b > house::d",
                "house::a::c > house::a::b",
                "house::a::c > house::d",
                "house::d > house::a",
            ]
        );
    }

    #[test]
    fn a_function_is_as_long_as_its_lines() {
        let text = "fn short() {}\n/* fn none() { */\nimpl A {\n    fn long(f: fn(u8)) {\n        let brace = '{'; let text = r#\"}\"#;\n    }\n    fn declared();\n}";
        let found = functions(&tokens(text));
        assert_eq!(found, [("short".to_owned(), 1, 1), ("long".to_owned(), 4, 3)]);
    }
}
