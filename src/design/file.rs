//! Design files: reading with every fault at once, writing.
//!
//! What is read is complete and within the catalogue's ranges, and every edge is one the model allows; whether it can run is for `compile`.
//! What is wrong comes back as [`Problem`]s with their places in the file, never as a panic and never as a silent correction.
//! A file too large, or with too many nodes or edges, is refused before anything is built from it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Code, Design, Edge, Location, MAX_EDGES, MAX_NODES, MAX_WEIGHT, Node, Problem, layout};
use crate::json::{self, Value};
use crate::kinds::check::{all_of, grouped, why_not, words};
use crate::kinds::{KINDS, KindId, Shape};
use crate::letters::visible;
use crate::say;

pub mod faults;

use faults::{Faults, Object, name, quoted, whole};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// The longest id, in characters.
pub const MAX_ID: usize = 100;
/// The longest name or label, in characters.
pub const MAX_NAME: usize = 200;
/// How far from the origin a node may lie.
pub const MAX_POSITION: f64 = 1_000_000.0;

const FORMAT: &str = "waiting-room/design";
const VERSION: u32 = 1;
const POSITION: Shape = Shape::Real { min: -MAX_POSITION, max: MAX_POSITION, nullable: false };
const WEIGHT: Shape = Shape::Positive { max: MAX_WEIGHT };

/// Reads the text of any file as JSON.
///
/// # Errors
/// If it is too long, or no JSON: with line and column.
pub fn parse(text: &str) -> Result<Value, Problem> {
    if text.len() > MAX_BYTES {
        let (bytes, most) = (grouped(text.len() as f64), grouped(MAX_BYTES as f64));
        let text = say!("file.too_large", bytes, most);
        return Err(Problem::error(Code::FileTooLarge, Location::Whole, text));
    }
    json::read(text).map_err(|fault| Problem::error(Code::NotJson, Location::Whole, fault.to_string()))
}

/// Reads a design file.
///
/// # Errors
/// Every problem, with its place in the file; see [`Code`].
///
/// ```
/// use waiting_room::design::{Code, file};
///
/// let text = r#"{"format":"waiting-room/design","version":1,"nodes":[{"id":"a","kind":"api","params":{"threads":0}}],"edges":[]}"#;
/// let problems = file::read(text).unwrap_err();
/// assert_eq!(problems[0].code, Code::NotAllowed);
/// assert_eq!(problems[0].place.to_string(), "nodes[0].params.threads");
/// assert!(file::read(&text.replace(":0}", ":16}")).is_ok());
/// ```
pub fn read(text: &str) -> Result<Design, Vec<Problem>> {
    from_value(&parse(text).map_err(|problem| vec![problem])?)
}

/// Reads a design that stands inside another file, such as a stored text; places are paths from the design's own top.
///
/// # Errors
/// As [`read`].
pub fn from_value(value: &Value) -> Result<Design, Vec<Problem>> {
    whole(value, read_design)
}

fn read_design(value: &Value, faults: &mut Faults) -> Option<Design> {
    let top = Object::any(value, "", faults)?;
    if !top.head(FORMAT, VERSION, faults) {
        return None;
    }
    faults.examine(value);
    top.only(&["format", "version", "name", "nodes", "edges"], faults);
    let name = name(&top, "name", faults).unwrap_or_default();
    top.needed("nodes", say!("file.components"), faults);
    top.needed("edges", say!("file.connections"), faults);
    let node_list = top.list("nodes", MAX_NODES, faults);
    let edge_list = top.list("edges", MAX_EDGES, faults);
    let counted = |key, read: &[Value]| matches!(top.get(key), Some(Value::List(all)) if all.len() == read.len());
    let mut seen = Seen::default();
    let mut nodes = Vec::new();
    for (index, value) in node_list.iter().enumerate() {
        nodes.extend(read_node(value, &format!("nodes[{index}]"), &mut seen, faults));
    }
    let mut edges = Vec::new();
    if counted("nodes", node_list) {
        for (index, value) in edge_list.iter().enumerate() {
            edges.extend(read_edge(value, &format!("edges[{index}]"), &mut seen, faults));
        }
    }
    let mut design = Design { name: name.into(), nodes: Vec::new(), edges };
    let places: Vec<_> = nodes.iter().map(|(_, x, y)| (*x, *y)).collect();
    design.nodes = nodes.into_iter().map(|(node, _, _)| Rc::new(node)).collect();
    layout::fill_in(&mut design, &places);
    Some(design)
}

/// The ids and connections met so far.
#[derive(Default)]
struct Seen {
    /// Every id with its kind, if that could be read.
    ids: Vec<(String, Option<KindId>)>,
    edges: BTreeSet<(String, String)>,
}

/// A node and, where the file has them, its coordinates.
type Placed = (Node, Option<f64>, Option<f64>);

fn read_node(value: &Value, path: &str, seen: &mut Seen, faults: &mut Faults) -> Option<Placed> {
    let object = Object::new(value, path, &["id", "kind", "label", "x", "y", "params"], faults)?;
    let id = object.needed_text("id", MAX_ID, faults);
    let kind = read_kind(&object, faults);
    if let Some(id) = id {
        if visible(id) != id {
            let text = say!("file.unseen_letter", id = quoted(id));
            faults.add(Code::NotAllowed, &object.at("id"), text);
        }
        if seen.ids.iter().any(|(known, _)| known == id) {
            let text = say!("shape.not_allowed", value = quoted(id), allowed = say!("file.own_id"));
            faults.add(Code::DuplicateId, &object.at("id"), text);
        } else {
            seen.ids.push((id.to_owned(), kind));
        }
    }
    // A label with nothing to see is none: the page shows the kind's name.
    let label = name(&object, "label", faults).filter(|label| !label.trim().is_empty());
    let x = object.number("x", &POSITION, faults);
    let y = object.number("y", &POSITION, faults);
    let params = match (kind, object.get("params")) {
        (Some(kind), Some(params)) => read_params(kind, params, &object.at("params"), faults),
        _ => Vec::new(),
    };
    let mut node = Node::new(id?.into(), kind?, 0.0, 0.0);
    node.label = label.map(Rc::from);
    node.params = params;
    Some((node, x, y))
}

