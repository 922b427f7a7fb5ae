//! Keeps the page's text nodes where the page has put them, whoever wraps, moves or replaces them.
//!
//! A browser's translator takes a text node out and puts `<font>` elements with the translation in its place, or moves the node into them;
//! extensions wrap and unwrap. Yew keeps its own references: it writes into the node that was taken out, so the words on the page grow old, and
//! it panics when it is to insert something before a node that isn't there. So a text node that was taken out comes back to its place, empty,
//! before what stands in for it, and the stand-in's words are the ones to be seen. Once Yew writes into the node, or takes it away, the
//! stand-in goes: the words of the page are always the current ones, and may be translated anew. An element that was moved or unwrapped is put
//! back too.
//!
//! Yew's own changes look much the same: it puts an element in a text's place. There the text node comes back too, empty, which nobody sees,
//! and goes with that element; so there is never more than one for each element. What was taken out with nothing in its place is left alone:
//! nobody can tell that from what Yew takes out.
//!
//! Mutation observers are called before anything else can happen, so the node is back before Yew draws again. Only the text nodes that have a
//! stand-in are observed for their text: a run that plays writes hundreds a second.

use js_sys::{Array, WeakMap};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{Element, MutationObserver, MutationObserverInit, MutationRecord, Node, NodeList, Text};

/// So often a node is put back without a word from the page: whoever moves it again each time shall have it, or two programs would never end.
const PATIENCE: f64 = 8.0;

/// Watches over everything in `root` for as long as the page lives.
pub fn install(root: &Node) {
    let keeper = Keeper { kept: WeakMap::new(), stand_ins: WeakMap::new(), moved: WeakMap::new() };
    let on_change = Closure::<dyn FnMut(Array, MutationObserver)>::new(move |records: Array, observer| {
        keeper.changed(&records, &observer);
    });
    // Without an observer, which every browser has, the page is as it would be without this.
    let Ok(observer) = MutationObserver::new(on_change.as_ref().unchecked_ref()) else { return };
    on_change.forget();
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    let _ = observer.observe_with_options(root, &what);
}

/// What is known of the page's nodes. All of it is held weakly: a node that is gone is forgotten.
struct Keeper {
    /// The text nodes that are kept empty: what stands in for each, its words, and whether it is surely somebody else's.
    kept: WeakMap,
    /// The other way round: the text nodes that an element stands in for.
    stand_ins: WeakMap,
    /// How often a node was put back.
    moved: WeakMap,
}

/// What is known of a text node that is kept empty.
struct Kept {
    stand_in: Option<Node>,
    words: String,
    /// Somebody else made the stand-in; otherwise it may be Yew's own.
    foreign: bool,
}

/// Mutation records that came together, and what was seen by them.
struct Batch<'a> {
    records: &'a [MutationRecord],
    observer: &'a MutationObserver,
}

impl Keeper {
    fn changed(&self, records: &Array, observer: &MutationObserver) {
        let records: Vec<MutationRecord> = records.iter().map(JsCast::unchecked_into).collect();
        let batch = Batch { records: &records, observer };
        // First what was written: a translator may have written into what it took out, and that is not the page's.
        let targets: Vec<Node> = records.iter().filter_map(MutationRecord::target).collect();
        targets.iter().filter(|node| node.node_type() == Node::TEXT_NODE).for_each(|text| self.written(text));
        for (record, target) in records.iter().zip(targets) {
            // Whatever goes on inside of a translation is the translator's.
            let removed = record.removed_nodes();
            if removed.length() == 0 || is_font(&target) {
                continue;
            }
            for node in nodes(&removed) {
                match node.dyn_ref::<Text>() {
                    Some(text) => self.text_removed(text, &target, record, &batch),
                    None => self.element_removed(&node, &target, record, &batch),
                }
            }
        }
        // What was done here is no news.
        observer.take_records();
    }

    /// The page has new words for a text node: those are to be seen.
    fn written(&self, text: &Node) {
        self.moved.delete(text);
        let Some(Kept { stand_in: Some(stand_in), .. }) = self.kept(text) else { return self.forget(text) };
        if let Some(parent) = stand_in.parent_node() {
            let _ = parent.remove_child(&stand_in);
        }
        self.forget(text);
        for other in self.stands_for(&stand_in) {
            self.restore(&other);
        }
    }

