//! The parking place for messages given up.

use super::{Behaviour, Card, Kind, KindId, Role};
use engine::sim::network::Params;

pub const KIND: Kind = Kind {
    id: KindId::DeadLetter,
    key: "dead_letter",
    name: "Dead letters",
    help: "Parks messages given up, for someone to look at later.",
    to: &[],
    from: &[],
    wants: &[],
    behaviour: Behaviour::Parks,
    flow_rank: 5,
    sections: &[],
    station: |_| Params::DeadLetter,
    in_palette: true,
    size: (144.0, 64.0),
    icon: "M5 9h22v15H5zM5 9l11 9 11-9M20 24l6 5M26 24l-6 5",
    role: Role::Muted,
    card: Card::Parked,
    facts: |_| Vec::new(),
    figure_key: Some("dead_letter_queues"),
    sweep_rank: 3,
    params: &[],
};
