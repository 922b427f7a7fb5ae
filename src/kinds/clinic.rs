//! The stub of the external clinic systems.

use super::dists::DISTS;
use super::read::{Get, Read};
use super::{
    Behaviour, CARD, Card, Kind, KindId, MAX_MS, MILLION, Param, Role, Section, Shape, real, whole, whole_or_null,
};
use crate::text;
use engine::sim::network::{Clinic, Params};

pub const KIND: Kind = Kind {
    id: KindId::Clinic,
    key: "clinic",
    name: text!("clinic.name"),
    help: text!("clinic.help"),
    to: &[],
    from: &[],
    wants: &[],
    behaviour: Behaviour::Answers,
    flow_rank: 4,
    sections: &[
        Section { title: text!("clinic.variable"), keys: &["variable"] },
        Section { title: text!("clinic.limits"), keys: &["max_waiting", "error_rate", "idempotent", "skew"] },
    ],
    station,
    in_palette: true,
    at_most_one: false,
    size: CARD,
    icon: "M6 27V9l10-5 10 5v18zM16 12v8M12 16h8",
    role: Role::Clinic,
    card: Card::Servers {
        count: ["clinics", "slots_per_clinic"],
        what: text!("clinic.slots_card"),
        waiting: text!("clinic.wait"),
        as_product: false,
    },
    facts: |_| Vec::new(),
    figure_key: None,
    sweep_rank: 3,
    params: &[
        Param {
            key: "clinics",
            label: Some(text!("clinic.name")),
            unit: "",
            help: Some(text!("clinic.services_help")),
            shape: whole(1, 10_000),
            default: "1",
            slider: None,
        },
        Param {
            key: "slots_per_clinic",
            label: Some(text!("clinic.slots")),
            unit: "",
            help: Some(text!("clinic.slots_help")),
            shape: whole(1, MILLION),
            default: "90",
            slider: Some((1.0, 200.0, 1.0)),
        },
        Param {
            key: "base_ms",
            label: Some(text!("clinic.base")),
            unit: "ms",
            help: Some(text!("clinic.base_help")),
            shape: real(0.0, MAX_MS),
            default: "200",
            slider: Some((0.0, 2000.0, 50.0)),
        },
        Param {
            key: "variable",
            label: Some(text!("clinic.variable")),
            unit: "",
            help: Some(text!("clinic.variable_help")),
            shape: DISTS,
            default: r#"{"dist":"uniform","min_ms":800,"max_ms":2800}"#,
            slider: None,
        },
        Param {
            key: "max_waiting",
            label: Some(text!("clinic.max_waiting")),
            unit: "service",
            help: Some(text!("clinic.max_waiting_help")),
            shape: whole_or_null(0, 10_000_000),
            default: "null",
            slider: None,
        },
        Param {
            key: "error_rate",
            label: Some(text!("clinic.error_rate")),
            unit: "",
            help: Some(text!("clinic.error_rate_help")),
            shape: real(0.0, 1.0),
            default: "0",
            slider: Some((0.0, 1.0, 0.01)),
        },
        Param {
            key: "idempotent",
            label: Some(text!("clinic.idempotent")),
            unit: "",
            help: Some(text!("clinic.idempotent_help")),
            shape: Shape::Flag,
            default: "true",
            slider: None,
        },
        Param {
            key: "skew",
            label: Some(text!("clinic.skew")),
            unit: "",
            help: Some(text!("clinic.skew_help")),
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
