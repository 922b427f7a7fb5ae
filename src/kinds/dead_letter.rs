//! The parking place for messages given up.

use super::{Kind, KindId};

pub const KIND: Kind = Kind {
    id: KindId::DeadLetter,
    key: "dead_letter",
    name: "Dead letters",
    help: "Parks messages that were given up, so that someone can look at them later.",
    to: &[],
    in_palette: true,
    params: &[],
};
