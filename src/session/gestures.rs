//! Gestures: how pointer, touch and keys become one edit of the design.
//!
//! A gesture is transient state between the first touch and the edit it ends as; it can always be cancelled.

pub(in crate::session) mod clipboard;
pub mod gesture;
pub mod insertion;
pub mod keys;
pub mod letters;
pub(in crate::session) mod pinch;
pub mod pointer;
