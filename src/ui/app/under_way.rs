//! The run under way, kept for a reload of this tab: whenever it stands still, and now and then while it plays, so that a crash costs little.

use super::App;
use crate::session::{Action, Session};
use crate::share::under_way;
use crate::ui::storage;
use engine::sim::time::Time;

/// So often while it plays, in milliseconds.
const EVERY_MS: f64 = 1_000.0;

/// What was kept last.
#[derive(Default)]
pub struct UnderWay {
    /// The run's number, where it stood, and how many changes it had; `None`: nothing.
    kept: Option<(u64, Time, usize)>,
    at_ms: f64,
}

/// Brings the run that was kept to where it stood. Part of what the page fetches once it is up.
pub fn resume(session: &mut Session) {
    if let Some((origin, at)) = storage::under_way::kept().as_deref().and_then(under_way::read) {
        session.update(Action::Resume { origin: Box::new(origin), at });
    }
}

impl App {
    /// Keeps it as it is now.
    pub(super) fn keep_run(&mut self) {
        let session = self.session.borrow();
        let run = session.under_way();
        let now = run.map(|(origin, at)| (session.run_number(), at, origin.changes.len()));
        if self.under_way.kept != now {
            storage::under_way::keep(run.map(|(origin, at)| under_way::write(origin, at)).as_deref());
            self.under_way.kept = now;
        }
    }

    /// The same now and then while it plays, at this time of the page, and once it has come to where it was to go.
    pub(super) fn keep_run_playing(&mut self, at_ms: f64, arrived: bool) {
        if arrived || at_ms - self.under_way.at_ms >= EVERY_MS {
            self.under_way.at_ms = at_ms;
            self.keep_run();
        }
    }
}
