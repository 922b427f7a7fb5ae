//! Inputs from other inputs: a tree of JSON edited as a tree, everything edited as text, with the words that files know and with hostile ones.

use std::sync::OnceLock;

use rand::{RngExt, rngs::StdRng};
use waiting_room::json::{self, Value};

use crate::packed::{Around, closed, opened};

/// Texts that mean something to somebody: markup, formulas, Markdown, signs that aren't seen. The browser's tests read the same file.
pub fn hostile() -> &'static [String] {
    static READ: OnceLock<Vec<String>> = OnceLock::new();
    let file = include_str!("../../tests/support/hostile.json");
    READ.get_or_init(|| serde_json::from_str(file).expect("a list of texts"))
}

/// Bits of text that break what is around them.
const BITS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "\\",
    "\\u0000",
    "\\ud800",
    "\\udc00\\ud800",
    "1e999",
    "-1e-999",
    "1e",
    "-",
    "0.",
    "00",
    "18446744073709551616",
    "9007199254740993",
    "null",
    "true",
    "\u{feff}",
    "\0",
    "\r\n",
    "&",
    "=",
    "%",
    "+",
    "#",
    "?",
    "r1.",
    "WR1-",
    "WS1-",
];
/// Numbers at which something ends.
const NUMBERS: &[f64] = &[
    0.0,
    1.0,
    -1.0,
    2.0,
    0.5,
    1e-300,
    1e300,
    -1e300,
    1e6,
    1e6 + 1.0,
    1e9,
    1e12,
    4_294_967_296.0,
    9_007_199_254_740_992.0,
    604_800.0,
    604_801.0,
    127.0,
    255.0,
    65_536.0,
    0.1,
    100.0,
    999.999,
    f64::MIN_POSITIVE,
    f64::EPSILON,
];
/// How long a text may become by mutation, but for one in [`RARELY`].
const USUALLY: usize = 12 << 10;
const AT_MOST: usize = 3 << 19;
const RARELY: u32 = 2_000;

/// The inputs that others are made of, with the words in them.
pub struct Pool {
    texts: Vec<String>,
    words: Vec<String>,
}

