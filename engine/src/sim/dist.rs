//! Distributions of durations: what the files call them, their moments, and how one is sampled.
//!
//! Sampling uses nothing but basic arithmetic, square roots and the `libm` crate, so a draw has the same bits natively and in a browser.
//! Moments and shapes are the textbook's (Law, *Simulation Modeling and Analysis*, §6.2.2), the hyperexponential's phases with balanced
//! means Whitt's (*Approximating a point process by a renewal process*, 1982). Each sampler is tested against [`Dist::mean_ms`] and
//! [`Dist::variance`].

use super::random::Draws;
use super::time::Span;
use super::ziggurat::{self, Ziggurat};

/// A distribution of durations. Times in milliseconds, as files have them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dist {
    /// Always the same.
    Constant {
        /// 0 to a day, as all means.
        mean_ms: f64,
    },
    /// Without memory: coefficient of variation 1.
    Exponential {
        /// As above.
        mean_ms: f64,
    },
    /// Equally likely between two times.
    Uniform {
        /// The shortest; 0 to a day.
        min_ms: f64,
        /// The longest; at least `min_ms`.
        max_ms: f64,
    },
    /// `cv` is the coefficient of variation of the variable itself, not of its logarithm.
    Lognormal {
        /// As above.
        mean_ms: f64,
        /// Standard deviation ÷ mean; 0–20.
        cv: f64,
    },
    /// The sum of `k` exponential phases of equal mean: coefficient of variation 1 ÷ √k.
    Erlang {
        /// Of the sum.
        mean_ms: f64,
        /// Phases; 1–100.
        k: u32,
    },
    /// Two phases with balanced means; `cv` ≥ 1.
    Hyperexponential {
        /// As above.
        mean_ms: f64,
        /// Standard deviation ÷ mean; 1–20.
        cv: f64,
    },
}

impl Dist {
    /// The mean in milliseconds.
    pub fn mean_ms(&self) -> f64 {
        match *self {
            Dist::Uniform { min_ms, max_ms } => (min_ms + max_ms) / 2.0,
            Dist::Constant { mean_ms }
            | Dist::Exponential { mean_ms }
            | Dist::Lognormal { mean_ms, .. }
            | Dist::Erlang { mean_ms, .. }
            | Dist::Hyperexponential { mean_ms, .. } => mean_ms,
        }
    }

    /// The variance in square milliseconds.
    pub fn variance(&self) -> f64 {
        match *self {
            Dist::Constant { .. } => 0.0,
            Dist::Exponential { mean_ms } => mean_ms * mean_ms,
            Dist::Uniform { min_ms, max_ms } => (max_ms - min_ms) * (max_ms - min_ms) / 12.0,
            Dist::Lognormal { mean_ms, cv } | Dist::Hyperexponential { mean_ms, cv } => mean_ms * mean_ms * cv * cv,
            Dist::Erlang { mean_ms, k } => mean_ms * mean_ms / f64::from(k),
        }
    }

    /// The longest value it gives, in milliseconds; `None` if there is none.
    pub fn max_ms(&self) -> Option<f64> {
        match *self {
            Dist::Constant { mean_ms } => Some(mean_ms),
            Dist::Uniform { max_ms, .. } => Some(max_ms),
            _ => (self.mean_ms() == 0.0).then_some(0.0),
        }
    }
}

/// A distribution made ready to sample: its constants worked out, times in nanoseconds.
#[derive(Clone)]
pub struct Sampler {
    shape: Shape,
    tables: &'static Ziggurat,
}

#[derive(Clone, Copy)]
enum Shape {
    Constant(f64),
    Exponential(f64),
    Uniform {
        min: f64,
        width: f64,
    },
    /// Mean and standard deviation of the logarithm.
    Lognormal {
        mu: f64,
        sigma: f64,
    },
    Erlang {
        phase: f64,
        k: u32,
    },
    Hyperexponential {
        p: f64,
        first: f64,
        second: f64,
    },
}

/// Longer than any draw may be: a week. A heavy tail is cut here, so that times stay far from the end of the clock.
const LONGEST: f64 = 604_800.0 * 1e9;

