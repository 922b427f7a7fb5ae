//! What panels are made of.
//!
//! Knows nothing of the kata: a panel says what is shown, the kit how such a thing behaves.

pub mod number_field;
