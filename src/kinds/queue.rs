//! The durable message queue.

use super::read::{Get, Read};
use super::{Behaviour, CARD, Card, Kind, KindId, MAX_S, Param, Role, Shape, check, real_or_null, whole_or_null};
use engine::sim::network::{Discipline, Overflow, Params, Queue};

pub const KIND: Kind = Kind {
    id: KindId::Queue,
    key: "queue",
    name: "Queue",
    help: "Keeps {items} safe until a worker takes them.",
    to: &[KindId::Consumers, KindId::DeadLetter],
    from: &[],
    wants: &[],
    behaviour: Behaviour::Stores,
    flow_rank: 2,
    sections: &[],
    station,
    in_palette: true,
    at_most_one: false,
    size: CARD,
    icon: "M7 5v22h18V5M7 13h18M11 18h10M11 22h10",
    role: Role::Wait,
    card: Card::Vessel { capacity: "capacity" },
    facts,
    figure_key: Some("queues"),
    sweep_rank: 2,
    params: &[
        Param {
            key: "discipline",
            label: "Order",
            unit: "",
            help: "Which message a worker takes next.",
            shape: Shape::Choice(&[("fifo", "Oldest first"), ("lifo", "Newest first")]),
            default: "\"fifo\"",
            slider: None,
        },
        Param {
            key: "capacity",
            label: "Capacity",
            unit: "messages",
            help: "Most messages that wait; delayed ones don't count.",
            shape: whole_or_null(1, 100_000_000),
            default: "null",
            slider: None,
        },
        Param {
            key: "overflow",
            label: "When full",
            unit: "",
            help: "What happens to a message that finds the queue full.",
            shape: Shape::Choice(&[("reject", "Reject the new one"), ("drop_oldest", "Discard the oldest")]),
            default: "\"reject\"",
            slider: None,
        },
        Param {
            key: "max_age_s",
            label: "Expires after",
            unit: "s",
            help: "A message older than this, counted from when it was first queued, is discarded when a worker would take it.",
            shape: real_or_null(0.0, MAX_S),
            default: "null",
            slider: None,
        },
    ],
};

fn facts(get: Get<'_>) -> Vec<String> {
    vec![match get("capacity").number() {
        Some(room) => format!("room for {}", check::grouped(room)),
        None => "no limit".to_owned(),
    }]
}

fn station(get: Get<'_>) -> Params {
    let get = |key| Read(get(key));
    Params::Queue(Queue {
        discipline: if get("discipline").is("lifo") { Discipline::Lifo } else { Discipline::Fifo },
        capacity: get("capacity").maybe(Read::whole),
        overflow: if get("overflow").is("drop_oldest") { Overflow::DropOldest } else { Overflow::Reject },
        max_age: get("max_age_s").maybe(Read::seconds),
    })
}
