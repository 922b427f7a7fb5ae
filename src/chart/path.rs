//! From bins to strokes, in whole pixels: gaps stay gaps, a column of pixels keeps its lowest and its highest point, a stroke its ends, and
//! what lies on a straight line is left out. So a stroke has at most two points a column, however long the run is.
//!
//! Pure functions of numbers; knows neither bins nor backends.

/// A point in device pixels.
pub type Pixel = (i32, i32);

/// One bin of a line. `peak` is a height within the bin beyond its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    pub x: i32,
    pub y: i32,
    pub peak: Option<Pixel>,
    /// Few stand behind it.
    pub faint: bool,
}

/// A piece of a line without a gap, all of one strength.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    pub faint: bool,
    pub points: Vec<Pixel>,
}

/// Joins samples to strokes. `None` is a gap. A change of strength begins a new stroke at the point where the last one ended.
///
/// Within a column of `column` pixels only the extremes are drawn, and points within `slack` pixels of a straight line are left out.
pub fn strokes(samples: impl IntoIterator<Item = Option<Sample>>, column: i32, slack: f64) -> Vec<Stroke> {
    let mut made = Strokes::new(column, slack);
    samples.into_iter().for_each(|sample| made.push(sample));
    made.so_far()
}

/// [`strokes`] in the making: samples come one by one, and the strokes so far can be had at any time.
#[derive(Clone, Debug)]
pub struct Strokes {
    done: Vec<Stroke>,
    open: Columns,
    slack: f64,
}

impl Strokes {
    pub fn new(column: i32, slack: f64) -> Strokes {
        Strokes { done: Vec::new(), open: Columns::new(column), slack }
    }

    /// The next sample; `None` is a gap.
    pub fn push(&mut self, sample: Option<Sample>) {
        let Some(s) = sample else { return self.finish() };
        if self.open.faint != s.faint {
            let joint = self.open.last();
            self.finish();
            self.open.faint = s.faint;
            joint.into_iter().for_each(|p| self.open.push(p));
        }
        s.peak.into_iter().for_each(|p| self.open.push(p));
        self.open.push((s.x, s.y));
    }

    pub fn so_far(&self) -> Vec<Stroke> {
        let mut out = self.done.clone();
        out.extend(self.open.clone().finish(self.slack));
        out
    }

    fn finish(&mut self) {
        self.done.extend(self.open.finish(self.slack));
    }
}

/// The stroke being made: finished columns, and the open one.
#[derive(Clone, Debug)]
struct Columns {
    column: i32,
    faint: bool,
    points: Vec<Pixel>,
    open: Option<Open>,
}

/// An open column. Times go on, so only the order of its highest and lowest point has to be stored.
#[derive(Clone, Debug)]
struct Open {
    /// Where the next column begins.
    end: i32,
    first: Pixel,
    high: Pixel,
    low: Pixel,
    last: Pixel,
    /// The lowest came after the highest.
    falls: bool,
}

impl Columns {
    fn new(column: i32) -> Columns {
        Columns { column: column.max(1), faint: false, points: Vec::new(), open: None }
    }

    fn push(&mut self, p: Pixel) {
        match &mut self.open {
            Some(open) if p.0 < open.end => {
                if p.1 < open.high.1 {
                    (open.high, open.falls) = (p, false);
                }
                if p.1 > open.low.1 {
                    (open.low, open.falls) = (p, true);
                }
                open.last = p;
            }
            _ => {
                self.close_column();
                let end = (p.0.div_euclid(self.column) + 1) * self.column;
                self.open = Some(Open { end, first: p, high: p, low: p, last: p, falls: false });
            }
        }
    }

    fn close_column(&mut self) {
        let Some(Open { first, high, low, falls, .. }) = self.open.take() else { return };
        if self.points.is_empty() {
            self.points.push(first);
        }
        let (one, other) = if falls { (high, low) } else { (low, high) };
        self.add(one);
        self.add(other);
    }

    fn add(&mut self, p: Pixel) {
        if self.points.last() != Some(&p) {
            self.points.push(p);
        }
    }

    fn last(&self) -> Option<Pixel> {
        self.open.as_ref().map(|o| o.last)
    }

    fn finish(&mut self, slack: f64) -> Option<Stroke> {
        let last = self.last();
        self.close_column();
        last.into_iter().for_each(|p| self.add(p));
        let points = straighten(std::mem::take(&mut self.points), slack);
        (!points.is_empty()).then_some(Stroke { faint: self.faint, points })
    }
}

