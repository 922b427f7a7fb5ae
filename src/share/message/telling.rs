//! When what is told: each run's start and result once, its progress a few times a second, a new design when it has been still for a moment.
//!
//! Pure: looks at how things stand, at a time of the page, and says what is to be told now and when to look again.

/// The least time between two tellings of the same thing, in milliseconds; that at a run's end comes at once.
pub const EVERY_MS: f64 = 334.0;
/// Progress is told at most so often in a second, that at the end of runs included.
const MOST: usize = 4;
const SECOND_MS: f64 = 1000.0;

/// How things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The number of the run that is there.
    pub run: Option<u64>,
    /// It has come to its end, and its result is there.
    pub over: bool,
    /// Rises whenever the run has gone on.
    pub run_revision: u64,
    /// Rises whenever the design is another one.
    pub design_revision: u64,
}

/// What is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    RunStarted,
    Progress,
    Result,
    DesignChanged,
}

/// What has been told.
pub struct Telling {
    told: Standing,
    /// When progress was told, the last few times, the latest last.
    progress_ms: [f64; MOST],
    /// Since when the design has been still, if that is to be told.
    still: Option<(u64, f64)>,
}

impl Telling {
    /// Begins: what is there now is no news.
    pub fn new(now: Standing) -> Telling {
        Telling { told: now, progress_ms: [f64::NEG_INFINITY; MOST], still: None }
    }

    /// What is to be told now, in this order; and in how many milliseconds to look again, if nothing happens before.
    pub fn look(&mut self, now: Standing, at_ms: f64) -> (Vec<Tell>, Option<f64>) {
        let mut tell = Vec::new();
        let new = now.run.is_some() && now.run != self.told.run;
        if new {
            tell.push(Tell::RunStarted);
            self.told = Standing { run: now.run, over: false, run_revision: 0, ..self.told };
        }
        let mut again = None;
        let ends = now.run.is_some() && now.over && !self.told.over;
        if now.run.is_some() && now.run_revision != self.told.run_revision {
            let left = self.progress_ms[MOST - 1] + EVERY_MS - at_ms;
            let room = at_ms - self.progress_ms[0] >= SECOND_MS;
            if room && (ends || left <= 0.0) {
                tell.push(Tell::Progress);
                self.told.run_revision = now.run_revision;
                self.progress_ms.rotate_left(1);
                self.progress_ms[MOST - 1] = at_ms;
            } else if !ends {
                again = Some(left.max(self.progress_ms[0] + SECOND_MS - at_ms));
            }
        }
        if ends {
            tell.push(Tell::Result);
            self.told.over = true;
        }
        let still = self.stillness(now.design_revision, at_ms);
        if still == Some(0.0) {
            tell.push(Tell::DesignChanged);
        }
        let still = still.filter(|left| *left > 0.0);
        (tell, again.into_iter().chain(still).reduce(f64::min))
    }

    /// How long a new design has to be still until it is told; 0: now. `None`: there is nothing to tell.
    fn stillness(&mut self, revision: u64, at_ms: f64) -> Option<f64> {
        if revision == self.told.design_revision {
            return None;
        }
        let since = match self.still {
            Some((seen, since)) if seen == revision => since,
            _ => {
                self.still = Some((revision, at_ms));
                at_ms
            }
        };
        let left = (since + EVERY_MS - at_ms).max(0.0);
        if left == 0.0 {
            (self.told.design_revision, self.still) = (revision, None);
        }
        Some(left)
    }
}
