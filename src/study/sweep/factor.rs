//! Factors: the numbers of a design that a sweep can vary, and the values it gives them. (Factor and level are the words of experimental
//! design: Box, Hunter and Hunter, *Statistics for Experimenters*.)
//!
//! Which numbers there are follows from the catalogue: every one that a component has, inside scaling, distributions, schedules and a breaker
//! too, but for those that the scenario gives. A value outside the catalogue's range is refused in words, a whole number stays whole.

use std::rc::Rc;

use crate::design::{Design, Node, NodeId};
use crate::kata::Scenario;
use crate::kinds::check::grouped;
use crate::kinds::{Param, Shape, Value};
use crate::lang::lower_first;
use crate::study::sweep::MOST_VALUES;
use crate::{format, say};

/// Steps of a schedule that are offered.
const MOST_STEPS: usize = 12;

/// A number of a design that can be varied.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    pub node: NodeId,
    /// The place inside the component's parameters: `threads`, `scaling.max`, `scaling.steps.1.workers`.
    pub path: String,
    /// What the page calls the component.
    pub component: String,
    /// What the page calls the number: `Most workers`, `Circuit breaker: stays open`.
    pub label: String,
    pub unit: &'static str,
    /// What it is in the design; `None` where it has no limit.
    pub now: Option<f64>,
    /// The catalogue's range.
    pub least: f64,
    pub most: f64,
    pub whole: bool,
    /// The useful part of the range, where the catalogue knows one.
    useful: Option<(f64, f64)>,
}

/// From … to … in so many values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    pub from: f64,
    pub to: f64,
    pub values: usize,
}

/// One factor with its levels, in rising order.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    pub factor: Factor,
    pub levels: Vec<f64>,
}

/// Everything that can be varied, what matters most first: pools, then the API, then what is left, each in the catalogue's order.
pub fn factors(design: &Design, scenario: &Scenario) -> Vec<Factor> {
    let mut nodes: Vec<&Rc<Node>> = design.nodes.iter().collect();
    crate::order::sort_by_key(&mut nodes, |node| node.kind.kind().sweep_rank);
    let mut found = Vec::new();
    for node in nodes {
        let params = node.kind.kind().params.iter().enumerate();
        for (index, param) in params.filter(|(_, p)| scenario.given(node.kind, p.key).is_none()) {
            let mut walk = Walk { node, starts_at_s: scenario.starts_at_s, found: &mut found };
            // What comes first in a kind is what it is about: its parts need no other name before theirs.
            let before = if index == 0 { String::new() } else { format!("{}: ", param.label()) };
            walk.at(param, &node.param(param.key), param.key.to_owned(), param.label().to_owned(), &before);
        }
    }
    found
}

/// The factor that a learner most likely came for: how many workers there are, or else the first.
pub fn first_choice(factors: &[Factor]) -> Option<&Factor> {
    let of = |path: &str| factors.iter().find(|f| f.path == path);
    of("scaling.max").or_else(|| of("scaling.workers")).or(factors.first())
}

struct Walk<'a> {
    node: &'a Node,
    starts_at_s: u32,
    found: &'a mut Vec<Factor>,
}

impl Walk<'_> {
    fn at(&mut self, param: &Param, value: &Value, path: String, label: String, before: &str) {
        let part = |field: &Param| {
            if before.is_empty() { field.label().to_owned() } else { format!("{before}{}", lower_first(field.label())) }
        };
        match &param.shape {
            Shape::Whole { min, max, .. } => self.found(param, value, path, label, (*min as f64, *max as f64, true)),
            Shape::Real { min, max, .. } => self.found(param, value, path, label, (*min, *max, false)),
            Shape::Positive { max } => self.found(param, value, path, label, (f64::MIN_POSITIVE, *max, false)),
            Shape::Tagged { tag, variants } => {
                let key = value.get(tag).and_then(Value::text);
                for field in variants.iter().find(|v| Some(v.key) == key).map_or(&[][..], |v| v.fields) {
                    self.field(field, value, &path, part(field), before);
                }
            }
            Shape::Fields { fields } => {
                for field in *fields {
                    self.field(field, value, &path, part(field), before);
                }
            }
            Shape::Steps { fields } => {
                for (index, step) in value.list().unwrap_or_default().iter().enumerate().take(MOST_STEPS) {
                    let at_s = step.get("at_s").and_then(Value::number).unwrap_or(0.0);
                    let clock = format::clock(f64::from(self.starts_at_s) + at_s);
                    for field in *fields {
                        let label = lower_first(field.label());
                        let label = say!("sizes.schedule_step", n = index + 1, clock, label);
                        self.field(field, step, &format!("{path}.{index}"), label, before);
                    }
                }
            }
            Shape::Flag | Shape::Choice(_) => {}
        }
    }

    fn field(&mut self, field: &Param, whole: &Value, path: &str, label: String, before: &str) {
        if let Some(value) = whole.get(field.key) {
            self.at(field, value, format!("{path}.{}", field.key), label, before);
        }
    }

    fn found(
        &mut self,
        param: &Param,
        value: &Value,
        path: String,
        label: String,
        (least, most, whole): (f64, f64, bool),
    ) {
        self.found.push(Factor {
            node: self.node.id.clone(),
            path,
            component: self.node.name().to_owned(),
            label,
            unit: param.unit(),
            now: value.number(),
            least,
            most,
            whole,
            useful: param.slider.map(|(from, to, _)| (from, to)),
        });
    }
}

impl Factor {
    /// Its id: that of no other of a design.
    pub fn key(&self) -> String {
        format!("{} {}", self.node, self.path)
    }

    /// `Consumers: most workers`.
    pub fn name(&self) -> String {
        format!("{}: {}", self.component, lower_first(&self.label))
    }

