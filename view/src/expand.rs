//! A tree into a template and the calls that hand over its values, in the order in which they stand.

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use crate::parse::{self, Attribute, Element, Error, Node, Value};

/// Attributes that are there or not.
const SWITCHES: [&str; 26] = [
    "allowfullscreen",
    "async",
    "autofocus",
    "autoplay",
    "controls",
    "default",
    "defer",
    "disabled",
    "formnovalidate",
    "hidden",
    "inert",
    "ismap",
    "itemscope",
    "loop",
    "multiple",
    "muted",
    "nomodule",
    "novalidate",
    "open",
    "playsinline",
    "readonly",
    "required",
    "reversed",
    "selected",
    "truespeed",
    "webkitdirectory",
];

pub fn html(tokens: TokenStream) -> TokenStream {
    match parse::root(tokens).and_then(|node| tree(node.as_ref())) {
        Ok(code) => code,
        Err(Error { at, text }) => quote_spanned!(at=> ::std::compile_error!(#text)),
    }
}

/// The node as an expression of the type `Html`.
fn tree(node: Option<&Node>) -> parse::Result<TokenStream> {
    let Some(node) = node else {
        return Ok(quote!(<::yew::virtual_dom::VNode as ::std::default::Default>::default()));
    };
    if let Node::Expression(code) = node {
        return Ok(quote!(<::yew::virtual_dom::VNode as ::std::convert::From<_>>::from(#code)));
    }
    if let Node::Component { open, children, close } = node {
        return component(open, children.as_deref(), close);
    }
    let mut values = Values::new();
    values.part(node, true)?;
    Ok(values.finish())
}

fn component(open: &TokenStream, children: Option<&[Node]>, close: &TokenStream) -> parse::Result<TokenStream> {
    let inside = match children {
        None | Some([]) => TokenStream::new(),
        Some([one]) => {
            let inside = tree(Some(one))?;
            quote!({ #inside })
        }
        Some(many) => {
            let mut values = Values::new();
            values.write("\x19");
            values.parts(many, true)?;
            let inside = values.finish();
            quote!({ #inside })
        }
    };
    Ok(quote!(::yew::html! { #open #inside #close }))
}

/// The template's text and the calls that hand over its values.
struct Values {
    /// Literals one after the other.
    text: Vec<Literal>,
    calls: TokenStream,
    to: Ident,
}

impl Values {
    fn new() -> Values {
        Values { text: Vec::new(), calls: TokenStream::new(), to: Ident::new("__values", Span::mixed_site()) }
    }

    fn finish(self) -> TokenStream {
        let Values { text, calls, to } = self;
        let template = quote!(
            static TEMPLATE: crate::ui::element::Template =
                crate::ui::element::Template::new(::std::concat!(#(#text),*));
        );
        if calls.is_empty() {
            return quote!({
                #template
                crate::ui::element::fixed(&TEMPLATE)
            });
        }
        quote!({
            #template
            let mut #to = crate::ui::element::Values::of(&TEMPLATE);
            #calls
            #to.build()
        })
    }

    fn write(&mut self, text: &str) {
        self.text.push(Literal::string(text));
    }

    /// A text of the page.
    fn literal(&mut self, text: &Literal) -> parse::Result<()> {
        if text.to_string().contains("\\x1") {
            return Err(Error { at: text.span(), text: "a template holds no control characters".into() });
        }
        self.text.push(text.clone());
        Ok(())
    }

    fn call(&mut self, method: &str, at: Span, value: &TokenStream) {
        let (to, method) = (&self.to, Ident::new(method, at.resolved_at(Span::call_site())));
        self.calls.extend(quote!(#to.#method(#value);));
    }

    fn parts(&mut self, nodes: &[Node], list: bool) -> parse::Result<()> {
        let only = nodes.len() == 1 && !list;
        for node in nodes {
            self.part(node, only)?;
        }
        self.write("\x17");
        Ok(())
    }

    /// `only`: without siblings, so that an expression is one node.
    fn part(&mut self, node: &Node, only: bool) -> parse::Result<()> {
        match node {
            Node::Text(text) => {
                self.write("\x18");
                self.literal(text)?;
            }
            Node::Element(element) => self.element(element)?,
            Node::Fragment { key, children } => {
                if let Some(key) = key {
                    self.call("key", Span::call_site(), &code(key));
                }
                self.write(if key.is_some() { "\x1a" } else { "\x19" });
                self.parts(children, true)?;
            }
            Node::Expression(code) => {
                let (method, mark) = if only { ("only", "\x1b") } else { ("child", "\x1c") };
                self.call(method, Span::call_site(), code);
                self.write(mark);
            }
            Node::Each(code) => {
                self.call("each", Span::call_site(), code);
                self.write("\x1c");
            }
            Node::Component { open, children, close } => {
                let code = component(open, children.as_deref(), close)?;
                self.call("only", Span::call_site(), &code);
                self.write("\x1b");
            }
            Node::If { branches, otherwise } => self.branches(branches, otherwise)?,
        }
        Ok(())
    }

    fn branches(&mut self, branches: &[(TokenStream, Vec<Node>)], otherwise: &[Node]) -> parse::Result<()> {
        self.write("\x1d");
        let mut code = TokenStream::new();
        for (which, (condition, nodes)) in branches.iter().enumerate() {
            let block = self.branch(which, nodes)?;
            code.extend(quote!(if #condition { #block } else));
        }
        let last = self.branch(branches.len(), otherwise)?;
        self.write("\x17");
        self.calls.extend(quote!(#code { #last }));
        Ok(())
    }

    /// The calls of one alternative.
    fn branch(&mut self, which: usize, nodes: &[Node]) -> parse::Result<TokenStream> {
        self.write("\x1e");
        let before = std::mem::take(&mut self.calls);
        self.parts(nodes, true)?;
        let calls = std::mem::replace(&mut self.calls, before);
        let (to, which) = (&self.to, Literal::usize_unsuffixed(which));
        Ok(quote!(#to.branch(#which); #calls))
    }

    fn element(&mut self, element: &Element) -> parse::Result<()> {
        self.write(&format!("\x10{}", element.name));
        for attribute in &element.attributes {
            if self.special(element, attribute) {
                self.write("\x14");
                continue;
            }
            self.attribute(attribute)?;
        }
        self.parts(&element.children, false)
    }

    fn attribute(&mut self, attribute: &Attribute) -> parse::Result<()> {
        let name = &attribute.name;
        let switch = SWITCHES.contains(&&**name);
        let text = match &attribute.value {
            Value::Literal(literal) => text(literal),
            Value::Switch(true) if switch => Literal::string(name),
            Value::Switch(false) if switch => return Ok(()),
            Value::Switch(on) => Literal::string(if *on { "true" } else { "false" }),
            Value::Expression(code) => {
                self.write(&format!("\x13{name}"));
                if name == "class"
                    && let Some(parts) = classes(code)
                {
                    for part in parts {
                        self.call("class_part", attribute.span, &part);
                    }
                    self.call("classes", attribute.span, &TokenStream::new());
                    return Ok(());
                }
                let method = match &**name {
                    "class" => "class",
                    _ if switch => "switch",
                    _ => "attribute",
                };
                self.call(method, attribute.span, code);
                return Ok(());
            }
        };
        if name == "class" && text.to_string() == "\"\"" {
            return Ok(());
        }
        self.write(&format!("\x11{name}\x12"));
        self.literal(&text)
    }

    /// Whether the attribute is none to Yew, but a listener, a key, a reference or the state of a field.
    fn special(&mut self, element: &Element, attribute: &Attribute) -> bool {
        let field = element.name == "input" || element.name == "textarea";
        let method = match &*attribute.name {
            "key" => "key",
            "ref" => "node_ref",
            "value" if field => "value",
            "checked" if field => "checked",
            name if name.starts_with("on") => name,
            _ => return false,
        };
        self.call(method, attribute.span, &code(&attribute.value));
        true
    }
}

fn code(value: &Value) -> TokenStream {
    match value {
        Value::Literal(literal) => {
            let text = text(literal);
            quote!(#text)
        }
        Value::Switch(on) => quote!(#on),
        Value::Expression(code) => code.clone(),
    }
}

/// A literal as the text of an attribute.
fn text(literal: &Literal) -> Literal {
    let written = literal.to_string();
    if written.starts_with(['"', 'r']) {
        return literal.clone();
    }
    let mut text = Literal::string(&written);
    text.set_span(literal.span());
    text
}

/// The parts of `classes!(…)`, if that is what the code is.
fn classes(code: &TokenStream) -> Option<Vec<TokenStream>> {
    let mut iter = code.clone().into_iter();
    match (iter.next()?, iter.next()?, iter.next()?, iter.next()) {
        (TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(group), None) if name == "classes" => {
            let mut parts = vec![TokenStream::new()];
            for token in group.stream() {
                match (&token, parts.last_mut()) {
                    (TokenTree::Punct(p), _) if p.as_char() == ',' => parts.push(TokenStream::new()),
                    (_, Some(last)) => last.extend([token]),
                    _ => {}
                }
            }
            parts.retain(|part| !part.is_empty());
            Some(parts)
        }
        _ => None,
    }
}
