//! The kata: scenarios with their goals, the verdict, what to look out for while drawing. All texts and figures come from data under
//! `static/katas/`, compiled in.

pub mod brief;
pub mod builtin;
pub mod figures;
pub mod fluid;
pub mod folder;
pub mod goal;
pub mod kept;
pub mod learning;
pub mod lint;
pub mod moments;
pub mod notes;
pub mod origin;
pub mod review;
pub mod scenario;
pub mod teaching;
pub mod terms;
pub mod theory;
pub mod verdict;
pub mod when;

pub use brief::Brief;
pub use builtin::{brief, designs, scenarios};
pub use folder::Folder;
pub use goal::Goal;
pub use kept::{Kept, Runs};
pub use moments::Moments;
pub use notes::{Note, Notes};
pub use origin::{Changed, Origin};
pub use scenario::Scenario;
pub use verdict::{GoalState, GoalStatus, Verdict};
