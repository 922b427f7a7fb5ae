//! Texts within texts: a link, a receipt's line and a course's state are packed, what a browser stores is sealed. What is within is mutated, and
//! packed or sealed again, so that inputs come further than the first sum.

use waiting_room::share::{pack, seal, unpack};

/// What packed texts begin with.
const PREFIXES: [&str; 4] = ["#r1.", "r1.", "WR1-", "WS1-"];
/// What stands before a seal's number.
const MARK: &str = ",\"seal\":\"";

/// What is around a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    Nothing,
    Packed(&'static str),
    Sealed,
}

/// A text and what was around it.
pub fn opened(text: &str) -> (Around, String) {
    for prefix in PREFIXES {
        if let Some(inner) = text.strip_prefix(prefix).and_then(|packed| unpack(packed.trim()).ok()) {
            return (Around::Packed(prefix), inner);
        }
    }
    match text.trim_end().rsplit_once(MARK) {
        Some((body, _)) => (Around::Sealed, format!("{body}}}")),
        None => (Around::Nothing, text.to_owned()),
    }
}

/// The text with that around it.
pub fn closed(around: Around, text: &str) -> String {
    match around {
        Around::Nothing => text.to_owned(),
        Around::Packed(prefix) => format!("{prefix}{}", pack(text)),
        Around::Sealed => seal::sealed(text.trim_end(), 1),
    }
}
