//! What did it: the components by which a goal is missed, and how, in a sentence with the figures of the moment.
//!
//! By what a metric measures and what a component does; a component without evidence at that moment is left out. Says what happened, never
//! what to do.

use crate::design::{Node, NodeId};
use crate::format;
use crate::kata::{Goal, GoalState};
use crate::kinds::Behaviour;
use crate::say;
use crate::session::Session;
use crate::session::run::figures::{Figure, Figures};
use crate::session::text::crowd::crowds;
use engine::measure::{MetricId, Wait};

/// What a metric is about, as far as components go.
#[derive(Clone, Copy, PartialEq)]
enum About {
    /// An answer that came late, or none.
    Answer,
    /// Waiting behind a yes.
    Backlog,
    /// A yes that was not kept.
    Broken,
    /// A call that went on unheard.
    Twice,
    Money,
}

fn about(metric: MetricId) -> About {
    match metric {
        MetricId::TurnedAwayRatio | MetricId::UnservedRatio => About::Answer,
        MetricId::DroppedRatio => About::Broken,
        MetricId::Duplicates => About::Twice,
        MetricId::Cost => About::Money,
        other => match other.quantile() {
            Some((Wait::Acceptance, _)) => About::Answer,
            _ => About::Backlog,
        },
    }
}

/// Whether a component has to do with it, by its figures.
fn did(about: About, node: &Node, figure: &Figure) -> bool {
    let (live, does) = (figure.live, node.behaviour());
    let full = live.servers > 0 && live.busy >= live.servers;
    match about {
        About::Answer => does == Behaviour::PassesOn && (full || figure.failing_per_s > 0.0),
        About::Backlog => does == Behaviour::Stores && live.waiting + live.delayed > 0,
        About::Broken => matches!(does, Behaviour::Stores | Behaviour::Fetches) && live.failures.dropped > 0,
        About::Twice => match does {
            Behaviour::PassesOn | Behaviour::Fetches => live.failures.timed_out > 0,
            // Who books is who books once more.
            Behaviour::Answers => live.received > 0,
            _ => false,
        },
        About::Money => matches!(does, Behaviour::PassesOn | Behaviour::Fetches) && live.servers > 0,
    }
}

impl Session {
    /// The components by which goals are being missed at the play head.
    pub fn blamed(&self) -> Vec<NodeId> {
        let Some(verdict) = self.verdict().filter(|_| !self.is_stale()) else { return Vec::new() };
        let missed = verdict.goals.iter().filter(|status| match status.state {
            GoalState::Broken | GoalState::Missed => true,
            GoalState::Missing => status.value.is_some() && !status.goal.metric.is_of_the_end(),
            GoalState::Waiting | GoalState::SoFar | GoalState::Met => false,
        });
        let mut all: Vec<NodeId> = Vec::new();
        // Money is spent everywhere.
        for metric in missed.map(|status| status.goal.metric.id).filter(|metric| about(*metric) != About::Money) {
            all.extend(self.blamed_for(metric));
        }
        all.dedup();
        all
    }

    /// Those by which one goal is.
    pub(in crate::session) fn blamed_for(&self, metric: MetricId) -> Vec<NodeId> {
        let Some(figures) = self.figures() else { return Vec::new() };
        let nodes = self.design().nodes.iter().enumerate();
        let own = nodes.filter_map(|(at, node)| Some((node, figures.of(at)?)));
        own.filter(|(node, figure)| did(about(metric), node, figure)).map(|(node, _)| node.id.clone()).collect()
    }
}

/// How it came to a goal that is missed at the play head; `blamed`: those that did it.
pub fn reason(session: &Session, goal: &Goal, blamed: &[NodeId]) -> Option<String> {
    let (figures, id) = (session.figures()?, blamed.first()?);
    let at = session.design().nodes.iter().position(|node| node.id == *id)?;
    let (node, figure) = (&session.design().nodes[at], figures.of(at)?);
    let (name, live) = (node.name(), figure.live);
    let count = format::count;
    Some(match about(goal.metric.id) {
        About::Answer => {
            // People, as at the stage: one who tries again is counted once.
            let crowd = crowds(session.design(), figures).into_iter().find(|crowd| crowd.before == at);
            let away = crowd.map_or(0, |crowd| crowd.away);
            let mut said = vec![say!("blame.threads", name, busy = count(live.busy), servers = count(live.servers))];
            if live.waiting > 0 {
                said.push(say!("blame.line", plural = live.waiting, n = count(live.waiting)));
            }
            if away > 0 {
                said.push(say!("blame.away", n = count(away)));
            }
            said.join(" ")
        }
        About::Backlog => {
            let ([come, confirmed], n) = (rates(figures), count(live.waiting));
            match figure.oldest.map(|age| format::duration_ms(age.millis())) {
                Some(oldest) => say!("blame.backlog_oldest", name, n, oldest, come, confirmed),
                None => say!("blame.backlog", name, n, come, confirmed),
            }
        }
        About::Broken => say!("blame.given_up", name, n = count(live.failures.dropped)),
        About::Twice => {
            let timeout = node.kind.kind().param("timeout_ms").and_then(|_| node.param("timeout_ms").number());
            let times = count(live.failures.timed_out);
            let stopped = match timeout.map(format::duration_ms) {
                Some(timeout) => say!("blame.stopped_after", name, timeout, times),
                None => say!("blame.stopped", name, times),
            };
            let unheard: u64 = figures.stations.iter().map(|station| station.live.unheard).sum();
            let work = match unheard {
                0 => say!("blame.work").to_owned(),
                n => say!("blame.work_unheard", n = count(n)),
            };
            format!("{stopped} {work}")
        }
        About::Money => say!("blame.spent", cost = format::pounds(figures.run.cost)),
    })
}

/// What came and what was confirmed a second, lately.
fn rates(figures: &Figures) -> [String; 2] {
    let seconds = (figures.at.seconds() - figures.run.from.seconds()).max(1.0);
    [figures.run.arrivals, figures.run.confirmed].map(|count| format::number(f64::from(count) / seconds, 0))
}
