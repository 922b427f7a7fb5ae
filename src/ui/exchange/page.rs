//! Saving the page itself as one file: asked for here, done by the page, which knows all that goes into it.

use std::cell::RefCell;

use yew::Callback;

/// Hears what became of it, in words.
pub type Told = Callback<String>;

thread_local! {
    static WANTED: RefCell<Callback<Told>> = RefCell::new(Callback::noop());
}

/// Who does it.
pub fn when_wanted(done: Callback<Told>) {
    WANTED.set(done);
}

pub fn save(told: Told) {
    WANTED.with_borrow(Callback::clone).emit(told);
}
