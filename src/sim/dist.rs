//! Distributions of durations: what the files call them, their moments, and how one is sampled.
//!
//! Sampling uses nothing but basic arithmetic, square roots and the `libm` crate, so a draw has the same bits natively and in a browser.
//! The formulas stand in `model.md`; each sampler is tested against [`Dist::mean`] and [`Dist::variance`].

use super::random::Draws;
use super::time::Span;

/// A distribution of durations. Times in milliseconds, as files have them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dist {
    Constant {
        mean_ms: f64,
    },
    Exponential {
        mean_ms: f64,
    },
    Uniform {
        min_ms: f64,
        max_ms: f64,
    },
    /// `cv` is the coefficient of variation of the variable itself, not of its logarithm.
    Lognormal {
        mean_ms: f64,
        cv: f64,
    },
    Erlang {
        mean_ms: f64,
        k: u32,
    },
    /// Two phases with balanced means; `cv` ≥ 1.
    Hyperexponential {
        mean_ms: f64,
        cv: f64,
    },
}
