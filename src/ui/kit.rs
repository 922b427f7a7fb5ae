//! What panels are made of: widgets, dialogs, disclosures, buttons and values compared by pointer.
//!
//! Knows nothing of the kata: a panel says what is shown, the kit how such a thing behaves.

mod by_ptr;
mod dialog;
pub mod disclosure;
mod icon_button;
mod media;
pub mod number_field;
mod quarters;
mod widget;

pub use by_ptr::{ByPtr, Fixed};
pub use dialog::Dialog;
pub use icon_button::IconButton;
pub use media::{Media, Printing};
pub use quarters::Quarters;
pub use widget::Widget;
pub(in crate::ui) use widget::widget;
