//! The catalogue: which kinds of component there are, how they may be joined, and every parameter with its unit, range, default and help.
//!
//! [`KINDS`] is the one list. Palette, inspector, list view, files, the tables of docs/reference.md and the messages about bad input all follow from it.
//! Ranges are those that files may use; a slider offers a narrower, useful part.
//!
//! # A new kind
//!
//! One that behaves as another does ([`Behaviour`]) is four places: a file here with its table, and in this file its `mod`, its variant of
//! [`KindId`] and its line in [`KINDS`]. Everything else follows from the table, which a test holds with a kind of its own (`session::new_kind`):
//! it is drawn, tidied, saved, opened, run, and changed in a run.
//!
//! One that behaves in a way of its own needs a station in `engine` besides: a variant of `Params` with its station's file, and an arm
//! wherever the compiler then stops: what it says of itself (`Params::servers`, `paid`, `passes_on`), its station's making (`roles` and
//! `Stations::new`), a change in a run, its sums (`session::text::capacity`) and its [`Behaviour`] (whose test compares it with the
//! station). What it does is reported in facts; new ones need words in `session::text::describe`. Advice about it is rules of its own in
//! `advice`.

#![warn(missing_docs, clippy::missing_errors_doc)]

pub mod check;

mod api;
mod clinic;
pub(crate) mod consumers;
mod dead_letter;
pub mod density;
mod dists;
pub mod param;
mod patients;
mod queue;
mod read;
#[cfg(test)]
mod spare;

use crate::lang::Text;
use crate::tokens::{self, Token};
use engine::sim::network::Params;

pub use crate::json::Value;
pub use param::{MAX_MS, MAX_S, Param, Section, Shape, Variant};
pub use read::Get;

use param::{MILLION, real, real_or_null, whole, whole_or_null};

/// The size of a card, so that edges align: multiples of the diagram's grid.
pub const CARD: (f64, f64) = (136.0, 136.0);
/// The size of a card that has no picture.
pub const SHORT: (f64, f64) = (136.0, 56.0);

/// Which kind a component is. The order is the order of the flow, and of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KindId {
    /// Where bookings are asked for.
    Patients,
    /// Threads that accept requests.
    Api,
    /// Messages that wait for workers.
    Queue,
    /// A pool of workers.
    Consumers,
    /// The clinics' systems.
    Clinic,
    /// Where messages that were given up are parked.
    DeadLetter,
    /// What a test adds; see `spare`.
    #[cfg(test)]
    Spare,
}

/// What a component does with what reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Nothing reaches it: requests begin here.
    Source,
    /// Serves a request and passes it on at once, to its targets by their weights.
    PassesOn,
    /// Keeps messages until they are fetched.
    Stores,
    /// Fetches messages, and waits for the answer to each call.
    Fetches,
    /// Answers calls: the end of the way.
    Answers,
    /// Parks what was given up, off the way.
    Parks,
}

/// What the card of a component shows, and with which values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// What comes from it a second, and how many so far.
    Source,
    /// A row of servers, busy ones lit: as many as two parameters multiplied.
    Servers {
        /// Their keys.
        count: [&'static str; 2],
        /// What one of them is called, in the plural.
        what: Text,
        /// The word after the number of those that wait for one.
        waiting: Text,
        /// Before a run, `2 × 16 threads` instead of `32 threads`.
        as_product: bool,
    },
    /// A vessel that fills, up to this parameter.
    Vessel {
        /// Its key.
        capacity: &'static str,
    },
    /// Workers that come and go, and the breaker.
    Pool,
    /// How many have come to rest here.
    Parked,
}

/// What a component's colour stands for: the page's variables of the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What stands aside.
    Muted,
    /// The acknowledgement.
    Ack,
    /// The confirmation, and what waits for it.
    Wait,
    /// Workers.
    Work,
    /// The clinics.
    Clinic,
}

