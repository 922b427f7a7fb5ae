//! The draws of a run as the reference simulation reads them: `draws.json` and `draws.bin`. `draws.py` says what is in them.

use engine::sim::dist::{Dist, Sampler};
use engine::sim::network::{Network, Params, StationSpec};
use engine::sim::random::{Draws, Purpose, Stream};
use engine::sim::ziggurat;
use serde_json::{Value, json};

/// Names and numbers of the streams that this network may draw from, for so many bookings.
pub struct Written {
    pub streams: Vec<Value>,
    pub numbers: Vec<u8>,
}

/// The standard draws that `sample` makes of one turn's for a distribution.
fn standard(dist: &Dist, draws: &mut Draws) -> Vec<f64> {
    let tables = ziggurat::tables();
    match *dist {
        Dist::Constant { .. } => vec![],
        Dist::Exponential { .. } => vec![tables.exponential(draws)],
        Dist::Uniform { .. } => vec![draws.unit()],
        Dist::Lognormal { .. } => vec![tables.normal(draws)],
        Dist::Erlang { k, .. } => (0..k).map(|_| tables.exponential(draws)).collect(),
        Dist::Hyperexponential { .. } => vec![draws.unit(), tables.exponential(draws)],
    }
}

impl Written {
    pub fn of(network: &Network, seed: u64, bookings: u64) -> Written {
        let patients = network.stations.iter().find_map(|spec| match &spec.params {
            Params::Patients(patients) => Some(patients.retries),
            _ => None,
        });
        let tries = patients.expect("patients") + 1;
        let attempts = network.stations.iter().filter_map(|spec| spec.params.pool()).map(|pool| pool.attempts).max();
        let turns = tries + attempts.unwrap_or(0);
        let mut written = Written { streams: Vec::new(), numbers: Vec::new() };
        for spec in &network.stations {
            written.station(spec, seed, bookings, tries, turns);
        }
        written
    }

    fn station(&mut self, spec: &StationSpec, seed: u64, bookings: u64, tries: u32, turns: u32) {
        let stream = |purpose| Stream::new(seed, purpose, &spec.id);
        let mut units = |name, purpose, turns| self.units(name, &spec.id, stream(purpose), bookings, turns);
        match &spec.params {
            Params::Patients(_) => {
                units("route", Purpose::Route, tries);
                units("retry_delay", Purpose::RetryDelay, tries);
            }
            Params::Api(api) => {
                units("route", Purpose::Route, tries);
                self.times("service", &spec.id, stream(Purpose::Service), &api.service, (bookings, tries));
            }
            Params::Consumers(pool) => {
                units("route", Purpose::Route, turns);
                units("backoff", Purpose::Backoff, turns);
                self.times("handling", &spec.id, stream(Purpose::Handling), &pool.handling, (bookings, turns));
            }
            Params::Clinic(clinic) => {
                units("clinic_choice", Purpose::ClinicChoice, 1);
                units("clinic_error", Purpose::ClinicError, turns);
                self.times("clinic_time", &spec.id, stream(Purpose::ClinicTime), &clinic.variable, (bookings, turns));
            }
            Params::Queue(_) | Params::DeadLetter => {}
        }
    }

    fn units(&mut self, purpose: &str, node: &str, stream: Stream, bookings: u64, turns: u32) {
        self.named(purpose, node, (bookings, turns), 1, false);
        for booking in 0..bookings {
            for turn in 0..turns {
                self.numbers.extend(stream.draws(booking, turn).unit().to_le_bytes());
            }
        }
    }

    fn times(&mut self, purpose: &str, node: &str, stream: Stream, dist: &Dist, (bookings, turns): (u64, u32)) {
        let standards = standard(dist, &mut stream.draws(0, 0)).len();
        self.named(purpose, node, (bookings, turns), standards, true);
        let sampler = Sampler::new(dist);
        for booking in 0..bookings {
            for turn in 0..turns {
                let draws = stream.draws(booking, turn);
                self.numbers.extend(sampler.sample(&mut draws.clone()).0.to_le_bytes());
                for number in standard(dist, &mut draws.clone()) {
                    self.numbers.extend(number.to_le_bytes());
                }
            }
        }
    }

    fn named(&mut self, purpose: &str, node: &str, (bookings, turns): (u64, u32), standards: usize, timed: bool) {
        self.streams.push(json!({ "purpose": purpose, "node": node, "bookings": bookings, "turns": turns,
                                  "standards": standards, "timed": timed }));
    }
}

/// The standard gaps between bookings, and one more.
pub fn gaps(seed: u64, bookings: u64) -> Vec<f64> {
    let stream = Stream::new(seed, Purpose::Arrivals, "");
    (0..=bookings).map(|number| ziggurat::tables().exponential(&mut stream.draws(number, 0))).collect()
}
