//! The parking place for messages given up.

use super::{Behaviour, Card, Kind, KindId, Role, SHORT};
use crate::text;
use engine::sim::network::Params;

pub const KIND: Kind = Kind {
    id: KindId::DeadLetter,
    key: "dead_letter",
    name: text!("dead_letter.name"),
    help: text!("dead_letter.help"),
    to: &[],
    from: &[],
    wants: &[],
    behaviour: Behaviour::Parks,
    flow_rank: 5,
    sections: &[],
    station: |_| Params::DeadLetter,
    in_palette: true,
    at_most_one: false,
    size: SHORT,
    icon: "M4.5 8h23v16.5h-23zM4.5 8.5 16 18l11.5-9.5",
    role: Role::Muted,
    card: Card::Parked,
    facts: |_| Vec::new(),
    figure_key: Some("dead_letter_queues"),
    sweep_rank: 3,
    params: &[],
};
