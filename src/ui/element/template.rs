//! What of a tree never changes, written as one text and read once.
//!
//! A text and not nested structs: those are 50 kB of addresses in the wasm, which pack badly (10 kB with brotli).
//!
//! Each word follows its mark, a control character that no text of a page has; `view`'s `expand` writes them:
//! 10 an element, 11 and 12 an attribute and its text, 13 an attribute with a value, 14 another value of the opening tag, 17 the end of children,
//! 18 a text, 19 a list, 1a a list with a key, 1b one node, 1c any number of nodes, 1d an `if` and 1e each of its alternatives (hexadecimal).

use std::cell::RefCell;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

use yew::virtual_dom::AttributeOrProperty;

/// A node of a template.
pub enum Part {
    Element(Element),
    Text(&'static str),
    List(Vec<Part>),
    KeyedList(Vec<Part>),
    /// A value that is one node.
    One,
    /// A value that is any number of nodes.
    Many,
    /// A value says which of these lists.
    Branch(Vec<Vec<Part>>),
}

pub struct Element {
    pub tag: &'static str,
    pub attributes: Attributes,
    /// How many values its opening tag takes.
    pub values: usize,
    pub children: Vec<Part>,
}

pub enum Attributes {
    Fixed(&'static [(&'static str, AttributeOrProperty)]),
    /// Names, and values where they are fixed.
    Mixed(&'static [&'static str], Vec<Option<&'static str>>),
}

/// A template as the macro writes it.
pub struct Template {
    text: &'static str,
    /// One more than its place among those that were read; 0 before.
    place: AtomicUsize,
}

/// A template as it is built from.
pub struct Read {
    text: &'static str,
    pub root: Part,
    /// At most as many values as this.
    pub values: usize,
}

thread_local! {
    static READ: RefCell<Vec<&'static Read>> = const { RefCell::new(Vec::new()) };
}

impl Template {
    pub const fn new(text: &'static str) -> Template {
        Template { text, place: AtomicUsize::new(0) }
    }

    /// Read at its first use and kept for good, so that Yew sees by the address that attributes are the same.
    pub fn read(&self) -> &'static Read {
        READ.with_borrow_mut(|all| {
            let place = self.place.load(Ordering::Relaxed);
            // In another thread, as tests have them, the place may be another template's.
            let known = place.checked_sub(1).and_then(|at| all.get(at)).filter(|read| ptr::eq(read.text, self.text));
            if let Some(read) = known {
                return *read;
            }
            let mut reader = Reader { rest: self.text, values: 0 };
            let root = reader.part();
            let read: &'static Read = Box::leak(Box::new(Read { text: self.text, root, values: reader.values }));
            all.push(read);
            self.place.store(all.len(), Ordering::Relaxed);
            read
        })
    }
}

struct Reader {
    rest: &'static str,
    values: usize,
}

impl Reader {
    fn mark(&mut self) -> u8 {
        let mark = self.rest.as_bytes()[0];
        self.rest = &self.rest[1..];
        mark
    }

    fn peek(&self) -> u8 {
        self.rest.as_bytes()[0]
    }

    /// Up to the next mark.
    fn word(&mut self) -> &'static str {
        let end = self.rest.bytes().position(|b| (0x10..0x20).contains(&b)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn part(&mut self) -> Part {
        let mark = self.mark();
        self.values += usize::from((0x1a..0x1e).contains(&mark));
        match mark {
            b'\x10' => Part::Element(self.element()),
            b'\x18' => Part::Text(self.word()),
            b'\x19' => Part::List(self.parts()),
            b'\x1a' => Part::KeyedList(self.parts()),
            b'\x1b' => Part::One,
            b'\x1c' => Part::Many,
            b'\x1d' => {
                let mut branches = Vec::new();
                while self.peek() == b'\x1e' {
                    self.mark();
                    branches.push(self.parts());
                }
                self.mark();
                Part::Branch(branches)
            }
            mark => unreachable!("the mark {mark}"),
        }
    }

    fn parts(&mut self) -> Vec<Part> {
        let mut parts = Vec::new();
        while self.peek() != b'\x17' {
            parts.push(self.part());
        }
        self.mark();
        parts
    }

    fn element(&mut self) -> Element {
        let tag = self.word();
        let mut fixed: Vec<(&'static str, Option<&'static str>)> = Vec::new();
        let mut values = 0;
        loop {
            match self.peek() {
                b'\x11' => {
                    self.mark();
                    let name = self.word();
                    self.mark();
                    fixed.push((name, Some(self.word())));
                }
                b'\x13' => {
                    self.mark();
                    values += 1;
                    fixed.push((self.word(), None));
                }
                b'\x14' => {
                    self.mark();
                    values += 1;
                }
                _ => break,
            }
        }
        self.values += values;
        let attributes = if fixed.iter().all(|(_, text)| text.is_some()) {
            let all = fixed.into_iter().filter_map(|(name, text)| Some((name, AttributeOrProperty::Static(text?))));
            Attributes::Fixed(all.collect::<Vec<_>>().leak())
        } else {
            let names = fixed.iter().map(|(name, _)| *name).collect::<Vec<_>>();
            Attributes::Mixed(names.leak(), fixed.into_iter().map(|(_, text)| text).collect())
        };
        Element { tag, attributes, values, children: self.parts() }
    }
}
