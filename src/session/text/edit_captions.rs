//! What an edit is called in the undo list and in notices: `Move Queue`, `Set Threads per instance of Booking API`.

pub use crate::lang::lower_first;
pub use crate::vocabulary::upper_first;

use crate::design::{Design, Edit, Node};
use crate::kinds::check::grouped;
use crate::kinds::{Param, Shape, Value, Variant};
use crate::say;

/// The words for `edit`, which is about to be applied to `design`.
pub fn of(edit: &Edit, design: &Design) -> String {
    let name = |id: &str| design.node(id).map_or_else(|| id.to_owned(), |n| n.name().to_owned());
    let several = |ids: &[crate::design::NodeId]| match ids {
        [one] => name(one),
        many => say!("caption.components", n = many.len()),
    };
    match edit {
        Edit::Add { node } => say!("caption.add", what = node.name()),
        Edit::AddAll { nodes, .. } if nodes.len() == 1 => say!("caption.add", what = nodes[0].name()),
        Edit::AddAll { nodes, .. } => say!("caption.add", what = say!("caption.components", n = nodes.len())),
        Edit::Insert { node, from, to } => {
            say!("caption.insert", what = node.name(), from = name(from), to = name(to))
        }
        Edit::Remove { nodes, edges } => match (nodes.as_slice(), edges.as_slice()) {
            ([], [(from, to)]) => say!("caption.delete_connection", from = name(from), to = name(to)),
            ([], edges) => say!("caption.delete_connections", n = edges.len()),
            (nodes, _) => say!("caption.delete", what = several(nodes)),
        },
        Edit::Move { nodes, .. } => say!("caption.move", what = several(nodes)),
        Edit::Place { places } => match places.as_slice() {
            [(one, _)] => say!("caption.move", what = name(one)),
            many => say!("caption.move", what = say!("caption.components", n = many.len())),
        },
        Edit::Connect { from, to } => say!("caption.connect", from = name(from), to = name(to)),
        Edit::SetWeight { from, to, .. } => say!("caption.set_weight", from = name(from), to = name(to)),
        Edit::SetParam { node, path, .. } => {
            say!("caption.set_param", param = param_label(design, node, path), name = name(node))
        }
        Edit::ResetParam { node, path } => {
            say!("caption.reset_param", param = param_label(design, node, path), name = name(node))
        }
        Edit::Rename { node, .. } => say!("caption.rename", name = name(node)),
        Edit::SetName { .. } => say!("caption.name_design").to_owned(),
        Edit::Replace { .. } => say!("caption.replace_design").to_owned(),
        // The first is what the others are for.
        Edit::Several(edits) => edits.first().map_or(String::new(), |first| of(first, design)),
    }
}

fn param_label(design: &Design, node: &str, path: &str) -> String {
    let key = path.split('.').next().unwrap_or(path);
    let param = design.node(node).and_then(|n| n.kind.kind().param(key));
    param.map_or_else(|| path.to_owned(), |p| p.label().to_owned())
}

/// What a change of parameters did: `Consumers: most workers 60 → 90`.
pub fn changed(before: &Node, after: &Node) -> String {
    let parts: Vec<String> = changes(before, after).iter().map(ParamChange::words).collect();
    match parts.len() {
        0 => say!("caption.as_before", name = after.name()),
        _ => format!("{}: {}", after.name(), parts.join(", ")),
    }
}

/// A parameter, or a part of one, that is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamChange {
    /// For the middle of a sentence: `most workers`.
    pub label: String,
    /// Before and after, in a word or two; `None` for values with parts of their own.
    pub values: Option<(String, String)>,
}

impl ParamChange {
    /// `most workers 60 → 90`.
    pub fn words(&self) -> String {
        match &self.values {
            Some((before, after)) => format!("{} {before} → {after}", self.label),
            None => say!("caption.changed", label = self.label),
        }
    }
}

/// The parameters in which a component differs from what it was, in the order of its form.
pub fn changes(before: &Node, after: &Node) -> Vec<ParamChange> {
    let mut parts = Vec::new();
    for param in after.kind.kind().params {
        differences(param, &before.param(param.key), &after.param(param.key), &mut parts);
    }
    parts
}

/// How a parameter differs, in words; part by part where it has the same parts.
fn differences(param: &Param, before: &Value, after: &Value, parts: &mut Vec<ParamChange>) {
    if before == after {
        return;
    }
    let fields: &[Param] = match &param.shape {
        Shape::Tagged { tag, variants } if before.get(tag) == after.get(tag) => {
            let now = after.get(tag).and_then(Value::text);
            variants.iter().find(|v| Some(v.key) == now).map_or(&[], |v| v.fields)
        }
        Shape::Fields { fields } if !before.is_null() && !after.is_null() => fields,
        _ => &[],
    };
    if fields.is_empty() {
        let values = brief(param, before).zip(brief(param, after));
        return parts.push(ParamChange { label: lower_first(param.label()), values });
    }
    for field in fields {
        if let (Some(before), Some(after)) = (before.get(field.key), after.get(field.key)) {
            differences(field, before, after, parts);
        }
    }
}

