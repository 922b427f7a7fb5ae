//! A parameter of a kind: its key, unit, help, default, slider, and the shape that says which values it may take.
//!
//! Plain tables. [`super::check`] holds values against them; knows nothing of kinds or of designs.

use crate::json::Value;
use crate::lang::Text;
use crate::say;

/// A parameter, or a field of one that has parts.
#[derive(Debug)]
pub struct Param {
    /// As files name it.
    pub key: &'static str,
    /// As the page names it; `None` where no page does.
    pub(super) label: Option<Text>,
    /// The unit in symbols, or what stands for words of [`Param::unit`]; empty for a plain number.
    pub(super) unit: &'static str,
    /// One sentence: what it does.
    pub(super) help: Option<Text>,
    /// What values it may take.
    pub shape: Shape,
    /// The default, as JSON. For a field of a tagged value: what the page fills in when the variant is chosen.
    pub default: &'static str,
    /// The part of the range that a slider offers: lowest, highest, step. `None`: no slider.
    pub slider: Option<(f64, f64, f64)>,
}

impl Param {
    /// A field of a file that no page names.
    pub const fn wordless(key: &'static str, shape: Shape) -> Param {
        Param { key, label: None, unit: "", help: None, shape, default: "null", slider: None }
    }

    /// As the page names it.
    pub fn label(&self) -> &'static str {
        self.label.as_ref().map_or("", Text::get)
    }

    /// The unit in words or symbols; empty for a plain number.
    pub fn unit(&self) -> &'static str {
        match self.unit {
            "instance" => say!("unit.per_instance"),
            "service" => say!("unit.per_service"),
            "messages" => say!("unit.messages"),
            symbol => symbol,
        }
    }

    /// One sentence: what it does.
    pub fn help(&self) -> &'static str {
        self.help.as_ref().map_or("", Text::get)
    }
}

/// What values a parameter may take.
#[derive(Debug)]
pub enum Shape {
    /// A whole number from … to.
    Whole {
        /// The lowest value.
        min: u64,
        /// The highest value.
        max: u64,
        /// Whether it may be `null` as well.
        nullable: bool,
    },
    /// A number from … to.
    Real {
        /// The lowest value.
        min: f64,
        /// The highest value.
        max: f64,
        /// Whether it may be `null` as well.
        nullable: bool,
    },
    /// A number above 0, up to a limit.
    Positive {
        /// The limit, which is allowed.
        max: f64,
    },
    /// True or false.
    Flag,
    /// One of these words; each with what the page calls it.
    Choice(&'static [(&'static str, Text)]),
    /// An object whose field `tag` says which of the variants it is.
    Tagged {
        /// The key of that field.
        tag: &'static str,
        /// In the order of the page.
        variants: &'static [Variant],
    },
    /// An object with these fields, or `null`.
    Fields {
        /// Its fields.
        fields: &'static [Param],
    },
    /// A list of `{at_s, workers}` in rising order of time.
    Steps {
        /// Of a step.
        fields: &'static [Param],
    },
}

/// Parameters that the form folds away under a title: what a design can do without changing.
#[derive(Debug)]
pub struct Section {
    /// What stands over them.
    pub title: Text,
    /// Their keys.
    pub keys: &'static [&'static str],
}

/// One alternative of a tagged value.
#[derive(Debug)]
pub struct Variant {
    /// As files name it.
    pub key: &'static str,
    /// As the page names it; `None` where no page does.
    pub label: Option<Text>,
    /// What stands beside the tag.
    pub fields: &'static [Param],
}

impl Param {
    /// The default as a value.
    ///
    /// # Panics
    /// If the table's default is no JSON: a programmer's mistake.
    pub fn default_value(&self) -> Value {
        Value::literal(self.default)
    }
}

impl Variant {
    /// As the page names it.
    pub fn label(&self) -> &'static str {
        self.label.as_ref().map_or("", Text::get)
    }

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
pub(super) const MILLION: u64 = 1_000_000;

pub(super) const fn whole(min: u64, max: u64) -> Shape {
    Shape::Whole { min, max, nullable: false }
}

pub(super) const fn whole_or_null(min: u64, max: u64) -> Shape {
    Shape::Whole { min, max, nullable: true }
}

pub(super) const fn real(min: f64, max: f64) -> Shape {
    Shape::Real { min, max, nullable: false }
}

pub(super) const fn real_or_null(min: f64, max: f64) -> Shape {
    Shape::Real { min, max, nullable: true }
}
