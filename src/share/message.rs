//! Messages from the page around: [`INBOUND`] is the one list of what it may say. What goes out is in [`told`], when in [`telling`], how much
//! room the page asks for in [`room`].
//!
//! A message is an object whose `type` begins with `waiting-room:`; it comes as the JSON of it. Reading is as strict as with files and all or
//! nothing: what is unknown, missing, of another type or out of range is a fault with its place, and then nothing of the message is done. What
//! is no message of ours is for others, and passed over.
//!
//! Knows nothing of who sent it, nor of what is done about it; that is no more than the learner could do by hand.

use std::error::Error;
use std::fmt;

use super::embed::{ALLOWED, EMBED, Embed, shorten};
use super::link::{self, LinkFault, SharedRun, read_design};
use crate::design::file::MAX_BYTES;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Design, Problem};
use crate::json::{self, Value};

pub mod room;
pub mod telling;
pub mod told;

/// What the type of each message begins with.
pub const START: &str = "waiting-room:";
/// The longest message that is read, in bytes of its JSON: a design as large as a file may be, and what is around it.
pub const MAX_MESSAGE: usize = MAX_BYTES + 1024;
/// More faults of a message than this are counted only.
const MOST_TOLD: usize = 5;
/// What `set` may set: options of the address.
const SETTABLE: [&str; 5] = ["scenario", "seed", "speed", "theme", "lang"];

/// A message that may come in, or go out, for those who write a page around.
pub struct MessageKind {
    /// What stands behind `waiting-room:`.
    pub name: &'static str,
    /// Its fields beside the type.
    pub fields: &'static str,
    /// What it does, or when it is sent.
    pub does: &'static str,
}

/// Writes a list of messages down.
macro_rules! messages {
    ($($name:literal, $fields:literal, $does:literal;)*) => { &[$(MessageKind { name: $name, fields: $fields, does: $does }),*] };
}
pub(crate) use messages;

/// All that may come in.
pub const INBOUND: &[MessageKind] = messages! {
    "load", "`design`, an object as in a design file, or `link`, a link to a run or what follows its `#`",
        "Shows the design, or the whole run of the link. The learner's own design stays as it is, one press or Undo away.";
    "set", "some of `scenario`, `seed`, `speed`, `theme`, `lang`, each as in the address",
        "Sets them, as by hand: a run under way ends where scenario or seed are others. All or, where one is not allowed, none.";
    "play", "", "Starts a run, or goes on with the one that is paused.";
    "pause", "", "Pauses the run.";
    "reset", "", "Back to the design that the learner began with, and to the start of the run; Undo brings theirs back. Where the page is readonly, to the start of the run.";
    "get-result", "", "Asks for the last `result`.";
};

/// What the page around says.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A design to look at, in the scenario and with the seed that are there.
    LoadDesign(Box<Design>),
    LoadRun(Box<SharedRun>),
    /// Of the options only those that `set` may set are given.
    Set(Box<Embed>),
    Play,
    Pause,
    Reset,
    GetResult,
}

/// Why a message is refused. As text: a sentence or more for whoever wrote the page around.
#[derive(Clone, Debug, PartialEq)]
pub enum MessageFault {
    /// It has more than [`MAX_MESSAGE`] bytes.
    TooLong,
    /// There is no message of this name, of which at most 24 characters are told.
    Unknown(String),
    Problems(Vec<Problem>),
    Link(LinkFault),
}

impl fmt::Display for MessageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MessageFault::TooLong => {
                write!(f, "The message is longer than {MAX_MESSAGE} bytes. It was not read.")
            }
            MessageFault::Unknown(name) => {
                let known: Vec<_> = INBOUND.iter().map(|kind| kind.name).collect();
                write!(f, "There is no message “{START}{name}”; there are {}.", known.join(", "))
            }
            MessageFault::Problems(problems) => {
                f.write_str("Nothing of the message was done.")?;
                problems.iter().take(MOST_TOLD).try_for_each(|problem| write!(f, " {problem}"))?;
                match problems.len().saturating_sub(MOST_TOLD) {
                    0 => Ok(()),
                    more => write!(f, " And {more} more."),
                }
            }
            MessageFault::Link(fault) => write!(f, "{fault}"),
        }
    }
}

