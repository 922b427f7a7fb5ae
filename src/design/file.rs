//! Design files: reading with every fault at once, writing.
//!
//! What is read is complete and within the catalogue's ranges, and every edge is one the model allows; whether it can run is for `compile`.
//! What is wrong comes back as [`Problem`]s with their places in the file, never as a panic and never as a silent correction.
//! A file too large, or with too many nodes or edges, is refused before anything is built from it.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Design, Edge, Location, MAX_EDGES, MAX_NODES, MAX_WEIGHT, Node, Problem, layout};
use crate::kinds::check::{all_of, why_not, words};
use crate::kinds::{KINDS, KindId, Shape, Value};

pub mod faults;
pub mod json;

use faults::{Faults, Object, name, quoted};
use json::Json;

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

/// Reads a design file. On failure: every problem, with its place in the file.
pub fn read(text: &str) -> Result<Design, Vec<Problem>> {
    let json = Json::parse(text).map_err(|problem| vec![problem])?;
    let mut faults = Faults::default();
    let design = read_design(&json, &mut faults);
    match design {
        Some(design) if faults.is_empty() => Ok(design),
        _ => Err(faults.finish()),
    }
}

/// Reads a design that stands inside another file, such as a link's payload. Faults are added with paths from the design's own top.
pub fn read_design(json: &Json, faults: &mut Faults) -> Option<Design> {
    let top = Object::any(json, "", faults)?;
    if !top.head(FORMAT, VERSION, faults) {
        return None;
    }
    json.examine(faults);
    top.only(&["format", "version", "name", "nodes", "edges"], faults);
    let name = name(&top, faults).unwrap_or_default();
    top.needed("nodes", "a list of components", faults);
    top.needed("edges", "a list of connections", faults);
    let node_list = top.list("nodes", MAX_NODES, faults);
    let edge_list = top.list("edges", MAX_EDGES, faults);
    let counted = |key, read: &[Json]| matches!(top.get(key), Some(Json::List(all)) if all.len() == read.len());
    let mut seen = Seen::default();
    let mut nodes = Vec::new();
    for (index, json) in node_list.iter().enumerate() {
        nodes.extend(read_node(json, &format!("nodes[{index}]"), &mut seen, faults));
    }
    let mut edges = Vec::new();
    if counted("nodes", node_list) {
        for (index, json) in edge_list.iter().enumerate() {
            edges.extend(read_edge(json, &format!("edges[{index}]"), &mut seen, faults));
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

fn read_node(json: &Json, path: &str, seen: &mut Seen, faults: &mut Faults) -> Option<Placed> {
    let object = Object::new(json, path, &["id", "kind", "label", "x", "y", "params"], faults)?;
    let id = object.needed_text("id", MAX_ID, faults);
    let kind = read_kind(&object, faults);
    if let Some(id) = id {
        if seen.ids.iter().any(|(known, _)| known == id) {
            let text = format!("{} is not allowed; allowed: an id that no other node has.", quoted(id));
            faults.add("duplicate-id", &object.at("id"), text);
        } else {
            seen.ids.push((id.to_owned(), kind));
        }
    }
    // An empty label is none: the page shows the kind's name.
    let label = object.text("label", 0, MAX_NAME, faults).filter(|label| !label.is_empty());
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
    let json = object.needed("kind", &known, faults)?;
    let kind = match json {
        Json::Text(key) => KindId::from_key(key),
        _ => None,
    };
    if kind.is_none() {
        faults.add("unknown-kind", &object.at("kind"), format!("{} is unknown; allowed: {known}.", json.shown()));
    }
    kind
}

/// Reads the parameters of a kind: those that are there, in the catalogue's order.
pub fn read_params(kind: KindId, json: &Json, path: &str, faults: &mut Faults) -> Vec<(&'static str, Value)> {
    let known: Vec<_> = kind.kind().params.iter().map(|p| p.key).collect();
    let Some(object) = Object::any(json, path, faults) else { return Vec::new() };
    for (key, _) in object.fields.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
        let text = match known.as_slice() {
            [] => format!("is not a known parameter; {} has none.", kind.kind().name),
            _ => format!("is not a known parameter; {} has {}.", kind.kind().name, all_of(known.iter().copied())),
        };
        faults.add("unknown-field", &object.at(key), text);
    }
    let mut params = Vec::new();
    for param in kind.kind().params {
        if let Some(value) = object.value(param.key, &param.shape, faults) {
            params.push((param.key, param.shape.ordered(value)));
        }
    }
    params
}

fn read_edge(json: &Json, path: &str, seen: &mut Seen, faults: &mut Faults) -> Option<Edge> {
    let object = Object::new(json, path, &["from", "to", "weight"], faults)?;
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
        let text = format!("{} → {} is not allowed. {}", quoted(from), quoted(to), why_not(a, b));
        faults.add("edge-not-allowed", path, text);
    }
    if !seen.edges.insert((from.to_owned(), to.to_owned())) {
        let text = format!("{} → {} stands twice; allowed: once.", quoted(from), quoted(to));
        faults.add("duplicate-edge", path, text);
    }
    Some(Edge { from: from.into(), to: to.into(), weight: weight? })
}

/// One end of an edge: the id and, if it could be read, the kind of the node there.
fn read_end<'a>(object: &Object<'a>, key: &str, seen: &Seen, faults: &mut Faults) -> Option<(&'a str, Option<KindId>)> {
    let id = object.needed_text(key, MAX_ID, faults)?;
    let Some((_, kind)) = seen.ids.iter().find(|(known, _)| known == id) else {
        let ids = seen.ids.iter().take(20).map(|(id, _)| id.as_str());
        let allowed = match seen.ids.len() {
            0 => "there are none".to_owned(),
            1..=20 => words(ids),
            more => format!("one of the {more} ids under nodes"),
        };
        let text = format!("{} is no node of this file; allowed: {allowed}.", quoted(id));
        faults.add("edge-to-nowhere", &object.at(key), text);
        return None;
    };
    Some((id, *kind))
}

