//! Lint: errors and warnings about a design in a scenario, with figures, each at its component.
//!
//! Errors are the compiler's. Each warning is a small pure function of the design, the scenario and what follows from them (`Context`): it
//! names its component and cites the figure that triggers it. Why it matters is one line for each code ([`crate::advice::teaching`]).
//!
//! Nothing here is simulated. What would spoil a surprise waits for a run: the caller says what was seen ([`Seen`]).

use crate::advice::fluid;
use crate::advice::fluid::{Course, Forecast, Part};
use crate::design::compile::{self, Wiring, that};
use crate::design::{Code, Design, Location, Problem};
use crate::format::clock;
pub(crate) use flow::reply_range;

pub(crate) use crate::kata::figures::world::{fastest_reply_s, mean_reply_s, slots, slowest_reply_s};
use crate::kata::{Analysis, Scenario};
use crate::kinds::Behaviour;
use crate::late::late;
use engine::measure::MetricId;
use engine::sim::network::{Api, Clinic, Consumers, Params, Target};

mod demand;
mod flow;
pub(crate) mod pools;
mod retries;
pub(crate) mod sizing;

pub use demand::Demand;

/// A rule: what it has to say about a design.
type Rule = fn(&Context<'_>, &mut Vec<Problem>);

/// All rules by the code of what they say; one test each.
const RULES: &[(Code, Rule)] = &[
    (Code::AcknowledgementWaits, flow::acknowledgement_waits),
    (Code::QueueNobodyReads, flow::queue_nobody_reads),
    (Code::Unreached, flow::unreached),
    (Code::TooFewWorkers, sizing::too_few_workers),
    (Code::MoreWorkersThanSlots, sizing::more_workers_than_slots),
    (Code::OverBudget, sizing::over_budget),
    (Code::TimeoutBelowReply, retries::timeout_below_reply),
    (Code::NoJitter, retries::no_jitter),
    (Code::NoDeadLetters, retries::no_dead_letters),
    (Code::NoBreaker, retries::no_breaker),
];

/// Their codes alone: who asks for those needs no rule.
const CODES: [Code; RULES.len()] = {
    let (mut codes, mut at) = ([RULES[0].0; RULES.len()], 0);
    while at < RULES.len() {
        codes[at] = RULES[at].0;
        at += 1;
    }
    codes
};

/// The code of every problem that a design can have: errors first.
pub fn codes() -> impl Iterator<Item = Code> {
    compile::CODES.iter().chain(&CODES).copied()
}

/// What the learner has seen of a scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// A run in it has come to its end: what happens on the way is no surprise any more.
    pub a_run: bool,
    /// Calls have failed in it: what becomes of those is no surprise any more.
    pub failures: bool,
}

impl Seen {
    /// Whatever there is to see.
    pub const ALL: Seen = Seen { a_run: true, failures: true };
}

/// What there is to say of a design before a run.
#[derive(Debug, Default)]
pub struct Outlook {
    /// Errors that stop a run first, then warnings, in the order of the design.
    pub problems: Vec<Problem>,
    /// The backlog to expect; `None` where no pool reads a queue, or the design can't run.
    pub forecast: Option<Forecast>,
}

/// Everything there is to say about `design` in `scenario`.
pub fn lint(design: &Design, scenario: &Scenario, seen: Seen) -> Vec<Problem> {
    outlook(&scenario.analyse(design), seen).problems
}

/// Everything there is to say about an analysed design, and the forecast that it was said from.
pub fn outlook(analysis: &Analysis, seen: Seen) -> Outlook {
    let (mut problems, forecast) = match analysis.network() {
        Ok(network) => (Vec::new(), fluid::parts(network)),
        Err(problems) => (problems.to_vec(), None),
    };
    let design = &analysis.design;
    let (forecast, parts) = forecast.unzip();
    // Where a run meets what the estimate leaves out, its figures are those of no run.
    let parts = parts.filter(|_| forecast.as_ref().is_some_and(|f| f.without.is_none()));
    let context = Context { seen, parts: parts.unwrap_or_default(), ..Context::new(analysis) };
    let mut warnings = warnings(&context).unwrap_or_default();
    crate::order::sort_by_key(&mut warnings, |problem| match &problem.place {
        Location::Node { id, .. } => design.nodes.iter().position(|node| *node.id == **id),
        _ => None,
    });
    problems.append(&mut warnings);
    Outlook { problems, forecast }
}

