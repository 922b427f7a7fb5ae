//! The kata: scenarios with their goals, the verdict, hints while drawing. All texts and figures come from data: a
//! folder of files, which the page holds in one block.

#![warn(missing_docs, clippy::missing_errors_doc)]

pub mod analysis;
pub mod brief;
pub mod builtin;
pub mod figures;
pub mod folder;
pub mod goal;
pub mod learning;
pub mod lessons;
pub mod parts;
pub mod people;
mod reading;
pub mod rungs;
pub mod scenario;
pub mod stars;
pub mod terms;
pub mod verdict;
pub mod when;
pub mod words;

pub use analysis::Analysis;
pub use brief::Brief;
pub use builtin::{brief, designs, scenarios};
pub use folder::{Folder, KataFault};
pub use goal::Goal;
pub use lessons::Lesson;
pub use parts::Parts;
pub use people::{Person, person};
pub use scenario::Scenario;
pub use verdict::{GoalState, GoalStatus, Verdict, is_judged};