/// The ground between two lines: an outline for each part without a gap, from places given as x, upper and lower height.
///
/// Of a column only the highest and the lowest are drawn: the lines hide the ground's edge.
pub fn grounds(places: impl IntoIterator<Item = Option<(i32, i32, i32)>>, column: i32) -> Vec<Vec<Pixel>> {
    let mut made = Grounds::new(column);
    places.into_iter().for_each(|place| made.push(place));
    made.so_far()
}

/// [`grounds`] in the making.
#[derive(Clone, Debug)]
pub struct Grounds {
    column: i32,
    done: Vec<Vec<Pixel>>,
    upper: Vec<Pixel>,
    lower: Vec<Pixel>,
    /// Where the next column begins.
    end: i32,
    /// The last place, if it has no column of its own.
    last: Option<(i32, i32, i32)>,
}

impl Grounds {
    pub fn new(column: i32) -> Grounds {
        let (done, upper, lower) = (Vec::new(), Vec::new(), Vec::new());
        Grounds { column: column.max(1), done, upper, lower, end: i32::MIN, last: None }
    }

    /// The next place; `None` is a gap.
    pub fn push(&mut self, place: Option<(i32, i32, i32)>) {
        match (place, self.upper.last_mut(), self.lower.last_mut()) {
            (None, ..) => {
                let outline = self.outline();
                self.done.extend(outline);
                (self.upper, self.lower, self.last, self.end) = (Vec::new(), Vec::new(), None, i32::MIN);
            }
            (Some((x, high, low)), Some(top), Some(bottom)) if x < self.end => {
                (top.1, bottom.1) = (top.1.min(high), bottom.1.max(low));
                self.last = Some((x, high, low));
            }
            (Some((x, high, low)), ..) => {
                self.upper.push((x, high));
                self.lower.push((x, low));
                self.end = x + self.column;
                self.last = None;
            }
        }
    }

    pub fn so_far(&self) -> Vec<Vec<Pixel>> {
        let mut out = self.done.clone();
        out.extend(self.outline());
        out
    }

    /// The outline of the part being made, if it has any ground.
    fn outline(&self) -> Option<Vec<Pixel>> {
        let mut outline = self.upper.clone();
        outline.extend(self.last.map(|(x, high, _)| (x, high)));
        outline.extend(self.last.map(|(x, _, low)| (x, low)));
        outline.extend(self.lower.iter().rev());
        (outline.len() > 2).then_some(outline)
    }
}

