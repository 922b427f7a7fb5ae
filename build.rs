//! Makes the colours of `static/tokens.css` constants for `src/tokens.rs`, so that canvases and pictures are drawn in the page's own; and asks
//! the linker for what it takes to split the published page's module in two (`xtask/bindgen`).

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|is| is == value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bin=page=--emit-relocs");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the project is"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where to write")).join("tokens.rs");
    fs::write(&out, colours(&root.join("static/tokens.css")))
        .unwrap_or_else(|error| panic!("{} can't be written: {error}", out.display()));
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
