//! Makes the colours of `static/tokens.css` constants for `src/tokens.rs`, so that canvases and pictures are drawn in the page's own; makes the
//! texts of `static/lang/en.txt` a table for `src/lang.rs`; and asks the linker for what it takes to split the published page's module in two (`xtask/bindgen`).

#[path = "src/lang/file.rs"]
mod lang;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|is| is == value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bin=page=--emit-relocs");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the project is"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where to write"));
    write(&out.join("tokens.rs"), &colours(&root.join("static/tokens.css")));
    write(&out.join("texts.rs"), &texts(&root.join("static/lang/en.txt")));
}

fn write(to: &Path, text: &str) {
    fs::write(to, text).unwrap_or_else(|error| panic!("{} can't be written: {error}", to.display()));
}

/// The table of the texts: `("runs.kept", "Kept.", &[], false)`.
fn texts(file: &Path) -> String {
    println!("cargo::rerun-if-changed={}", file.display());
    println!("cargo::rerun-if-changed=src/lang/file.rs");
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{} can't be read: {error}", file.display()));
    let texts = lang::read(&text).unwrap_or_else(|wrong| panic!("{}: {wrong}", file.display()));
    let entries: String = texts
        .iter()
        // What scripts say before the wasm is there.
        .filter(|(key, _)| !key.starts_with("boot."))
        .map(|(key, variants)| {
            let names = lang::names_of(variants);
            assert!(names.len() <= lang::MOST, "`{key}` has more than {} names", lang::MOST);
            format!("({key:?}, {:?}, &{names:?}, {}),\n", lang::pack(variants, &names), !variants.contains_key(""))
        })
        .collect();
    let count = entries.lines().count();
    format!(
        "/// The English texts.\npub const TEXTS: &[Entry] = &[\n{entries}];\n/// How many there are.\npub const COUNT: usize = {count};\n"
    )
}

/// A constant for each colour without transparency: `--ink: light-dark(#1b2430, #e7ebf0);` becomes `INK`.
fn colours(sheet: &Path) -> String {
    println!("cargo::rerun-if-changed={}", sheet.display());
    let text = fs::read_to_string(sheet).unwrap_or_else(|error| panic!("{} can't be read: {error}", sheet.display()));
    text.lines().filter_map(constant).collect()
}

fn constant(line: &str) -> Option<String> {
    let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(#")?;
    let (light, dark) = value.strip_suffix(");")?.split_once(", #")?;
    let constant = name.to_uppercase().replace('-', "_");
    let solid = light.len() == 6 && dark.len() == 6;
    solid.then(|| {
        format!(
            "/// `--{name}`.\npub const {constant}: Token = Token {{ name: \"--{name}\", light: 0x{light}, dark: 0x{dark} }};\n"
        )
    })
}
