//! The log of the run, where nothing is selected: what happened, the latest first; each line leads to its moment. Under it, at rest, what stands
//! out in the design.

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::{ByPtr, Widget, widget};
use super::why::{self, ProblemItem};
use crate::design::{Design, Location, Problem};
use crate::kata::brief;
use crate::session::{Action, LogKind, LogLine, Pick};
use engine::sim::time::Time;

#[derive(PartialEq)]
pub struct RunLog {
    pub lines: Vec<LogLine>,
    /// The play head: what lies behind it is still to come in what is shown.
    pub now: Time,
    pub design: ByPtr<Design>,
    pub problems: ByPtr<Vec<Problem>>,
    /// A run plays: what is wrong with the design waits.
    pub playing: bool,
    /// Nothing has been done yet: nothing is told either.
    pub untouched: bool,
    /// The figures are of before a change.
    pub stale: bool,
    pub dispatch: Callback<Action>,
}

widget!(RunLog => run_log);

fn run_log(props: &RunLog) -> Html {
    let title = if brief().run.is_empty() { "The run" } else { &brief().run };
    if props.untouched {
        return html! { <p class="hint">{ "What happens is written here." }</p> };
    }
    html! {
        <section class="run-log" aria-labelledby="log-title">
            <h2 id="log-title">{ title }if props.stale { <small>{ "before the change" }</small> }</h2>
            if props.lines.is_empty() {
                <p class="hint">{ "What happens is written here." }</p>
            } else {
                <ol>{ for props.lines.iter().map(|line| row(props, line)) }</ol>
            }
            if !props.playing { { stands_out(props) } }
        </section>
    }
}

fn row(props: &RunLog, line: &LogLine) -> Html {
    let to = line.at.seconds();
    let onclick = props.dispatch.reform(move |_: MouseEvent| Action::ShowMoment(to));
    let (class, shape, word) = match line.what {
        LogKind::Missed => ("missed", Some(Icon::Cross), ""),
        LogKind::Happened => ("happened", None, ""),
        LogKind::World => ("world", None, ""),
        LogKind::Change => ("change", Some(Icon::Rename), "Changed: "),
        LogKind::Fork => ("fork", Some(Icon::Fork), ""),
    };
    let ahead = (line.at > props.now).then_some("ahead");
    html! {
        <li key={format!("{} {}", line.at.0, line.text)}>
            <button type="button" class={classes!(class, ahead)} {onclick} title="Go to this moment">
                <time>{ &line.clock }</time>
                <span>if let Some(shape) = shape { { icon(shape) } }<span><span class="sr-only">{ word }</span>{ &line.text }</span></span>
            </button>
        </li>
    }
}

/// Problems of one code and severity, so many of them that one stands for all.
const MANY: usize = 3;

/// What is wrong or worth knowing about the design; what is the same at many places is said once.
fn stands_out(props: &RunLog) -> Html {
    let all = &props.problems;
    if all.is_empty() {
        return Html::default();
    }
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    for problem in all.iter() {
        let same = |group: &&mut Vec<&Problem>| group[0].code == problem.code && group[0].severity == problem.severity;
        match groups.iter_mut().find(same) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    let item = |problem: &&Problem| {
        let pick = match &problem.place {
            Location::Node { id, .. } => props.design.node(id).map(|n| Pick::Node(n.id.clone())),
            Location::Edge { from, to } => {
                props.design.edge(from, to).map(|e| Pick::Edge(e.from.clone(), e.to.clone()))
            }
            _ => None,
        };
        let on_show = pick
            .map(|pick| props.dispatch.reform(move |_: MouseEvent| Action::Select { pick: pick.clone(), add: false }));
        ProblemItem { problem: (*problem).clone(), on_show }.keyed(why::key(problem))
    };
    let group = |group: &Vec<&Problem>| match group.as_slice() {
        [first, rest @ ..] if rest.len() >= MANY => html! {
            <>
                { item(first) }
                <li class="alike"><details><summary>{ format!("{} more like this", rest.len()) }</summary><ul class="problems">{ for rest.iter().map(item) }</ul></details></li>
            </>
        },
        few => html! { <>{ for few.iter().map(item) }</> },
    };
    html! {
        <>
            <h3>{ "What stands out" }</h3>
            <ul class="problems">{ for groups.iter().map(group) }</ul>
        </>
    }
}
