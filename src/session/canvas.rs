//! The canvas: where components and connections lie, what part of the plane is seen, what is selected.
//!
//! Knows points, rectangles and routes; nothing of runs, of the browser or of styles.

pub mod align;
pub(in crate::session) mod autoscroll;
pub mod column;
pub mod geometry;
pub mod ghost;
pub mod hit;
pub mod label;
pub mod route;
pub mod routes;
pub mod selection;
pub mod viewport;
