//! The page.

pub mod diagram;
pub mod inspector;
pub mod palette;
