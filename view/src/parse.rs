//! Tokens into a tree of elements, values, branches and components.
//!
//! An error names the token at which the tree can't go on.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

/// Elements without children.
const TAKE_NOTHING: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "textarea", "track",
    "wbr",
];

/// What is wrong, and where.
#[derive(Debug)]
pub struct Error {
    pub at: Span,
    pub text: String,
}

pub type Result<T> = std::result::Result<T, Error>;

pub enum Node {
    Element(Element),
    /// The opening tag without its end, what is between the tags, the closing tag; the tokens as they were.
    Component {
        open: TokenStream,
        children: Option<Vec<Node>>,
        close: TokenStream,
    },
    Fragment {
        key: Option<Value>,
        children: Vec<Node>,
    },
    Text(Literal),
    /// `{ expression }`
    Expression(TokenStream),
    /// `{ for expression }`
    Each(TokenStream),
    /// The condition and its nodes; after the last one those without a condition.
    If {
        branches: Vec<(TokenStream, Vec<Node>)>,
        otherwise: Vec<Node>,
    },
}

pub struct Element {
    pub name: String,
    pub attributes: Vec<Attribute>,
    pub children: Vec<Node>,
}

pub struct Attribute {
    pub name: String,
    pub span: Span,
    pub value: Value,
}

pub enum Value {
    /// A literal, as its text.
    Literal(Literal),
    Switch(bool),
    Expression(TokenStream),
}

/// All of the tokens as one node; `None` if there are no tokens.
pub fn root(tokens: TokenStream) -> Result<Option<Node>> {
    let mut parser = Parser::new(tokens, Span::call_site());
    if parser.rest.is_empty() {
        return Ok(None);
    }
    let node = if parser.at_node() { parser.node()? } else { expression(parser.take_all()) };
    match parser.peek() {
        None => Ok(Some(node)),
        Some(more) => {
            Err(Error { at: more.span(), text: "only one root is allowed: put several into a fragment `<></>`".into() })
        }
    }
}

fn expression(tokens: TokenStream) -> Node {
    let mut iter = tokens.clone().into_iter();
    match (iter.next(), iter.next()) {
        (Some(TokenTree::Literal(literal)), None) if is_text(&literal) => Node::Text(literal),
        (Some(TokenTree::Ident(word)), Some(_)) if word == "for" => Node::Each(tokens.into_iter().skip(1).collect()),
        _ => Node::Expression(bare(tokens)),
    }
}

