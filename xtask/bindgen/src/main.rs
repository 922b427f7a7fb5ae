//! The program `wasm-bindgen`: writes the script that stands between a wasm module and its page.
//!
//! Trunk runs a program of that name. The published one takes five times as long to compile, most of it for what it does besides;
//! this one is a thin front of the same library, whose version the lock file pins. It understands what Trunk and `cargo xtask` say
//! to it, and refuses the rest by name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

mod links;
mod names;
mod order;
mod reach;
mod split;

use split::Halves;

/// The version of the library, which this package bears too: the answer to `--version`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The custom section in which the second module lies.
const LATE: &str = "waiting-room-late";

/// What is asked for.
#[derive(Debug, PartialEq)]
enum Wish {
    Version,
    Module { wasm: PathBuf, folder: PathBuf, name: Option<String>, target: Target, typescript: bool },
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    Web,
    NoModules,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match read(&words).and_then(fulfil) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("wasm-bindgen: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The words of the command line, each value after `=` or as the next word.
fn read(words: &[String]) -> Result<Wish, String> {
    let (mut wasm, mut folder, mut name, mut target, mut typescript) = (None, None, None, None, true);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (flag, inline) = match word.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag, Some(value.to_owned())),
            _ => (word.as_str(), None),
        };
        let mut value = || inline.clone().or_else(|| words.next().cloned()).ok_or(format!("{flag} needs a value"));
        match flag {
            "--version" | "-V" => return Ok(Wish::Version),
            "--out-dir" => folder = Some(PathBuf::from(value()?)),
            "--out-name" => name = Some(value()?),
            "--target" => {
                target = Some(match value()?.as_str() {
                    "web" => Target::Web,
                    "no-modules" => Target::NoModules,
                    other => return Err(format!("the target `{other}` is not one of web and no-modules")),
                });
            }
            "--no-typescript" => typescript = false,
            _ if flag.starts_with('-') => return Err(format!("`{flag}` is not understood")),
            _ if wasm.is_some() => return Err(format!("one module at a time, not also {flag}")),
            _ => wasm = Some(PathBuf::from(flag)),
        }
    }
    Ok(Wish::Module {
        wasm: wasm.ok_or("say which module")?,
        folder: folder.ok_or("--out-dir says where to write; it is missing")?,
        name,
        target: target.ok_or("--target is missing")?,
        typescript,
    })
}

fn fulfil(wish: Wish) -> Result<(), String> {
    let Wish::Module { wasm, folder, name, target, typescript } = wish else {
        println!("wasm-bindgen {VERSION}");
        return Ok(());
    };
    let bytes = fs::read(&wasm).map_err(|error| format!("{} can't be read: {error}", wasm.display()))?;
    let name = name.or_else(|| Some(wasm.file_stem()?.to_str()?.to_owned())).ok_or("the module has no name")?;
    let (first, late) = match split::split(&bytes)? {
        Some(Halves { first, late }) => (first, Some(late)),
        None => (bytes, None),
    };
    let mut bindgen = Bindgen::new();
    // As the published program does: where the wasm lies is a default of the script.
    bindgen.input_bytes(&name, first).typescript(typescript).omit_default_module_path(false);
    match target {
        Target::Web => bindgen.web(true),
        Target::NoModules => bindgen.no_modules(true),
    }
    .map_err(|error| format!("{error:#}"))?;
    let mut output = bindgen.generate_output().map_err(|error| format!("{error:#}"))?;
    // What is published goes without the long names.
    let names = if late.is_some() { names::shorten(output.wasm_mut()) } else { Vec::new() };
    output.emit(&folder).map_err(|error| format!("{error:#}"))?;
    let Some(late) = late else { return Ok(()) };
    let script = folder.join(format!("{name}.js"));
    let text = fs::read_to_string(&script).map_err(|error| format!("{} can't be read: {error}", script.display()))?;
    fs::write(&script, names::renamed(&text, &names)?)
        .map_err(|error| format!("{} can't be written: {error}", script.display()))?;
    let first = folder.join(format!("{name}_bg.wasm"));
    let written = fs::read(&first).map_err(|error| format!("{} can't be read: {error}", first.display()))?;
    append(order::alike_together(&written)?, &order::alike_together(&late)?, &first)
}

/// Writes the first module with the second at its end, where Trunk takes it along; `cargo xtask` takes it out again.
fn append(mut whole: Vec<u8>, late: &[u8], to: &Path) -> Result<(), String> {
    let mut section = Vec::new();
    number(&mut section, LATE.len());
    section.extend_from_slice(LATE.as_bytes());
    section.extend_from_slice(late);
    whole.push(0);
    number(&mut whole, section.len());
    whole.extend_from_slice(&section);
    fs::write(to, whole).map_err(|error| format!("{} can't be written: {error}", to.display()))
}

/// Writes a number as LEB128.
fn number(out: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Result<Wish, String> {
        read(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    /// What Trunk 0.21 says.
    #[test]
    fn trunks_words_are_understood() {
        let wish = asked("--target=web --out-dir=/a/b --out-name=page-1 /c/page.wasm --no-typescript");
        let (wasm, folder) = (PathBuf::from("/c/page.wasm"), PathBuf::from("/a/b"));
        let name = Some("page-1".to_owned());
        assert_eq!(wish, Ok(Wish::Module { wasm, folder, name, target: Target::Web, typescript: false }));
        assert_eq!(asked("--version"), Ok(Wish::Version));
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        assert_eq!(asked("--target web --weak-refs"), Err("`--weak-refs` is not understood".to_owned()));
        assert!(asked("--target deno").is_err_and(|said| said.contains("deno")));
        assert!(asked("a.wasm --target web").is_err_and(|said| said.contains("--out-dir")));
    }

    #[test]
    fn the_version_is_the_one_that_the_page_links_against() {
        let manifest = include_str!("../../../Cargo.toml");
        assert!(manifest.contains(&format!("wasm-bindgen = {{ version = \"={VERSION}\"")));
        assert!(include_str!("../Cargo.toml").contains(&format!("wasm-bindgen-cli-support = \"={VERSION}\"")));
    }
}
