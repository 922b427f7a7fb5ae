//! Patients: the source of booking requests.

use super::read::{Get, Read};
use super::{Behaviour, CARD, Card, Kind, KindId, MAX_MS, MAX_S, Param, Role, real, real_or_null, whole};
use crate::text;
use engine::sim::network::{Params, Patients};

pub const KIND: Kind = Kind {
    id: KindId::Patients,
    key: "patients",
    name: text!("patients.name"),
    help: text!("patients.help"),
    to: &[KindId::Api],
    from: &[],
    wants: &[],
    behaviour: Behaviour::Source,
    flow_rank: 0,
    sections: &[],
    station,
    in_palette: true,
    at_most_one: true,
    size: CARD,
    icon: "M16 15a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM6 27c0-5 4.5-8 10-8s10 3 10 8",
    role: Role::Muted,
    card: Card::Source,
    facts: |_| Vec::new(),
    figure_key: None,
    sweep_rank: 3,
    params: &[
        Param {
            key: "rtt_ms",
            label: Some(text!("patients.rtt")),
            unit: "ms",
            help: Some(text!("patients.rtt_help")),
            shape: real(0.0, MAX_MS),
            default: "40",
            slider: Some((0.0, 200.0, 5.0)),
        },
        Param {
            key: "patience_s",
            label: Some(text!("patients.patience")),
            unit: "s",
            help: Some(text!("patients.patience_help")),
            shape: real_or_null(0.0, MAX_S),
            default: "10",
            slider: Some((1.0, 60.0, 1.0)),
        },
        Param {
            key: "retries",
            label: Some(text!("patients.retries")),
            unit: "",
            help: Some(text!("patients.retries_help")),
            shape: whole(0, 20),
            default: "2",
            slider: Some((0.0, 5.0, 1.0)),
        },
        Param {
            key: "retry_after_s",
            label: Some(text!("patients.retry_after")),
            unit: "s",
            help: Some(text!("patients.retry_after_help")),
            shape: real(0.0, MAX_S),
            default: "5",
            slider: Some((1.0, 60.0, 1.0)),
        },
    ],
};

fn station(get: Get<'_>) -> Params {
    let get = |key| Read(get(key));
    Params::Patients(Patients {
        rtt: get("rtt_ms").millis(),
        patience: get("patience_s").maybe(Read::seconds),
        retries: get("retries").small(),
        retry_after: get("retry_after_s").seconds(),
    })
}
