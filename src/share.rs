//! What goes in and out of the page: the options of its address, links, receipts, messages, and what it stores between visits. Pure parsing and
//! writing.
//!
//! Everything read here comes from outside – an address, a mail, a browser's storage – and may be anything: it is taken apart with limits,
//! answered with words, and can do no more than the learner could by hand.
//!
//! Knows nothing of the browser or of the page.

pub mod drawer;
pub mod embed;
pub mod kept;
pub mod link;
pub mod markdown;
pub mod message;
pub mod notes;
pub mod one_file;
mod packed;
pub mod receipt;
pub mod runs;
pub mod saved;
pub mod score;
pub mod seal;
pub mod state;
pub mod states;
pub mod under_way;
mod unreadable;
pub mod versioned_list;

pub use embed::{EMBED, Embed, Pace, Theme};
pub use packed::{MAX_PACKED, MAX_UNPACKED, PackFault, pack, unpack};
pub use saved::{Saved, Unreadable};
