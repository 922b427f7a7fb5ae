//! The durable message queue.

use super::read::{Get, Read};
use super::{Behaviour, CARD, Card, Kind, KindId, MAX_S, Param, Role, Shape, check, real_or_null, whole_or_null};
use crate::{say, text};
use engine::sim::network::{Discipline, Overflow, Params, Queue};

pub const KIND: Kind = Kind {
    id: KindId::Queue,
    key: "queue",
    name: text!("queue.name"),
    help: text!("queue.help"),
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
            label: Some(text!("queue.order")),
            unit: "",
            help: Some(text!("queue.order_help")),
            shape: Shape::Choice(&[("fifo", text!("queue.fifo")), ("lifo", text!("queue.lifo"))]),
            default: "\"fifo\"",
            slider: None,
        },
        Param {
            key: "capacity",
            label: Some(text!("queue.capacity")),
            unit: "messages",
            help: Some(text!("queue.capacity_help")),
            shape: whole_or_null(1, 100_000_000),
            default: "null",
            slider: None,
        },
        Param {
            key: "overflow",
            label: Some(text!("queue.overflow")),
            unit: "",
            help: Some(text!("queue.overflow_help")),
            shape: Shape::Choice(&[("reject", text!("queue.reject")), ("drop_oldest", text!("queue.drop"))]),
            default: "\"reject\"",
            slider: None,
        },
        Param {
            key: "max_age_s",
            label: Some(text!("queue.max_age")),
            unit: "s",
            help: Some(text!("queue.max_age_help")),
            shape: real_or_null(0.0, MAX_S),
            default: "null",
            slider: None,
        },
    ],
};

fn facts(get: Get<'_>) -> Vec<String> {
    vec![match get("capacity").number() {
        Some(room) => say!("queue.room", n = check::grouped(room)),
        None => say!("queue.no_limit").to_owned(),
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
