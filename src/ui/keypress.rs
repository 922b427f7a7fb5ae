//! Key events as the session names keys, for elements that answer keys themselves: none of them takes a key that the list does not have for it.

use web_sys::KeyboardEvent;

use crate::session::KeyPress;
use crate::session::gestures::keys::{Scope, is_listed};

/// The key, unless it belongs to someone else: another element has answered it, it makes up a character, or Alt makes it the browser's.
pub fn of(event: &KeyboardEvent) -> Option<KeyPress> {
    let elsewhere = event.default_prevented() || event.is_composing() || event.alt_key();
    (!elsewhere).then(|| KeyPress {
        key: event.key(),
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
    })
}

/// Whether an element of this scope takes the key.
pub fn takes(event: &KeyboardEvent, scope: Scope) -> bool {
    of(event).is_some_and(|press| is_listed(&press, scope))
}
