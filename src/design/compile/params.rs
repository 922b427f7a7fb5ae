//! A node's parameters, checked and typed: from the catalogue's values to the simulation's.

use super::{Given, effective};
use crate::design::{Code, Location, Node, Problem};
use crate::kinds::check::{self, Fault, FaultCode};
use crate::kinds::{KindId, Value};
use engine::sim::dist::Dist;
use engine::sim::network::{Api, Breaker, Clinic, Consumers, Discipline, Overflow, Params, Patients, Queue, Scaling};
use engine::sim::time::{Span, Time};

/// The station parameters of a node, or every parameter that is not what the catalogue allows.
pub fn station_params(node: &Node, given: &Given) -> Result<Params, Vec<Problem>> {
    let problems = faults(node, given);
    if !problems.is_empty() {
        return Err(problems);
    }
    let get = |key: &'static str| Read(effective(node, given, key));
    Ok(match node.kind {
        KindId::Patients => Params::Patients(Patients {
            rtt: get("rtt_ms").millis(),
            patience: get("patience_s").maybe(Read::seconds),
            retries: get("retries").small(),
            retry_after: get("retry_after_s").seconds(),
        }),
        KindId::Api => Params::Api(Api {
            instances: get("instances").whole(),
            threads: get("threads").whole(),
            accept_backlog: get("accept_backlog").whole(),
            service: get("service").dist(),
            publish: get("publish_ms").millis(),
            call_timeout: get("call_timeout_ms").millis(),
        }),
        KindId::Queue => Params::Queue(Queue {
            discipline: if get("discipline").is("lifo") { Discipline::Lifo } else { Discipline::Fifo },
            capacity: get("capacity").maybe(Read::whole),
            overflow: if get("overflow").is("drop_oldest") { Overflow::DropOldest } else { Overflow::Reject },
            max_age: get("max_age_s").maybe(Read::seconds),
        }),
        KindId::Consumers => Params::Consumers(Consumers {
            handling: get("handling").dist(),
            timeout: get("timeout_ms").maybe(Read::millis),
            attempts: get("attempts").small(),
            backoff_base: get("backoff_base_ms").millis(),
            backoff_factor: get("backoff_factor").number(),
            backoff_max: get("backoff_max_ms").millis(),
            jitter: get("jitter").is("full"),
            scaling: get("scaling").scaling(),
            breaker: get("breaker").maybe(Read::breaker),
        }),
        KindId::Clinic => Params::Clinic(Clinic {
            clinics: get("clinics").small(),
            slots_per_clinic: get("slots_per_clinic").whole(),
            base: get("base_ms").millis(),
            variable: get("variable").dist(),
            max_waiting: get("max_waiting").maybe(Read::whole),
            error_rate: get("error_rate").number(),
            idempotent: get("idempotent").0.bool().expect("checked"),
            skew: get("skew").number(),
        }),
        KindId::DeadLetter => Params::DeadLetter,
    })
}

fn faults(node: &Node, given: &Given) -> Vec<Problem> {
    let mut found = Vec::new();
    let kind = node.kind.kind();
    for (key, value) in &node.params {
        match kind.param(key) {
            Some(param) => check::check(&param.shape, value, key, &mut found),
            None => {
                let text = format!("is not a parameter of {}.", kind.name);
                found.push(Fault { code: FaultCode::UnknownField, path: (*key).to_owned(), text });
            }
        }
    }
    for param in kind.params.iter().filter(|p| !node.params.iter().any(|(key, _)| *key == p.key)) {
        check::check(&param.shape, &effective(node, given, param.key), param.key, &mut found);
    }
    let place = |path| Location::Node { id: node.id.to_string(), param: Some(path) };
    found.into_iter().map(|Fault { path, text, .. }| Problem::error(Code::Parameter, place(path), text)).collect()
}

/// A checked value on its way into the simulation's types. A mismatch is a mistake in the catalogue.
pub struct Read(pub Value);

impl Read {
    fn number(self) -> f64 {
        self.0.number().expect("a number by the catalogue")
    }

    fn whole(self) -> u64 {
        self.number() as u64
    }

    fn small(self) -> u32 {
        u32::try_from(self.whole()).expect("a small number by the catalogue")
    }

    fn millis(self) -> Span {
        Span::from_millis(self.number())
    }

    fn seconds(self) -> Span {
        Span::from_seconds(self.number())
    }

    fn is(self, word: &str) -> bool {
        self.0.text() == Some(word)
    }

    fn maybe<T>(self, read: impl Fn(Read) -> T) -> Option<T> {
        (!self.0.is_null()).then(|| read(self))
    }

    fn field(&self, key: &str) -> Read {
        Read(self.0.get(key).expect("a field by the catalogue").clone())
    }

    fn breaker(self) -> Breaker {
        Breaker { failures: self.field("failures").small(), open: self.field("open_s").seconds() }
    }

    fn scaling(self) -> Scaling {
        match self.field("policy").0.text() {
            Some("fixed") => Scaling::Fixed { workers: self.field("workers").whole() },
            Some("demand") => Scaling::Demand {
                min: self.field("min").whole(),
                max: self.field("max").whole(),
                messages_per_worker: self.field("messages_per_worker").whole(),
                period: self.field("period_s").seconds(),
                startup: self.field("startup_s").seconds(),
                cooldown: self.field("cooldown_s").seconds(),
            },
            Some("schedule") => Scaling::Schedule {
                workers: self.field("workers").whole(),
                startup: self.field("startup_s").seconds(),
                steps: self.field("steps").0.list().expect("a list by the catalogue").iter().map(step).collect(),
            },
            other => unreachable!("the catalogue's policy {other:?}"),
        }
    }

    /// A distribution of the catalogue.
    pub fn dist(self) -> Dist {
        let mean_ms = || self.field("mean_ms").number();
        match self.field("dist").0.text() {
            Some("constant") => Dist::Constant { mean_ms: mean_ms() },
            Some("exponential") => Dist::Exponential { mean_ms: mean_ms() },
            Some("uniform") => {
                Dist::Uniform { min_ms: self.field("min_ms").number(), max_ms: self.field("max_ms").number() }
            }
            Some("lognormal") => Dist::Lognormal { mean_ms: mean_ms(), cv: self.field("cv").number() },
            Some("erlang") => Dist::Erlang { mean_ms: mean_ms(), k: self.field("k").small() },
            Some("hyperexponential") => Dist::Hyperexponential { mean_ms: mean_ms(), cv: self.field("cv").number() },
            other => unreachable!("the catalogue's distribution {other:?}"),
        }
    }
}

fn step(step: &Value) -> (Time, u64) {
    let step = Read(step.clone());
    (Time::from_seconds(step.field("at_s").number()), step.field("workers").whole())
}
