//! The log of the run, where nothing is selected: what happened, the latest first; each line leads to its moment. Under it, at rest, what stands
//! out in the design.

use crate::say;
use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::{ByPtr, Widget, widget};
use super::why::ProblemList;
use crate::design::{Design, Problem};
use crate::kata::brief;
use crate::session::{Action, LogKind, LogLine};
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

// What it says before anything has been done.
widget!(late RunLog => run_log; until |_, _| nothing_yet());

fn nothing_yet() -> Html {
    html! { <p class="hint">{ say!("log.nothing") }</p> }
}

fn run_log(props: &RunLog) -> Html {
    let title = if brief().run.is_empty() { say!("log.run") } else { &brief().run };
    if props.untouched {
        return nothing_yet();
    }
    html! {
        <section class="run-log" aria-labelledby="log-title">
            <h2 id="log-title">{ title }if props.stale { <small>{ say!("page.stale") }</small> }</h2>
            if props.lines.is_empty() {
                { nothing_yet() }
            } else {
                <ol>{ for props.lines.iter().map(|line| row(props, line)) }</ol>
            }
            if !props.playing {
                { ProblemList { design: props.design.clone(), problems: props.problems.clone(), dispatch: props.dispatch.clone() }.view() }
            }
        </section>
    }
}

fn row(props: &RunLog, line: &LogLine) -> Html {
    let to = line.at.seconds();
    let missed = line.what == LogKind::Missed;
    let onclick = props.dispatch.reform(move |_: MouseEvent| match missed {
        true => Action::FreezeAt(to),
        false => Action::ShowMoment(to),
    });
    let (class, shape, word) = match line.what {
        LogKind::Missed => ("missed", Some(Icon::Cross), ""),
        LogKind::Happened => ("happened", None, ""),
        LogKind::World => ("world", None, ""),
        LogKind::Change => ("change", Some(Icon::Rename), say!("log.changed")),
        LogKind::Fork => ("fork", Some(Icon::Fork), ""),
    };
    let ahead = (line.at > props.now).then_some("ahead");
    html! {
        <li key={format!("{} {}", line.at.0, line.text)}>
            <button type="button" class={classes!(class, ahead)} {onclick} title={say!("log.go")}>
                <time>{ &line.clock }</time>
                <span>if let Some(shape) = shape { { icon(shape) } }<span><span class="sr-only">{ word }</span>{ &line.text }</span></span>
            </button>
        </li>
    }
}
