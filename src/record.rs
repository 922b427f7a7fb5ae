//! Records: what is stored of runs: what names a run, the runs that came to their end, receipts, the score, notes, the moments at
//! which goals were missed.
//!
//! Plain data: how they are stored is for `share`.

pub mod history;
pub mod moments;
pub mod notes;
pub mod origin;
pub mod receipt;
pub mod score;

pub use history::{RunHistory, RunRecord};
pub use moments::{Loss, Moments};
pub use notes::{Note, Notes};
pub use origin::{Changed, Origin};
pub use receipt::Receipt;
pub use score::Score;
