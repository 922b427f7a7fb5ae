//! What a run costs, and how busy its servers are: levels integrated over time.
//!
//! Cost = instances × hours × price + worker-hours × price + enqueues ÷ 10⁶ × price. Integrals are sums of whole nanoseconds, so
//! that it makes no difference when they are read.

use crate::sim::network::{Network, Paid, Prices};
use crate::sim::time::Time;

/// A level and its integral over time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Integral {
    level: u64,
    max: u64,
    since: Time,
    /// Level × nanoseconds up to `since`.
    sum: u128,
}

impl Integral {
    fn set(&mut self, at: Time, level: u64) {
        self.sum = self.until(at);
        self.since = at;
        self.level = level;
        self.max = self.max.max(level);
    }

    fn until(&self, at: Time) -> u128 {
        self.sum + u128::from(self.level) * u128::from(at.since(self.since).0)
    }

    /// Level-seconds.
    fn seconds(&self, at: Time) -> f64 {
        self.until(at) as f64 / 1e9
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    prices: Prices,
    /// API instances and workers, by station.
    instances: Vec<(usize, Integral)>,
    pools: Vec<(usize, Integral)>,
    enqueues: u64,
}

impl Money {
    pub fn new(network: &Network) -> Money {
        let mut money = Money { prices: network.world.prices, instances: Vec::new(), pools: Vec::new(), enqueues: 0 };
        for (station, spec) in network.stations.iter().enumerate() {
            match spec.params.paid() {
                Paid::Instances(level) => money.instances.push((station, Integral { level, ..Integral::default() })),
                Paid::Workers => money.pools.push((station, Integral::default())),
                Paid::Nothing => {}
            }
        }
        money
    }

    #[inline(always)]
    pub fn enqueued(&mut self) {
        self.enqueues += 1;
    }

    /// From `at` on, `ordered` workers of the pool are paid.
    pub fn workers(&mut self, at: Time, station: usize, ordered: u64) {
        set(&mut self.pools, at, station, ordered);
    }

    pub fn instances(&mut self, at: Time, station: usize, instances: u64) {
        set(&mut self.instances, at, station, instances);
    }

    /// Pounds spent until `now`.
    pub fn cost(&self, now: Time) -> f64 {
        let hours = |levels: &[(usize, Integral)]| {
            levels.iter().map(|(_, level)| level.until(now)).sum::<u128>() as f64 / 1e9 / 3600.0
        };
        hours(&self.instances) * self.prices.api_instance_hour
            + hours(&self.pools) * self.prices.worker_hour
            + self.enqueues as f64 / 1e6 * self.prices.queue_million
    }

    /// Each pool's station, worker-seconds until `now`, and largest number of workers.
    pub fn pools(&self, now: Time) -> Vec<(usize, f64, u64)> {
        self.pools.iter().map(|(station, level)| (*station, level.seconds(now), level.max)).collect()
    }
}

fn set(levels: &mut [(usize, Integral)], at: Time, station: usize, level: u64) {
    let (_, integral) = levels.iter_mut().find(|(s, _)| *s == station).expect("the station has such a level");
    integral.set(at, level);
}

/// How busy the API's threads and the clinics' slots are, from the start to whenever it is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Busy {
    /// By station: the moments at which services ended less those at which they began, in nanoseconds. Below zero while some are under way,
    /// so it wraps: with the services under way, each taken to end at the moment asked for, it is busy time.
    moments: Vec<u128>,
    servers: Vec<(usize, Integral)>,
}

impl Busy {
    pub fn new(network: &Network) -> Busy {
        let mut busy = Busy { moments: vec![0; network.stations.len()], servers: Vec::new() };
        for (station, spec) in network.stations.iter().enumerate() {
            let Some(servers) = spec.params.servers() else { continue };
            busy.servers.push((station, Integral { level: servers, ..Integral::default() }));
        }
        busy
    }

    #[inline(always)]
    pub fn begins(&mut self, at: Time, station: usize) {
        self.moments[station] = self.moments[station].wrapping_sub(u128::from(at.0));
    }

    #[inline(always)]
    pub fn ends(&mut self, at: Time, station: usize) {
        self.moments[station] = self.moments[station].wrapping_add(u128::from(at.0));
    }

    pub fn servers(&mut self, at: Time, station: usize, servers: u64) {
        set(&mut self.servers, at, station, servers);
    }

    /// Busy server-seconds ÷ (servers × time) until `now`, by station, where `busy` servers of a station are busy now; 0 at the start. At most
    /// 1: servers taken away by hand while they are busy finish what they do.
    pub fn shares(&self, now: Time, busy: impl Fn(usize) -> u64) -> Vec<(usize, f64)> {
        let share = |&(station, servers): &(usize, Integral)| match servers.until(now) {
            0 => (station, 0.0),
            there => {
                let under_way = u128::from(busy(station)) * u128::from(now.0);
                (station, (self.moments[station].wrapping_add(under_way) as f64 / there as f64).min(1.0))
            }
        };
        self.servers.iter().map(share).collect()
    }
}
