//! The bottleneck, with the evidence: why the goals that were missed were missed, or, where all hold, what came closest to a limit.
//!
//! Bookings lost come before waiting, and waiting before money. It says what happened, never what to do: that is asked for, a rung at a time.

use crate::advice::lint::reply_range;
use crate::advice::review::pools::clinic_limit;
use crate::advice::review::{Finding, FinishedRun, THREADS_TAKEN, calls, flow, money, queues};
use crate::design::Location;
use crate::format::{clock, count, duration_s, number};
use crate::kinds::Behaviour;
use crate::say;
use engine::measure::{Bin, MetricId};
use engine::sim::network::EventKind;

/// A component counts as full from this share of its servers on.
const FULL: f64 = 0.98;
/// Waiting that one closing interval may hold by chance alone.
const FEW: u64 = 100;
/// Waiting for less than this in all is no bottleneck, in seconds.
const SHORT_S: f64 = 60.0;

/// What held the run back most; with the words for "nothing did" where nothing was full for long.
pub fn bottleneck(ran: &FinishedRun<'_>) -> Finding {
    let unkept = ran.turned_away() || ran.let_down() || ran.missed(MetricId::Duplicates);
    let late = ran.answers_late() || ran.fell_behind() || unkept;
    let dear = || money::paid(ran).filter(|_| ran.missed(MetricId::Cost));
    if !late && let Some(money) = dear() {
        return money;
    }
    synchronous(ran)
        .or_else(|| flow::queue_nobody_reads(ran))
        .or_else(|| flow::threads_full(ran))
        .or_else(|| given_up(ran))
        .or_else(|| calls::timeout_below_reply(ran).filter(|_| !ran.fell_behind()))
        .or_else(|| queues::newest_first(ran))
        .or_else(|| queues::without_bound(ran))
        .or_else(|| asynchronous(ran))
        .or_else(dear)
        .unwrap_or_else(|| none(ran))
}