impl Sampler {
    /// The sampler of a distribution; its constants are worked out once.
    pub fn new(dist: &Dist) -> Sampler {
        let nanos = |ms: f64| ms * 1e6;
        let shape = match *dist {
            _ if dist.mean_ms() == 0.0 => Shape::Constant(0.0),
            Dist::Constant { mean_ms } => Shape::Constant(nanos(mean_ms)),
            Dist::Exponential { mean_ms } => Shape::Exponential(nanos(mean_ms)),
            Dist::Uniform { min_ms, max_ms } => Shape::Uniform { min: nanos(min_ms), width: nanos(max_ms - min_ms) },
            Dist::Lognormal { mean_ms, cv: 0.0 } => Shape::Constant(nanos(mean_ms)),
            Dist::Lognormal { mean_ms, cv } => {
                let variance = libm::log1p(cv * cv);
                Shape::Lognormal { mu: libm::log(nanos(mean_ms)) - variance / 2.0, sigma: variance.sqrt() }
            }
            Dist::Erlang { mean_ms, k } => Shape::Erlang { phase: nanos(mean_ms) / f64::from(k), k },
            Dist::Hyperexponential { mean_ms, cv } => {
                let p = (1.0 + ((cv * cv - 1.0) / (cv * cv + 1.0)).sqrt()) / 2.0;
                let m = nanos(mean_ms);
                Shape::Hyperexponential { p, first: m / (2.0 * p), second: m / (2.0 * (1.0 - p)) }
            }
        };
        Sampler { shape, tables: ziggurat::tables() }
    }

    /// One value, from the given draws.
    #[inline(always)]
    pub fn sample(&self, draws: &mut Draws) -> Span {
        let nanos = match self.shape {
            Shape::Constant(nanos) => nanos,
            Shape::Exponential(mean) => mean * self.tables.exponential(draws),
            Shape::Uniform { min, width } => min + width * draws.unit(),
            Shape::Lognormal { mu, sigma } => libm::exp(mu + sigma * self.tables.normal(draws)),
            Shape::Erlang { phase, k } => (0..k).map(|_| phase * self.tables.exponential(draws)).sum(),
            Shape::Hyperexponential { p, first, second } => {
                let mean = if draws.unit() < p { first } else { second };
                mean * self.tables.exponential(draws)
            }
        };
        Span(whole(nanos.min(LONGEST) + 0.5))
    }
}

/// The whole part of a number from 0 to 2⁶². A checked cast takes 11 instructions instead of 2, 45 a booking.
#[inline(always)]
pub(super) fn whole(value: f64) -> u64 {
    debug_assert!((0.0..4.0e18).contains(&value), "{value} as a time");
    // SAFETY: times are neither negative nor without a value, and cut long before 2⁶³.
    unsafe { value.to_int_unchecked::<i64>() as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::random::{Purpose, Stream};

    /// 200 000 values of each distribution: sample mean and variance within five standard errors of the formulas. The standard error of the
    /// variance uses the sample's own fourth moment.
    #[test]
    fn samples_have_the_moments_of_their_formulas() {
        let dists = [
            Dist::Constant { mean_ms: 7.0 },
            Dist::Exponential { mean_ms: 80.0 },
            Dist::Uniform { min_ms: 800.0, max_ms: 2800.0 },
            Dist::Lognormal { mean_ms: 20.0, cv: 0.5 },
            Dist::Lognormal { mean_ms: 70.0, cv: 1.0 },
            Dist::Erlang { mean_ms: 50.0, k: 4 },
            Dist::Hyperexponential { mean_ms: 30.0, cv: 2.0 },
            Dist::Hyperexponential { mean_ms: 30.0, cv: 1.0 },
        ];
        for dist in dists {
            let stream = Stream::new(11, Purpose::Service, "moments");
            let sampler = Sampler::new(&dist);
            let n = 200_000;
            let values: Vec<f64> = (0..n).map(|b| sampler.sample(&mut stream.draws(b, 0)).millis()).collect();
            let n = n as f64;
            let mean = values.iter().sum::<f64>() / n;
            let moment = |k: i32| values.iter().map(|v| (v - mean).powi(k)).sum::<f64>() / n;
            let (variance, fourth) = (moment(2), moment(4));
            let allowed = 5.0 * (variance / n).sqrt() + 1e-6;
            assert!((mean - dist.mean_ms()).abs() <= allowed, "{dist:?}: mean {mean}");
            let allowed = 5.0 * ((fourth - variance * variance).max(0.0) / n).sqrt() + 1e-6;
            assert!((variance - dist.variance()).abs() <= allowed, "{dist:?}: variance {variance}");
        }
    }

    #[test]
    fn a_mean_of_zero_is_always_zero() {
        for dist in [Dist::Lognormal { mean_ms: 0.0, cv: 1.0 }, Dist::Hyperexponential { mean_ms: 0.0, cv: 3.0 }] {
            assert_eq!(Sampler::new(&dist).sample(&mut Stream::new(1, Purpose::Service, "z").draws(0, 0)), Span::ZERO);
        }
    }
}
