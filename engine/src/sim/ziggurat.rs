//! Standard exponential and normal draws by the ziggurat method.
//!
//! Marsaglia and Tsang, *The Ziggurat Method for Generating Random Variables*, J. Stat. Softw. 5 (2000). The density is covered by 256 layers
//! of equal area; nearly every draw costs one random word and one multiplication. The tables are worked out with `libm`, so they have
//! the same bits everywhere. The right edges of the base layers are those of the paper.
//!
//! The crate `rand_distr` has the same method, but its values may change with a release, and its `std` form uses the platform's `exp` and
//! `ln`: then digests of old runs would no longer name them.

use std::sync::OnceLock;

use super::random::Draws;

const LAYERS: usize = 256;

/// One density's layers: `x[i]` is the right edge of layer `i`, `y[i]` the density there.
struct Layers {
    x: [f64; LAYERS + 1],
    y: [f64; LAYERS + 1],
}

/// The tables for both densities.
pub struct Ziggurat {
    exponential: Layers,
    normal: Layers,
}

const EXPONENTIAL_EDGE: f64 = 7.697_117_470_131_487;
const NORMAL_EDGE: f64 = 3.654_152_885_361_009;

/// The tables, worked out at the first call.
pub fn tables() -> &'static Ziggurat {
    static TABLES: OnceLock<Ziggurat> = OnceLock::new();
    TABLES.get_or_init(|| {
        let tail = libm::exp(-EXPONENTIAL_EDGE);
        let exponential =
            Layers::new(EXPONENTIAL_EDGE, EXPONENTIAL_EDGE * tail + tail, |x| libm::exp(-x), |y| -libm::log(y));
        let density = |x: f64| libm::exp(-x * x / 2.0);
        let tail = (std::f64::consts::PI / 2.0).sqrt() * libm::erfc(NORMAL_EDGE / std::f64::consts::SQRT_2);
        let area = NORMAL_EDGE * density(NORMAL_EDGE) + tail;
        let normal = Layers::new(NORMAL_EDGE, area, density, |y| (-2.0 * libm::log(y)).sqrt());
        Ziggurat { exponential, normal }
    })
}

impl Layers {
    /// Layers of the given area under a falling density, the base one reaching to `edge`.
    fn new(edge: f64, area: f64, density: impl Fn(f64) -> f64, inverse: impl Fn(f64) -> f64) -> Layers {
        let (mut x, mut y) = ([0.0; LAYERS + 1], [0.0; LAYERS + 1]);
        // The base layer is as wide as a rectangle of its area; what lies beyond `edge` stands for the tail.
        x[0] = area / density(edge);
        x[1] = edge;
        for i in 2..LAYERS {
            x[i] = inverse(area / x[i - 1] + density(x[i - 1]));
        }
        for i in 0..=LAYERS {
            y[i] = density(x[i]);
        }
        Layers { x, y }
    }
}

impl Ziggurat {
    /// Exponential with mean 1.
    #[inline(always)]
    pub fn exponential(&self, draws: &mut Draws) -> f64 {
        let t = &self.exponential;
        let bits = draws.bits();
        let layer = (bits & 255) as usize;
        let x = (bits >> 11) as f64 * (1.0 / (1u64 << 53) as f64) * t.x[layer];
        if x < t.x[layer + 1] {
            return x;
        }
        self.exponential_slow(draws, layer, x)
    }

    #[cold]
    fn exponential_slow(&self, draws: &mut Draws, layer: usize, x: f64) -> f64 {
        let t = &self.exponential;
        if layer == 0 {
            return EXPONENTIAL_EDGE - libm::log(1.0 - draws.unit());
        }
        if t.y[layer] + (t.y[layer + 1] - t.y[layer]) * draws.unit() < libm::exp(-x) {
            return x;
        }
        self.exponential(draws)
    }

    /// Normal with mean 0 and variance 1.
    #[inline(always)]
    pub fn normal(&self, draws: &mut Draws) -> f64 {
        let t = &self.normal;
        let bits = draws.bits();
        let layer = (bits & 255) as usize;
        let x = ((bits as i64) >> 11) as f64 * (1.0 / (1u64 << 52) as f64) * t.x[layer];
        if x.abs() < t.x[layer + 1] {
            return x;
        }
        self.normal_slow(draws, layer, x)
    }

    #[cold]
    fn normal_slow(&self, draws: &mut Draws, layer: usize, x: f64) -> f64 {
        let t = &self.normal;
        if layer == 0 {
            // Marsaglia's method for the tail.
            loop {
                let a = -libm::log(1.0 - draws.unit()) / NORMAL_EDGE;
                let b = -libm::log(1.0 - draws.unit());
                if b + b >= a * a {
                    return (NORMAL_EDGE + a).copysign(x);
                }
            }
        }
        if t.y[layer] + (t.y[layer + 1] - t.y[layer]) * draws.unit() < libm::exp(-x * x / 2.0) {
            return x;
        }
        self.normal(draws)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::random::{Purpose, Stream};

    #[test]
    fn the_layers_close_at_the_top() {
        for layers in [&tables().exponential, &tables().normal] {
            let (last, area) = (layers.x[LAYERS - 1], layers.x[0] * layers.y[1]);
            assert!((last * (1.0 - layers.y[LAYERS - 1]) - area).abs() < 1e-9, "top layer of another area");
        }
    }

    /// A million draws: share beyond x against the exact tail, within five standard errors, out to where the base layer's tail takes over.
    #[test]
    fn tails_are_right() {
        let n = 1_000_000u64;
        let stream = Stream::new(3, Purpose::Service, "z");
        let mut exponential = [0u32; 10];
        let mut normal = [0u32; 10];
        for b in 0..n {
            let mut draws = stream.draws(b, 0);
            let (e, z) = (tables().exponential(&mut draws), tables().normal(&mut draws));
            for k in 0..10 {
                exponential[k] += u32::from(e > k as f64);
                normal[k] += u32::from(z > k as f64 / 2.0);
            }
        }
        for k in 0..10 {
            let p = libm::exp(-(k as f64));
            let q = libm::erfc(k as f64 / 2.0 / std::f64::consts::SQRT_2) / 2.0;
            for (seen, p) in [(exponential[k], p), (normal[k], q)] {
                let allowed = 5.0 * (p * (1.0 - p) / n as f64).sqrt() + 1e-9;
                assert!((f64::from(seen) / n as f64 - p).abs() <= allowed, "beyond {k}: {seen}, expected {p}");
            }
        }
    }
}