/// Where bookings were lost, by the cause that is known, else by what became of them.
fn given_up(ran: &FinishedRun<'_>) -> Option<Finding> {
    let causes: [fn(&FinishedRun<'_>) -> Option<Finding>; 6] = [
        calls::no_breaker,
        calls::few_attempts,
        calls::nowhere_to_park,
        queues::drops_the_oldest,
        queues::full,
        queues::too_old,
    ];
    let cause = causes.iter().find_map(|rule| rule(ran));
    cause.or_else(|| not_kept(ran))
}

/// What became of the bookings that were turned away, or let down after a yes, where too many were.
pub(super) fn not_kept(ran: &FinishedRun<'_>) -> Option<Finding> {
    let (context, counts) = (&ran.context, &ran.report.counts);
    let fates = [
        (counts.rejected, say!("review.fate_rejected"), ran.turned_away(), true),
        (counts.abandoned, say!("review.fate_given_up"), ran.turned_away(), true),
        (counts.dead_lettered, say!("review.fate_parked"), ran.let_down(), false),
        (counts.lost, say!("review.fate_lost"), ran.let_down(), false),
    ];
    let told: Vec<_> = fates.iter().filter(|(n, _, missed, _)| *missed && *n > 0).collect();
    let all: u64 = told.iter().map(|(n, ..)| n).sum();
    let at_the_door: u64 = told.iter().filter(|(.., at_the_door)| *at_the_door).map(|(n, ..)| n).sum();
    let (code, behaviour) = match all {
        0 => return None,
        all if 2 * at_the_door > all => ("turned-away", Behaviour::PassesOn),
        _ => ("let-down", Behaviour::Fetches),
    };
    let node = context.reached(behaviour).next()?;
    let (name, n, all) = (context.name(node), count(all), count(counts.arrivals));
    let mut text = match told.as_slice() {
        [(_, fate, ..)] => say!("review.one_fate", name, n, all, fate),
        several => {
            let fates: Vec<String> = several.iter().map(|(n, fate, ..)| format!("{} {fate}", count(*n))).collect();
            say!("review.fates", name, n, all, fates = fates.join(", "))
        }
    };
    let calls = counts.clinic_errors + counts.timeouts;
    if calls > 0 {
        text = format!("{text} {}", say!("review.calls_failed", n = count(calls)));
    }
    Some(Finding { code, place: context.place(node), text })
}

/// What the clinics confirmed while they were slow, failing or dark, as this run had it: that of all such times which left most undone.
fn disturbed(ran: &FinishedRun<'_>) -> String {
    let events = &ran.context.scenario.world.events;
    let times = events.iter().filter(|event| !matches!(event.what, EventKind::Surge(_))).filter_map(|event| {
        let within = || ran.series.bins.iter().filter(|bin| event.from <= bin.from && bin.to <= event.to);
        let (first, last) = (within().next()?, within().next_back()?);
        let seconds = (last.to - first.from).seconds();
        let came: u64 = within().map(|bin| u64::from(bin.arrivals)).sum();
        let confirmed: u64 = within().map(|bin| u64::from(bin.confirmed)).sum();
        let behind = came.checked_sub(confirmed).filter(|behind| *behind > FEW)?;
        let rate = |n: u64| number(n as f64 / seconds, 1);
        // In the dark only what was under way before is confirmed: as a rate it would read 0.
        let few = (confirmed as f64) < 0.5 * seconds;
        let (from, to) = (clock(ran.day(first.from.seconds())), clock(ran.day(last.to.seconds())));
        let text = match few {
            true => say!("review.disturbed_in_all", from, to, n = count(confirmed), rate = rate(came)),
            false => say!("review.disturbed", from, to, n = rate(confirmed), rate = rate(came)),
        };
        Some((behind, text))
    });
    times.max_by_key(|(behind, _)| *behind).map_or_else(String::new, |(_, text)| format!(" {text}"))
}

/// Nothing was full for long.
pub(super) fn none(ran: &FinishedRun<'_>) -> Finding {
    let text = say!(
        "review.nothing_full",
        backlog = count(ran.report.backlog.max),
        confirmed = count(ran.report.counts.confirmed),
        all = count(ran.report.counts.arrivals)
    );
    Finding { code: "no-bottleneck", place: Location::Whole, text }
}

/// An API whose threads wait for a clinic: that they ran out, or else only what each answer waits for.
fn synchronous(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    let (api, clinic) =
        context.reached(Behaviour::PassesOn).find_map(|api| Some((api, context.clinics(api).next()?.1)))?;
    let params = context.api(api)?;
    let (name, place) = (context.name(api), context.place(api));
    let (waited, disturbed) = (flow::waited(ran), disturbed(ran));
    Some(if ran_out(ran) {
        let threads = count(params.instances * params.threads);
        let text = format!("{} {waited}{disturbed}", say!("review.threads_taken", name, threads));
        Finding { code: THREADS_TAKEN, place, text }
    } else {
        let text = format!("{} {waited}{disturbed}", say!("review.api_waits", name, reply = reply_range(clinic)));
        Finding { code: "api-waits", place, text }
    })
}

/// Whether threads ran out for longer than by chance: somebody was turned away.
fn ran_out(ran: &FinishedRun<'_>) -> bool {
    ran.report.counts.rejected + ran.report.counts.abandoned > 0
}

/// What was full while messages waited: the clinics' slots, or else the workers.
pub(super) fn asynchronous(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    let slots: f64 =
        context.reached(Behaviour::Answers).filter_map(|c| context.clinic(c)).map(crate::advice::lint::slots).sum();
    let waiting: Vec<&Bin> = ran.series.bins.iter().filter(|b| b.backlog > FEW).collect();
    let (first, last) = (waiting.first()?, waiting.last()?);
    let width = ran.series.width.seconds();
    if waiting.len() as f64 * width < SHORT_S {
        return None;
    }
    let held = |full: fn(&Bin, f64) -> bool| waiting.iter().filter(|b| full(b, slots)).count() as f64 * width;
    let by_clinic = held(|b, slots| b.clinic_busy as f64 >= FULL * slots);
    let by_workers = held(|b, _| b.busy_workers as f64 >= FULL * b.workers as f64);
    let pool = context.reached(Behaviour::Fetches).next()?;
    let (from, to) = (clock(ran.day(first.from.seconds())), clock(ran.day(last.to.seconds())));
    let max = count(ran.report.backlog.max);
    let disturbed = disturbed(ran);
    if by_clinic > 0.0 && by_clinic >= 0.5 * by_workers {
        let node = context.reached(Behaviour::Answers).next()?;
        let text = say!(
            "review.slots_full",
            name = context.name(node),
            slots = number(slots, 0),
            time = duration_s(by_clinic),
            from,
            to,
            max,
            most = number(clinic_limit(ran, pool), 1),
        );
        return Some(Finding { code: "clinic-full", place: context.place(node), text: text + &disturbed });
    }
    if by_workers > 0.0 {
        let there = || waiting.iter().filter(|b| b.busy_workers as f64 >= FULL * b.workers as f64).map(|b| b.workers);
        let workers = match (there().min().unwrap_or(0), there().max().unwrap_or(0)) {
            (fewest, most) if fewest == most => count(most),
            (fewest, most) => say!("list.range", from = count(fewest), to = count(most)),
        };
        let (name, time) = (context.name(pool), duration_s(by_workers));
        let text = say!("review.workers_busy", name, time, from, to, max, workers) + &disturbed;
        return Some(Finding { code: "workers-busy", place: context.place(pool), text });
    }
    let text = say!(
        "review.calls_fail",
        name = context.name(pool),
        max,
        from,
        to,
        failed = count(ran.report.counts.clinic_errors + ran.report.counts.timeouts),
        retries = count(ran.report.counts.retries),
    );
    Some(Finding { code: "calls-fail", place: context.place(pool), text: text + &disturbed })
}