    fn text_removed(&self, text: &Text, parent: &Node, record: &MutationRecord, batch: &Batch) {
        let now = text.parent_node();
        let kept = self.kept(text);
        let stood_for = self.stands_for(text);
        if !stood_for.is_empty() && now.as_ref() != Some(parent) {
            self.stand_in_removed(text, &stood_for, parent, record, batch);
        }
        if now.as_ref() == Some(parent) {
            // Only moved on among its siblings: what stands in for it follows.
            if let Some(stand_in) = kept.and_then(|k| k.stand_in).filter(|s| s.parent_node().as_ref() == Some(parent)) {
                let _ = parent.insert_before(&stand_in, text.next_sibling().as_ref());
            }
            return;
        }
        match (now, kept) {
            (Some(now), _) if self.times(text) < PATIENCE => self.text_moved(text, parent, &now, record, batch),
            (None, Some(Kept { stand_in, foreign, .. })) => {
                self.forget(text);
                if let Some(stand_in) = stand_in.filter(|s| foreign && s.parent_node().as_ref() == Some(parent)) {
                    let _ = parent.remove_child(&stand_in);
                    self.stands_for(&stand_in).iter().for_each(|other| self.restore(other));
                }
            }
            (None, None) if self.times(text) < PATIENCE => {
                if let Some(stand_in) = self.in_place(parent, record, batch) {
                    let foreign = is_font(&stand_in);
                    let _ = parent.insert_before(text, Some(&stand_in));
                    self.keep(text, Some(stand_in), foreign, batch.observer);
                }
            }
            _ => {}
        }
    }

    /// Yew never moves a text node to another parent: its words stay where they were brought, the node comes back.
    fn text_moved(&self, text: &Text, parent: &Node, now: &Node, record: &MutationRecord, batch: &Batch) {
        self.forget(text);
        if self.unwrapped(text, parent, now, record, batch) {
            return;
        }
        let Some(copy) = text.clone_node().ok() else { return };
        if now.replace_child(&copy, text).is_err() {
            return;
        }
        let stand_in = child_with(parent, &copy);
        let before = stand_in.clone().or_else(|| place(parent, record));
        let _ = parent.insert_before(text, before.as_ref());
        self.keep(text, stand_in, true, batch.observer);
    }

    fn element_removed(&self, element: &Node, parent: &Node, record: &MutationRecord, batch: &Batch) {
        let now = element.parent_node();
        if now.as_ref() == Some(parent) {
            return;
        }
        let stood_for = self.stands_for(element);
        if !stood_for.is_empty() {
            return self.stand_in_removed(element, &stood_for, parent, record, batch);
        }
        let Some(now) = now else { return };
        if self.times(element) >= PATIENCE || self.unwrapped(element, parent, &now, record, batch) {
            return;
        }
        self.count(element);
        let before = child_with(parent, element).or_else(|| place(parent, record));
        let _ = parent.insert_before(element, before.as_ref());
    }

    /// The translator shows the page as it was, or Yew has taken away what was its own.
    fn stand_in_removed(&self, gone: &Node, texts: &[Node], parent: &Node, record: &MutationRecord, batch: &Batch) {
        self.stand_ins.delete(gone);
        for text in texts {
            let Some(kept) = self.kept(text) else { continue };
            let brought = |r: &MutationRecord| nodes(&r.added_nodes()).any(|node| node == *text);
            if kept.foreign || batch.records.iter().any(brought) {
                // The words come back by themselves: a copy of them would be one too many.
                for copy in
                    nodes(&record.added_nodes()).filter(|n| n.node_type() == Node::TEXT_NODE && !texts.contains(n))
                {
                    let _ = parent.remove_child(&copy);
                }
                self.restore(text);
            } else {
                self.forget(text);
                if text.parent_node().as_ref() == Some(parent) {
                    let _ = parent.remove_child(text);
                }
            }
        }
    }

    /// Whether `node` came out of `parent` because that was taken away around it; then both are put back.
    fn unwrapped(&self, node: &Node, parent: &Node, now: &Node, record: &MutationRecord, batch: &Batch) -> bool {
        let taken = |r: &MutationRecord| {
            r.target().as_ref() == Some(now) && nodes(&r.removed_nodes()).any(|removed| removed == *parent)
        };
        if self.times(parent) >= PATIENCE || !batch.records.iter().any(taken) {
            return false;
        }
        if parent.parent_node().is_none() {
            self.count(parent);
            let _ = now.insert_before(parent, Some(node));
        }
        parent.insert_before(node, place(parent, record).as_ref()).is_ok()
    }

