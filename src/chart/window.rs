//! The window: which stretch of the run is shown, and how it is made narrower, wider and moved along.
//!
//! Always within the run and never narrower than [`least`], so that there is something to see in it. All charts share one window, so they
//! stay in step. Pure arithmetic; knows no pixels.

/// A stretch of the run, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    pub from_s: f64,
    pub to_s: f64,
}

/// How much narrower one step of zooming makes it.
pub const STEP: f64 = 2.0;
/// The least of a run that is shown: six bins of the width with which a run starts.
const LEAST_S: f64 = 60.0;

/// The narrowest window of a run of this length.
pub fn least(duration_s: f64) -> f64 {
    LEAST_S.min(duration_s)
}

impl Window {
    /// All of a run.
    pub fn whole(duration_s: f64) -> Window {
        Window { from_s: 0.0, to_s: duration_s.max(1e-3) }
    }

    /// From the earlier of two moments to the later one, as far as they lie in the run; wide enough around its middle.
    pub fn between(a: f64, b: f64, duration_s: f64) -> Window {
        let whole = Window::whole(duration_s);
        let (from, to) = (a.min(b).clamp(0.0, whole.to_s), a.max(b).clamp(0.0, whole.to_s));
        let least = least(whole.to_s);
        if to - from >= least {
            return Window { from_s: from, to_s: to };
        }
        let from = ((from + to - least) / 2.0).clamp(0.0, whole.to_s - least);
        Window { from_s: from, to_s: from + least }
    }

    /// Narrower by `factor` (wider below 1), with second `at` staying where it is.
    pub fn zoomed(self, at: f64, factor: f64, duration_s: f64) -> Window {
        let at = at.clamp(self.from_s, self.to_s);
        let width = (self.width() / factor).clamp(least(duration_s), duration_s);
        let share = (at - self.from_s) / self.width();
        let from = (at - share * width).clamp(0.0, duration_s - width);
        Window { from_s: from, to_s: from + width }
    }

    /// Moved along just so far that second `at` is in it.
    pub fn holding(self, at: f64, duration_s: f64) -> Window {
        let width = self.width();
        let from = if at < self.from_s {
            at
        } else if at > self.to_s {
            at - width
        } else {
            return self;
        };
        let from = from.clamp(0.0, (duration_s - width).max(0.0));
        Window { from_s: from, to_s: from + width }
    }

    pub fn width(self) -> f64 {
        self.to_s - self.from_s
    }

    pub fn is_whole(self, duration_s: f64) -> bool {
        self.width() >= duration_s - 1e-6
    }

    pub fn contains(self, t: f64) -> bool {
        (self.from_s..=self.to_s).contains(&t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: f64 = 10_800.0;

    fn window(from_s: f64, to_s: f64) -> Window {
        Window { from_s, to_s }
    }

    #[test]
    fn a_range_may_be_dragged_either_way_and_stays_in_the_run() {
        assert_eq!(Window::between(1_800.0, 3_600.0, RUN), window(1_800.0, 3_600.0));
        assert_eq!(Window::between(3_600.0, 1_800.0, RUN), window(1_800.0, 3_600.0));
        assert_eq!(Window::between(-50.0, 1e9, RUN), Window::whole(RUN));
        assert_eq!(Window::between(5_000.0, 5_001.0, RUN), window(4_970.5, 5_030.5), "wide enough to see something");
        assert_eq!(Window::between(RUN, RUN, RUN), window(RUN - 60.0, RUN));
        assert_eq!(Window::between(3.0, 4.0, 20.0), window(0.0, 20.0), "a short run is seen whole");
    }

    #[test]
    fn zooming_keeps_its_moment_in_place_and_goes_back() {
        let half = Window::whole(RUN).zoomed(5_400.0, STEP, RUN);
        assert_eq!(half, window(2_700.0, 8_100.0));
        assert_eq!(half.zoomed(5_400.0, 1.0 / STEP, RUN), Window::whole(RUN));
        assert_eq!(half.zoomed(2_700.0, STEP, RUN), window(2_700.0, 5_400.0));
        assert!(half.zoomed(5_400.0, 0.01, RUN).is_whole(RUN));
        let mut window = Window::whole(RUN);
        for _ in 0..40 {
            window = window.zoomed(7_777.0, STEP, RUN);
        }
        assert!((window.width() - 60.0).abs() < 1e-9 && window.contains(7_777.0));
    }

    #[test]
    fn it_follows_the_crosshair_and_no_farther() {
        let rush = window(1_800.0, 3_600.0);
        assert_eq!(rush.holding(2_000.0, RUN), rush);
        assert_eq!(rush.holding(3_660.0, RUN), window(1_860.0, 3_660.0));
        assert_eq!(rush.holding(60.0, RUN), window(60.0, 1_860.0));
        assert_eq!(rush.holding(RUN, RUN), window(9_000.0, RUN));
    }
}
