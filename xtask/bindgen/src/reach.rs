//! Which functions and data of a module are needed only behind its split points.
//!
//! A split point is a function that is exported under a name with one of [`MARKS`]. The first module keeps all that can be reached without going
//! through one; the rest is the second module's. A reference counts whatever it is made by: a call, an address in code or in data.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::links::{Item, Link, Links, Outcome};

/// What the names of the exports of split points begin with: of those that the first module calls, and of those that only a script calls,
/// which the second module exports.
pub const MARKS: [&str; 2] = ["late:", EXPORTED];
pub const EXPORTED: &str = "late=";
/// wasm-bindgen runs such functions at build time, and what calls them, and replaces them: they are the first module's.
const DESCRIBES: &str = "__wbindgen_describe";

/// Two data symbols with less than this between them are one piece.
const PADDING: u32 = 15;

/// What goes into the second module.
#[derive(Debug, Default, PartialEq)]
pub struct Late {
    /// The split points, in the order of their indices.
    pub split: Vec<u32>,
    /// All its functions, split points included.
    pub functions: Vec<u32>,
    /// Functions of the first module that it calls.
    pub calls: Vec<u32>,
    /// Those among them that wasm-bindgen gives another form: imports, and what it runs at build time.
    pub changing: Vec<u32>,
    /// The addresses of data that only it uses, in order and apart from each other.
    pub data: Vec<Range<u32>>,
}

/// Divides a module; `None` if it has no split point.
pub fn divide(links: &Links) -> Outcome<Option<Late>> {
    let mut split: Vec<u32> =
        links.exports.iter().filter(|(name, _)| is_marked(name)).map(|(_, index)| *index).collect();
    split.sort_unstable();
    split.dedup();
    if split.is_empty() {
        return Ok(None);
    }
    let mut from: HashMap<Item, Vec<Item>> = HashMap::new();
    let mut roots: Vec<Item> = Vec::new();
    for link in &links.links {
        match link.from {
            Some(item) => from.entry(item).or_default().push(link.to),
            None => roots.push(link.to),
        }
    }
    let is_split = |item: &Item| matches!(item, Item::Function(index) if split.binary_search(index).is_ok());
    let own = links.exports.iter().filter(|(name, _)| !is_marked(name)).map(|(_, index)| *index);
    roots.extend(own.chain(links.start).map(Item::Function));
    let all = walk(&from, roots.iter().copied().chain(split.iter().copied().map(Item::Function)), |_| false);
    let described = |link: &&Link| matches!(link.to, Item::Function(index) if links.imports.get(index as usize).is_some_and(|name| name.starts_with(DESCRIBES)));
    let describing: HashSet<Item> = links.links.iter().filter(described).filter_map(|link| link.from).collect();
    roots.extend(describing.iter().filter(|item| all.contains(item)));
    if let Some(item) = roots.iter().find(|item| is_split(item)) {
        return Err(format!("{item:?} is a split point and has to be in the first module"));
    }
    let first = walk(&from, roots.into_iter(), is_split);
    let mut late = sorted(links, split.clone(), &first, &all);
    let changes = |index: &u32| *index < links.imports.len() as u32 || describing.contains(&Item::Function(*index));
    late.changing = late.calls.iter().copied().filter(changes).collect();
    Ok(Some(late))
}

fn sorted(links: &Links, split: Vec<u32>, first: &HashSet<Item>, all: &HashSet<Item>) -> Late {
    let late = |item: &Item| all.contains(item) && !first.contains(item);
    let mut out = Late { split, ..Late::default() };
    let mut kept = Vec::new();
    for item in all {
        match item {
            Item::Function(index) if late(item) => out.functions.push(*index),
            Item::Data(piece) if late(item) => out.data.push(links.pieces[*piece as usize].clone()),
            Item::Data(piece) => kept.push(links.pieces[*piece as usize].clone()),
            Item::Function(_) => {}
        }
    }
    let imported = links.imports.len() as u32;
    // An import has no code to move: the second module calls it by way of the first.
    out.functions.retain(|index| *index >= imported);
    out.functions.sort_unstable();
    for link in &links.links {
        if let (Some(from @ Item::Function(_)), Item::Function(to), true) = (link.from, link.to, link.is_call)
            && late(&from)
            && out.functions.binary_search(&to).is_err()
        {
            out.calls.push(to);
        }
    }
    out.calls.sort_unstable();
    out.calls.dedup();
    // What lies between two pieces and is nobody's is padding.
    out.data = without(&joined(&out.data, PADDING), &joined(&kept, 0));
    out
}

