//! A Monday like the kata's, made without the engine so that pictures change only when charts do: the rush, a pool that follows it too
//! late and lets go too early, a backlog that comes and goes, and the noise of counting.

use engine::measure::{Bin, Quantiles, Series};
use engine::sim::time::{Span, Time};

/// Arrivals per second at second `t`: the kata's curve.
pub fn rate(t: f64) -> f64 {
    let curve =
        [(0.0, 2.0), (1500.0, 6.0), (1800.0, 40.0), (3600.0, 40.0), (5400.0, 14.0), (7200.0, 6.0), (10_800.0, 4.0)];
    let pair = curve.windows(2).find(|p| t <= p[1].0).expect("within the run");
    pair[0].1 + (pair[1].1 - pair[0].1) * (t - pair[0].0) / (pair[1].0 - pair[0].0)
}

/// A small generator of noise: the same everywhere, of no statistical worth.
struct Noise(u32);

impl Noise {
    /// Between −1 and 1, near 0 more often.
    fn next(&mut self) -> f64 {
        let mut sum = 0.0;
        for _ in 0..3 {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            sum += f64::from(self.0 >> 8) / f64::from(1 << 24);
        }
        sum * 2.0 / 3.0 - 1.0
    }

    /// `mean` give or take its square root.
    fn count(&mut self, mean: f64) -> u32 {
        (mean + self.next() * 1.7 * mean.sqrt()).round().max(0.0) as u32
    }
}

fn quantiles(count: u64, p50_ms: f64, p95_ms: f64) -> Quantiles {
    let if_any = |ms: f64| (count > 0).then_some(ms);
    Quantiles {
        count,
        p50_ms: if_any(p50_ms),
        p95_ms: if_any(p95_ms),
        p99_ms: if_any(p95_ms * 1.1),
        ..Quantiles::default()
    }
}

/// The first `bins` bins of 10 s. With `dark`, the clinic answers nothing from 2700 to 3300 s.
pub fn series(bins: usize, dark: bool) -> Series {
    let mut noise = Noise(20_261_122);
    let (mut backlog, mut workers, mut asked, mut cost, mut calm) = (0.0f64, 10.0f64, 10.0f64, 0.0f64, 0);
    let mut out = Series { width: Span::from_seconds(10.0), bins: Vec::new(), revision: bins as u64 };
    for i in 0..bins {
        let t = i as f64 * 10.0;
        let arrivals = noise.count(rate(t + 5.0) * 10.0);
        let down = dark && (2700.0..3300.0).contains(&t);
        let capacity = if down { 0.0 } else { workers / 2.01 * 10.0 };
        let done = (backlog + f64::from(arrivals)).min(capacity);
        let before = backlog;
        backlog += f64::from(arrivals) - done;
        let busy = if down { 0.0 } else { (done / 10.0 * 2.01).min(workers) };
        // The pool: new workers come six bins after they were asked for, and leave when twelve checks wanted fewer.
        let want = ((backlog + busy) / 4.0).ceil().clamp(10.0, 90.0);
        calm = if want < workers { calm + 1 } else { 0 };
        if i % 6 == 0 {
            workers = asked.max(workers);
            asked = asked.max(want);
        }
        if calm >= 12 {
            (workers, asked, calm) = (want, want, 0);
        }
        cost += (asked * 0.06 + 2.0 * 0.12) * 10.0 / 3600.0 + f64::from(arrivals) * 0.5e-6;
        let wait = if down { t - 2690.0 } else { backlog / (capacity / 10.0).max(0.1) };
        let confirmed = done.round() as u32;
        out.bins.push(Bin {
            from: Time::from_seconds(t),
            to: Time::from_seconds(t + 10.0),
            arrivals,
            accepted: arrivals,
            confirmed,
            given_up: if down { noise.count(1.0) } else { 0 },
            acceptance: quantiles(u64::from(arrivals), 63.0 + noise.next() * 2.0, 84.0 + noise.next() * 6.0),
            end_to_end: quantiles(
                u64::from(confirmed),
                2_010.0 + wait * 1000.0 + noise.next() * 90.0,
                2_930.0 + wait * 1080.0 + noise.next() * 150.0,
            ),
            backlog: backlog as u64,
            in_flight: busy as u64,
            oldest_age: Span::from_seconds(if backlog >= 1.0 { wait } else { 0.0 }),
            workers: asked as u64,
            busy_workers: busy as u64,
            clinic_busy: busy as u64,
            cost,
            max_backlog: backlog.max(before) as u64,
            ..Bin::default()
        });
    }
    out
}
