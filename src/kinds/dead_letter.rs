//! The parking place for messages given up.

use super::{Kind, KindId};

pub const KIND: Kind = Kind {
    id: KindId::DeadLetter,
    key: "dead_letter",
    name: "Dead letters",
    help: "Parks messages given up, for someone to look at later.",
    to: &[],
    in_palette: true,
    params: &[],
};