fn read_kind(object: &Object<'_>, faults: &mut Faults) -> Option<KindId> {
    let known = words(KINDS.iter().map(|k| k.key));
    let value = object.needed("kind", &known, faults)?;
    let kind = match value {
        Value::Text(key) => KindId::from_key(key),
        _ => None,
    };
    if kind.is_none() {
        faults.add(
            Code::UnknownKind,
            &object.at("kind"),
            say!("shape.unknown", value = value.shown(), allowed = known),
        );
    }
    kind
}

/// Reads the parameters of a kind: those that are there, in the catalogue's order.
pub fn read_params(kind: KindId, value: &Value, path: &str, faults: &mut Faults) -> Vec<(&'static str, Value)> {
    let known: Vec<_> = kind.kind().params.iter().map(|p| p.key).collect();
    let Some(object) = Object::any(value, path, faults) else { return Vec::new() };
    for (key, _) in object.fields.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
        let text = match known.as_slice() {
            [] => say!("file.no_parameters", kind = kind.kind().name()),
            _ => say!("file.parameters", kind = kind.kind().name(), known = all_of(known.iter().copied())),
        };
        faults.add(Code::UnknownField, &object.at(key), text);
    }
    let mut params = Vec::new();
    for param in kind.kind().params {
        if let Some(value) = object.value(param.key, &param.shape, faults) {
            params.push((param.key, param.shape.ordered(value)));
        }
    }
    params
}

fn read_edge(value: &Value, path: &str, seen: &mut Seen, faults: &mut Faults) -> Option<Edge> {
    let object = Object::new(value, path, &["from", "to", "weight"], faults)?;
    let weight = match object.get("weight") {
        Some(_) => object.number("weight", &WEIGHT, faults),
        None => Some(1.0),
    };
    let from = read_end(&object, "from", seen, faults);
    let to = read_end(&object, "to", seen, faults);
    let ((from, from_kind), (to, to_kind)) = (from?, to?);
    if let (Some(a), Some(b)) = (from_kind, to_kind)
        && !a.may_point_to(b)
    {
        let text = say!("file.edge", from = quoted(from), to = quoted(to), why = why_not(a, b));
        faults.add(Code::EdgeNotAllowed, path, text);
    }
    if !seen.edges.insert((from.to_owned(), to.to_owned())) {
        let text = say!("file.edge_twice", from = quoted(from), to = quoted(to));
        faults.add(Code::DuplicateEdge, path, text);
    }
    Some(Edge { from: from.into(), to: to.into(), weight: weight? })
}

/// One end of an edge: the id and, if it could be read, the kind of the node there.
fn read_end<'a>(object: &Object<'a>, key: &str, seen: &Seen, faults: &mut Faults) -> Option<(&'a str, Option<KindId>)> {
    let id = object.needed_text(key, MAX_ID, faults)?;
    let Some((_, kind)) = seen.ids.iter().find(|(known, _)| known == id) else {
        let ids = seen.ids.iter().take(20).map(|(id, _)| id.as_str());
        let allowed = match seen.ids.len() {
            0 => say!("file.none").to_owned(),
            1..=20 => words(ids),
            more => say!("file.one_of", n = more),
        };
        let text = say!("file.no_node", id = quoted(id), allowed);
        faults.add(Code::EdgeToNowhere, &object.at(key), text);
        return None;
    };
    Some((id, *kind))
}

/// Writes a design file: pretty JSON that [`read`] reads back to the same design.
pub fn write(design: &Design) -> String {
    to_value(design).json_pretty()
        + "
"
}

/// Writes a design file without spaces, for links.
pub fn write_compact(design: &Design) -> String {
    to_value(design).json()
}

/// The design as its file has it, to stand inside another file: [`from_value`] reads it back.
pub fn to_value(design: &Design) -> Value {
    let mut top = vec![("format".to_owned(), FORMAT.into()), ("version".to_owned(), Value::from(u64::from(VERSION)))];
    if !design.name.is_empty() {
        top.push(("name".to_owned(), (&*design.name).into()));
    }
    top.push(("nodes".to_owned(), design.nodes.iter().map(|node| node_value(node)).collect()));
    top.push(("edges".to_owned(), design.edges.iter().map(edge_value).collect()));
    Value::Map(top)
}

fn node_value(node: &Node) -> Value {
    let mut fields = vec![("id".to_owned(), (&*node.id).into()), ("kind".to_owned(), node.kind.kind().key.into())];
    if let Some(label) = node.label.as_ref().filter(|label| !label.is_empty()) {
        fields.push(("label".to_owned(), (&**label).into()));
    }
    fields.push(("x".to_owned(), node.x.into()));
    fields.push(("y".to_owned(), node.y.into()));
    if !node.params.is_empty() {
        fields.push(("params".to_owned(), params_value(node)));
    }
    Value::Map(fields)
}

/// A component's own parameters as its file has them.
pub fn params_value(node: &Node) -> Value {
    Value::Map(node.params.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

fn edge_value(edge: &Edge) -> Value {
    let mut fields = vec![("from".to_owned(), (&*edge.from).into()), ("to".to_owned(), (&*edge.to).into())];
    if edge.weight != 1.0 {
        fields.push(("weight".to_owned(), edge.weight.into()));
    }
    Value::Map(fields)
}