pub fn is_marked(export: &str) -> bool {
    MARKS.iter().any(|mark| export.starts_with(mark))
}

/// All that can be reached from the roots, without what `closed` holds.
fn walk(
    from: &HashMap<Item, Vec<Item>>,
    roots: impl Iterator<Item = Item>,
    closed: impl Fn(&Item) -> bool,
) -> HashSet<Item> {
    let mut seen = HashSet::new();
    let mut open: Vec<Item> = roots.collect();
    while let Some(item) = open.pop() {
        if !closed(&item) && seen.insert(item) {
            open.extend(from.get(&item).into_iter().flatten());
        }
    }
    seen
}

/// The same addresses as ranges in order, at least so many bytes apart from each other.
fn joined(ranges: &[Range<u32>], gap: u32) -> Vec<Range<u32>> {
    let mut sorted: Vec<_> = ranges.iter().filter(|range| !range.is_empty()).cloned().collect();
    sorted.sort_unstable_by_key(|range| range.start);
    let mut out: Vec<Range<u32>> = Vec::new();
    for range in sorted {
        match out.last_mut() {
            Some(last) if range.start <= last.end + gap => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// Joined ranges without what other joined ranges take.
fn without(ranges: &[Range<u32>], taken: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut out = Vec::new();
    for range in ranges {
        let mut at = range.start;
        for other in taken.iter().filter(|other| other.start < range.end && other.end > range.start) {
            if at < other.start {
                out.push(at..other.start);
            }
            at = at.max(other.end);
        }
        if at < range.end {
            out.push(at..range.end);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Functions 0 and 1 are imports; 2 is exported, 3 a split point.
    fn links(links: &[(Item, Item)], pieces: &[Range<u32>]) -> Links {
        let exports = [("main".to_owned(), 2), ("late:dialog".to_owned(), 3)];
        Links {
            links: links.iter().map(|(from, to)| Link { from: Some(*from), to: *to, is_call: true }).collect(),
            pieces: pieces.to_vec(),
            exports: exports.to_vec(),
            imports: vec!["__wbg_text".to_owned(), "__wbindgen_describe".to_owned()],
            start: None,
        }
    }

    use Item::{Data, Function};

    #[test]
    fn what_only_a_split_point_reaches_is_late_by_whatever_way() {
        // 3 → 4, and by a table in data → 5; 6 is needed by both; 0 is an import of both.
        let all = [
            (Function(2), Function(3)),
            (Function(2), Function(6)),
            (Function(3), Function(4)),
            (Function(3), Data(0)),
            (Data(0), Function(5)),
            (Function(5), Function(6)),
            (Function(4), Function(0)),
        ];
        let late = divide(&links(&all, &[Range { start: 100, end: 116 }]))
            .expect("it can be split")
            .expect("it has a split point");
        assert_eq!(late.functions, [3, 4, 5]);
        assert_eq!((late.split, late.calls, late.changing), (vec![3], vec![0, 6], vec![0]));
        assert_eq!(late.data, [Range { start: 100, end: 116 }]);
    }

    #[test]
    fn data_of_both_stays_and_padding_goes_with_its_neighbours() {
        let all = [
            (Function(2), Data(1)),
            (Function(3), Data(0)),
            (Function(3), Data(1)),
            (Function(3), Data(2)),
            (Function(3), Data(3)),
        ];
        // Piece 1 is shared and lies within piece 0; 3 bytes between 2 and 3 are nobody's.
        let late = divide(&links(&all, &[0..40, 8..16, 64..69, 72..80])).expect("it can be split").expect("it is");
        assert_eq!(late.data, [0..8, 16..40, 64..80]);
    }

    #[test]
    fn what_wasm_bindgen_runs_stays() {
        let all = [(Function(3), Function(4)), (Function(4), Function(1)), (Function(4), Function(5))];
        let late = divide(&links(&all, &[])).expect("it can be split").expect("it is");
        assert_eq!((late.functions, late.calls, late.changing), (vec![3], vec![4], vec![4]));
    }

    #[test]
    fn a_module_without_split_points_is_left_alone() {
        let mut whole = links(&[], &[]);
        whole.exports.pop();
        assert_eq!(divide(&whole), Ok(None));
    }

    #[test]
    fn a_split_point_that_data_of_nobody_names_is_refused() {
        let mut odd = links(&[], &[]);
        odd.links.push(Link { from: None, to: Function(3), is_call: false });
        assert!(divide(&odd).is_err());
    }
}
