//! The rules of the house: how the source is ordered, and what its documents say of it.

mod doors;
mod embedding;
mod layers;
mod paths;
mod readme;
mod source;
mod styles;
