//! Repeat on 50 Mondays: the same design on 50 seeds, and how many of them pass. It begins as it is opened, and the result grows as it comes.
//!
//! The figures are those of `kata grade`. Knows no run of the session and changes nothing.

use crate::kata::goal::name as goal_name;
use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;
use crate::vocabulary::DAYS;

use super::icons::{Icon, icon};
use super::kit::{Quarters, widget};
use crate::design::Design;
use crate::format;
use crate::kata::Scenario;
use crate::study::Grade;
use crate::study::repeat::{FIRST_SEED, GoalGrade};

mod mondays;
mod studies;
mod sure;

pub use studies::Studies;
use studies::Study;

pub use crate::kata::stars::MONDAYS;

/// The design on 50 Mondays of the scenario.
#[derive(Properties, Clone, PartialEq)]
pub struct Repeat {
    pub design: Rc<Design>,
    pub scenario: Rc<Scenario>,
}

widget!(late Repeat => repeat);

fn repeat(props: &Repeat) -> Html {
    html! { <RepeatBox ..props.clone()/> }
}

pub enum Msg {
    Begin,
    Stop,
    /// An outcome has come.
    Heard,
}

/// Progress with a stop, or a button that goes on; and the result. What has come is kept in the page's [`Studies`], which are its context.
pub struct RepeatBox {
    studies: Studies,
    refused: bool,
}

impl Component for RepeatBox {
    type Message = Msg;
    type Properties = Repeat;

    fn create(ctx: &Context<Self>) -> RepeatBox {
        let kept = ctx.link().context::<Studies>(Callback::noop());
        let studies = kept.map(|(studies, _)| studies).unwrap_or_default();
        studies.show_to(ctx.link().callback(|()| Msg::Heard));
        let mut repeat = RepeatBox { studies, refused: false };
        repeat.set_out(ctx.props());
        repeat
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Repeat) -> bool {
        self.set_out(ctx.props());
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::Begin => self.refused = !self.studies.begin(&props.design, &props.scenario),
            Msg::Stop => self.studies.stop(),
            Msg::Heard => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let begin = link.callback(|_: MouseEvent| Msg::Begin);
        let stop = link.callback(|_: MouseEvent| Msg::Stop);
        let study = self.studies.of(&props.design, &props.scenario);
        let worker_pool = study.as_ref().and_then(|study| study.worker_pool.as_ref());
        let come = study.as_ref().map_or(0, |study| study.mondays.grade.seeds);
        let over = come == MONDAYS;
        let digests = study.as_ref().filter(|_| over).map(|study| {
            let digests: Vec<&str> = study.mondays.runs.values().map(|(_, digest)| digest.as_str()).collect();
            digests.join(" ")
        });
        let words = match come {
            0 => say!("repeat.begin", all = MONDAYS),
            come => say!("repeat.go_on", n = MONDAYS - come),
        };
        html! {
            <section class="repeat" aria-labelledby="repeat-title" data-workers={worker_pool.map(|c| c.workers().to_string())} data-digests={digests}>
                <h3 id="repeat-title">{ say!("repeat.title") }</h3>
                if worker_pool.is_some() {
                    <div class="under-way">
                        <span>{ say!("repeat.come", n = come, all = MONDAYS) }</span>
                        <button class="btn" onclick={stop}>{ say!("repeat.stop") }</button>
                    </div>
                } else if self.refused {
                    <p>{ say!("repeat.refused") }</p>
                } else if !over {
                    <button class="btn" onclick={begin}>{ icon(Icon::Dice) }{ words }</button>
                }
                if let Some(study) = study.as_deref() { { shown(study) } }
                { heard(study.as_deref()).view() }
            </section>
        }
    }
}

impl RepeatBox {
    /// Whoever comes here wants the Mondays: they begin at once, but for a study that was stopped.
    fn set_out(&mut self, props: &Repeat) {
        let new = self.studies.of(&props.design, &props.scenario).is_none();
        self.refused = new && !self.studies.begin(&props.design, &props.scenario);
    }
}

