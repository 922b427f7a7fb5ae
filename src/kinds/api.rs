//! The booking API: instances with threads that serve requests.

use super::dists::DISTS;
use super::{Kind, KindId, MAX_MS, MILLION, Param, real, whole};

pub const KIND: Kind = Kind {
    id: KindId::Api,
    key: "api",
    name: "Booking API",
    help: "Threads that take requests and answer them.",
    to: &[KindId::Queue, KindId::Clinic],
    in_palette: true,
    params: &[
        Param {
            key: "instances",
            label: "Instances",
            unit: "",
            help: "Servers that run the API; each is paid by the hour.",
            shape: whole(1, 10_000),
            default: "2",
            slider: Some((1.0, 8.0, 1.0)),
        },
        Param {
            key: "threads",
            label: "Threads per instance",
            unit: "",
            help: "Requests that one instance serves at the same time.",
            shape: whole(1, MILLION),
            default: "16",
            slider: Some((1.0, 128.0, 1.0)),
        },
        Param {
            key: "accept_backlog",
            label: "Accept backlog",
            unit: "per instance",
            help: "Most requests that wait for a thread; the next one is rejected at once.",
            shape: whole(0, 10_000_000),
            default: "128",
            slider: Some((0.0, 1024.0, 16.0)),
        },
        Param {
            key: "service",
            label: "Service time",
            unit: "",
            help: "Time on a thread to check a request and store it.",
            shape: DISTS,
            default: r#"{"dist":"lognormal","mean_ms":20,"cv":0.5}"#,
            slider: None,
        },
        Param {
            key: "publish_ms",
            label: "Publish",
            unit: "ms",
            help: "Further time on the thread to hand the message to a queue.",
            shape: real(0.0, MAX_MS),
            default: "5",
            slider: Some((0.0, 50.0, 1.0)),
        },
        Param {
            key: "call_timeout_ms",
            label: "Call timeout",
            unit: "ms",
            help: "Longest wait for a clinic that the API calls itself; after it the request is rejected.",
            shape: real(0.0, MAX_MS),
            default: "10000",
            slider: Some((500.0, 30_000.0, 500.0)),
        },
    ],
};
