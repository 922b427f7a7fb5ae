//! Where a run takes another way: a parameter changed midway, and the fork. The other future is given back, to compare with.

use crate::design::Design;
use crate::record::{Changed, Moments, Origin};
use crate::session::run::player::Player;
use engine::Simulation;
use engine::sim::network::{Change, Network};

impl Player {
    /// Goes on with the parameters of `design`, whose network has the same stations; says how many components differ from before. If there was
    /// a future already, it is given back as far as it has come, with its name.
    pub fn change_to(&mut self, design: &Design, network: &Network) -> (usize, Option<(Simulation, Origin)>) {
        let (Some(run), Some(origin)) = (self.run.as_mut().filter(|run| !run.is_over()), self.origin.as_mut()) else {
            return (0, None);
        };
        let now = run.now();
        let in_force = |run: &Simulation, station: usize| {
            let made = run.changes().iter().rev().find(|c| c.station == station && c.at <= now).map(|c| &c.params);
            made.unwrap_or(&run.network().stations[station].params).clone()
        };
        let stations = network.stations.iter().enumerate();
        let differ: Vec<_> = stations.filter(|(station, spec)| in_force(run, *station) != spec.params).collect();
        // Changes that the learner made later and has gone back behind: the design as it is now takes their place.
        if differ.is_empty() && run.changes().iter().all(|c| c.at <= now) {
            return (0, None);
        }
        let left = self.ahead.take().map(|ahead| (ahead, origin.clone()));
        self.stops.retain(|stop| stop.now() <= now);
        run.forget_changes_to_come();
        origin.changes.truncate(run.changes().len());
        let count = differ.len();
        for (station, spec) in differ {
            run.change(Change { at: now, station, params: spec.params.clone() });
            // A change at the same moment has taken the place of the one before.
            origin.changes.truncate(run.changes().len() - 1);
            origin.changes.push(Changed { at: now, node: design.nodes[station].clone() });
        }
        self.playback.exploration = !origin.changes.is_empty();
        self.playback.furthest = now;
        if left.is_some() {
            self.number += 1;
            self.moments = Moments::new(&origin.scenario);
            self.moments.follow(run);
            self.playback.forked = Some(now);
        }
        self.revision += 1;
        (count, left)
    }

    /// The run as it is, as far as it has come: the other one of a fork. This one goes on from the play head.
    pub fn split(&mut self) -> Option<(Simulation, Origin)> {
        let (run, origin) = (self.run.as_ref()?, self.origin.clone()?);
        let now = run.now();
        let other = self.ahead.take().unwrap_or_else(|| run.clone());
        self.playback.forked = Some(now);
        self.playback.furthest = now;
        self.playback.visiting = false;
        self.moments = Moments::new(&origin.scenario);
        self.moments.follow(run);
        self.number += 1;
        self.revision += 1;
        Some((other, origin))
    }
}
