//! A place: where one text is kept, in the local storage, which answers at once, and in the database, which outlives the end of the browser.
//!
//! Both hold the same text; its seal says which copy is the newest. Where one of them is closed or full, the other one does. What can't be read
//! is set aside before it is written over; where that is not possible the place is closed.

use crate::say;
use std::cell::RefCell;

use super::database::Answer;
use super::{database, held, key, local};
use crate::share::kept::{Choice, choose};
use crate::share::saved::Unreadable;
use crate::share::seal;

/// Texts that could not be read are kept under this and a number.
const ASIDE: &str = "unreadable";
/// How many texts are set aside at most; with more, nothing is written any more.
const MOST_ASIDE: usize = 8;

thread_local! {
    /// What this visit could not read, and under which name it is set aside; none: it stays where it is.
    static UNREAD: RefCell<Vec<(Option<String>, String)>> = const { RefCell::new(Vec::new()) };
}

pub struct Place {
    what: &'static str,
    /// Nothing is written: what lies there must stay.
    closed: bool,
    /// What lies in the local storage as far as this tab knows.
    known: Option<String>,
    /// The highest number of a text that this tab has seen or written.
    number: u64,
    /// The number of the text that only the database may have kept.
    asked: Option<u64>,
}

/// What lay at a place.
pub struct Opened {
    pub place: Place,
    pub text: Option<String>,
    /// Why none of what is there counts.
    pub unread: Option<Unreadable>,
    /// A copy is damaged; another one counts.
    pub damaged: bool,
}

/// What the database says of a text.
pub enum Heard {
    /// It is kept.
    Kept,
    /// It is not: there is no room now.
    Full,
    /// It was not written because another tab has written this since.
    Theirs(String),
}

/// What became of a text.
pub enum Written {
    Kept,
    /// The database will tell.
    Asked,
    Full,
}

impl Place {
    /// Opens the place of something: the newest text that can be read. Others are set aside.
    pub fn open(what: &'static str, read: &mut dyn FnMut(&str) -> Result<(), Unreadable>) -> Opened {
        let known = local().and_then(|storage| held(&storage, what).ok().flatten());
        let copies = known.iter().cloned().chain(database::found(what)).collect();
        let Choice { text, unread, number } = choose(copies, read);
        let mut place = Place { what, closed: false, known, number, asked: None };
        let mut reason = None;
        for (text, why) in unread {
            place.put_away(&text, &why);
            reason = Some(why);
        }
        let damaged = text.is_some() && reason.is_some();
        Opened { place, unread: reason.filter(|_| text.is_none()), text, damaged }
    }

    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// What another tab has written since, to the local storage.
    pub fn theirs(&self) -> Option<String> {
        let there = local()?.get_item(&key(self.what)).ok()??;
        (Some(&there) != self.known.as_ref()).then_some(there)
    }

    /// What another tab has written is known from now on.
    pub fn heed(&mut self, theirs: &str) {
        self.number = self.number.max(seal::number(theirs));
        if let Some(there) = self.theirs() {
            self.known = Some(there);
        }
    }

    /// Keeps a text; `over`: also over what another tab has written to the database.
    pub fn write(&mut self, text: &str, over: bool) -> Written {
        let known = self.number;
        self.number += 1;
        let text = seal::sealed(text, self.number);
        let here = local().is_some_and(|storage| storage.set_item(&key(self.what), &text).is_ok());
        database::write(self.what, (!over).then_some(known), &text);
        // Where nothing is kept at all that was said at the start.
        let nowhere = local().is_none() && !database::answers();
        self.asked = (!here && !nowhere).then_some(self.number);
        if here {
            self.known = Some(text);
        }
        if here || nowhere {
            Written::Kept
        } else if database::answers() {
            Written::Asked
        } else {
            Written::Full
        }
    }

    /// What an answer of the database means here; `None`: nothing, the local storage has kept it.
    pub fn hear(&self, answer: Answer) -> Option<Heard> {
        match answer.theirs {
            Some(theirs) => Some(Heard::Theirs(theirs)),
            None if self.asked != Some(answer.number) => None,
            None => Some(if answer.kept { Heard::Kept } else { Heard::Full }),
        }
    }

    /// Sets aside a text that can't be read. False: it is a newer page's or there is no room, so it stays where it is, and the place is closed.
    pub fn put_away(&mut self, text: &str, why: &Unreadable) -> bool {
        let name = if matches!(why, Unreadable::Broken(_)) { set_aside(text) } else { None };
        let done = name.is_some();
        self.closed |= !done;
        UNREAD.with_borrow_mut(|all| all.push((name, text.to_owned())));
        done
    }
}

impl Opened {
    /// What to tell of something (`list of runs`), if it is not as it should be.
    pub fn words(&self, what: &str, unread: fn(&Unreadable) -> String) -> Option<String> {
        match &self.unread {
            Some(why) if self.place.closed => Some(refused(what, why, unread)),
            Some(why) => Some(unread(why)),
            None if self.damaged && self.place.closed => Some(no_room(what)),
            None => self.damaged.then(|| say!("storage.damaged", what)),
        }
    }
}

/// What to tell of a text that stays where it is, so that nothing is written any more.
pub fn refused(what: &str, why: &Unreadable, unread: fn(&Unreadable) -> String) -> String {
    if matches!(why, Unreadable::Newer(_)) { unread(why) } else { no_room(what) }
}

fn no_room(what: &str) -> String {
    say!("storage.no_room", what)
}

/// A name, and what is set aside under it.
fn aside(number: usize) -> (String, Option<String>) {
    let what = format!("{ASIDE}.{number}");
    let now = || {
        UNREAD
            .with_borrow(|all| all.iter().find(|(name, _)| name.as_ref() == Some(&what)).map(|(_, text)| text.clone()))
    };
    let here = local().and_then(|storage| storage.get_item(&key(&what)).ok().flatten());
    let there = here.or_else(now).or_else(|| database::found(&what).pop());
    (what, there)
}

/// Keeps an unreadable text under a name of its own; `None`: there is no room.
fn set_aside(text: &str) -> Option<String> {
    for number in 1..=MOST_ASIDE {
        let (what, there) = aside(number);
        match there {
            Some(there) if there == text => return Some(what),
            Some(_) => continue,
            None => {
                database::set_aside(&what, text);
                let here = local().is_some_and(|storage| storage.set_item(&key(&what), text).is_ok());
                return (here || database::answers()).then_some(what);
            }
        }
    }
    None
}

/// All texts that could not be read: those of this visit, and those that are set aside.
pub fn asides() -> Vec<String> {
    let now = UNREAD.with_borrow(|all| all.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>());
    let mut all: Vec<String> = Vec::new();
    for text in now.into_iter().chain((1..=MOST_ASIDE).filter_map(|number| aside(number).1)) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}
