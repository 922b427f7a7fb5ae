//! The engine alone as a wasm module without imports, for tests and benches in a real browser: digests, speed, memory.
//!
//! `cargo build --release --package probe --target wasm32-unknown-unknown`. A caller writes a text into the buffer
//! at [`text`], starts a run with it, and advances it in slices.

#[path = "../../support/worlds.rs"]
mod worlds;

use std::cell::RefCell;
use std::sync::Arc;

use engine::sim::time::Time;
use engine::{Progress, Simulation};
use waiting_room::design::file;
use waiting_room::kata::{Scenario, builtin};

const TEXT: usize = 4096;

thread_local! {
    static INPUT: RefCell<Box<[u8; TEXT]>> = RefCell::new(Box::new([0; TEXT]));
    static RUN: RefCell<Option<Simulation>> = const { RefCell::new(None) };
}

/// Where the caller writes its text: 4096 bytes.
#[unsafe(no_mangle)]
pub extern "C" fn text() -> *mut u8 {
    INPUT.with_borrow_mut(|input| input.as_mut_ptr())
}

fn start_with(design: &str, scenario: &Scenario, seed: u64) {
    let design = file::read(design).expect("a design");
    let network = Arc::new(scenario.compile(&design).expect("a network"));
    RUN.set(Some(Simulation::new(network.clone(), seed)));
}

/// Starts a run of built-in parts; the text is `design scenario`.
#[unsafe(no_mangle)]
pub extern "C" fn start(length: usize, seed: u32) {
    let line = INPUT.with_borrow(|input| String::from_utf8_lossy(&input[..length]).into_owned());
    let (design, scenario) = line.split_once(' ').expect("a design and a scenario");
    let design = builtin::designs().iter().find(|d| d.id == design).expect("a built-in design");
    start_with(&design.file, builtin::scenario(scenario).expect("a built-in scenario"), u64::from(seed));
}

/// Starts a run in which `waiting` messages pile up in the queue at once, and stay: 40 a second come, and as many are confirmed.
#[unsafe(no_mangle)]
pub extern "C" fn start_backlog(waiting: u32) {
    let (design, scenario) = backlog(waiting);
    start_with(&design, &Scenario::read(&scenario).expect("a scenario"), 1);
}

include!("../../../examples/shared/backlog.rs");

/// Starts a run of a random world with its own seed: one of those whose digests lie in `tests/golden/swarm.txt`.
#[unsafe(no_mangle)]
pub extern "C" fn start_world(seed: u32) {
    let (design, scenario) = worlds::design_and_scenario(seed.into(), worlds::FEW);
    let scenario = Scenario::read(&scenario.to_string()).expect("a scenario");
    start_with(&design.to_string(), &scenario, seed.into());
}

/// Handles up to `budget` events; 1 when the run is over.
#[unsafe(no_mangle)]
pub extern "C" fn advance(budget: u32) -> u32 {
    RUN.with_borrow_mut(|run| {
        let run = run.as_mut().expect("a run was started");
        u32::from(run.run_until(Time::NEVER, u64::from(budget)) == Progress::Over)
    })
}

/// Handles all events up to a time in seconds.
#[unsafe(no_mangle)]
pub extern "C" fn advance_to(seconds: f64) {
    RUN.with_borrow_mut(|run| {
        run.as_mut().expect("a run was started").run_until(Time::from_seconds(seconds), u64::MAX);
    });
}

fn figure(of: impl Fn(&Simulation) -> f64) -> f64 {
    RUN.with_borrow(|run| of(run.as_ref().expect("a run was started")))
}

/// Writes the digest's 16 digits into the buffer.
#[unsafe(no_mangle)]
pub extern "C" fn digest() {
    let digest = RUN.with_borrow(|run| run.as_ref().expect("a run was started").measures().digest());
    INPUT.with_borrow_mut(|input| input[..16].copy_from_slice(digest.as_bytes()));
}

/// Facts so far.
#[unsafe(no_mangle)]
pub extern "C" fn facts() -> f64 {
    figure(|run| run.measures().report(run.now()).events as f64)
}

/// Bookings so far.
#[unsafe(no_mangle)]
pub extern "C" fn bookings() -> f64 {
    figure(|run| run.measures().report(run.now()).counts.arrivals as f64)
}

/// Messages that wait.
#[unsafe(no_mangle)]
pub extern "C" fn waiting() -> f64 {
    figure(|run| run.measures().live().backlog as f64)
}
