//! Patients: the source of booking requests.

use super::read::{Get, Read};
use super::{Behaviour, CARD, Card, Kind, KindId, MAX_MS, MAX_S, Param, Role, real, real_or_null, whole};
use engine::sim::network::{Params, Patients};

pub const KIND: Kind = Kind {
    id: KindId::Patients,
    key: "patients",
    name: "{People}",
    help: "Where {items} begin: {people} come as the scenario says.",
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
            label: "Round trip",
            unit: "ms",
            help: "Network round trip: half on the way to the API, half on the reply.",
            shape: real(0.0, MAX_MS),
            default: "40",
            slider: Some((0.0, 200.0, 5.0)),
        },
        Param {
            key: "patience_s",
            label: "Patience",
            unit: "s",
            help: "Longest wait for an API thread before the {person} gives up.",
            shape: real_or_null(0.0, MAX_S),
            default: "10",
            slider: Some((1.0, 60.0, 1.0)),
        },
        Param {
            key: "retries",
            label: "Further tries",
            unit: "",
            help: "How often {a person} tries again after a rejection or after giving up.",
            shape: whole(0, 20),
            default: "2",
            slider: Some((0.0, 5.0, 1.0)),
        },
        Param {
            key: "retry_after_s",
            label: "Tries again after",
            unit: "s",
            help: "Delay before a further try, times a random factor from 0.5 to 1.5.",
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
