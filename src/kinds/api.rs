//! The booking API: instances with threads that serve requests.

use super::dists::DISTS;
use super::read::{Get, Read};
use super::{Behaviour, CARD, Card, Kind, KindId, MAX_MS, MILLION, Param, Role, Section, check, real, whole};
use crate::{say, text};
use engine::sim::network::{Api, Params};

pub const KIND: Kind = Kind {
    id: KindId::Api,
    key: "api",
    name: text!("api.name"),
    help: text!("api.help"),
    to: &[KindId::Queue, KindId::Clinic],
    from: &[],
    wants: &[],
    behaviour: Behaviour::PassesOn,
    flow_rank: 1,
    sections: &[
        Section { title: text!("api.service"), keys: &["service"] },
        Section { title: text!("api.delivery"), keys: &["publish_ms", "call_timeout_ms"] },
    ],
    station,
    in_palette: true,
    at_most_one: false,
    size: CARD,
    icon: "M5 7h22v7H5zM5 18h22v7H5zM10 10.5h.1M10 21.5h.1",
    role: Role::Ack,
    card: Card::Servers {
        count: ["instances", "threads"],
        what: text!("api.threads_card"),
        waiting: text!("api.in_line"),
        as_product: true,
    },
    facts,
    figure_key: None,
    sweep_rank: 1,
    params: &[
        Param {
            key: "instances",
            label: Some(text!("api.instances")),
            unit: "",
            help: Some(text!("api.instances_help")),
            shape: whole(1, 10_000),
            default: "2",
            slider: Some((1.0, 8.0, 1.0)),
        },
        Param {
            key: "threads",
            label: Some(text!("api.threads")),
            unit: "",
            help: Some(text!("api.threads_help")),
            shape: whole(1, MILLION),
            default: "16",
            slider: Some((1.0, 128.0, 1.0)),
        },
        Param {
            key: "accept_backlog",
            label: Some(text!("api.accept_backlog")),
            unit: "instance",
            help: Some(text!("api.accept_backlog_help")),
            shape: whole(0, 10_000_000),
            default: "128",
            slider: Some((0.0, 1024.0, 16.0)),
        },
        Param {
            key: "service",
            label: Some(text!("api.service")),
            unit: "",
            help: Some(text!("api.service_help")),
            shape: DISTS,
            default: r#"{"dist":"lognormal","mean_ms":20,"cv":0.5}"#,
            slider: None,
        },
        Param {
            key: "publish_ms",
            label: Some(text!("api.publish")),
            unit: "ms",
            help: Some(text!("api.publish_help")),
            shape: real(0.0, MAX_MS),
            default: "5",
            slider: Some((0.0, 50.0, 1.0)),
        },
        Param {
            key: "call_timeout_ms",
            label: Some(text!("api.call_timeout")),
            unit: "ms",
            help: Some(text!("api.call_timeout_help")),
            shape: real(0.0, MAX_MS),
            default: "10000",
            slider: Some((500.0, 30_000.0, 500.0)),
        },
    ],
};

fn facts(get: Get<'_>) -> Vec<String> {
    let number = |key| check::grouped(get(key).number().unwrap_or(0.0));
    vec![say!("api.facts", instances = number("instances"), threads = number("threads"))]
}

fn station(get: Get<'_>) -> Params {
    let get = |key| Read(get(key));
    Params::Api(Api {
        instances: get("instances").whole(),
        threads: get("threads").whole(),
        accept_backlog: get("accept_backlog").whole(),
        service: get("service").dist(),
        publish: get("publish_ms").millis(),
        call_timeout: get("call_timeout_ms").millis(),
    })
}
