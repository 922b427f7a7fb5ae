//! The kata's designs by name, changed by one number or one component; and texts with plain spaces.

use waiting_room::design::{Design, Edit};
use waiting_room::kata::builtin;
use waiting_room::kinds::Value;

pub fn design(id: &str) -> Design {
    builtin::design(id).expect("built in").design()
}

/// One parameter, `node.param`, becomes what this JSON says.
pub fn set(design: &Design, path: &str, json: &str) -> Design {
    let (node, path) = path.split_once('.').expect("node.param");
    let edit = Edit::SetParam { node: node.into(), path: path.to_owned(), value: Value::literal(json) };
    edit.apply(design).expect("an allowed value")
}

pub fn without(design: &Design, nodes: &[&str]) -> Design {
    let nodes = nodes.iter().map(|node| (*node).into()).collect();
    Edit::Remove { nodes, edges: Vec::new() }.apply(design).expect("removed")
}

/// Text with plain spaces before units and between thousands.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
