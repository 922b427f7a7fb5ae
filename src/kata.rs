//! The kata: scenarios with their goals, the verdict, what to look out for while drawing. All texts and figures come from data under
//! `static/katas/`, compiled in.

pub mod builtin;
pub mod figures;
pub mod fluid;
pub mod goal;
pub mod kept;
pub mod learning;
pub mod lint;
pub mod moments;
pub mod notes;
pub mod origin;
pub mod review;
pub mod scenario;
pub mod theory;
pub mod verdict;
pub mod when;

pub use builtin::{Brief, brief, designs, scenarios};
pub use goal::Goal;
pub use kept::{Kept, Runs};
pub use moments::Moments;
pub use notes::{Note, Notes};
pub use origin::{Changed, Origin};
pub use scenario::Scenario;
pub use verdict::{GoalState, GoalStatus, Verdict};
