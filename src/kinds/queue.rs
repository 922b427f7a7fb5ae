//! The durable message queue.

use super::{Kind, KindId, MAX_S, Param, Shape, real_or_null, whole_or_null};

pub const KIND: Kind = Kind {
    id: KindId::Queue,
    key: "queue",
    name: "Queue",
    help: "Keeps bookings safe until a worker takes them.",
    to: &[KindId::Consumers, KindId::DeadLetter],
    in_palette: true,
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
