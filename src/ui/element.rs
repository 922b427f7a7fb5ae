//! Elements from a template and its values: the other half of the macro [`view::html`], which says what this is for.
//!
//! A page's code hands over its values with one call each, in the order in which they stand in its tags; then the template takes them in the same
//! order. Every function here is its own in the wasm, once for each type of value: never a part of the code that calls it.
//!
//! A template that takes other values than it is given is a fault of the macro, and panics.

use yew::html::{self, IntoEventCallback, IntoPropValue};
use yew::prelude::*;
use yew::utils::NodeSeq;
use yew::virtual_dom::listeners::Listener;
use yew::virtual_dom::{AttributeOrProperty, Key, VNode};

mod build;
mod template;
#[cfg(test)]
mod tests;

use template::Part;
pub use template::Template;

/// What the code of a page hands over for a template.
enum Value {
    Attribute(Option<AttributeOrProperty>),
    Switch(bool),
    Listener(Option<std::rc::Rc<dyn Listener>>),
    Key(Key),
    NodeRef(NodeRef),
    State(Option<AttrValue>),
    Checked(Option<bool>),
    Node(VNode),
    Nodes(Vec<VNode>),
    /// Which of its alternatives.
    Branch(u8),
}

/// The values of a template, in its order.
pub struct Values {
    template: &'static Part,
    values: Vec<Value>,
    class: String,
}

/// A template without values.
#[inline(never)]
pub fn fixed(template: &'static Template) -> VNode {
    Values::of(template).build()
}

impl Values {
    /// None yet. Boxed, so that the code of a page holds an address and no place on the stack, which costs it three bytes a value.
    #[inline(never)]
    pub fn of(template: &'static Template) -> Box<Values> {
        let template = template.read();
        Box::new(Values { template: &template.root, values: Vec::with_capacity(template.values), class: String::new() })
    }

    #[inline(never)]
    fn push(&mut self, value: Value) {
        self.values.push(value);
    }

    /// Of an attribute, there or not.
    #[inline(never)]
    pub fn attribute(&mut self, value: impl IntoPropValue<Option<AttrValue>>) {
        self.push(Value::Attribute(value.into_prop_value().map(AttributeOrProperty::Attribute)));
    }

    #[inline(never)]
    pub fn class(&mut self, value: impl Into<Classes>) {
        self.attribute(value.into());
    }

    /// One of several in `class={classes!(…)}`, until [`Values::classes`].
    #[inline(never)]
    pub fn class_part(&mut self, class: impl ClassPart) {
        class.append(&mut self.class);
    }

    /// What [`Values::class_part`] has gathered, as an attribute; none if that is nothing.
    #[inline(never)]
    pub fn classes(&mut self) {
        let class = std::mem::take(&mut self.class);
        self.attribute((!class.is_empty()).then_some(class));
    }

    /// Of an attribute that is there or not and has no value.
    #[inline(never)]
    pub fn switch(&mut self, on: bool) {
        self.push(Value::Switch(on));
    }

    #[inline(never)]
    pub fn key(&mut self, key: impl Into<Key>) {
        self.push(Value::Key(key.into()));
    }

    #[inline(never)]
    pub fn node_ref(&mut self, node: impl IntoPropValue<NodeRef>) {
        self.push(Value::NodeRef(node.into_prop_value()));
    }

    /// What a field holds.
    #[inline(never)]
    pub fn value(&mut self, value: impl IntoPropValue<Option<AttrValue>>) {
        self.push(Value::State(value.into_prop_value()));
    }

    #[inline(never)]
    pub fn checked(&mut self, on: bool) {
        self.push(Value::Checked(Some(on)));
    }

    /// The only child, as one node.
    #[inline(never)]
    pub fn only(&mut self, node: impl IntoPropValue<VNode>) {
        self.push(Value::Node(node.into_prop_value()));
    }

    /// A child among others; a list of nodes is that many children.
    #[inline(never)]
    pub fn child<I>(&mut self, nodes: impl Into<NodeSeq<I, VNode>>) {
        self.nodes(nodes.into().into_iter().collect());
    }

    #[inline(never)]
    fn nodes(&mut self, nodes: Vec<VNode>) {
        self.push(Value::Nodes(nodes));
    }

    /// `{ for … }`
    #[inline(never)]
    pub fn each<N: Into<VNode>>(&mut self, nodes: impl IntoIterator<Item = N>) {
        let mut all = Vec::new();
        for node in nodes {
            push_node(&mut all, node.into());
        }
        self.nodes(all);
    }

    /// Which alternative of an `if` stands here, from 0; its values follow.
    #[inline(never)]
    pub fn branch(&mut self, which: u8) {
        self.push(Value::Branch(which));
    }

    #[inline(never)]
    #[expect(clippy::boxed_local, reason = "the box ends here, and not in the code of a page")]
    pub fn build(self: Box<Self>) -> VNode {
        build::build(self.template, self.values)
    }
}

#[inline(never)]
fn push_node(nodes: &mut Vec<VNode>, node: VNode) {
    nodes.push(node);
}

/// What `classes!` takes in an element's `class`.
pub trait ClassPart {
    fn append(self, to: &mut String);
}

impl ClassPart for &str {
    #[inline(never)]
    fn append(self, to: &mut String) {
        if !to.is_empty() && !self.is_empty() {
            to.push(' ');
        }
        to.push_str(self);
    }
}

impl ClassPart for AttrValue {
    fn append(self, to: &mut String) {
        (*self).append(to);
    }
}

impl ClassPart for String {
    fn append(self, to: &mut String) {
        (*self).append(to);
    }
}

impl ClassPart for Classes {
    fn append(self, to: &mut String) {
        self.to_string().append(to);
    }
}

impl<C: ClassPart> ClassPart for Option<C> {
    fn append(self, to: &mut String) {
        if let Some(class) = self {
            class.append(to);
        }
    }
}

/// A method for each event that the page listens to; the macro calls the one that is named like the attribute.
macro_rules! listeners {
    ($($name:ident)*) => {
        impl Values {
            $(#[inline(never)]
            pub fn $name(&mut self, callback: impl IntoEventCallback<html::$name::Event>) {
                self.push(Value::Listener(html::$name::Wrapper::__macro_new(callback)));
            })*
        }
    };
}

listeners! {
    onblur onchange onclick onclose ondblclick onfocus onfocusout oninput onkeydown onkeyup onmousedown
    onpointercancel onpointerdown onpointerleave onpointermove onpointerup onsubmit ontoggle onwheel
}
