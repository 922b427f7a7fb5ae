//! The catalogue: which kinds of component there are, how they may be joined, and every parameter with its unit, range, default and help.
//!
//! [`KINDS`] is the one list. Palette, inspector, list view, files, the tables of docs/reference.md and the messages about bad input all follow from it.
//! Ranges are those that files may use (`model.md`); a slider offers a narrower, useful part.
//!
//! A new kind: one file here with its table, its line in [`KINDS`], its variant in `sim::network::Params` with a station that serves it.

pub mod check;

mod api;
mod clinic;
mod consumers;
mod dead_letter;
pub mod density;
mod dists;
mod patients;
mod queue;

pub use crate::json::Value;

/// Which kind a component is. The order is the order of the flow, and of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KindId {
    Patients,
    Api,
    Queue,
    Consumers,
    Clinic,
    DeadLetter,
}

/// A kind of component.
#[derive(Debug)]
pub struct Kind {
    pub id: KindId,
    /// As files name it.
    pub key: &'static str,
    /// As the page names it.
    pub name: &'static str,
    /// One sentence for someone who has never met one.
    pub help: &'static str,
    /// The kinds that a component of this kind may point to.
    pub to: &'static [KindId],
    pub params: &'static [Param],
    /// Whether the palette offers it. Patients and the clinic are part of every design from the start.
    pub in_palette: bool,
}

/// A parameter, or a field of one that has parts.
#[derive(Debug)]
pub struct Param {
    pub key: &'static str,
    pub label: &'static str,
    /// The unit in words or symbols; empty for a plain number.
    pub unit: &'static str,
    /// One sentence: what it does.
    pub help: &'static str,
    pub shape: Shape,
    /// The default, as JSON. For a field of a tagged value: what the page fills in when the variant is chosen.
    pub default: &'static str,
    /// The part of the range that a slider offers: lowest, highest, step. `None`: no slider.
    pub slider: Option<(f64, f64, f64)>,
}

/// What values a parameter may take.
#[derive(Debug)]
pub enum Shape {
    /// A whole number from … to.
    Whole { min: u64, max: u64, nullable: bool },
    /// A number from … to.
    Real { min: f64, max: f64, nullable: bool },
    /// A number above 0, up to a limit.
    Positive { max: f64 },
    /// True or false.
    Flag,
    /// One of these words; each with what the page calls it.
    Choice(&'static [(&'static str, &'static str)]),
    /// An object whose field `tag` says which of the variants it is.
    Tagged { tag: &'static str, variants: &'static [Variant] },
    /// An object with these fields, or `null`.
    Fields { fields: &'static [Param] },
    /// A list of `{at_s, workers}` in rising order of time.
    Steps { fields: &'static [Param] },
}

/// One alternative of a tagged value.
#[derive(Debug)]
pub struct Variant {
    pub key: &'static str,
    pub label: &'static str,
    pub fields: &'static [Param],
}

/// All kinds, in the order of the flow.
pub const KINDS: &[&Kind] =
    &[&patients::KIND, &api::KIND, &queue::KIND, &consumers::KIND, &clinic::KIND, &dead_letter::KIND];

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
        self.kind().to.contains(&to)
    }
}

impl Kind {
    pub fn param(&self, key: &str) -> Option<&'static Param> {
        self.params.iter().find(|p| p.key == key)
    }
}

impl Param {
    pub fn default_value(&self) -> Value {
        Value::literal(self.default)
    }
}

impl Variant {
    /// The variant with its fields' defaults, under the given tag.
    pub fn default_value(&self, tag: &str) -> Value {
        let mut fields = vec![(tag.to_owned(), Value::Text(self.key.to_owned()))];
        fields.extend(self.fields.iter().map(|f| (f.key.to_owned(), f.default_value())));
        Value::Map(fields)
    }
}

/// The longest time in milliseconds that a file may give: a day.
pub const MAX_MS: f64 = 86_400_000.0;
/// The longest time in seconds that a file may give: a week.
pub const MAX_S: f64 = 604_800.0;
const MILLION: u64 = 1_000_000;

const fn whole(min: u64, max: u64) -> Shape {
    Shape::Whole { min, max, nullable: false }
}

const fn whole_or_null(min: u64, max: u64) -> Shape {
    Shape::Whole { min, max, nullable: true }
}

const fn real(min: f64, max: f64) -> Shape {
    Shape::Real { min, max, nullable: false }
}

const fn real_or_null(min: f64, max: f64) -> Shape {
    Shape::Real { min, max, nullable: true }
}
