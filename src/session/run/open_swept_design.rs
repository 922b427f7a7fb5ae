//! Trying: a design of a sweep takes the place of the design, as one undo step, and its run is there at once.

use crate::design::{Design, Edit};
use crate::kata::Scenario;
use crate::say;
use crate::session::editing::own_name;
use crate::session::{Gesture, Session};

impl Session {
    /// The very run that the sweep has made: this design, this scenario, this seed, to the end.
    pub(in crate::session) fn try_design(&mut self, mut design: Design, what: &str, scenario: Scenario, seed: u64) {
        self.gesture = Gesture::Idle;
        let new = **self.history.now() != design;
        if new {
            own_name(&mut design);
        }
        if new && !self.edit_as(&Edit::Replace { design }, &say!("run.try", what), None) {
            return;
        }
        self.set_scenario(scenario);
        self.set_seed(seed);
        self.restart();
        self.finish();
        let words = say!("run.tried", what, seed);
        if new { self.say_done(words) } else { self.say(words) }
    }
}