impl Pool {
    pub fn new(texts: Vec<String>) -> Pool {
        let mut words = Vec::new();
        for text in &texts {
            let inner = opened(text).1;
            words.extend(inner.split('"').filter(|word| (1..60).contains(&word.len())).map(str::to_owned));
            words.extend(
                inner.split(['&', '=', '?', '\n']).filter(|word| (1..30).contains(&word.len())).map(str::to_owned),
            );
        }
        words.sort();
        words.dedup();
        Pool { texts, words }
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// What reached something new is mutated further.
    pub fn keep(&mut self, text: String) {
        self.texts.push(text);
    }

    fn any<'a>(&'a self, rng: &mut StdRng) -> &'a str {
        &self.texts[rng.random_range(0..self.texts.len())]
    }

    fn word<'a>(&'a self, rng: &mut StdRng) -> &'a str {
        let own = !self.words.is_empty() && rng.random_ratio(3, 4);
        let words = if own { &self.words } else { hostile() };
        &words[rng.random_range(0..words.len())]
    }

    /// A new input.
    pub fn mutated(&self, rng: &mut StdRng) -> String {
        let (around, mut text) = opened(self.any(rng));
        let most = if rng.random_ratio(1, RARELY) { AT_MOST } else { USUALLY };
        for _ in 0..rng.random_range(1..=4) {
            let tree = rng.random_ratio(3, 4).then(|| json::read(&text).ok()).flatten();
            let next = match tree {
                Some(mut tree) => {
                    self.edit_tree(&mut tree, most, rng);
                    tree.json()
                }
                None => self.edited(&text, most, rng),
            };
            if next.len() <= most {
                text = next;
            }
        }
        match around {
            Around::Nothing => text,
            _ if rng.random_ratio(1, 12) => self.edited(&closed(around, &text), most, rng),
            Around::Sealed | Around::Packed(_) => closed(around, &text),
        }
    }

    /// A text with a piece of it taken away, doubled, replaced, or with something put in.
    fn edited(&self, text: &str, most: usize, rng: &mut StdRng) -> String {
        let place = |rng: &mut StdRng| text.floor_char_boundary(rng.random_range(0..=text.len()));
        let from = place(rng);
        let length = if rng.random_ratio(1, 4) { rng.random_range(0..=text.len()) } else { rng.random_range(0..=20) };
        let to = text.ceil_char_boundary((from + length).min(text.len()));
        let piece = &text[from..to];
        let new = match rng.random_range(0..8) {
            0 => String::new(),
            1 => piece.repeat(2),
            2 if !piece.is_empty() => piece.repeat(rng.random_range(1..=(most / piece.len()).max(1))),
            3 => BITS[rng.random_range(0..BITS.len())].to_owned(),
            4 => self.word(rng).to_owned(),
            5 => char::from_u32(rng.random_range(0..0x11_0000)).unwrap_or('\u{fffd}').to_string(),
            6 => return text[..from].to_owned(),
            _ => {
                let other = opened(self.any(rng)).1;
                let cut = other.floor_char_boundary(rng.random_range(0..=other.len()));
                other[cut..].chars().take(length).collect()
            }
        };
        let end = if rng.random_ratio(1, 3) { from } else { to };
        [&text[..from], &new, &text[end..]].concat()
    }

    fn edit_tree(&self, tree: &mut Value, most: usize, rng: &mut StdRng) {
        let at = rng.random_range(0..size(tree));
        let node = nth(tree, at);
        match (rng.random_range(0..10), node) {
            (0..3, Value::Map(fields)) => self.edit_fields(fields, rng),
            (0..3, Value::List(items)) => edit_items(items, most, rng),
            (0..3, Value::Number(number)) => *number = near(*number, rng),
            (0..3, Value::Text(text)) => *text = self.edited(text, most, rng),
            (3..5, node) => *node = self.leaf(rng),
            (5..7, node) => {
                let mut other = json::read(&opened(self.any(rng)).1).unwrap_or(Value::Null);
                let at = rng.random_range(0..size(&other));
                *node = std::mem::replace(nth(&mut other, at), Value::Null);
            }
            (7, node) => {
                let deep = if rng.random_ratio(1, 50) { 130 } else { 1 };
                for _ in 0..deep {
                    let inner = std::mem::replace(node, Value::Null);
                    *node = Value::List(vec![inner]);
                }
            }
            (_, node) => *node = Value::Text(self.word(rng).to_owned()),
        }
    }

    fn leaf(&self, rng: &mut StdRng) -> Value {
        match rng.random_range(0..8) {
            0 => Value::Null,
            1 => Value::Bool(rng.random()),
            2 => Value::Number(NUMBERS[rng.random_range(0..NUMBERS.len())]),
            3 => Value::from(rng.random::<u64>()),
            4 => Value::Number(f64::from(rng.random_range(-100_i32..100_000))),
            5 => Value::Number(rng.random::<f64>()),
            6 => Value::List(Vec::new()),
            _ => Value::Text(self.word(rng).to_owned()),
        }
    }

    fn edit_fields(&self, fields: &mut Vec<(String, Value)>, rng: &mut StdRng) {
        let at = (!fields.is_empty()).then(|| rng.random_range(0..fields.len()));
        match (rng.random_range(0..4), at) {
            (0, Some(at)) => drop(fields.remove(at)),
            (1, Some(at)) => fields[at].0 = self.word(rng).to_owned(),
            (2, Some(at)) => {
                let copy = fields[at].clone();
                fields.push(copy);
            }
            _ => fields.push((self.word(rng).to_owned(), self.leaf(rng))),
        }
    }
}

fn edit_items(items: &mut Vec<Value>, most: usize, rng: &mut StdRng) {
    if items.is_empty() {
        return;
    }
    let (at, other) = (rng.random_range(0..items.len()), rng.random_range(0..items.len()));
    match rng.random_range(0..4) {
        0 => drop(items.remove(at)),
        1 => items.swap(at, other),
        2 => items.insert(other, items[at].clone()),
        _ => {
            let item = items[at].clone();
            let times = rng.random_range(1..=(most / (item.json().len() + 1)).clamp(1, 5_000));
            items.extend(std::iter::repeat_n(item, times));
        }
    }
}

fn near(number: f64, rng: &mut StdRng) -> f64 {
    match rng.random_range(0..7) {
        0 => number + 1.0,
        1 => number - 1.0,
        2 => -number,
        3 => number * 10.0,
        4 => number / 10.0,
        5 => number * 1e6,
        _ => number * rng.random::<f64>(),
    }
    .clamp(f64::MIN, f64::MAX)
}

/// Values in a tree.
fn size(tree: &Value) -> usize {
    1 + match tree {
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(fields) => fields.iter().map(|(_, value)| size(value)).sum::<usize>(),
        _ => 0,
    }
}

/// The value at a place in the order of the text.
fn nth(tree: &mut Value, mut at: usize) -> &mut Value {
    if at == 0 {
        return tree;
    }
    at -= 1;
    let below: Vec<&mut Value> = match tree {
        Value::List(items) => items.iter_mut().collect(),
        Value::Map(fields) => fields.iter_mut().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    };
    for value in below {
        let size = size(value);
        if at < size {
            return nth(value, at);
        }
        at -= size;
    }
    unreachable!("a place in the tree")
}
