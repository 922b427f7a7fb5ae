//! What the buttons of a result do, wherever on the page they stand.

use std::rc::Rc;

#[derive(Clone, Debug, PartialEq)]
pub enum ResultAction {
    Close,
    /// On to the diagram.
    Change,
    Reopen,
    /// Puts away what to try next.
    Dismiss,
    /// A component that the review speaks of, by its id; and the parameter, by its path, where it speaks of one.
    Show(Rc<str>, Option<String>),
    /// The design as it is, from the start.
    Run,
    /// The design as it is in another scenario, by its id.
    Play(String),
}
