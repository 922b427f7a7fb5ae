//! The pool of workers that pull from queues and call clinics.

use super::dists::DISTS;
use super::read::{Get, Read};
use super::{
    Behaviour, CARD, Card, Kind, KindId, MAX_MS, MAX_S, MILLION, Param, Role, Section, Shape, Value, Variant, check,
    real, real_or_null, whole,
};
use engine::sim::network::{Consumers, Params};

const WORKERS: Param = Param {
    key: "workers",
    label: "Workers",
    unit: "",
    help: "How many there are.",
    shape: whole(1, MILLION),
    default: "20",
    slider: Some((1.0, 120.0, 1.0)),
};

const STARTUP: Param = Param {
    key: "startup_s",
    label: "Start-up",
    unit: "s",
    help: "Time from ordering a worker until it takes its first message; it is paid from the order on.",
    shape: real(0.0, MAX_S),
    default: "60",
    slider: Some((0.0, 300.0, 5.0)),
};

const SCALING: Shape = Shape::Tagged {
    tag: "policy",
    variants: &[
        Variant { key: "fixed", label: "Fixed", fields: &[WORKERS] },
        Variant {
            key: "demand",
            label: "By demand",
            fields: &[
                Param {
                    key: "min",
                    label: "Fewest workers",
                    help: "Always kept.",
                    shape: whole(0, MILLION),
                    default: "10",
                    ..WORKERS
                },
                Param {
                    key: "max",
                    label: "Most workers",
                    help: "Never more; not below the fewest.",
                    default: "90",
                    ..WORKERS
                },
                Param {
                    key: "messages_per_worker",
                    label: "Messages a worker",
                    help: "One worker is wanted for so many messages that wait or are being handled.",
                    default: "4",
                    slider: Some((1.0, 20.0, 1.0)),
                    ..WORKERS
                },
                Param {
                    key: "period_s",
                    label: "Checks every",
                    unit: "s",
                    help: "Time between two looks at the queue.",
                    shape: real(0.1, MAX_S),
                    default: "15",
                    slider: Some((5.0, 300.0, 5.0)),
                },
                STARTUP,
                Param {
                    key: "cooldown_s",
                    label: "Cool-down",
                    help: "Fewer workers must have been enough at every check for this long before the pool shrinks.",
                    default: "120",
                    slider: Some((0.0, 1800.0, 15.0)),
                    ..STARTUP
                },
            ],
        },
        Variant {
            key: "schedule",
            label: "Schedule",
            fields: &[
                Param { label: "Workers at the start", shape: whole(0, MILLION), ..WORKERS },
                STARTUP,
                Param {
                    key: "steps",
                    label: "Steps",
                    unit: "",
                    help: "At each time the pool is resized to so many workers; times rise.",
                    shape: Shape::Steps {
                        fields: &[
                            Param {
                                key: "at_s",
                                label: "At",
                                unit: "s",
                                help: "Seconds after the start of the scenario.",
                                shape: real(0.0, MAX_S),
                                default: "1500",
                                slider: None,
                            },
                            Param { shape: whole(0, MILLION), ..WORKERS },
                        ],
                    },
                    default: "[]",
                    slider: None,
                },
            ],
        },
    ],
};

