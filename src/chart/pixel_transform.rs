//! From times and values to device pixels, made ready for many bins, and cut at the window's edges.

use crate::chart::axis::Ruler;
use crate::chart::layout::Layout;
use crate::chart::line::Side;
use crate::chart::path::{Pixel, Sample};

pub(super) struct PixelTransform {
    ruler: Ruler,
    left: f64,
    from_s: f64,
    per_second: f64,
    bottom: f64,
    height: f64,
    /// The plot's edges: nothing is drawn beyond them.
    first: i32,
    last: i32,
}

impl PixelTransform {
    pub fn new(l: &Layout, side: Side) -> PixelTransform {
        PixelTransform {
            ruler: Ruler::new(l.scale_of(side)),
            left: l.x0 * l.scale,
            from_s: l.window.from_s,
            per_second: (l.x1 - l.x0) * l.scale / l.window.width(),
            bottom: l.y1 * l.scale,
            height: (l.y1 - l.y0) * l.scale,
            first: (l.x0 * l.scale + 0.5) as i32,
            last: (l.x1 * l.scale + 0.5) as i32,
        }
    }

    pub fn at(&self, t: f64, value: f64) -> Pixel {
        let x = self.left + (t - self.from_s) * self.per_second;
        let y = self.bottom - self.ruler.fraction(value) * self.height;
        // Heights are positive: the cast rounds.
        (libm::floor(x + 0.5) as i32, (y + 0.5) as i32)
    }

    /// The height of the plot's floor.
    pub fn floor(&self) -> i32 {
        (self.bottom + 0.5) as i32
    }

    /// Samples in the plot; a line that crosses its edge ends there.
    pub fn clipped<'a>(
        &'a self,
        samples: impl Iterator<Item = Option<Sample>> + 'a,
    ) -> impl Iterator<Item = Option<Sample>> + 'a {
        let mut before: Option<Sample> = None;
        samples.flat_map(move |sample| {
            let out = match sample {
                None => [Some(None), None],
                Some(now) => {
                    let enters = before.filter(|b| b.x < self.first && now.x >= self.first);
                    let leaves = before.filter(|b| b.x <= self.last && now.x > self.last);
                    let entry = enters.map(|b| Some(on_edge(b, now, self.first)));
                    let within = (self.first..=self.last).contains(&now.x);
                    let place = if within {
                        let peak = now.peak.filter(|p| (self.first..=self.last).contains(&p.0));
                        Some(Some(Sample { peak, ..now }))
                    } else {
                        leaves.map(|b| Some(on_edge(b, now, self.last)))
                    };
                    [entry, place]
                }
            };
            before = sample;
            out.into_iter().flatten()
        })
    }

    /// The same for the ground under a line: x, upper and lower height.
    pub fn clipped_ground<'a>(
        &'a self,
        places: impl Iterator<Item = Option<(i32, i32, i32)>> + 'a,
    ) -> impl Iterator<Item = Option<(i32, i32, i32)>> + 'a {
        let mut before: Option<(i32, i32, i32)> = None;
        places.flat_map(move |place| {
            let out = match place {
                None => [Some(None), None],
                Some(now) => {
                    let cut = |b: (i32, i32, i32), x| {
                        Some((x, between((b.0, b.1), (now.0, now.1), x), between((b.0, b.2), (now.0, now.2), x)))
                    };
                    let enters = before.filter(|b| b.0 < self.first && now.0 >= self.first);
                    let leaves = before.filter(|b| b.0 <= self.last && now.0 > self.last);
                    let within = (self.first..=self.last).contains(&now.0);
                    [
                        enters.map(|b| cut(b, self.first)),
                        if within { Some(Some(now)) } else { leaves.map(|b| cut(b, self.last)) },
                    ]
                }
            };
            before = place;
            out.into_iter().flatten()
        })
    }
}

/// Where the line from one sample to the next crosses column `x`.
fn on_edge(from: Sample, to: Sample, x: i32) -> Sample {
    Sample { x, y: between((from.x, from.y), (to.x, to.y), x), peak: None, faint: to.faint }
}

fn between(from: Pixel, to: Pixel, x: i32) -> i32 {
    let share = f64::from(x - from.0) / f64::from((to.0 - from.0).max(1));
    from.1 + libm::round(share * f64::from(to.1 - from.1)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_the_edges_where_they_cross_them() {
        let places = PixelTransform {
            ruler: Ruler::new(&crate::chart::axis::Scale::Linear { top: 1.0 }),
            left: 10.0,
            from_s: 0.0,
            per_second: 1.0,
            bottom: 100.0,
            height: 100.0,
            first: 10,
            last: 30,
        };
        let at = |x, y| Some(Sample { x, y, peak: None, faint: false });
        let seen = |samples: Vec<Option<Sample>>| {
            places.clipped(samples.into_iter()).map(|s| s.map(|s| (s.x, s.y))).collect::<Vec<_>>()
        };
        assert_eq!(
            seen(vec![at(0, 0), at(20, 40), at(40, 0), at(60, 9)]),
            [Some((10, 20)), Some((20, 40)), Some((30, 20))]
        );
        assert_eq!(seen(vec![at(0, 0), at(40, 40)]), [Some((10, 10)), Some((30, 30))], "across");
        assert_eq!(seen(vec![at(12, 3), None, at(50, 3)]), [Some((12, 3)), None]);
        let ground = [Some((0, 0, 100)), Some((20, 40, 100)), Some((40, 0, 100))];
        let seen: Vec<_> = places.clipped_ground(ground.into_iter()).collect();
        assert_eq!(seen, [Some((10, 20, 100)), Some((20, 40, 100)), Some((30, 20, 100))]);
    }
}