impl Error for MessageFault {}

/// The message in a JSON text; `None` where it is none of ours.
pub fn read(text: &str) -> Option<Result<Message, MessageFault>> {
    if text.len() > MAX_MESSAGE {
        // Its type can't be known without reading it: it is ours if it looks like it.
        return text.contains(START).then_some(Err(MessageFault::TooLong));
    }
    let value = json::read(text).ok()?;
    let name = value.get("type")?.text()?.strip_prefix(START)?;
    Some(match name {
        "load" => load(&value),
        "set" => of(&value, set),
        "play" => of(&value, |top, faults| bare(top, faults, Message::Play)),
        "pause" => of(&value, |top, faults| bare(top, faults, Message::Pause)),
        "reset" => of(&value, |top, faults| bare(top, faults, Message::Reset)),
        "get-result" => of(&value, |top, faults| bare(top, faults, Message::GetResult)),
        other => Err(MessageFault::Unknown(shorten(other))),
    })
}

/// Reads the fields of a message by `read`.
fn of<T>(value: &Value, read: fn(&Object<'_>, &mut Faults) -> Option<T>) -> Result<T, MessageFault> {
    let all = |value: &Value, faults: &mut Faults| {
        faults.examine(value);
        read(&Object::any(value, "", faults)?, faults)
    };
    whole(value, all).map_err(MessageFault::Problems)
}

fn bare(top: &Object<'_>, faults: &mut Faults, message: Message) -> Option<Message> {
    top.only(&["type"], faults);
    Some(message)
}

/// What is to be loaded: a design, or the fragment of a link.
enum Loaded {
    Design(Box<Design>),
    Fragment(String),
}

fn load(value: &Value) -> Result<Message, MessageFault> {
    match of(value, loaded)? {
        Loaded::Design(design) => Ok(Message::LoadDesign(design)),
        Loaded::Fragment(fragment) => {
            link::read(&fragment).map(|run| Message::LoadRun(Box::new(run))).map_err(MessageFault::Link)
        }
    }
}

fn loaded(top: &Object<'_>, faults: &mut Faults) -> Option<Loaded> {
    const ALLOWED: &str = "a link to a run, or what follows its #";
    top.only(&["type", "design", "link"], faults);
    match (top.get("design"), top.get("link")) {
        (Some(_), None) => read_design(top, faults).map(|design| Loaded::Design(Box::new(design))),
        (None, Some(link)) => {
            let fragment = link.text().map(|text| text.split_once('#').map_or(text, |(_, fragment)| fragment).trim());
            let fragment = fragment.filter(|fragment| link::is_run(fragment));
            if fragment.is_none() {
                faults.refuse("link", link, ALLOWED);
            }
            fragment.map(|fragment| Loaded::Fragment(fragment.to_owned()))
        }
        _ => {
            faults.add(Code::Missing, "", "One of design and link has to be there, and one only.");
            None
        }
    }
}

fn set(top: &Object<'_>, faults: &mut Faults) -> Option<Message> {
    let known: Vec<_> = ["type"].into_iter().chain(SETTABLE).collect();
    top.only(&known, faults);
    let mut options = Embed::default();
    let mut any = false;
    for (key, value) in top.fields.iter().filter(|(key, _)| SETTABLE.contains(&key.as_str())) {
        any = true;
        let Some(at) = EMBED.iter().position(|option| option.key == key) else { continue };
        let text = match value {
            Value::Text(text) => Some(text.clone()),
            Value::Number(_) | Value::Digits(_) => Some(value.shown()),
            _ => None,
        };
        // A switch may stand by its name alone in an address; here everything has a value.
        let taken = text.filter(|text| !text.is_empty()).and_then(|text| (EMBED[at].take)(&mut options, &text));
        if taken.is_none() {
            faults.refuse(key, value, ALLOWED[at].get());
        }
    }
    if !any {
        faults.add(Code::Missing, "", format!("Nothing is to be set; allowed: some of {}.", SETTABLE.join(", ")));
    }
    Some(Message::Set(Box::new(options)))
}
