//! Builds the page, serves it to this machine alone, and builds again whenever a source changes.
//!
//! The pages carry the same policy as the published ones; the script that reloads them is one more file of their own. All
//! files are served from memory, so that a page never sees half a build, and a build that fails leaves the last good one.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, RwLock};

use tiny_http::{Header, Method, Request, Response, Server};

use crate::Outcome;
use crate::args::Serve;
use crate::{build, offline, watch};

const RELOAD: &str = include_str!("reload.js");

/// One build in memory.
#[derive(Default)]
struct Site {
    build: u32,
    files: HashMap<String, Vec<u8>>,
}

pub fn serve(wanted: &Serve) -> Outcome {
    let dist = build::target().join("serve");
    let mut known = watch::signature();
    let mut builder = build::Builder::new(&dist, wanted.release);
    builder.build()?;
    let site = Arc::new(RwLock::new(load(&dist, 1)?));

    let server = listen(wanted.port)?;
    let port = server.server_addr().to_ip().map_or(0, |address| address.port());
    let address = format!("http://127.0.0.1:{port}{}", wanted.base);
    let (shared, base) = (Arc::clone(&site), wanted.base.clone());
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            answer(request, &base, &shared.read().expect("no build panics while it holds the site"));
        }
    });
    println!("The waiting room is at {address}");
    println!("The single file is at {address}{}", build::SINGLE);
    println!("It is built again when a source changes. Ctrl+C ends it.");
    if wanted.open {
        open(&address);
    }

    for number in 2.. {
        known = watch::wait_for_change(known);
        match builder.build().and_then(|()| load(&dist, number)) {
            Ok(new) => {
                *site.write().expect("no answer panics while it holds the site") = new;
                println!("Built again: {address}");
            }
            Err(sentence) => {
                eprintln!("xtask: {sentence}\nThe page stays as it was before this change.")
            }
        }
    }
    Ok(())
}

/// Takes the wanted port, or else the first free one from 8080 on. Loopback only: nobody else can reach it.
fn listen(wanted: Option<u16>) -> Outcome<Server> {
    let ports = wanted.map_or(8080..=8099, |port| port..=port);
    let mut why = String::new();
    for port in ports {
        match Server::http(("127.0.0.1", port)) {
            Ok(server) => return Ok(server),
            Err(error) => why = format!("port {port} can't be used: {error}"),
        }
    }
    Err(format!("{why}; choose one with --port"))
}

fn load(dist: &Path, number: u32) -> Outcome<Site> {
    let mut site = Site { build: number, ..Site::default() };
    for path in build::files(dist)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut bytes = fs::read(&path).map_err(|error| format!("{name} can't be read: {error}"))?;
        if name == "index.html" {
            let page = String::from_utf8_lossy(&bytes);
            bytes = page.replace("</head>", "<script src=\"./xtask-reload.js\" defer></script></head>").into_bytes();
        }
        site.files.insert(name, bytes);
    }
    site.files.insert("xtask-reload.js".to_owned(), RELOAD.as_bytes().to_vec());
    // What a browser may have kept of a page that was published under this address is forgotten.
    site.files.insert("sw.js".to_owned(), offline::OFF.as_bytes().to_vec());
    Ok(site)
}

fn answer(request: Request, base: &str, site: &Site) {
    let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
    let name = match path.strip_prefix(base) {
        Some("") => "index.html",
        Some(name) => name,
        None => "",
    };
    let response = if !matches!(request.method(), Method::Get | Method::Head) {
        Response::from_string("Only GET and HEAD.").with_status_code(405)
    } else if name == "xtask-build" {
        Response::from_string(site.build.to_string())
    } else if let Some(bytes) = site.files.get(name) {
        Response::from_data(bytes.clone())
            .with_chunked_threshold(usize::MAX)
            .with_header(header("Content-Type", media_type(name)))
    } else {
        Response::from_string(format!("There is nothing here. The waiting room is at {base}")).with_status_code(404)
    };
    let response = response
        .with_header(header("Cache-Control", "no-store"))
        .with_header(header("X-Content-Type-Options", "nosniff"));
    // A browser that has gone away in the meantime is no failure.
    let _ = request.respond(response);
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("the header is plain ASCII")
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" | "webmanifest" => "application/json",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

/// Shows the address in a browser, where there is a screen and a program that does it.
fn open(address: &str) {
    let screen = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer")
    } else if screen("DISPLAY") || screen("WAYLAND_DISPLAY") {
        Command::new("xdg-open")
    } else {
        return;
    };
    let quiet = command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if quiet.spawn().is_err() {
        println!("(No browser could be opened from here.)");
    }
}
