//! The pool of workers that pull from queues and call clinics.

use super::dists::DISTS;
use super::read::{Get, Read};
use super::{
    Behaviour, CARD, Card, Kind, KindId, MAX_MS, MAX_S, MILLION, Param, Role, Section, Shape, Value, Variant, check,
    real, real_or_null, whole,
};
use crate::{say, text};
use engine::sim::network::{Consumers, Params};

const WORKERS: Param = Param {
    key: "workers",
    label: Some(text!("consumers.workers")),
    unit: "",
    help: Some(text!("consumers.workers_help")),
    shape: whole(1, MILLION),
    default: "20",
    slider: Some((1.0, 120.0, 1.0)),
};

const STARTUP: Param = Param {
    key: "startup_s",
    label: Some(text!("consumers.startup")),
    unit: "s",
    help: Some(text!("consumers.startup_help")),
    shape: real(0.0, MAX_S),
    default: "60",
    slider: Some((0.0, 300.0, 5.0)),
};

const SCALING: Shape = Shape::Tagged {
    tag: "policy",
    variants: &[
        Variant { key: "fixed", label: Some(text!("consumers.fixed")), fields: &[WORKERS] },
        Variant {
            key: "demand",
            label: Some(text!("consumers.demand")),
            fields: &[
                Param {
                    key: "min",
                    label: Some(text!("consumers.min")),
                    help: Some(text!("consumers.min_help")),
                    shape: whole(0, MILLION),
                    default: "10",
                    ..WORKERS
                },
                Param {
                    key: "max",
                    label: Some(text!("consumers.max")),
                    help: Some(text!("consumers.max_help")),
                    default: "90",
                    ..WORKERS
                },
                Param {
                    key: "messages_per_worker",
                    label: Some(text!("consumers.per_worker")),
                    help: Some(text!("consumers.per_worker_help")),
                    default: "4",
                    slider: Some((1.0, 20.0, 1.0)),
                    ..WORKERS
                },
                Param {
                    key: "period_s",
                    label: Some(text!("consumers.period")),
                    unit: "s",
                    help: Some(text!("consumers.period_help")),
                    shape: real(0.1, MAX_S),
                    default: "15",
                    slider: Some((5.0, 300.0, 5.0)),
                },
                STARTUP,
                Param {
                    key: "cooldown_s",
                    label: Some(text!("consumers.cooldown")),
                    help: Some(text!("consumers.cooldown_help")),
                    default: "120",
                    slider: Some((0.0, 1800.0, 15.0)),
                    ..STARTUP
                },
            ],
        },
        Variant {
            key: "schedule",
            label: Some(text!("consumers.schedule")),
            fields: &[
                Param { label: Some(text!("consumers.at_start")), shape: whole(0, MILLION), ..WORKERS },
                STARTUP,
                Param {
                    key: "steps",
                    label: Some(text!("consumers.steps")),
                    unit: "",
                    help: Some(text!("consumers.steps_help")),
                    shape: Shape::Steps {
                        fields: &[
                            Param {
                                key: "at_s",
                                label: Some(text!("consumers.at")),
                                unit: "s",
                                help: Some(text!("consumers.at_help")),
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

/// The most workers that a value of `scaling` ever has; `None` of anything else.
pub fn most_workers(scaling: &Value) -> Option<f64> {
    let number = |of: &Value, key: &str| of.get(key).and_then(Value::number);
    let steps = scaling.get("steps").and_then(Value::list).unwrap_or_default();
    let all = [number(scaling, "workers"), number(scaling, "max")];
    all.into_iter().chain(steps.iter().map(|step| number(step, "workers"))).flatten().reduce(f64::max)
}

/// A value of `scaling` with so many workers: by demand at most, else from the start on.
pub fn of_workers(mut scaling: Value, most: f64) -> Value {
    match (scaling.get("max"), scaling.get("min").and_then(Value::number)) {
        (Some(_), min) => {
            scaling.set("min", Value::Number(min.unwrap_or(most).min(most)));
            scaling.set("max", Value::Number(most));
        }
        (None, _) => scaling.set("workers", Value::Number(most)),
    }
    scaling
}

pub const KIND: Kind = Kind {
    id: KindId::Consumers,
    key: "consumers",
    name: text!("consumers.name"),
    help: text!("consumers.help"),
    to: &[KindId::Clinic, KindId::DeadLetter],
    from: &[],
    wants: &[KindId::DeadLetter],
    behaviour: Behaviour::Fetches,
    flow_rank: 3,
    sections: &[
        Section { title: text!("api.delivery"), keys: &["timeout_ms", "attempts"] },
        Section {
            title: text!("consumers.backoff"),
            keys: &["backoff_base_ms", "backoff_factor", "backoff_max_ms", "jitter"],
        },
        Section { title: text!("consumers.handling"), keys: &["handling"] },
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
            label: Some(text!("consumers.workers")),
            unit: "",
            help: Some(text!("consumers.scaling_help")),
            shape: SCALING,
            default: r#"{"policy":"fixed","workers":20}"#,
            slider: None,
        },
        Param {
            key: "handling",
            label: Some(text!("consumers.handling")),
            unit: "",
            help: Some(text!("consumers.handling_help")),
            shape: DISTS,
            default: r#"{"dist":"constant","mean_ms":10}"#,
            slider: None,
        },
        Param {
            key: "timeout_ms",
            label: Some(text!("api.call_timeout")),
            unit: "ms",
            help: Some(text!("consumers.timeout_help")),
            shape: real_or_null(0.0, MAX_MS),
            default: "10000",
            slider: Some((500.0, 30_000.0, 500.0)),
        },
        Param {
            key: "attempts",
            label: Some(text!("consumers.attempts")),
            unit: "",
            help: Some(text!("consumers.attempts_help")),
            shape: whole(1, 100),
            default: "4",
            slider: Some((1.0, 20.0, 1.0)),
        },
        Param {
            key: "backoff_base_ms",
            label: Some(text!("consumers.backoff_base")),
            unit: "ms",
            help: Some(text!("consumers.backoff_base_help")),
            shape: real(0.0, MAX_MS),
            default: "1000",
            slider: Some((0.0, 10_000.0, 250.0)),
        },
        Param {
            key: "backoff_factor",
            label: Some(text!("consumers.backoff_factor")),
            unit: "×",
            help: Some(text!("consumers.backoff_factor_help")),
            shape: real(1.0, 100.0),
            default: "2",
            slider: Some((1.0, 5.0, 0.5)),
        },
        Param {
            key: "backoff_max_ms",
            label: Some(text!("consumers.backoff_max")),
            unit: "ms",
            help: Some(text!("consumers.backoff_max_help")),
            shape: real(0.0, MAX_MS),
            default: "60000",
            slider: Some((1000.0, 300_000.0, 1000.0)),
        },
        Param {
            key: "jitter",
            label: Some(text!("consumers.jitter")),
            unit: "",
            help: Some(text!("consumers.jitter_help")),
            shape: Shape::Choice(&[("full", text!("consumers.jitter_full")), ("none", text!("consumers.jitter_none"))]),
            default: "\"full\"",
            slider: None,
        },
        Param {
            key: "breaker",
            label: Some(text!("consumers.breaker")),
            unit: "",
            help: Some(text!("consumers.breaker_help")),
            shape: Shape::Fields {
                fields: &[
                    Param {
                        key: "failures",
                        label: Some(text!("consumers.failures")),
                        unit: "",
                        help: Some(text!("consumers.failures_help")),
                        shape: whole(1, 10_000),
                        default: "10",
                        slider: Some((1.0, 100.0, 1.0)),
                    },
                    Param {
                        key: "open_s",
                        label: Some(text!("consumers.open")),
                        unit: "s",
                        help: Some(text!("consumers.open_help")),
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
    lines.extend((!get("breaker").is_null()).then(|| say!("consumers.with_breaker").to_owned()));
    lines
}

fn workers(scaling: &Value) -> String {
    let number = |key: &str| check::grouped(scaling.get(key).and_then(Value::number).unwrap_or(0.0));
    match scaling.get("policy").and_then(Value::text) {
        Some("demand") => say!("consumers.from_to", min = number("min"), max = number("max")),
        Some("schedule") => say!("consumers.by_schedule").to_owned(),
        _ => say!("consumers.so_many", n = number("workers")),
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
