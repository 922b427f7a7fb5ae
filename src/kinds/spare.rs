//! A kind that a test adds: a queue beside the queue, with nothing but room. Every place that a new kind needs is here and in three lines of
//! `kinds.rs`; see `session::new_kind`.

use super::read::{Get, Read};
use super::{Behaviour, CARD, Card, Kind, KindId, Param, Role, whole};
use crate::{say, text};
use engine::sim::network::{Discipline, Overflow, Params, Queue};

pub const KIND: Kind = Kind {
    id: KindId::Spare,
    key: "spare",
    name: text!("spare.name"),
    help: text!("spare.help"),
    to: &[KindId::Consumers],
    from: &[KindId::Api],
    wants: &[],
    behaviour: Behaviour::Stores,
    flow_rank: 2,
    sections: &[],
    station,
    in_palette: true,
    at_most_one: false,
    size: CARD,
    icon: "M7 5v22h18V5",
    role: Role::Wait,
    card: Card::Vessel { capacity: "room" },
    facts: |get| vec![say!("spare.places", n = get("room").number().unwrap_or(0.0))],
    figure_key: Some("spare_queues"),
    sweep_rank: 2,
    params: &[Param {
        key: "room",
        label: Some(text!("spare.room")),
        unit: "messages",
        help: Some(text!("spare.room_help")),
        shape: whole(1, 1_000_000),
        default: "5000",
        slider: Some((1.0, 10_000.0, 1.0)),
    }],
};

fn station(get: Get<'_>) -> Params {
    Params::Queue(Queue {
        discipline: Discipline::Fifo,
        capacity: Some(Read(get("room")).whole()),
        overflow: Overflow::Reject,
        max_age: None,
    })
}
