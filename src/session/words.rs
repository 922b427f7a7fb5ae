//! What an edit is called in the undo list and in notices: `Move Queue`, `Set Threads per instance of Booking API`.

use crate::design::{Design, Edit};

/// The words for `edit`, which is about to be applied to `design`.
pub fn of(edit: &Edit, design: &Design) -> String {
    let name = |id: &str| design.node(id).map_or_else(|| id.to_owned(), |n| n.name().to_owned());
    let several = |ids: &[crate::design::NodeId]| match ids {
        [one] => name(one),
        many => format!("{} components", many.len()),
    };
    match edit {
        Edit::Add { node } => format!("Add {}", node.name()),
        Edit::AddAll { nodes, .. } if nodes.len() == 1 => format!("Add {}", nodes[0].name()),
        Edit::AddAll { nodes, .. } => format!("Add {} components", nodes.len()),
        Edit::Insert { node, from, to } => format!("Put {} between {} and {}", node.name(), name(from), name(to)),
        Edit::Remove { nodes, edges } => match (nodes.as_slice(), edges.as_slice()) {
            ([], [(from, to)]) => format!("Delete the connection from {} to {}", name(from), name(to)),
            ([], edges) => format!("Delete {} connections", edges.len()),
            (nodes, _) => format!("Delete {}", several(nodes)),
        },
        Edit::Move { nodes, .. } => format!("Move {}", several(nodes)),
        Edit::Connect { from, to } => format!("Connect {} to {}", name(from), name(to)),
        Edit::SetWeight { from, to, .. } => format!("Set the weight from {} to {}", name(from), name(to)),
        Edit::SetParam { node, path, .. } => format!("Set {} of {}", param_label(design, node, path), name(node)),
        Edit::ResetParam { node, path } => format!("Reset {} of {}", param_label(design, node, path), name(node)),
        Edit::Rename { node, .. } => format!("Rename {}", name(node)),
        Edit::SetName { .. } => "Name the design".to_owned(),
        Edit::Replace { .. } => "Replace the design".to_owned(),
    }
}

fn param_label(design: &Design, node: &str, path: &str) -> String {
    let key = path.split('.').next().unwrap_or(path);
    let param = design.node(node).and_then(|n| n.kind.kind().param(key));
    param.map_or_else(|| path.to_owned(), |p| p.label.to_owned())
}

/// The words in the middle of a sentence.
pub fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
