//! Parameters changed by hand while a run goes on: timed, part of the run, replayable.
//!
//! A change is in force just after all events at its time. What is under way keeps the time it was given; timeouts and patience count
//! from when they began, with the new length. A run with the same network, seed and changes is the same run, however it is sliced.

use std::sync::Arc;

use super::Simulation;
use super::unfinished::Unfinished;
use crate::sim::dist::Sampler;
use crate::sim::fact::FactKind;
use crate::sim::network::{Change, Network, Params, Scaling};
use crate::sim::time::Span;

impl Simulation {
    /// Changes a station's parameters just after `change.at`. A change that is not yet in force is replaced by the next one of the same station at
    /// the same time.
    ///
    /// # Panics
    /// If `change.at` lies before [`Simulation::now`] or before a change made earlier, if the station is of another kind, or if the number of clinics
    /// changes: bookings belong to a clinic for good, so that starts a new run.
    pub fn change(&mut self, change: Change) {
        assert!(change.at >= self.log.now, "a change at {:?} comes too late: it is {:?}", change.at, self.log.now);
        assert!(self.changes.last().is_none_or(|last| last.at <= change.at), "changes come in order of time");
        assert!(may_change(&self.network.stations[change.station].params, &change.params), "a change of structure");
        // A slider's drag while the run stands still is one change.
        let pending = self.changes[self.changed..].last_mut();
        match pending.filter(|last| last.at == change.at && last.station == change.station) {
            Some(last) => *last = change,
            None => self.changes.push(change),
        }
        self.find_stop();
    }

    /// The changes made so far, in order; a new run with the same network, seed and changes is the same run.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// A run at time 0 that will be changed as another one was: with the same network and seed, it is that run again.
    ///
    /// # Panics
    /// If the changes are not in order of time, or one is a change of structure.
    pub fn replay(network: Arc<Network>, seed: u64, changes: Vec<Change>) -> Simulation {
        let ordered = changes.windows(2).all(|pair| pair[0].at <= pair[1].at);
        assert!(ordered, "changes come in order of time");
        let fits = |c: &Change| may_change(&network.stations[c.station].params, &c.params);
        assert!(changes.iter().all(fits), "a change of structure");
        let mut run = Simulation::new(network, seed);
        run.changes = changes;
        run.find_stop();
        run
    }

    /// Goes on as the run that was changed in this way: `changes` begin with those made so far.
    ///
    /// # Panics
    /// If they do not.
    pub fn go_on_with(&mut self, changes: Vec<Change>) {
        assert!(changes.starts_with(&self.changes[..self.changed]), "another past");
        assert!(changes[self.changed..].iter().all(|c| c.at >= self.log.now), "a change comes too late");
        self.changes = changes;
        self.find_stop();
    }

    /// Drops the changes that are due after [`Simulation::now`]: the run goes on another way.
    pub fn forget_changes_to_come(&mut self) {
        let (now, in_force) = (self.log.now, self.changed);
        let keep = in_force + self.changes[in_force..].iter().take_while(|c| c.at <= now).count();
        self.changes.truncate(keep);
        self.find_stop();
    }

    /// Puts the next change in force.
    pub(super) fn apply_change(&mut self) {
        let Change { at, station, params } = self.changes[self.changed].clone();
        self.changed += 1;
        self.log.now = at;
        self.log.measures.changed(at, station, &params);
        self.log.tell(FactKind::Changed, station, station, 0, Span::ZERO);
        // Of the same kind as the station: seen to when the change was made. A new kind's parameters need an arm here.
        let index = self.roles[station].index();
        match params {
            Params::Patients(params) => {
                self.patients.params = params;
                for api in 0..self.apis.len() {
                    self.watch_patience(api);
                }
            }
            Params::Api(params) => {
                let api = &mut self.apis[index];
                api.service = Sampler::new(&params.service);
                api.params = params;
                self.fill_threads(index);
                self.watch_api_timeout(index);
            }
            Params::Queue(params) => self.queues[index].params = params,
            Params::Consumers(params) => self.change_pool(index, params),
            Params::Clinic(params) => {
                let clinic = &mut self.clinics[index];
                clinic.variable = Sampler::new(&params.variable);
                clinic.params = params;
                for system in 0..self.clinics[index].systems.len() {
                    self.leave_rest(Unfinished::Slots(index, system));
                }
            }
            Params::DeadLetter => {}
        }
        self.settle();
    }

    fn change_pool(&mut self, index: usize, params: crate::sim::network::Consumers) {
        let pool = &mut self.pools[index];
        let rescaled = pool.params.scaling != params.scaling;
        let breaker_gone = pool.params.breaker.is_some() && params.breaker.is_none();
        pool.handling = Sampler::new(&params.handling);
        pool.params = params;
        self.watch_pool_timeout(index);
        if breaker_gone && !self.pools[index].breaker.is_closed() {
            self.close_breaker(index);
        }
        if rescaled {
            self.rescale(index);
        }
    }

    /// A new scaling policy takes over from the workers there are: by demand, they stay within its limits until its first check; a fixed number,
    /// or the number that a schedule has at this time, is ordered or let go now.
    fn rescale(&mut self, index: usize) {
        let pool = &self.pools[index];
        let have = pool.staying();
        let (want, startup) = match &pool.params.scaling {
            Scaling::Fixed { workers } => (*workers, Span::ZERO),
            Scaling::Demand { min, max, startup, .. } => (have.clamp(*min, *max), *startup),
            Scaling::Schedule { workers, startup, steps } => {
                let step = steps.iter().rev().find(|(at, _)| *at <= self.log.now);
                (step.map_or(*workers, |(_, workers)| *workers), *startup)
            }
        };
        self.resize(index, want, startup);
        self.start_policy(index);
    }
}

/// Whether parameters may be changed during a run.
pub fn may_change(from: &Params, to: &Params) -> bool {
    match (from, to) {
        (Params::Clinic(from), Params::Clinic(to)) => from.clinics == to.clinics && from.skew == to.skew,
        (from, to) => std::mem::discriminant(from) == std::mem::discriminant(to),
    }
}