    /// A level in words: `90`, `2 500 ms`.
    pub fn write(&self, level: f64) -> String {
        let number = format::number(level, 3);
        if self.unit.is_empty() { number } else { format!("{number}{}{}", format::NBSP, self.unit) }
    }

    /// A level with its name: `Most workers 90`.
    pub fn told(&self, level: f64) -> String {
        format!("{} {}", self.label, self.write(level))
    }

    /// A range to begin with: the useful part of the catalogue's range, or from half to twice what it is now; in round steps that meet what it
    /// is now.
    pub fn suggest(&self) -> Range {
        let (low, high) = match (self.now, self.useful) {
            (Some(now), Some((low, high))) if now >= low && now <= high => (low, high),
            (None, Some(useful)) => useful,
            (Some(now), _) if now > 0.0 => (now / 2.0, now * 2.0),
            _ => (self.least, self.least + 10.0),
        };
        let (low, high) = (low.max(self.least), high.min(self.most));
        let step = round_up((high - low) / MOST_VALUES as f64);
        let step = if self.whole { step.max(1.0) } else { step };
        let start = self.now.unwrap_or_else(|| libm::ceil(low / step) * step);
        let below = libm::floor((start - low) / step + 1e-9).max(0.0);
        let above = libm::floor((high - start) / step + 1e-9).max(0.0).min((MOST_VALUES - 1) as f64 - below);
        let values = (below + above) as usize + 1;
        Range { from: tidy(start - below * step), to: tidy(start + above * step), values: values.max(1) }
    }

    /// Whether the number may be this at all; otherwise what is allowed. `what` names the end of the range.
    pub fn allows(&self, what: &str, value: f64) -> Result<(), String> {
        if value >= self.least && value <= self.most && (!self.whole || libm::floor(value) == value) {
            return Ok(());
        }
        let (n, least, most) = (grouped(value), grouped(tidy(self.least)), grouped(self.most));
        Err(match self.whole {
            true => say!("sizes.not_allowed_whole", what, n, least, most),
            false => say!("sizes.not_allowed", what, n, least, most),
        })
    }

    /// The levels of a range, evenly apart; or what is wrong with it and what is allowed. Whole numbers that come out the same are one.
    pub fn levels(&self, range: Range) -> Result<Vec<f64>, String> {
        let Range { from, to, values } = range;
        self.allows(say!("sizes.from"), from)?;
        self.allows(say!("sizes.to"), to)?;
        allows_values(values as f64)?;
        if to <= from {
            return Err(say!("sizes.to_above_from", n = grouped(to), from = grouped(from)));
        }
        let step = (to - from) / (values - 1) as f64;
        let level = |index: usize| match (index + 1 == values, self.whole) {
            (true, _) => to,
            (_, true) => libm::round(from + index as f64 * step),
            _ => tidy(from + index as f64 * step),
        };
        let mut levels: Vec<f64> = (0..values).map(level).collect();
        levels.dedup();
        Ok(levels)
    }
}

/// Whether a range may have so many values; otherwise what is allowed.
pub fn allows_values(values: f64) -> Result<(), String> {
    if values.fract() == 0.0 && (2.0..=MOST_VALUES as f64).contains(&values) {
        return Ok(());
    }
    Err(say!("sizes.values", n = grouped(values), most = MOST_VALUES))
}

/// The design with these numbers in it, checked against the catalogue once all of them are; or why it can't be.
pub fn design_with(design: &Design, numbers: &[(&Factor, f64)]) -> Result<Design, String> {
    let mut next = design.clone();
    // Whole parameters by node and key: two numbers may be parts of one, and only both together be in order.
    let mut touched: Vec<(usize, &'static str, Value)> = Vec::new();
    for (factor, level) in numbers {
        let gone = || say!("sizes.gone", name = factor.name());
        let node = next.nodes.iter().position(|n| n.id == factor.node).ok_or_else(gone)?;
        let mut places = factor.path.split('.');
        let param = next.nodes[node].kind.kind().param(places.next().unwrap_or_default()).ok_or_else(gone)?;
        let at = match touched.iter().position(|(n, key, _)| (*n, *key) == (node, param.key)) {
            Some(at) => at,
            None => {
                touched.push((node, param.key, next.nodes[node].param(param.key)));
                touched.len() - 1
            }
        };
        put(&mut touched[at].2, &places.collect::<Vec<_>>(), *level).ok_or_else(gone)?;
    }
    for (node, key, value) in touched {
        let told = || numbers.iter().map(|(f, level)| f.told(*level)).collect::<Vec<_>>().join(", ");
        Rc::make_mut(&mut next.nodes[node]).set_param(key, value).map_err(|why| format!("{}: {why}", told()))?;
    }
    Ok(next)
}

/// Puts a number at a place inside a value; `None` if there is no such place.
fn put(value: &mut Value, places: &[&str], level: f64) -> Option<()> {
    let Some((first, rest)) = places.split_first() else {
        *value = Value::Number(level);
        return Some(());
    };
    let inner = match value {
        Value::Map(fields) => &mut fields.iter_mut().find(|(key, _)| key == first)?.1,
        Value::List(items) => items.get_mut(first.parse::<usize>().ok()?)?,
        _ => return None,
    };
    put(inner, rest, level)
}

/// The smallest of 1, 2, 5 × 10ⁿ that is not below `value`.
fn round_up(value: f64) -> f64 {
    if !(value > 0.0 && value.is_finite()) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(value)));
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|f| f * power >= value * 0.999_999);
    factor.unwrap_or(10.0) * power
}

/// Without the dust of binary fractions.
fn tidy(value: f64) -> f64 {
    libm::round(value * 1e6) / 1e6
}