/// A kind of component.
#[derive(Debug)]
pub struct Kind {
    /// Which kind it is.
    pub id: KindId,
    /// As files name it.
    pub key: &'static str,
    /// As the page names it.
    name: Text,
    /// One sentence for people who have never seen one.
    help: Text,
    /// The kinds that a component of this kind may point to.
    pub to: &'static [KindId],
    /// Further kinds that may point to it, where their own tables don't say so.
    pub from: &'static [KindId],
    /// What it is not complete without: adding one joins it.
    pub wants: &'static [KindId],
    /// What it does with what reaches it.
    pub behaviour: Behaviour,
    /// The place in the flow, from left to right: kinds of equal rank share a column, and the order of tabbing and drawing.
    pub flow_rank: u8,
    /// Its parameters, in the order of the form.
    pub params: &'static [Param],
    /// Which of them the form folds away, in the order of the form. The others stand in sight.
    pub sections: &'static [Section],
    /// The station that a component becomes in a run.
    pub station: fn(Get<'_>) -> Params,
    /// Whether the palette offers it. Patients and the clinic are part of every design from the start.
    pub in_palette: bool,
    /// Whether a design can hold one of these only.
    pub at_most_one: bool,
    /// Width and height of its card in the diagram's units: [`CARD`], or [`SHORT`].
    pub size: (f64, f64),
    /// The path of its icon, stroked, in a square of 32.
    pub icon: &'static str,
    /// What its colour stands for.
    pub role: Role,
    /// What its card shows.
    pub card: Card,
    /// What a component consists of, in a line or two, without what the scenario gives.
    pub facts: fn(Get<'_>) -> Vec<String>,
    /// What texts call the number of these in a design.
    pub figure_key: Option<&'static str>,
    /// The order in which a sweep offers the numbers of kinds: lowest first.
    pub sweep_rank: u8,
}

/// All kinds, in the order of the palette.
pub const KINDS: &[&Kind] = &[
    &patients::KIND,
    &api::KIND,
    &queue::KIND,
    &consumers::KIND,
    &clinic::KIND,
    &dead_letter::KIND,
    #[cfg(test)]
    &spare::KIND,
];

/// The kind that is offered first where one is to be added.
pub const FIRST_CHOICE: KindId = KindId::Queue;

impl KindId {
    /// The catalogue's entry.
    pub fn kind(self) -> &'static Kind {
        KINDS.iter().find(|k| k.id == self).expect("every kind has an entry")
    }

    /// The kind that files call `key`.
    pub fn from_key(key: &str) -> Option<KindId> {
        KINDS.iter().find(|k| k.key == key).map(|k| k.id)
    }

    /// Whether an edge may lead from a component of this kind to one of kind `to`.
    pub fn may_point_to(self, to: KindId) -> bool {
        self.kind().to.contains(&to) || to.kind().from.contains(&self)
    }

    /// The kinds that a component of this kind may point to, in the order of its table.
    pub fn leads_to(self) -> impl Iterator<Item = KindId> {
        let more = KINDS.iter().filter(move |k| k.from.contains(&self) && !self.kind().to.contains(&k.id));
        self.kind().to.iter().copied().chain(more.map(|k| k.id))
    }

    /// Whether a component of this kind has a port that connections leave from.
    pub fn has_out_port(self) -> bool {
        self.leads_to().next().is_some()
    }

    /// Whether it has one where they arrive.
    pub fn has_in_port(self) -> bool {
        self.kind().behaviour != Behaviour::Source
    }

    /// What a learner is given: where bookings begin and where they are confirmed. A design keeps at least one of each.
    pub fn is_given(self) -> bool {
        matches!(self.kind().behaviour, Behaviour::Source | Behaviour::Answers)
    }

    /// Part of the way of a booking: everything but what parks those given up.
    pub fn is_on_the_way(self) -> bool {
        self.kind().behaviour != Behaviour::Parks
    }
}

impl Behaviour {
    /// Whether what reaches it is handed on at once.
    pub fn passes_on(self) -> bool {
        matches!(self, Behaviour::Source | Behaviour::PassesOn)
    }
}

impl Role {
    /// The page's colour of this role.
    pub fn token(self) -> Token {
        match self {
            Role::Muted => tokens::MUTED,
            Role::Ack => tokens::ACK,
            Role::Wait => tokens::WAIT,
            Role::Work => tokens::WORK,
            Role::Clinic => tokens::CLINIC,
        }
    }

