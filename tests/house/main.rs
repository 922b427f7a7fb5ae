//! The rules of the house: how the source is ordered, and what its documents tell of it.

mod circles;
mod layers;
mod readme;
mod source;
