//! Figures that are parameters: `consumers.timeout_ms`, `consumers.breaker.open_s`, and what is chosen: `queue.overflow.reject`,
//! `queue.capacity.none`, `consumers.scaling.demand`, which are 1 or 0.
//!
//! Of several components of a kind the first one counts. Times are shown as times.

use super::{Named, Shows, Source};
use crate::design::Design;
use crate::design::compile::effective;
use crate::kata::Analysis;
use crate::kinds::{KINDS, KindId, Param, Shape, Value};
use engine::measure::Unit;

/// What of a parameter is asked for.
#[derive(Clone, Copy, Debug)]
pub struct ParamFigure {
    kind: KindId,
    param: &'static Param,
    part: Part,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Itself,
    Field(&'static Param),
    /// 1 if it is this choice, of this tag where it has one.
    Is(&'static str, Option<&'static str>),
    /// 1 if there is no value.
    Absent,
}

/// The figure of a key with points in it.
pub fn named(key: &str) -> Option<Named> {
    let mut parts = key.split('.');
    let (kind, name, rest) = (parts.next()?, parts.next()?, parts.next());
    let kind = KINDS.iter().find(|own| own.key == kind).filter(|_| parts.next().is_none())?;
    let param = kind.param(name)?;
    let part = match rest {
        None => Part::Itself,
        Some("none") if may_be_absent(&param.shape) => Part::Absent,
        Some(rest) => part(&param.shape, rest)?,
    };
    let leaf = match part {
        Part::Itself => param,
        Part::Field(field) => field,
        Part::Is(..) | Part::Absent => return Some(of(kind.id, param, part, Shows::Number, param.key)),
    };
    let shows = match leaf.shape {
        Shape::Whole { .. } | Shape::Real { .. } | Shape::Positive { .. } => shown(leaf.unit()),
        _ => return None,
    };
    Some(of(kind.id, param, part, shows, leaf.key))
}

fn of(kind: KindId, param: &'static Param, part: Part, shows: Shows, key: &'static str) -> Named {
    Named { key, shows, source: Source::Param(ParamFigure { kind, param, part }) }
}

fn shown(unit: &str) -> Shows {
    match unit {
        "ms" => Shows::Metric(Unit::Millis),
        "s" => Shows::Seconds,
        _ => Shows::Number,
    }
}

fn may_be_absent(shape: &Shape) -> bool {
    matches!(shape, Shape::Fields { .. }) || shape.nullable_range().is_some()
}

fn part(shape: &Shape, rest: &str) -> Option<Part> {
    match shape {
        Shape::Choice(choices) => choices.iter().find(|(key, _)| *key == rest).map(|(key, _)| Part::Is(key, None)),
        Shape::Fields { fields } => fields.iter().find(|field| field.key == rest).map(Part::Field),
        Shape::Tagged { tag, variants } => {
            let chosen = variants.iter().find(|variant| variant.key == rest).map(|variant| variant.key);
            let field = || variants.iter().flat_map(|variant| variant.fields).find(|field| field.key == rest);
            chosen.map(|key| Part::Is(key, Some(tag))).or_else(|| field().map(Part::Field))
        }
        _ => None,
    }
}

impl ParamFigure {
    /// The value in a design; `None` where there is no such component or no such number.
    pub fn of(&self, analysis: &Analysis) -> Option<f64> {
        let design: &Design = &analysis.design;
        let node = design.nodes.iter().find(|node| node.kind == self.kind)?;
        let value = effective(node, &analysis.scenario.given, self.param.key);
        match self.part {
            Part::Itself => value.number(),
            Part::Field(field) => value.get(field.key)?.number(),
            Part::Is(key, None) => Some(f64::from(value.text() == Some(key))),
            Part::Is(key, Some(tag)) => Some(f64::from(value.get(tag).and_then(Value::text) == Some(key))),
            Part::Absent => Some(f64::from(value.is_null())),
        }
    }
}