pub const KIND: Kind = Kind {
    id: KindId::Consumers,
    key: "consumers",
    name: "Consumers",
    help: "Workers that take messages and call {a service}.",
    to: &[KindId::Clinic, KindId::DeadLetter],
    from: &[],
    wants: &[KindId::DeadLetter],
    behaviour: Behaviour::Fetches,
    flow_rank: 3,
    sections: &[
        Section { title: "Delivery", keys: &["timeout_ms", "attempts"] },
        Section { title: "Backoff", keys: &["backoff_base_ms", "backoff_factor", "backoff_max_ms", "jitter"] },
        Section { title: "Handling", keys: &["handling"] },
    ],
    station,
    in_palette: true,
    at_most_one: false,
    size: CARD,
    icon: "M5 5h9v9H5zM18 5h9v9h-9zM5 18h9v9H5zM18 18h9v9h-9z",
    role: Role::Work,
    card: Card::Pool,
    facts,
    figure_key: Some("pools"),
    sweep_rank: 0,
    params: &[
        Param {
            key: "scaling",
            label: "Workers",
            unit: "",
            help: "How many workers there are, and when.",
            shape: SCALING,
            default: r#"{"policy":"fixed","workers":20}"#,
            slider: None,
        },
        Param {
            key: "handling",
            label: "Handling",
            unit: "",
            help: "A worker's own time for a message, before the call.",
            shape: DISTS,
            default: r#"{"dist":"constant","mean_ms":10}"#,
            slider: None,
        },
        Param {
            key: "timeout_ms",
            label: "Call timeout",
            unit: "ms",
            help: "Longest wait for the {service}; the {service} goes on working on a call that was given up.",
            shape: real_or_null(0.0, MAX_MS),
            default: "10000",
            slider: Some((500.0, 30_000.0, 500.0)),
        },
        Param {
            key: "attempts",
            label: "Attempts",
            unit: "",
            help: "After so many failed calls a message is given up.",
            shape: whole(1, 100),
            default: "4",
            slider: Some((1.0, 20.0, 1.0)),
        },
        Param {
            key: "backoff_base_ms",
            label: "First backoff",
            unit: "ms",
            help: "Delay before the second attempt.",
            shape: real(0.0, MAX_MS),
            default: "1000",
            slider: Some((0.0, 10_000.0, 250.0)),
        },
        Param {
            key: "backoff_factor",
            label: "Backoff factor",
            unit: "×",
            help: "Each further delay is so many times the one before.",
            shape: real(1.0, 100.0),
            default: "2",
            slider: Some((1.0, 5.0, 0.5)),
        },
        Param {
            key: "backoff_max_ms",
            label: "Longest backoff",
            unit: "ms",
            help: "No delay is longer than this.",
            shape: real(0.0, MAX_MS),
            default: "60000",
            slider: Some((1000.0, 300_000.0, 1000.0)),
        },
        Param {
            key: "jitter",
            label: "Jitter",
            unit: "",
            help: "Full jitter multiplies each delay by a random number from 0 to 1, so that retries spread out.",
            shape: Shape::Choice(&[("full", "Full"), ("none", "None")]),
            default: "\"full\"",
            slider: None,
        },
        Param {
            key: "breaker",
            label: "Circuit breaker",
            unit: "",
            help: "Stops taking messages after failures in a row, and tries one after a pause.",
            shape: Shape::Fields {
                fields: &[
                    Param {
                        key: "failures",
                        label: "Failures in a row",
                        unit: "",
                        help: "So many failed calls in a row open the breaker.",
                        shape: whole(1, 10_000),
                        default: "10",
                        slider: Some((1.0, 100.0, 1.0)),
                    },
                    Param {
                        key: "open_s",
                        label: "Stays open",
                        unit: "s",
                        help: "Pause before one message is tried again.",
                        shape: real(0.1, MAX_S),
                        default: "30",
                        slider: Some((5.0, 300.0, 5.0)),
                    },
                ],
            },
            default: "null",
            slider: None,
        },
    ],
};

fn facts(get: Get<'_>) -> Vec<String> {
    let mut lines = vec![workers(&get("scaling"))];
    lines.extend((!get("breaker").is_null()).then(|| "with a breaker".to_owned()));
    lines
}

fn workers(scaling: &Value) -> String {
    let number = |key: &str| check::grouped(scaling.get(key).and_then(Value::number).unwrap_or(0.0));
    match scaling.get("policy").and_then(Value::text) {
        Some("demand") => format!("{}–{} workers", number("min"), number("max")),
        Some("schedule") => "workers by schedule".to_owned(),
        _ => format!("{} workers", number("workers")),
    }
}

fn station(get: Get<'_>) -> Params {
    let get = |key| Read(get(key));
    Params::Consumers(Consumers {
        handling: get("handling").dist(),
        timeout: get("timeout_ms").maybe(Read::millis),
        attempts: get("attempts").small(),
        backoff_base: get("backoff_base_ms").millis(),
        backoff_factor: get("backoff_factor").number(),
        backoff_max: get("backoff_max_ms").millis(),
        jitter: get("jitter").is("full"),
        scaling: get("scaling").scaling(),
        breaker: get("breaker").maybe(Read::breaker),
    })
}
