//! The stub of the external clinic systems.

use super::dists::DISTS;
use super::read::{Get, Read};
use super::{
    Behaviour, CARD, Card, Kind, KindId, MAX_MS, MILLION, Param, Role, Section, Shape, real, whole, whole_or_null,
};
use engine::sim::network::{Clinic, Params};

pub const KIND: Kind = Kind {
    id: KindId::Clinic,
    key: "clinic",
    name: "{Services}",
    help: "External, slow, and not ours to change.",
    to: &[],
    from: &[],
    wants: &[],
    behaviour: Behaviour::Answers,
    flow_rank: 4,
    sections: &[
        Section { title: "Variable time", keys: &["variable"] },
        Section { title: "Limits and errors", keys: &["max_waiting", "error_rate", "idempotent", "skew"] },
    ],
    station,
    in_palette: true,
    at_most_one: false,
    size: CARD,
    icon: "M6 27V9l10-5 10 5v18zM16 12v8M12 16h8",
    role: Role::Clinic,
    card: Card::Servers { count: ["clinics", "slots_per_clinic"], what: "slots", waiting: "wait", as_product: false },
    facts: |_| Vec::new(),
    figure_key: None,
    sweep_rank: 3,
    params: &[
        Param {
            key: "clinics",
            label: "{Services}",
            unit: "",
            help: "Separate systems; {an item} belongs to one of them for good.",
            shape: whole(1, 10_000),
            default: "1",
            slider: None,
        },
        Param {
            key: "slots_per_clinic",
            label: "Slots per {service}",
            unit: "",
            help: "Calls that one {service} serves at the same time.",
            shape: whole(1, MILLION),
            default: "90",
            slider: Some((1.0, 200.0, 1.0)),
        },
        Param {
            key: "base_ms",
            label: "Base time",
            unit: "ms",
            help: "The part of every call that never varies; a refused call fails after it.",
            shape: real(0.0, MAX_MS),
            default: "200",
            slider: Some((0.0, 2000.0, 50.0)),
        },
        Param {
            key: "variable",
            label: "Variable time",
            unit: "",
            help: "What comes on top of the base time.",
            shape: DISTS,
            default: r#"{"dist":"uniform","min_ms":800,"max_ms":2800}"#,
            slider: None,
        },
        Param {
            key: "max_waiting",
            label: "Most waiting",
            unit: "calls per {service}",
            help: "Most calls that wait for a slot at one {service}; the next one is refused.",
            shape: whole_or_null(0, 10_000_000),
            default: "null",
            slider: None,
        },
        Param {
            key: "error_rate",
            label: "Error rate",
            unit: "",
            help: "Share of served calls that fail.",
            shape: real(0.0, 1.0),
            default: "0",
            slider: Some((0.0, 1.0, 0.01)),
        },
        Param {
            key: "idempotent",
            label: "Idempotent",
            unit: "",
            help: "Whether the {service} recognises {an item} it already has; if not, it is {twice}.",
            shape: Shape::Flag,
            default: "true",
            slider: None,
        },
        Param {
            key: "skew",
            label: "Skew",
            unit: "",
            help: "0: all {services} are equally popular; higher: a few get most {items} (share ∝ 1/rank^skew). With one {service} it changes nothing.",
            shape: real(0.0, 5.0),
            default: "0",
            slider: Some((0.0, 3.0, 0.1)),
        },
    ],
};

fn station(get: Get<'_>) -> Params {
    let get = |key| Read(get(key));
    Params::Clinic(Clinic {
        clinics: get("clinics").small(),
        slots_per_clinic: get("slots_per_clinic").whole(),
        base: get("base_ms").millis(),
        variable: get("variable").dist(),
        max_waiting: get("max_waiting").maybe(Read::whole),
        error_rate: get("error_rate").number(),
        idempotent: get("idempotent").flag(),
        skew: get("skew").number(),
    })
}
