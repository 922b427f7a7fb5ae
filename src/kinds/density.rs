//! Densities: the curve of a distribution's density, to draw.
//!
//! Pure functions of a distribution. The curve ends where hardly anything is left; a constant has none, since it is a single value.

use crate::kinds::Value;
use engine::sim::dist::Dist;

/// Points of a curve.
const POINTS: usize = 400;

/// A curve of density over time, with the mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Milliseconds, and density per millisecond; empty for a constant.
    pub points: Vec<(f64, f64)>,
    /// The distribution's mean in milliseconds.
    pub mean_ms: f64,
}

/// The picture of a distribution; `None` where it has no width to draw.
pub fn picture(dist: &Dist) -> Option<Picture> {
    let mean_ms = dist.mean_ms();
    if !(mean_ms > 0.0 && mean_ms.is_finite()) {
        return None;
    }
    let points = match *dist {
        Dist::Constant { .. } => Vec::new(),
        Dist::Uniform { min_ms, max_ms } if max_ms <= min_ms => Vec::new(),
        Dist::Uniform { min_ms, max_ms } => {
            let height = 1.0 / (max_ms - min_ms);
            vec![(min_ms, 0.0), (min_ms, height), (max_ms, height), (max_ms, 0.0)]
        }
        Dist::Lognormal { cv, .. } if cv <= 0.0 => Vec::new(),
        _ => {
            let end = end_ms(dist);
            let at = |i: usize| end * (i as f64 + 0.001) / POINTS as f64;
            (0..=POINTS).map(|i| (at(i), density(dist, at(i)))).collect()
        }
    };
    Some(Picture { points, mean_ms })
}

/// The density at `x` > 0 milliseconds.
fn density(dist: &Dist, x: f64) -> f64 {
    match *dist {
        Dist::Constant { .. } => 0.0,
        Dist::Uniform { min_ms, max_ms } => {
            if x >= min_ms && x <= max_ms {
                1.0 / (max_ms - min_ms)
            } else {
                0.0
            }
        }
        Dist::Exponential { mean_ms } => libm::exp(-x / mean_ms) / mean_ms,
        Dist::Lognormal { mean_ms, cv } => {
            let (mu, sigma) = normal(mean_ms, cv);
            let z = (libm::log(x) - mu) / sigma;
            libm::exp(-z * z / 2.0) / (x * sigma * std::f64::consts::TAU.sqrt())
        }
        Dist::Erlang { mean_ms, k } => {
            let rate = f64::from(k) / mean_ms;
            let ln_factorial: f64 = (1..k).map(|n| libm::log(f64::from(n))).sum();
            libm::exp(f64::from(k) * libm::log(rate) + f64::from(k - 1) * libm::log(x) - rate * x - ln_factorial)
        }
        Dist::Hyperexponential { mean_ms, cv } => {
            let (p, fast, slow) = phases(mean_ms, cv);
            p * fast * libm::exp(-fast * x) + (1.0 - p) * slow * libm::exp(-slow * x)
        }
    }
}

/// Beyond this lies about one in two hundred, or less.
fn end_ms(dist: &Dist) -> f64 {
    match *dist {
        Dist::Constant { mean_ms } => mean_ms,
        Dist::Uniform { max_ms, .. } => max_ms,
        Dist::Exponential { mean_ms } => 5.3 * mean_ms,
        Dist::Lognormal { mean_ms, cv } => {
            let (mu, sigma) = normal(mean_ms, cv);
            libm::exp(mu + 2.58 * sigma)
        }
        Dist::Erlang { mean_ms, k } => mean_ms * (1.0 + 4.3 / f64::from(k).sqrt()),
        Dist::Hyperexponential { mean_ms, cv } => {
            let (p, _, slow) = phases(mean_ms, cv);
            (7.0 + libm::log(1.0 - p)).max(1.0) / slow
        }
    }
}

/// Mean and standard deviation of the logarithm.
fn normal(mean_ms: f64, cv: f64) -> (f64, f64) {
    let variance = libm::log1p(cv * cv);
    (libm::log(mean_ms) - variance / 2.0, variance.sqrt())
}

/// Share and rate of the fast phase, and the rate of the slow one; their means weigh the same.
fn phases(mean_ms: f64, cv: f64) -> (f64, f64, f64) {
    let p = (1.0 + ((cv * cv - 1.0) / (cv * cv + 1.0)).max(0.0).sqrt()) / 2.0;
    (p, 2.0 * p / mean_ms, 2.0 * (1.0 - p) / mean_ms)
}

/// The distribution that a parameter's value describes.
pub fn of_value(value: &Value) -> Option<Dist> {
    let number = |key: &str| value.get(key).and_then(Value::number);
    let mean = || number("mean_ms");
    Some(match value.get("dist").and_then(Value::text)? {
        "constant" => Dist::Constant { mean_ms: mean()? },
        "exponential" => Dist::Exponential { mean_ms: mean()? },
        "uniform" => Dist::Uniform { min_ms: number("min_ms")?, max_ms: number("max_ms")? },
        "lognormal" => Dist::Lognormal { mean_ms: mean()?, cv: number("cv")? },
        "erlang" => Dist::Erlang { mean_ms: mean()?, k: number("k")?.max(1.0) as u32 },
        "hyperexponential" => Dist::Hyperexponential { mean_ms: mean()?, cv: number("cv")? },
        _ => return None,
    })
}
