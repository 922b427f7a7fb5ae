//! The bottleneck: the component that was full while others waited for it, with the evidence.

use super::pools::clinic_limit;
use super::{Finding, Ran};
use crate::design::Place;
use crate::kata::lint::mean_reply_s;
use crate::kinds::KindId;
use crate::measure::Bin;
use crate::measure::format::{clock, count, duration_s, number, share};

/// A component counts as full from this share of its servers on.
const FULL: f64 = 0.98;
/// Waiting that one closing interval may hold by chance alone.
const FEW: u64 = 100;
/// Waiting for less than this in all is no bottleneck, in seconds.
const SHORT_S: f64 = 60.0;

/// What held the run back most; with the words for "nothing did" where nothing was full for long.
pub fn bottleneck(ran: &Ran<'_>) -> Finding {
    synchronous(ran).or_else(|| asynchronous(ran)).unwrap_or_else(|| none(ran))
}

/// Nothing was full for long.
pub(super) fn none(ran: &Ran<'_>) -> Finding {
    let text = format!(
        "No bottleneck: the largest backlog was {} messages, and {} of {} bookings were confirmed.",
        count(ran.report.backlog.max),
        count(ran.report.counts.confirmed),
        count(ran.report.counts.arrivals)
    );
    Finding { code: "no-bottleneck", place: Place::Whole, text }
}

/// An API whose threads wait for a clinic.
fn synchronous(ran: &Ran<'_>) -> Option<Finding> {
    let context = &ran.context;
    let (api, clinic) = context.reached(KindId::Api).find_map(|api| Some((api, context.clinics(api).next()?.1)))?;
    let params = context.api(api)?;
    let threads = (params.instances * params.threads) as f64;
    let reply = mean_reply_s(clinic);
    let busy = ran.utilisation(api).unwrap_or(0.0);
    let text = format!(
        "{}: each request holds one of its {} threads for the {} that the clinic takes, and the patient waits as long. So it answers at most {} requests a second; the peak brings {}. Its threads were busy {} of the time.",
        context.name(api),
        number(threads, 0),
        duration_s(reply),
        number(threads / reply, 1),
        number(context.demand.peak().1 * context.share[api], 1),
        share(busy),
    );
    Some(Finding { code: "api-waits", place: context.place(api), text })
}

/// What was full while messages waited: the clinics' slots, or else the workers.
pub(super) fn asynchronous(ran: &Ran<'_>) -> Option<Finding> {
    let context = &ran.context;
    let slots: f64 =
        context.reached(KindId::Clinic).filter_map(|c| context.clinic(c)).map(crate::kata::lint::slots).sum();
    let waiting: Vec<&Bin> = ran.series.bins.iter().filter(|b| b.backlog > FEW).collect();
    let (first, last) = (waiting.first()?, waiting.last()?);
    let width = ran.series.width.seconds();
    if waiting.len() as f64 * width < SHORT_S {
        return None;
    }
    let held = |full: fn(&Bin, f64) -> bool| waiting.iter().filter(|b| full(b, slots)).count() as f64 * width;
    let by_clinic = held(|b, slots| b.clinic_busy as f64 >= FULL * slots);
    let by_workers = held(|b, _| b.busy_workers as f64 >= FULL * b.workers as f64);
    let pool = context.reached(KindId::Consumers).next()?;
    let when = format!("between {} and {}", clock(ran.day(first.from.seconds())), clock(ran.day(last.to.seconds())));
    let max = count(ran.report.backlog.max);
    if by_clinic > 0.0 && by_clinic >= 0.5 * by_workers {
        let node = context.reached(KindId::Clinic).next()?;
        let text = format!(
            "{}: all {} slots were in use for {} {when}, while up to {max} messages waited. They confirm {} bookings a second and no more.",
            context.name(node),
            number(slots, 0),
            duration_s(by_clinic),
            number(clinic_limit(ran, pool), 1),
        );
        return Some(Finding { code: "clinic-full", place: context.place(node), text });
    }
    if by_workers > 0.0 {
        let most = ran.series.bins.iter().map(|b| b.workers).max().unwrap_or(0);
        let text = format!(
            "{}: no worker was idle for {} {when}, while up to {max} messages waited. There were at most {} workers for the clinics' {} slots.",
            context.name(pool),
            duration_s(by_workers),
            count(most),
            number(slots, 0),
        );
        return Some(Finding { code: "workers-busy", place: context.place(pool), text });
    }
    let text = format!(
        "{}: up to {max} messages waited {when} though workers were idle: {} calls failed and {} messages waited for another try.",
        context.name(pool),
        count(ran.report.counts.clinic_errors + ran.report.counts.timeouts),
        count(ran.report.counts.retries),
    );
    Some(Finding { code: "calls-fail", place: context.place(pool), text })
}