/// A value in a word or two; `None` for one with parts.
fn brief(param: &Param, value: &Value) -> Option<String> {
    let unit = if param.unit().is_empty() { String::new() } else { format!("\u{a0}{}", param.unit()) };
    Some(match (value, &param.shape) {
        (Value::Number(n), _) => format!("{}{unit}", grouped(*n)),
        (Value::Bool(true), _) | (Value::Map(_), Shape::Fields { .. }) => say!("caption.on").to_owned(),
        (Value::Bool(false), _) | (Value::Null, Shape::Fields { .. }) => say!("caption.off").to_owned(),
        (Value::Null, _) => say!("caption.none").to_owned(),
        (Value::Text(key), Shape::Choice(choices)) => {
            choices.iter().find(|(k, _)| k == key).map_or(key.clone(), |(_, label)| lower_first(label.get()))
        }
        (map @ Value::Map(_), Shape::Tagged { tag, variants }) => {
            let key = map.get(tag).and_then(Value::text)?;
            variant(variants.iter().find(|v| v.key == key)?, map)
        }
        _ => return None,
    })
}

/// A variant with its numbers: `fixed 20`, `by demand, 10–90`, `constant 10 ms`; with more of them the first, or how far they reach.
fn variant(variant: &Variant, value: &Value) -> String {
    let label = lower_first(variant.label());
    let number = |param: &Param| value.get(param.key).and_then(Value::number);
    let Some((first, from)) = variant.fields.first().and_then(|param| Some((param, number(param)?))) else {
        return label;
    };
    let unit = if first.unit().is_empty() { String::new() } else { format!("\u{a0}{}", first.unit()) };
    // The last of a pair, and of a schedule all that it comes to.
    let upper = variant.fields.iter().filter(|param| param.key.starts_with("max")).filter_map(number);
    let steps = variant.fields.iter().filter(|param| matches!(param.shape, Shape::Steps { .. }));
    let later = steps.filter_map(|param| value.get(param.key)?.list()).flatten();
    let all = upper.chain(later.filter_map(|step| step.get(first.key).and_then(Value::number)));
    let (least, most) = all.fold((from, from), |(least, most), n| (least.min(n), most.max(n)));
    match variant.fields.len() {
        1 => format!("{label} {}{unit}", grouped(from)),
        _ if least < most => format!("{label}, {}–{}{unit}", grouped(least), grouped(most)),
        _ => format!("{label}, {}{unit}", grouped(from)),
    }
}

/// Whether a component would take a value; otherwise why not, in the page's words: where a pair is the wrong way round, the other one is
/// called by its label.
pub fn allowed(node: &Node, path: &str, value: Value) -> Result<(), String> {
    let Err(why) = node.clone().set_param(path, value.clone()) else { return Ok(()) };
    Err(in_the_page(&wrong_way_round(node, path, &value).unwrap_or_else(|| why.into())))
}

/// What a file calls null has a tick in the page.
pub fn in_the_page(words: &str) -> String {
    words.replace(say!("shape.or_null"), say!("shape.or_no_limit"))
}

/// The words for a lowest value above its highest.
fn wrong_way_round(node: &Node, path: &str, value: &Value) -> Option<String> {
    let (key, field) = path.split_once('.')?;
    let param = node.kind.kind().param(key)?;
    let Shape::Tagged { tag, variants } = &param.shape else { return None };
    let whole = node.param(key);
    let variant = variants.iter().find(|v| whole.get(tag).and_then(Value::text) == Some(v.key))?;
    let said = |key: &str| {
        let (label, now) = (variant.fields.iter().find(|f| f.key == key)?.label(), whole.get(key)?.number()?);
        Some((label, grouped(now), now))
    };
    let typed = value.number()?;
    [("min_ms", "max_ms"), ("min", "max")].into_iter().find_map(|(low, high)| {
        if field == low {
            let (label, shown, most) = said(high)?;
            (typed > most).then(|| say!("caption.too_much", typed = grouped(typed), shown, label))
        } else if field == high {
            let (label, shown, least) = said(low)?;
            (typed < least).then(|| say!("caption.too_little", typed = grouped(typed), shown, label))
        } else {
            None
        }
    })
}

/// A distance in the words of the live region: `8 right`, `16 left and 8 down`.
pub fn distance(dx: f64, dy: f64) -> String {
    let across = match grouped(dx.abs()) {
        n if dx > 0.0 => say!("caption.right", n),
        n => say!("caption.left", n),
    };
    let along = match grouped(dy.abs()) {
        n if dy > 0.0 => say!("caption.down", n),
        n => say!("caption.up", n),
    };
    match (dx != 0.0, dy != 0.0) {
        (true, true) => say!("list.two", one = across, other = along),
        (true, false) => across,
        (false, true) => along,
        (false, false) => String::new(),
    }
}
