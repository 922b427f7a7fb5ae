//! A receipt that came in: run again here, a slice at a time beside all else, and told where receipts are written.

use gloo::timers::callback::Timeout;
use yew::Callback;

use super::App;
use crate::kata::{Verdict, builtin};
use crate::record::receipt::{Difference, Receipt, Unverifiable};
use crate::share::receipt;
use crate::ui::exchange::Desk;
use crate::ui::kit::ByPtr;
use crate::ui::share::Checked;
use engine::Simulation;
use engine::sim::time::Time;

/// Events of a slice: a few milliseconds.
const SLICE: u64 = 100_000;

/// A receipt that is being run again.
struct Checking {
    receipt: Receipt,
    sum: Option<Difference>,
    run: Simulation,
}

/// Runs again what a receipt claims; `told` hears what came of it. Part of what the page fetches once it is up.
pub(super) fn check(text: &str, told: Callback<Checked>) {
    match begin(text) {
        Ok(checking) => go_on(Box::new(checking), told),
        Err(why) => told.emit(Checked::unusable(why)),
    }
}

fn begin(text: &str) -> Result<Checking, String> {
    let (receipt, sum) = receipt::read(text).map_err(|fault| fault.to_string())?;
    let run = receipt.origin().map_err(|why| why.words())?.start();
    let run = run.map_err(|problems| Unverifiable::Design(problems).words())?;
    Ok(Checking { receipt, sum, run })
}

/// A slice, and the next one when the page has had its turn.
fn go_on(mut checking: Box<Checking>, told: Callback<Checked>) {
    checking.run.run_until(Time::NEVER, SLICE);
    if checking.run.is_over() {
        told.emit(found(*checking));
    } else {
        Timeout::new(0, move || go_on(checking, told)).forget();
    }
}

fn found(checking: Checking) -> Checked {
    let Checking { receipt, sum, run } = checking;
    let scenario = builtin::scenario(&receipt.scenario).expect("it has run");
    let report = run.measures().report(run.now());
    let mut differs = receipt.differences(&Verdict::of(scenario, &report, true), &report.digest);
    differs.extend(sum);
    Checked::of(&receipt, &scenario.name, &differs)
}

impl App {
    /// Shows what was found.
    pub(super) fn checked(&mut self, checked: ByPtr<Checked>) {
        self.open_desk(Some(Desk::Share));
        self.checked = Some(checked);
    }
}
