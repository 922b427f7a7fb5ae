//! How many ticks of a run fit into a part of a frame. Knows neither runs nor the browser's clock.

/// Ticks as long as they want to go on and one more fits into the time: it takes about as long as the one before. The first always is.
pub fn ticks(budget_ms: f64, clock: impl Fn() -> f64, mut tick: impl FnMut() -> bool) {
    let began = clock();
    let mut before = began;
    while tick() {
        let now = clock();
        if now - began + (now - before) > budget_ms {
            break;
        }
        before = now;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// By a clock that ticks alone move: however long a tick takes, all of a frame end within its time, or it is a single one.
    #[test]
    fn a_frame_takes_no_more_than_its_time() {
        for budget in [4.0, 8.0, 40.0] {
            for tick_ms in [0.01, 0.7, 3.9, 4.1, 8.0, 100.0] {
                let (now, count) = (Cell::new(1000.0), Cell::new(0));
                ticks(
                    budget,
                    || now.get(),
                    || {
                        now.set(now.get() + tick_ms);
                        count.set(count.get() + 1);
                        true
                    },
                );
                let took = now.get() - 1000.0;
                assert!(
                    took <= budget + 1e-6 || count.get() == 1,
                    "{count:?} ticks of {tick_ms} ms took {took} ms of {budget}"
                );
                assert!(took + 2.0 * tick_ms >= budget, "a frame is made use of: {took} ms of {budget}");
            }
        }
        let mut left = 3;
        ticks(
            f64::INFINITY,
            || 0.0,
            || {
                left -= 1;
                left > 0
            },
        );
        assert_eq!(left, 0, "what wants no more has no more");
    }
}
