//! A run that a reload has broken off: what has to be kept of it, and how it goes on. The same run, because a run is what its origin says.

use crate::say;
use std::rc::Rc;

use crate::format;
use crate::kata::Analysis;
use crate::record::Origin;
use crate::record::history::is_same;
use crate::record::origin::at_the_end;
use crate::session::Session;
use crate::session::run::playback::{Playback, RunState};
use engine::sim::time::Time;

impl Session {
    /// What names the run under way, and where it stands; `None` without one, at its start, and where it is over or of a design before an edit.
    pub fn under_way(&self) -> Option<(&Origin, Time)> {
        let Playback { state, outdated, visiting, now, .. } = *self.playback();
        let goes_on =
            matches!(state, RunState::Playing | RunState::Paused) && !outdated && !visiting && now > Time::ZERO;
        Some((self.play.origin().filter(|_| goes_on)?, now))
    }

    /// Brings a run to where it stood, paused, with the ticks that follow. Nothing where the design, scenario or seed are others by
    /// now, or another run has begun.
    pub(in crate::session) fn resume(&mut self, kept: Origin, at: Time) {
        let Origin { design, seed, changes, scenario } = kept;
        let same = seed == self.seed && scenario.id == self.scenario.id;
        let begun = self.playback().state != RunState::Ready;
        if begun || !same || !is_same(&at_the_end(&design, &changes), self.design()) {
            return;
        }
        let analysis = match changes.is_empty() {
            true => self.analysis.clone(),
            false => Rc::new(Analysis::new(design, self.scenario.clone())),
        };
        let origin = Origin { design: analysis.design.clone(), scenario: self.scenario.clone(), seed, changes };
        if self.play.begin(origin, &analysis).is_ok() {
            self.play.seek(at);
            let at = format::time_of_day(f64::from(self.scenario.starts_at_s) + at.seconds());
            self.say(say!("run.resumed", at));
        }
    }
}