    /// The class of what has this colour in the page.
    pub fn class(self) -> &'static str {
        match self {
            Role::Muted => "role-muted",
            Role::Ack => "role-ack",
            Role::Wait => "role-wait",
            Role::Work => "role-work",
            Role::Clinic => "role-clinic",
        }
    }
}

impl Kind {
    /// As the page names it.
    pub fn name(&self) -> &'static str {
        self.name.get()
    }

    /// One sentence for people who have never seen one.
    pub fn help(&self) -> &'static str {
        self.help.get()
    }

    /// The parameters that stand in sight, in the order of the form.
    pub fn in_sight(&self) -> impl Iterator<Item = &'static Param> {
        let folded = |key: &str| self.sections.iter().any(|section| section.keys.contains(&key));
        self.params.iter().filter(move |param| !folded(param.key))
    }

    /// The parameter of this key.
    pub fn param(&self, key: &str) -> Option<&'static Param> {
        self.params.iter().find(|p| p.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A kind's table and its station agree on what it does.
    #[test]
    fn a_kind_behaves_as_its_station_does() {
        for kind in KINDS {
            let value = |key: &str| kind.param(key).expect("a parameter of the kind").default_value();
            let station = (kind.station)(&value);
            let behaviour = match &station {
                Params::Patients(_) => Behaviour::Source,
                Params::Api(_) => Behaviour::PassesOn,
                Params::Queue(_) => Behaviour::Stores,
                Params::Consumers(_) => Behaviour::Fetches,
                Params::Clinic(_) => Behaviour::Answers,
                Params::DeadLetter => Behaviour::Parks,
            };
            assert_eq!(kind.behaviour, behaviour, "{}", kind.key);
            assert_eq!(kind.behaviour.passes_on(), station.passes_on(), "{}", kind.key);
        }
    }

    #[test]
    fn a_section_folds_parameters_of_its_kind_each_once() {
        for kind in KINDS {
            let mut keys: Vec<&str> = kind.sections.iter().flat_map(|section| section.keys).copied().collect();
            assert!(keys.iter().all(|key| kind.param(key).is_some()), "{}: {keys:?}", kind.key);
            let all = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), all, "{}: a parameter in two sections", kind.key);
            assert_eq!(kind.in_sight().count() + all, kind.params.len(), "{}", kind.key);
            // What matters most comes first, and is never folded away.
            assert!(kind.params.first().is_none_or(|first| !keys.contains(&first.key)), "{}", kind.key);
        }
    }

    #[test]
    fn what_a_card_shows_is_a_parameter_of_the_kind() {
        for kind in KINDS {
            let keys: Vec<&str> = match kind.card {
                Card::Servers { count, .. } => count.to_vec(),
                Card::Vessel { capacity } => vec![capacity],
                Card::Source | Card::Pool | Card::Parked => Vec::new(),
            };
            assert!(keys.iter().all(|key| kind.param(key).is_some()), "{}: {keys:?}", kind.key);
            assert_eq!(kind.card == Card::Pool, kind.behaviour == Behaviour::Fetches, "{}", kind.key);
            let ranks = KINDS.iter().filter(|k| k.flow_rank == kind.flow_rank).map(|k| k.behaviour);
            assert!(ranks.clone().all(|b| b == kind.behaviour), "{}: a column of several behaviours", kind.key);
        }
    }
}