/// What is heard of it.
fn heard(study: Option<&Study>) -> Quarters {
    let growing = study.is_some_and(|study| study.worker_pool.is_some());
    let (done, end) =
        study.map_or((0, String::new()), |study| (study.mondays.grade.seeds, passes(&study.mondays.grade)));
    Quarters { done, all: MONDAYS, growing, of: DAYS.to_string(), end }
}

/// What has come so far.
fn shown(study: &Study) -> Html {
    let growing = study.worker_pool.is_some();
    let study = &study.mondays;
    html! {
        <>
            { mondays::mondays(&study.runs, FIRST_SEED, MONDAYS, growing) }
            if study.grade.seeds > 0 {
                { result(&study.grade) }
                { sure::means(&study.grade) }
                if let Some(steady) = &study.steady {
                    { sure::steady(&steady.when(&study.analysis.scenario), &steady.told(&study.analysis)) }
                }
            }
        </>
    }
}

/// "Passes 46 of 50 (81–97 %)".
fn passes(grade: &Grade) -> String {
    let (low, high) = grade.interval();
    let percent = |share: f64| format::number((share * 100.0).round(), 0);
    say!("repeat.grade", passed = grade.passed, all = grade.seeds, low = percent(low), high = percent(high))
}

fn result(grade: &Grade) -> Html {
    let words = passes(grade);
    html! {
        <>
            <p class="grade">
                <b>{ words }</b>
                <span>{ say!("repeat.sure") }</span>
            </p>
            <table class="spreads">
                <caption>{ say!("repeat.caption") }</caption>
                <thead><tr><th scope="col">{ say!("repeat.goal") }</th><th scope="col">{ say!("repeat.median") }</th><th scope="col">{ say!("repeat.spread") }</th><th scope="col">{ say!("repeat.met") }</th></tr></thead>
                <tbody>{ for grade.goals.iter().map(|goal| row(goal, grade.seeds)) }</tbody>
            </table>
        </>
    }
}

fn row(goal: &GoalGrade, seeds: u64) -> Html {
    let metric = goal.goal.metric;
    let figure = |value: Option<f64>| format::metric(value, metric.unit);
    let spread = say!("repeat.from_to", from = figure(goal.spread.least()), to = figure(goal.spread.most()));
    let met = match goal.goal.at_most {
        0.0 => say!("repeat.of_with_none", n = goal.met, all = seeds),
        at_most => say!("repeat.of_within", n = goal.met, all = seeds, limit = figure(Some(at_most))),
    };
    html! {
        <tr class={if goal.met == seeds { "met" } else { "missed" }} key={metric.key}>
            <th scope="row">{ goal_name(metric) }</th>
            <td><b>{ figure(goal.spread.median()) }</b></td>
            <td class="strip-cell" title={spread.clone()}>{ strip(goal) }<span class="sr-only">{ spread }</span></td>
            <td class="of">{ met }</td>
        </tr>
    }
}

/// The width of the strip in its own units; the page stretches it.
const WIDE: f64 = 100.0;

/// Every Monday as a tick, and the limit as a line: what lies to its right missed the goal.
fn strip(goal: &GoalGrade) -> Html {
    let limit = goal.goal.at_most;
    let most = goal.spread.values().iter().copied().fold(0.0, f64::max);
    let end = if most.max(limit) > 0.0 { most.max(limit) * 1.15 } else { 1.0 };
    let at = |value: f64| value / end * (WIDE - 2.0) + 1.0;
    let ticks: String = goal.spread.values().iter().map(|v| format!("M{:.2} 3v9", at(*v))).collect();
    let without = goal.spread.without;
    html! {
        <>
            <svg class="ticks" viewBox={format!("0 0 {WIDE} 14")} preserveAspectRatio="none" aria-hidden="true">
                <path class="base" d={format!("M0 12.5H{WIDE}")}/>
                <path class="values" d={ticks}/>
                <path class="limit" d={format!("M{:.2} 0v14", at(limit))}/>
            </svg>
            if without > 0 { <small class="without">{ say!("repeat.not_confirmed", n = without) }</small> }
        </>
    }
}
