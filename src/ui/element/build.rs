//! A template and its values, in one order, into what Yew renders.

use std::rc::Rc;
use std::vec::IntoIter;

use yew::NodeRef;
use yew::virtual_dom::listeners::Listeners;
use yew::virtual_dom::{AttrValue, AttributeOrProperty, Key, VList, VNode, VTag, VText};

use super::Value;
use super::template::{Attributes, Element, Part};

pub fn build(part: &'static Part, values: Vec<Value>) -> VNode {
    Builder(values.into_iter()).one(part)
}

struct Builder(IntoIter<Value>);

impl Builder {
    fn next(&mut self) -> Value {
        self.0.next().expect("a template has as many values as it takes")
    }

    fn one(&mut self, part: &'static Part) -> VNode {
        match part {
            Part::Element(element) => self.element(element),
            Part::Text(text) => VNode::VText(VText::new(*text)),
            Part::List(parts) => self.list(parts, None),
            Part::KeyedList(parts) => match self.next() {
                Value::Key(key) => self.list(parts, Some(key)),
                _ => unreachable!(),
            },
            Part::Branch(branches) => match self.next() {
                Value::Branch(which) => self.list(&branches[usize::from(which)], None),
                _ => unreachable!(),
            },
            Part::One | Part::Many => match self.next() {
                Value::Node(node) => node,
                Value::Nodes(nodes) => list(nodes, None),
                _ => unreachable!(),
            },
        }
    }

    fn list(&mut self, parts: &'static [Part], key: Option<Key>) -> VNode {
        let mut nodes = Vec::with_capacity(parts.len());
        for part in parts {
            if let Part::Many = part {
                match self.next() {
                    Value::Nodes(many) => nodes.extend(many),
                    Value::Node(node) => nodes.push(node),
                    _ => unreachable!(),
                }
            } else {
                nodes.push(self.one(part));
            }
        }
        list(nodes, key)
    }

    fn element(&mut self, element: &'static Element) -> VNode {
        let mut mixed = Vec::new();
        let mut listeners = Vec::new();
        let (mut key, mut node_ref, mut value, mut checked) = (None, NodeRef::default(), None, None);
        if let Attributes::Mixed(_, fixed) = &element.attributes {
            mixed = fixed.iter().map(|text| text.map(attribute)).collect();
        }
        let mut at = 0;
        for _ in 0..element.values {
            match self.next() {
                Value::Listener(listener) => listeners.push(listener),
                Value::Key(it) => key = Some(it),
                Value::NodeRef(it) => node_ref = it,
                Value::State(it) => value = it,
                Value::Checked(it) => checked = it,
                found => {
                    let Attributes::Mixed(names, fixed) = &element.attributes else { unreachable!() };
                    while fixed[at].is_some() {
                        at += 1;
                    }
                    mixed[at] = match found {
                        Value::Attribute(it) => it,
                        Value::Switch(on) => on.then(|| attribute(names[at])),
                        _ => unreachable!(),
                    };
                    at += 1;
                }
            }
        }
        let attributes = match &element.attributes {
            Attributes::Fixed(fixed) => yew::virtual_dom::Attributes::Static(fixed),
            Attributes::Mixed(keys, _) => yew::virtual_dom::Attributes::Dynamic { keys, values: mixed.into() },
        };
        let listeners = if listeners.is_empty() { Listeners::None } else { Listeners::Pending(listeners.into()) };
        let tag = match element.tag {
            "input" => VTag::__new_input(value, checked, node_ref, key, attributes, listeners),
            "textarea" => VTag::__new_textarea(value, None, node_ref, key, attributes, listeners),
            tag => {
                let children = match &*element.children {
                    [] => VNode::default(),
                    [part @ (Part::Element(_) | Part::Text(_) | Part::One)] => self.one(part),
                    parts => self.list(parts, None),
                };
                VTag::__new_other(AttrValue::Static(tag), node_ref, key, attributes, listeners, children)
            }
        };
        VNode::VTag(Rc::new(tag))
    }
}

fn list(nodes: Vec<VNode>, key: Option<Key>) -> VNode {
    VNode::VList(Rc::new(VList::with_children(nodes, key)))
}

fn attribute(text: &'static str) -> AttributeOrProperty {
    AttributeOrProperty::Attribute(AttrValue::Static(text))
}
