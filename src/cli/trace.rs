//! `--trace`: every fact of a run as a line of JSON, in order, for golden-trace tests.

use std::io::{self, Write};

use serde::Serialize;

use engine::sim::fact::Fact;
use engine::sim::network::Network;
use engine::sim::time::Time;

/// Writes facts as they happen; after the first failed write it writes nothing more.
pub struct Trace<W> {
    ids: Vec<String>,
    out: W,
    failed: Option<io::Error>,
}

#[derive(Serialize)]
struct Line<'a> {
    t_ns: u64,
    what: String,
    station: &'a str,
    /// The other station concerned, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    booking: u64,
    span_ns: u64,
}

impl<W: Write> Trace<W> {
    pub fn new(network: &Network, out: W) -> Trace<W> {
        Trace { ids: network.stations.iter().map(|s| s.id.to_string()).collect(), out, failed: None }
    }

    /// Everything is written, or why not.
    pub fn finish(mut self) -> io::Result<()> {
        match self.failed {
            Some(error) => Err(error),
            None => self.out.flush(),
        }
    }
}

impl<W: Write> Trace<W> {
    /// Writes a fact.
    pub fn fact(&mut self, at: Time, fact: &Fact) {
        if self.failed.is_some() {
            return;
        }
        let by = (fact.other != fact.station).then(|| self.ids.get(fact.other)).flatten();
        let line = Line {
            t_ns: at.0,
            what: snake(&format!("{:?}", fact.kind)),
            station: &self.ids[fact.station],
            by: by.map(String::as_str),
            booking: fact.booking,
            span_ns: fact.span.0,
        };
        let text = serde_json::to_string(&line).expect("a fact is JSON");
        self.failed = writeln!(self.out, "{text}").err();
    }
}

/// `TriedAgain` as `tried_again`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.chars().enumerate() {
        if letter.is_ascii_uppercase() && at > 0 {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}
