//! A receipt that came in: run again here, a slice at a time, and told where receipts are written.

use gloo::timers::callback::Timeout;
use yew::html::Scope;

use super::{App, Msg};
use crate::kata::{Verdict, builtin};
use crate::late::late;
use crate::record::receipt::{Difference, Receipt, Unverifiable};
use crate::share::receipt;
use crate::ui::kit::ByPtr;
use crate::ui::share::Checked;
use engine::Simulation;
use engine::sim::time::Time;

/// Events of a slice: a few milliseconds.
const SLICE: u64 = 100_000;

/// A receipt that is being run again.
pub struct Checking {
    receipt: Receipt,
    sum: Option<Difference>,
    run: Simulation,
}

/// What is being checked, and what was found last.
#[derive(Default)]
pub struct Checks {
    under_way: Option<Box<Checking>>,
    pub found: Option<ByPtr<Checked>>,
    next: Option<Timeout>,
}

late! {
    /// Begins, or runs on.
    fn go_on(app: &mut App, link: &Scope<App>, text: Option<&str>) -> () {
        if let Some(text) = text {
            app.open_desk(false);
            match begin(text) {
                Ok(checking) => app.checks = Checks { under_way: Some(Box::new(checking)), ..Checks::default() },
                Err(why) => return app.found(Checked::unusable(why)),
            }
        }
        let Some(checking) = &mut app.checks.under_way else { return };
        match run_on(checking) {
            Some(checked) => app.found(checked),
            None => {
                let link = link.clone();
                app.checks.next = Some(Timeout::new(0, move || link.send_message(Msg::CheckOn)));
            }
        }
    }
}

fn begin(text: &str) -> Result<Checking, String> {
    let (receipt, sum) = receipt::read(text).map_err(|fault| fault.to_string())?;
    let run = receipt.origin().map_err(|why| why.words())?.start();
    let run = run.map_err(|problems| Unverifiable::Design(problems).words())?;
    Ok(Checking { receipt, sum, run })
}

/// What was found once the run is over.
fn run_on(checking: &mut Checking) -> Option<Checked> {
    let Checking { receipt, sum, run } = checking;
    if !run.is_over() {
        run.run_until(Time::NEVER, SLICE);
    }
    let scenario = builtin::scenario(&receipt.scenario).filter(|_| run.is_over())?;
    let report = run.measures().report(run.now());
    let mut differs = receipt.differences(&Verdict::of(scenario, &report, true), &report.digest);
    differs.extend(sum.take());
    Some(Checked::of(receipt, &scenario.name, &differs))
}

impl App {
    /// Runs again what a receipt claims, and shows what came of it.
    pub(super) fn check(&mut self, link: &Scope<App>, text: &str) {
        let _ = go_on(self, link, Some(text));
    }

    /// The next slice.
    pub(super) fn check_on(&mut self, link: &Scope<App>) {
        let _ = go_on(self, link, None);
    }

    fn found(&mut self, checked: Checked) {
        self.checks = Checks { found: Some(ByPtr::new(checked)), ..Checks::default() };
        self.share_open = true;
    }
}
