//! From the catalogue's values to the simulation's types, on the way into a station.

use super::Value;
use engine::sim::dist::Dist;
use engine::sim::network::{Breaker, Scaling};
use engine::sim::time::{Span, Time};

/// A component's values by their parameters' keys, each checked against its shape; the default where the component has none of its own.
pub type Get<'a> = &'a dyn Fn(&str) -> Value;

/// A checked value on its way into the simulation's types. A mismatch is a mistake in the catalogue.
#[derive(Clone)]
pub(super) struct Read(pub(super) Value);

impl Read {
    pub(super) fn flag(self) -> bool {
        self.0.bool().expect("true or false by the catalogue")
    }

    pub(super) fn number(self) -> f64 {
        self.0.number().expect("a number by the catalogue")
    }

    pub(super) fn whole(self) -> u64 {
        self.number() as u64
    }

    pub(super) fn small(self) -> u32 {
        u32::try_from(self.whole()).expect("a small number by the catalogue")
    }

    pub(super) fn millis(self) -> Span {
        Span::from_millis(self.number())
    }

    pub(super) fn seconds(self) -> Span {
        Span::from_seconds(self.number())
    }

    pub(super) fn is(self, word: &str) -> bool {
        self.0.text() == Some(word)
    }

    pub(super) fn maybe<T>(self, read: impl Fn(Read) -> T) -> Option<T> {
        (!self.0.is_null()).then(|| read(self))
    }

    pub(super) fn field(&self, key: &str) -> Read {
        Read(self.0.get(key).expect("a field by the catalogue").clone())
    }

    pub(super) fn breaker(self) -> Breaker {
        Breaker { failures: self.field("failures").small(), open: self.field("open_s").seconds() }
    }

    pub(super) fn scaling(self) -> Scaling {
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
    pub(super) fn dist(self) -> Dist {
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