/// A block's tokens as one expression: without the braces if it is one already.
fn bare(tokens: TokenStream) -> TokenStream {
    let many = tokens.clone().into_iter().any(|t| matches!(&t, TokenTree::Punct(p) if p.as_char() == ';'));
    if many { quote!({ #tokens }) } else { tokens }
}

fn is_text(literal: &Literal) -> bool {
    literal.to_string().starts_with(['"', 'r'])
}

struct Parser {
    /// In reverse: the next is the last.
    rest: Vec<TokenTree>,
    end: Span,
}

impl Parser {
    fn new(tokens: TokenStream, end: Span) -> Parser {
        let mut rest: Vec<TokenTree> = tokens.into_iter().collect();
        rest.reverse();
        Parser { rest, end }
    }

    fn peek(&self) -> Option<&TokenTree> {
        self.rest.last()
    }

    fn peek_at(&self, ahead: usize) -> Option<&TokenTree> {
        self.rest.len().checked_sub(ahead + 1).map(|i| &self.rest[i])
    }

    fn is_punct(&self, ahead: usize, sign: char) -> bool {
        matches!(self.peek_at(ahead), Some(TokenTree::Punct(p)) if p.as_char() == sign)
    }

    fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek_at(ahead), Some(TokenTree::Ident(i)) if i == word)
    }

    fn fail<T>(&self, text: impl Into<String>) -> Result<T> {
        Err(Error { at: self.peek().map_or(self.end, TokenTree::span), text: text.into() })
    }

    fn take_all(&mut self) -> TokenStream {
        std::mem::take(&mut self.rest).into_iter().rev().collect()
    }

    fn punct(&mut self, sign: char) -> Result<TokenTree> {
        if self.is_punct(0, sign) {
            return self.next();
        }
        self.fail(format!("expected `{sign}`"))
    }

    fn next(&mut self) -> Result<TokenTree> {
        self.rest.pop().ok_or(Error { at: self.end, text: "the tree ends too early".into() })
    }

    fn brace(&mut self) -> Option<Group> {
        match self.rest.pop_if(|t| matches!(t, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace)) {
            Some(TokenTree::Group(group)) => Some(group),
            _ => None,
        }
    }

    fn at_node(&self) -> bool {
        let brace = matches!(self.peek(), Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Brace);
        brace || self.is_punct(0, '<') || self.is_word(0, "if")
    }

    fn node(&mut self) -> Result<Node> {
        if let Some(group) = self.brace() {
            return Ok(expression(group.stream()));
        }
        if self.is_word(0, "if") {
            return self.branches();
        }
        if !self.is_punct(0, '<') {
            return self.fail("expected an element, `{ … }` or `if`");
        }
        let open = self.next()?;
        match self.peek() {
            Some(TokenTree::Punct(p)) if p.as_char() == '>' => self.fragment(None),
            Some(TokenTree::Ident(word)) if word == "key" && self.is_punct(1, '=') => {
                let key = self.attribute()?.value;
                self.fragment(Some(key))
            }
            Some(TokenTree::Ident(word))
                if word.to_string().starts_with(char::is_uppercase) || self.is_punct(1, ':') =>
            {
                self.component(open)
            }
            Some(TokenTree::Ident(_)) => self.element().map(Node::Element),
            _ => self.fail("expected the name of an element"),
        }
    }

    fn fragment(&mut self, key: Option<Value>) -> Result<Node> {
        let end = self.punct('>')?.span();
        let children = self.children(end)?;
        self.punct('>')?;
        Ok(Node::Fragment { key, children })
    }

    /// The nodes up to a closing tag, whose `</` is taken.
    fn children(&mut self, opened: Span) -> Result<Vec<Node>> {
        let mut nodes = Vec::new();
        loop {
            if self.is_punct(0, '<') && self.is_punct(1, '/') {
                self.next()?;
                self.next()?;
                return Ok(nodes);
            }
            if self.peek().is_none() {
                return Err(Error { at: opened, text: "this tag is never closed".into() });
            }
            nodes.push(self.node()?);
        }
    }

    fn all(tokens: TokenStream, end: Span) -> Result<Vec<Node>> {
        let mut parser = Parser::new(tokens, end);
        let mut nodes = Vec::new();
        while parser.peek().is_some() {
            nodes.push(parser.node()?);
        }
        Ok(nodes)
    }

    fn branches(&mut self) -> Result<Node> {
        let mut branches = Vec::new();
        loop {
            self.next()?;
            let (condition, group) = self.condition()?;
            branches.push((condition, Parser::all(group.stream(), group.span_close())?));
            if !self.is_word(0, "else") {
                return Ok(Node::If { branches, otherwise: Vec::new() });
            }
            self.next()?;
            if self.is_word(0, "if") {
                continue;
            }
            let Some(group) = self.brace() else { return self.fail("expected `{` or `if` after `else`") };
            let otherwise = Parser::all(group.stream(), group.span_close())?;
            return Ok(Node::If { branches, otherwise });
        }
    }

    /// Up to the braces; those of a pattern stand before its `=`.
    fn condition(&mut self) -> Result<(TokenStream, Group)> {
        let mut condition = Vec::new();
        let mut pattern = self.is_word(0, "let");
        loop {
            if !pattern && let Some(group) = self.brace() {
                return Ok((condition.into_iter().collect(), group));
            }
            pattern &= !self.is_punct(0, '=');
            pattern |= self.is_word(0, "let");
            condition.push(self.next()?);
        }
    }

    fn element(&mut self) -> Result<Element> {
        let (name, span) = self.name()?;
        let mut attributes = Vec::new();
        while !self.is_punct(0, '>') && !self.is_punct(0, '/') {
            let attribute = self.attribute()?;
            if attributes.iter().any(|a: &Attribute| a.name == attribute.name) {
                return Err(Error { at: attribute.span, text: format!("`{}` is given twice", attribute.name) });
            }
            attributes.push(attribute);
        }
        if self.is_punct(0, '/') {
            self.next()?;
            self.punct('>')?;
            return Ok(Element { name, attributes, children: Vec::new() });
        }
        if TAKE_NOTHING.contains(&&*name) {
            return Err(Error { at: span, text: format!("`<{name}>` takes no children: close it with `/>`") });
        }
        self.next()?;
        let children = self.children(span)?;
        let at = self.peek().map_or(self.end, TokenTree::span);
        let (closed, _) = self.name()?;
        if closed != name {
            return Err(Error { at, text: format!("`</{closed}>` closes nothing: `<{name}>` is open") });
        }
        self.punct('>')?;
        Ok(Element { name, attributes, children })
    }

    /// Words with dashes between them.
    fn name(&mut self) -> Result<(String, Span)> {
        let TokenTree::Ident(first) = self.next()? else {
            return self.fail("expected a name");
        };
        let mut name = plain(&first);
        while self.is_punct(0, '-') {
            self.next()?;
            name.push('-');
            name += &self.next()?.to_string();
        }
        Ok((name, first.span()))
    }

    fn attribute(&mut self) -> Result<Attribute> {
        if let Some(group) = self.brace() {
            let mut inside = group.stream().into_iter();
            let (Some(TokenTree::Ident(word)), None) = (inside.next(), inside.next()) else {
                return Err(Error { at: group.span(), text: "only a name may stand here: write `name={…}`".into() });
            };
            let (name, span) = (plain(&word), word.span());
            return Ok(Attribute { name, span, value: Value::Expression(group.stream()) });
        }
        let (name, span) = self.name()?;
        if !self.is_punct(0, '=') {
            return Err(Error { at: span, text: format!("`{name}` has no value") });
        }
        self.next()?;
        let value = match self.next()? {
            TokenTree::Literal(literal) => Value::Literal(literal),
            TokenTree::Ident(word) if word == "true" || word == "false" => Value::Switch(word == "true"),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => value(group.stream()),
            other => return Err(Error { at: other.span(), text: "a value is a literal or stands in braces".into() }),
        };
        Ok(Attribute { name, span, value })
    }

    fn component(&mut self, open: TokenTree) -> Result<Node> {
        let mut tag = vec![open];
        let mut depth = 0_i32;
        loop {
            if depth == 0 && self.is_punct(0, '/') {
                tag.push(self.next()?);
                tag.push(self.punct('>')?);
                return Ok(Node::Component {
                    open: tag.into_iter().collect(),
                    children: None,
                    close: TokenStream::new(),
                });
            }
            depth += i32::from(self.is_punct(0, '<')) - i32::from(self.is_punct(0, '>'));
            tag.push(self.next()?);
            if depth < 0 {
                break;
            }
        }
        let at = tag[1].span();
        let children = self.children(at)?;
        let mut close = vec![];
        let mut depth = 1_i32;
        while depth > 0 {
            depth += i32::from(self.is_punct(0, '<')) - i32::from(self.is_punct(0, '>'));
            close.push(self.next()?);
        }
        let close: TokenStream = close.into_iter().collect();
        Ok(Node::Component { open: tag.into_iter().collect(), children: Some(children), close: quote!(</ #close) })
    }
}

/// Without the `r#` of a name that is a word of the language.
fn plain(word: &Ident) -> String {
    word.to_string().trim_start_matches("r#").to_owned()
}

fn value(tokens: TokenStream) -> Value {
    let mut iter = tokens.clone().into_iter();
    match (iter.next(), iter.next()) {
        (Some(TokenTree::Literal(literal)), None) => Value::Literal(literal),
        _ => Value::Expression(bare(tokens)),
    }
}