/// Writes a design file: pretty JSON that [`read`] reads back to the same design.
pub fn write(design: &Design) -> String {
    let mut text = serde_json::to_string_pretty(&FileForm(design)).expect("a design is JSON");
    text.push('\n');
    text
}

/// Writes a design file without spaces, for links.
pub fn write_compact(design: &Design) -> String {
    serde_json::to_string(&FileForm(design)).expect("a design is JSON")
}

struct FileForm<'a>(&'a Design);
struct Nodes<'a>(&'a [Rc<Node>]);
struct NodeForm<'a>(&'a Node);
struct Params<'a>(&'a [(&'static str, Value)]);
struct Edges<'a>(&'a [Edge]);
struct EdgeForm<'a>(&'a Edge);

impl Serialize for FileForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", FORMAT)?;
        map.serialize_entry("version", &VERSION)?;
        if !self.0.name.is_empty() {
            map.serialize_entry("name", &*self.0.name)?;
        }
        map.serialize_entry("nodes", &Nodes(&self.0.nodes))?;
        map.serialize_entry("edges", &Edges(&self.0.edges))?;
        map.end()
    }
}

impl Serialize for Nodes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for node in self.0 {
            list.serialize_element(&NodeForm(node))?;
        }
        list.end()
    }
}

impl Serialize for NodeForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &*self.0.id)?;
        map.serialize_entry("kind", self.0.kind.kind().key)?;
        if let Some(label) = self.0.label.as_ref().filter(|label| !label.is_empty()) {
            map.serialize_entry("label", &**label)?;
        }
        map.serialize_entry("x", &Value::Number(self.0.x))?;
        map.serialize_entry("y", &Value::Number(self.0.y))?;
        if !self.0.params.is_empty() {
            map.serialize_entry("params", &Params(&self.0.params))?;
        }
        map.end()
    }
}

impl Serialize for Params<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Serialize for Edges<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for edge in self.0 {
            list.serialize_element(&EdgeForm(edge))?;
        }
        list.end()
    }
}

impl Serialize for EdgeForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("from", &*self.0.from)?;
        map.serialize_entry("to", &*self.0.to)?;
        if self.0.weight != 1.0 {
            map.serialize_entry("weight", &Value::Number(self.0.weight))?;
        }
        map.end()
    }
}