/// Leaves out points that lie within `slack` pixels, measured upright, of the line between those that stay. Ends stay.
pub fn straighten(points: Vec<Pixel>, slack: f64) -> Vec<Pixel> {
    if points.len() < 3 {
        return points;
    }
    let mut kept = Vec::with_capacity(points.len());
    kept.push(points[0]);
    let mut anchor = points[0];
    // The slopes from the anchor at which a line passes all points since by no more than the slack.
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for pair in points.windows(2) {
        let (last, p) = (pair[0], pair[1]);
        let slope = f64::from(p.1 - anchor.1) / f64::from(p.0 - anchor.0);
        // Upright slopes are not finite and fit nowhere.
        if last != anchor && !(low <= slope && slope <= high) {
            kept.push(last);
            anchor = last;
            (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
        }
        if p.0 > anchor.0 {
            let run = 1.0 / f64::from(p.0 - anchor.0);
            let rise = f64::from(p.1 - anchor.1);
            low = low.max((rise - slack) * run);
            high = high.min((rise + slack) * run);
        } else {
            (low, high) = (f64::INFINITY, f64::NEG_INFINITY);
        }
    }
    kept.push(points[points.len() - 1]);
    kept
}

/// Cuts a stroke into dashes of `on` pixels with `off` pixels between them, measured along it.
pub fn dashes(points: &[Pixel], on: f64, off: f64) -> Vec<Vec<Pixel>> {
    let mut out = Vec::new();
    let (mut drawing, mut left) = (true, on);
    let mut dash: Vec<Pixel> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (from, to) = (point(pair[0]), point(pair[1]));
        let length = libm::hypot(to.0 - from.0, to.1 - from.1);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let part = done / length;
            let cut = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            let cut = (libm::round(cut.0) as i32, libm::round(cut.1) as i32);
            if drawing {
                dash.push(cut);
                out.push(std::mem::take(&mut dash));
            } else {
                dash = vec![cut];
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length - done;
        if drawing {
            dash.push(pair[1]);
        }
    }
    if drawing && dash.len() > 1 {
        out.push(dash);
    }
    out
}

fn point(p: Pixel) -> (f64, f64) {
    (f64::from(p.0), f64::from(p.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: i32, y: i32) -> Option<Sample> {
        Some(Sample { x, y, peak: None, faint: false })
    }

    /// A saw with noise, many points a column.
    fn saw(n: i32) -> impl Iterator<Item = Option<Sample>> {
        (0..n).map(|i| at(i / 40, (i * 7919) % 211 + (i / 900) % 50))
    }

    #[test]
    fn a_column_keeps_its_extremes_and_few_points() {
        let strokes = strokes(saw(20_000), 2, 0.0);
        assert_eq!(strokes.len(), 1);
        for column in 0..250 {
            let all: Vec<i32> = saw(20_000).flatten().filter(|s| s.x / 2 == column).map(|s| s.y).collect();
            let kept: Vec<i32> = strokes[0].points.iter().filter(|p| p.0 / 2 == column).map(|p| p.1).collect();
            assert_eq!(kept.iter().min(), all.iter().min(), "column {column}");
            assert_eq!(kept.iter().max(), all.iter().max(), "column {column}");
            assert!(kept.len() <= 3, "two, and an end");
        }
    }

    #[test]
    fn gaps_are_gaps_and_strengths_touch() {
        let mut samples = vec![at(0, 5), at(10, 9), None, at(30, 2), at(40, 0)];
        samples.extend([(50, 3), (60, 9)].map(|(x, y)| Some(Sample { x, y, peak: None, faint: true })));
        let strokes = strokes(samples, 1, 0.0);
        let points: Vec<_> = strokes.iter().map(|s| (s.faint, s.points.clone())).collect();
        assert_eq!(
            points,
            [(false, vec![(0, 5), (10, 9)]), (false, vec![(30, 2), (40, 0)]), (true, vec![(40, 0), (50, 3), (60, 9)])]
        );
    }

    #[test]
    fn grounds_end_at_gaps_and_reach_their_edges() {
        let places = [Some((0, 5, 20)), Some((1, 2, 21)), Some((9, 6, 20)), None, Some((20, 1, 9)), Some((30, 2, 9))];
        assert_eq!(
            grounds(places, 4),
            [vec![(0, 2), (9, 6), (9, 20), (0, 21)], vec![(20, 1), (30, 2), (30, 9), (20, 9)]]
        );
        let wide = grounds((0..10).map(|x| Some((x, x, 50))), 100);
        assert_eq!(wide, [vec![(0, 0), (9, 9), (9, 50), (0, 50)]]);
        assert!(grounds([Some((3, 4, 5)), None], 2).is_empty(), "a lone place has no ground");
    }

    #[test]
    fn a_peak_within_a_bin_is_drawn() {
        let spike = Some(Sample { x: 20, y: 90, peak: Some((15, 10)), faint: false });
        let strokes = strokes([at(10, 90), spike, at(30, 90)], 1, 0.5);
        assert_eq!(strokes[0].points, [(10, 90), (15, 10), (20, 90), (30, 90)]);
    }

    #[test]
    fn straight_parts_need_two_points_and_nothing_moves_by_more_than_the_slack() {
        assert_eq!(straighten((0..500).map(|x| (x, 40)).collect(), 0.5), [(0, 40), (499, 40)]);
        assert_eq!(straighten(vec![(0, 0), (0, 9), (0, 3), (4, 3)], 0.5), [(0, 0), (0, 9), (0, 3), (4, 3)]);
        let wavy: Vec<Pixel> =
            (0..600).map(|x| (x, 80 + (libm::sin(f64::from(x) / 9.0) * 30.0) as i32 + x % 2)).collect();
        let kept = straighten(wavy.clone(), 1.0);
        assert!(kept.len() < 300, "{}", kept.len());
        for (x, y) in wavy {
            let after = kept.iter().position(|k| k.0 >= x).expect("ends stay").max(1);
            let (a, b) = (point(kept[after - 1]), point(kept[after]));
            let line = a.1 + (b.1 - a.1) * (f64::from(x) - a.0) / (b.0 - a.0);
            assert!((line - f64::from(y)).abs() <= 1.0 + 1e-9, "{x}: {y} drawn at {line}");
        }
    }

    #[test]
    fn dashes_cover_their_share_and_turn_corners() {
        let dashes = dashes(&[(0, 0), (30, 0), (30, 30)], 8.0, 4.0);
        assert_eq!(dashes[0], [(0, 0), (8, 0)]);
        assert_eq!(dashes[1], [(12, 0), (20, 0)]);
        assert_eq!(dashes[2], [(24, 0), (30, 0), (30, 2)]);
        assert_eq!(dashes.len(), 5);
        assert!(super::dashes(&[], 8.0, 4.0).is_empty());
    }
}