    /// What was put where a text node was taken out.
    fn in_place(&self, parent: &Node, record: &MutationRecord, batch: &Batch) -> Option<Node> {
        let here: Vec<&MutationRecord> = batch.records.iter().filter(|r| r.target().as_ref() == Some(parent)).collect();
        let is_there = |node: &Node| node.parent_node().as_ref() == Some(parent);
        let is_new = |node: &Node| is_there(node) && here.iter().any(|r| nodes(&r.added_nodes()).any(|n| n == *node));
        let beside = (record.previous_sibling(), record.next_sibling());
        let same = here.iter().filter(|r| (r.previous_sibling(), r.next_sibling()) == beside);
        let mut found: Vec<Node> = nodes(&record.added_nodes()).filter(is_there).collect();
        found.extend([beside.0.clone(), beside.1.clone()].into_iter().flatten().filter(is_new));
        found.extend(same.flat_map(|r| nodes(&r.added_nodes()).collect::<Vec<_>>()).filter(is_there));
        let free = |node: &&Node| self.stands_for(node).is_empty();
        let fonts = || found.iter().filter(|node| is_font(node));
        fonts().find(free).or_else(|| fonts().next()).or_else(|| found.iter().find(free)).cloned()
    }

    fn keep(&self, text: &Text, stand_in: Option<Node>, foreign: bool, observer: &MutationObserver) {
        let known: [JsValue; 3] = [stand_in.clone().into(), text.data().into(), foreign.into()];
        self.kept.set(text, &known.into_iter().collect::<Array>());
        if let Some(stand_in) = stand_in {
            let all: Array = self.stands_for(&stand_in).iter().chain([&**text as &Node]).collect();
            self.stand_ins.set(&stand_in, &all);
        }
        self.count(text);
        text.set_data("");
        let what = MutationObserverInit::new();
        what.set_character_data(true);
        let _ = observer.observe_with_options(text, &what);
    }

    fn kept(&self, text: &Node) -> Option<Kept> {
        let known: Array = self.kept.get(text).dyn_into().ok()?;
        Some(Kept {
            stand_in: known.get(0).dyn_into().ok(),
            words: known.get(1).as_string().unwrap_or_default(),
            foreign: known.get(2).is_truthy(),
        })
    }

    fn stands_for(&self, stand_in: &Node) -> Vec<Node> {
        let known: Option<Array> = self.stand_ins.get(stand_in).dyn_into().ok();
        known.map(|all| all.iter().map(JsCast::unchecked_into).collect()).unwrap_or_default()
    }

    fn times(&self, node: &Node) -> f64 {
        self.moved.get(node).as_f64().unwrap_or_default()
    }

    fn count(&self, node: &Node) {
        self.moved.set(node, &JsValue::from_f64(self.times(node) + 1.0));
    }

    /// The text node speaks for itself again.
    fn restore(&self, text: &Node) {
        if let Some(kept) = self.kept(text) {
            text.set_node_value(Some(&kept.words));
            self.forget(text);
            self.moved.delete(text);
        }
    }

    fn forget(&self, text: &Node) {
        if let Some(stand_in) = self.kept(text).and_then(|kept| kept.stand_in) {
            let left: Array = self.stands_for(&stand_in).iter().filter(|other| *other != text).collect();
            self.stand_ins.set(&stand_in, &left);
        }
        self.kept.delete(text);
    }
}

/// The element of a translator; the page itself has none.
fn is_font(node: &Node) -> bool {
    node.dyn_ref::<Element>().is_some_and(|element| element.local_name() == "font")
}

/// The child of `parent` that `node` is in, or is.
fn child_with(parent: &Node, node: &Node) -> Option<Node> {
    let mut child = node.clone();
    loop {
        let above = child.parent_node()?;
        if above == *parent {
            return Some(child);
        }
        child = above;
    }
}

/// Before which node something was that was taken out of `parent`; `None` for the end.
fn place(parent: &Node, record: &MutationRecord) -> Option<Node> {
    let here = |node: &Node| node.parent_node().as_ref() == Some(parent);
    let after = || record.previous_sibling().filter(here).and_then(|node| node.next_sibling());
    record.next_sibling().filter(here).or_else(after)
}

fn nodes(list: &NodeList) -> impl Iterator<Item = Node> {
    let list = list.clone();
    (0..list.length()).filter_map(move |at| list.item(at))
}
