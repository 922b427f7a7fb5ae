//! What the buttons of a result do, wherever on the page they stand.

use std::rc::Rc;

use engine::sim::time::Time;

#[derive(Clone, Debug, PartialEq)]
pub enum ResultAction {
    Close,
    /// On to the diagram.
    Change,
    Reopen,
    /// What the evidence speaks of: its moment, and its component by its id.
    Show(Shown),
    /// The design as it is, from the start.
    Run,
    /// The design as it is in another scenario, by its id.
    Play(String),
}

/// A place in the run and in the design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    pub moment: Option<Time>,
    pub node: Option<Rc<str>>,
}