late! {
    /// What the rules say; a page that begins knows them a moment later.
    fn warnings(context: &Context<'_>) -> Vec<Problem> {
        let mut warnings = Vec::new();
        for (_, rule) in RULES {
            rule(context, &mut warnings);
        }
        warnings
    }
}

/// A design in its scenario, and what follows from both without a run.
pub(crate) struct Context<'a> {
    pub(crate) design: &'a Design,
    pub(crate) scenario: &'a Scenario,
    pub(crate) wiring: &'a Wiring,
    /// By node; `None` where a parameter is out of range, which is an error already.
    pub(crate) params: &'a [Option<Params>],
    /// The share of all requests that comes to each API, queue and, by synchronous calls, clinic.
    pub(crate) share: Vec<f64>,
    pub(crate) demand: Demand,
    seen: Seen,
    /// The backlog to expect of each group of pools, as far as the estimate holds.
    parts: Vec<Part>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Context<'a> {
        let Analysis { design, scenario, wiring, params, .. } = analysis;
        let share = shares(design, &wiring.targets);
        let demand = Demand::new(&scenario.world);
        Context { design, scenario, wiring, params, share, demand, seen: Seen::default(), parts: Vec::new() }
    }

    /// The reached nodes of a behaviour.
    pub(crate) fn reached(&self, behaviour: Behaviour) -> impl Iterator<Item = usize> + '_ {
        that(self.design, behaviour).filter(move |&n| self.wiring.reached[n])
    }

    pub(crate) fn name(&self, node: usize) -> &str {
        self.design.nodes[node].name()
    }

    pub(crate) fn place(&self, node: usize) -> Location {
        Location::Node { id: self.design.nodes[node].id.to_string(), param: None }
    }

    pub(crate) fn param_place(&self, node: usize, param: &str) -> Location {
        Location::Node { id: self.design.nodes[node].id.to_string(), param: Some(param.to_owned()) }
    }

    /// The clinics that a node calls.
    pub(crate) fn clinics(&self, node: usize) -> impl Iterator<Item = (Target, &Clinic)> + '_ {
        self.wiring.targets[node].iter().filter_map(|&target| Some((target, self.clinic(target.station)?)))
    }

    pub(crate) fn clinic(&self, node: usize) -> Option<&Clinic> {
        self.params[node].as_ref()?.clinic()
    }

    pub(crate) fn pool(&self, node: usize) -> Option<&Consumers> {
        self.params[node].as_ref()?.pool()
    }

    pub(crate) fn api(&self, node: usize) -> Option<&Api> {
        match &self.params[node] {
            Some(Params::Api(api)) => Some(api),
            _ => None,
        }
    }

    /// The backlog to expect of the queues that a pool reads, if the estimate holds.
    fn course(&self, pool: usize) -> Option<Course> {
        self.parts.iter().find(|part| part.stations.contains(&pool)).map(|part| part.course)
    }

    /// The clock at second `t` of the run.
    fn clock(&self, t: f64) -> String {
        clock(f64::from(self.scenario.starts_at_s) + t)
    }

    /// The limit of a goal, if the scenario has it.
    pub(crate) fn goal(&self, metric: MetricId) -> Option<f64> {
        self.scenario.goals.iter().find(|g| g.metric.id == metric).map(|g| g.at_most)
    }
}

/// How the patients' requests split over APIs, queues and clinics. What a queue passes on splits by which workers are idle, so it is not
/// followed.
fn shares(design: &Design, targets: &[Vec<Target>]) -> Vec<f64> {
    let mut share = vec![0.0; design.nodes.len()];
    let mut passing: Vec<usize> =
        (0..design.nodes.len()).filter(|&n| design.nodes[n].behaviour().passes_on()).collect();
    crate::order::sort_by_key(&mut passing, |&n| design.nodes[n].kind.kind().flow_rank);
    for number in passing {
        let own = if design.nodes[number].behaviour() == Behaviour::Source { 1.0 } else { share[number] };
        let total: f64 = targets[number].iter().map(|t| t.weight).sum();
        for target in &targets[number] {
            share[target.station] += own * target.weight / total;
        }
    }
    share
}
