//! What is heard of something that takes a while: its start, its quarters, its end, and nothing between.
//!
//! A region that tells every step is read out at every step. This one's words change five times, however many steps there are.

use crate::say;
use crate::ui::prelude::*;

/// Words for those who listen; the region is there before the first of them, or it may not be read out.
pub struct Quarters {
    /// So many of so many have come.
    pub done: u64,
    pub all: u64,
    pub growing: bool,
    /// What they are, many of them.
    pub of: String,
    /// What is said at the end.
    pub end: String,
}

impl Quarters {
    pub fn view(self) -> Html {
        html! { <span class="sr-only" role="status">{ self.words() }</span> }
    }

    fn words(self) -> String {
        let Quarters { done, all, growing, of, end } = self;
        match (growing, all > 0 && done >= all) {
            (_, true) => end,
            (true, false) => match 4 * done / all.max(1) {
                0 => say!("quarters.under_way", all, of),
                quarters => say!("quarters.done", n = quarters * all / 4, all, of),
            },
            (false, false) if done > 0 => say!("quarters.stopped", n = done, all, of),
            (false, false) => String::new(),
        }
    }
}
