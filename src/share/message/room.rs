//! How high a frame the page asks for.
//!
//! What it needs follows from the frame's width alone, as its arrangement does, so no answer of a host changes it. It never asks for less than
//! it has: whoever made the frame higher wanted that. A host that answers with a frame that is too low again and again is asked no more.

use std::collections::VecDeque;

/// The widths from which the page is arranged otherwise, and the height that it then needs, in CSS pixels.
const NEEDED: [(f64, f64); 3] = [(1100.0, 760.0), (700.0, 640.0), (0.0, 720.0)];
/// A difference below this is none.
const LEAST: f64 = 2.0;
/// So many askings within [`WITHIN_MS`] are no accident.
const MOST: usize = 20;
const WITHIN_MS: f64 = 1000.0;

/// The height that the page needs at a width.
pub fn needed(width: f64) -> f64 {
    NEEDED.iter().find(|(from, _)| width >= *from).map_or(0.0, |(_, height)| *height)
}

/// What was asked for.
#[derive(Default)]
pub struct Room {
    /// The frame's height then, and the height asked for.
    last: Option<(f64, f64)>,
    asked_ms: VecDeque<f64>,
    /// The host and the page don't come to an end.
    given_up: bool,
}

impl Room {
    /// The height to ask for in a frame of this size, at a time of the page; `None`: nothing is to be asked.
    pub fn ask(&mut self, width: f64, height: f64, at_ms: f64) -> Option<u32> {
        // A frame that is folded away has no size.
        if self.given_up || width < 1.0 || height < 1.0 {
            return None;
        }
        let wanted = needed(width).max(height).ceil();
        let near = |one: f64, other: f64| (one - other).abs() < LEAST;
        let is_news = match self.last {
            None => true,
            Some((had, asked)) => wanted - height >= LEAST && !(near(had, height) && near(asked, wanted)),
        };
        if !is_news {
            return None;
        }
        while self.asked_ms.front().is_some_and(|first| at_ms - first >= WITHIN_MS) {
            self.asked_ms.pop_front();
        }
        self.asked_ms.push_back(at_ms);
        self.given_up = self.asked_ms.len() > MOST;
        self.last = Some((height, wanted));
        (!self.given_up).then_some(wanted as u32)
    }

    /// What was asked for last, for a host that asks again.
    pub fn last(&self) -> Option<u32> {
        self.last.map(|(_, wanted)| wanted as u32).filter(|_| !self.given_up)
    }
}
