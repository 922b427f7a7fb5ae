//! Repeat on 50 Mondays: the same design on 50 seeds, and how many of them pass; the result grows as it comes.
//!
//! The figures are those of `kata grade`. Knows no run of the session and changes nothing.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::crew::{Crew, Task};
use super::icons::{Icon, icon};
use crate::design::Design;
use crate::kata::Scenario;
use crate::measure::format;
use crate::study::repeat::{FIRST_SEED, GoalGrade};
use crate::study::steady::{Plan, Steady};
use crate::study::{Grade, Outcome};

mod mondays;
mod sure;

/// How many Mondays.
const MONDAYS: u64 = 50;

#[derive(Properties, PartialEq)]
pub struct RepeatProps {
    pub design: Rc<Design>,
    pub scenario: Rc<Scenario>,
}

pub enum Msg {
    Begin,
    Stop,
    Outcome(Outcome),
}

/// A button, then progress with a stop, then the result. Another design or scenario starts over.
pub struct Repeat {
    crew: Option<Crew>,
    grade: Option<Grade>,
    /// None where there is no stretch of constant demand, or no workers.
    steady: Option<Steady>,
    /// By seed: whether it passed, and what names the run.
    runs: BTreeMap<u64, (bool, String)>,
    refused: bool,
}

impl Repeat {
    fn new() -> Repeat {
        Repeat { crew: None, grade: None, steady: None, runs: BTreeMap::new(), refused: false }
    }
}

impl Component for Repeat {
    type Message = Msg;
    type Properties = RepeatProps;

    fn create(_ctx: &Context<Self>) -> Repeat {
        Repeat::new()
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &RepeatProps) -> bool {
        let props = ctx.props();
        if !Rc::ptr_eq(&props.design, &old.design) || !Rc::ptr_eq(&props.scenario, &old.scenario) {
            *self = Repeat::new();
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Begin => {
                let props = ctx.props();
                *self = Repeat::new();
                let network = props.scenario.compile(&props.design).ok();
                self.steady = network.and_then(|n| Plan::of(&n)).map(|plan| Steady::new(Arc::new(plan)));
                let task = Task {
                    designs: vec![props.design.clone()],
                    scenario: props.scenario.clone(),
                    jobs: (FIRST_SEED..FIRST_SEED + MONDAYS).map(|seed| (0, seed)).collect(),
                };
                self.grade = Some(Grade::new(&props.scenario));
                let link = ctx.link().clone();
                self.crew = Crew::begin(task, move |_, outcome| link.send_message(Msg::Outcome(outcome)));
                self.refused = self.crew.is_none();
            }
            Msg::Stop => self.crew = None,
            // What was on its way when the crew was sent home is not counted.
            Msg::Outcome(outcome) if self.crew.is_some() => {
                if let Some(grade) = &mut self.grade {
                    grade.take(&outcome);
                    if let Some(steady) = &mut self.steady {
                        steady.take(&outcome);
                    }
                    if grade.seeds == MONDAYS {
                        self.crew = None;
                    }
                    self.runs.insert(outcome.seed, (outcome.passed, outcome.digest));
                }
            }
            Msg::Outcome(_) => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let begin = link.callback(|_: MouseEvent| Msg::Begin);
        let stop = link.callback(|_: MouseEvent| Msg::Stop);
        let taken = self.grade.as_ref().filter(|g| g.seeds > 0);
        let over = self.crew.is_none() && taken.is_some_and(|g| g.seeds == MONDAYS);
        html! {
            <section class="repeat" aria-labelledby="repeat-title" data-workers={self.crew.as_ref().map(|c| c.workers().to_string())}
                data-digests={over.then(|| self.runs.values().map(|(_, digest)| digest.as_str()).collect::<Vec<_>>().join(" "))}>
                <h3 id="repeat-title">{ "One Monday proves little" }</h3>
                if self.crew.is_some() {
                    <div class="under-way">
                        <span>{ format!("{} of {MONDAYS} Mondays", self.runs.len()) }</span>
                        <button class="btn" onclick={stop}>{ "Stop" }</button>
                    </div>
                } else if self.refused {
                    <p>{ "The design can't run as it is now: mend what the list of problems names." }</p>
                } else if !over {
                    <button class="btn" onclick={begin}>{ icon(Icon::Dice) }{ format!("Repeat on {MONDAYS} Mondays") }</button>
                }
                if self.grade.is_some() { { mondays::mondays(&self.runs, FIRST_SEED, MONDAYS, self.crew.is_some()) } }
                if let Some(grade) = taken {
                    { result(grade, self.crew.is_some()) }
                    { sure::means(grade) }
                    { self.steady(ctx.props()) }
                }
            </section>
        }
    }
}

impl Repeat {
    fn steady(&self, props: &RepeatProps) -> Html {
        let Some(steady) = &self.steady else { return Html::default() };
        sure::steady(&steady.when(&props.scenario), &steady.told(&props.design, &props.scenario))
    }
}

/// "Passes 46 of 50 (81–97 %)", with its goals.
fn result(grade: &Grade, growing: bool) -> Html {
    let (low, high) = grade.interval();
    let percent = |share: f64| format::number((share * 100.0).round(), 0);
    let words = format!("Passes {} of {} ({}–{}\u{a0}%)", grade.passed, grade.seeds, percent(low), percent(high));
    html! {
        <>
            <p class="grade" role="status" aria-busy={growing.to_string()}>
                <b>{ words }</b>
                <span>{ "About 95 of 100 ranges made like this hold the true share." }</span>
            </p>
            <table class="spreads">
                <caption>{ "The median Monday. Each tick is a Monday, the dashed line the limit." }</caption>
                <thead><tr><th scope="col">{ "Goal" }</th><th scope="col">{ "Median" }</th><th scope="col">{ "Spread" }</th><th scope="col">{ "Met" }</th></tr></thead>
                <tbody>{ for grade.goals.iter().map(|goal| row(goal, grade.seeds)) }</tbody>
            </table>
        </>
    }
}

fn row(goal: &GoalGrade, seeds: u64) -> Html {
    let metric = goal.goal.metric;
    let say = |value: Option<f64>| format::metric(value, metric.unit);
    let spread = format!("from {} to {}", say(goal.spread.least()), say(goal.spread.most()));
    let limit = match goal.goal.at_most {
        0.0 => "with none".to_owned(),
        at_most => format!("within {}", say(Some(at_most))),
    };
    html! {
        <tr class={if goal.met == seeds { "met" } else { "missed" }} key={metric.key}>
            <th scope="row">{ metric.label }</th>
            <td><b>{ say(goal.spread.median()) }</b></td>
            <td class="strip-cell" title={spread.clone()}>{ strip(goal) }<span class="sr-only">{ spread }</span></td>
            <td class="of">{ format!("{} of {seeds} {limit}", goal.met) }</td>
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
            if without > 0 { <small class="without">{ format!("{without} never") }</small> }
        </>
    }
}
