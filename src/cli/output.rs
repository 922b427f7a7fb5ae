//! Standard output and standard error, and why a command stops early.

use std::fs::File;
use std::io::{self, IsTerminal, Write};

use crate::letters::visible;

/// Why a command stops before its end.
#[derive(Debug)]
pub enum Stop {
    /// The program that read the output has ended.
    Closed,
    /// The input can't be used, or a file can't be written: what to say.
    Unusable(String),
}

/// Prints a line to standard output.
pub fn line(text: &str) -> Result<(), Stop> {
    write(&format!("{text}\n"))
}

/// Prints a text; letters that nobody sees are written out, which JSON reads as what they are.
pub fn write(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(visible(text).as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| failed("standard output", &error))
}

/// Where results go: standard output, or a file with its name.
pub enum Sink {
    Standard,
    File(String, File),
}

impl Sink {
    /// Standard output, or a new file of this name.
    pub fn new(name: Option<&str>) -> Result<Sink, Stop> {
        let Some(name) = name else { return Ok(Sink::Standard) };
        let file = File::create(name).map_err(|error| failed(name, &error))?;
        Ok(Sink::File(name.to_owned(), file))
    }

    /// Writes a text at once, so that nothing of it is lost if the program is ended.
    pub fn write(&mut self, text: &str) -> Result<(), Stop> {
        match self {
            Sink::Standard => write(text),
            Sink::File(name, file) => file.write_all(visible(text).as_bytes()).map_err(|error| failed(name, &error)),
        }
    }
}

/// What a failed write means.
pub fn failed(name: &str, error: &io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Closed,
        _ => Stop::Unusable(format!("{name} can't be written: {error}")),
    }
}

/// Writes to standard error; whether that fails does not matter.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", printable(message));
}

/// A text without what a terminal would take for a command, or that nobody sees: files may be called anything.
pub fn printable(text: &str) -> String {
    visible(text).replace(|letter: char| letter.is_control() && letter != '\n', "\u{fffd}")
}

/// A counter on standard error while there is a terminal to show it.
pub struct Progress {
    total: u64,
    shown: bool,
}

impl Progress {
    pub fn new(total: u64) -> Progress {
        Progress { total, shown: total > 1 && io::stderr().is_terminal() }
    }

    /// `done` runs are over.
    pub fn show(&self, done: u64) {
        if self.shown {
            let _ = write!(io::stderr().lock(), "\r\x1b[K{done} of {} runs", self.total);
        }
    }

    /// Clears the line, so that what is printed next stands alone.
    pub fn hide(&self) {
        if self.shown {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}
