//! What every part of the page needs of Yew, with its own `html!`.

pub use view::html;
pub use yew::prelude::*;
