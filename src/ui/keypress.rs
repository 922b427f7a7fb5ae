//! Key events as the session names keys, for elements that answer keys themselves: none of them takes a key that the list does not have for it.

use web_sys::KeyboardEvent;

use crate::session::KeyPress;
use crate::session::gestures::keys::{Scope, is_listed};
use crate::session::gestures::letters;

/// What browsers give as the code of a key that an input method has taken, also where they no longer call it composing: the Enter that ends it.
const TAKEN: u32 = 229;

/// The key makes up a character, or chooses one.
pub fn composes(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == TAKEN
}

/// The key, unless it belongs to someone else: another element has answered it, it makes up a character, or Alt makes it the browser's.
pub fn of(event: &KeyboardEvent) -> Option<KeyPress> {
    let elsewhere = event.default_prevented() || composes(event) || event.alt_key();
    if elsewhere {
        return None;
    }
    let key = event.key();
    let named = if key.is_ascii() { None } else { letters::name(&key, &event.code()) };
    Some(KeyPress { key: named.unwrap_or(key), ctrl: event.ctrl_key() || event.meta_key(), shift: event.shift_key() })
}

/// Whether an element of this scope takes the key.
pub fn takes(event: &KeyboardEvent, scope: Scope) -> bool {
    of(event).is_some_and(|press| is_listed(&press, scope))
}
