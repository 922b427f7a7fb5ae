//! The rules of the house: how the source is ordered, and what the README tells of it.

mod layers;
mod readme;
