//! A problem as it is shown: its sign, its sentence, and behind “Why?” one line of teaching.

use crate::ui::prelude::*;

use super::kit::{ByPtr, Widget, widget};
use super::words::Words;
use crate::advice::teaching;
use crate::design::{Design, Location, Problem};
use crate::session::{Action, Pick};

#[derive(PartialEq)]
pub struct ProblemItem {
    pub problem: Problem,
    /// The sentence is a button that shows the component; without it, a text whose words are explained.
    pub on_show: Option<Callback<MouseEvent>>,
}

widget!(ProblemItem, use_problem_item);

/// An entry of a list of problems.
#[hook]
fn use_problem_item(props: &ProblemItem) -> Html {
    let open = use_state_eq(|| false);
    let problem = &props.problem;
    let words = Words::new();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let class = classes!("problem", if problem.is_error() { "error" } else { "warning" });
    html! {
        <li {class}>
            { sign(problem) }
            <div>
                if let Some(onclick) = &props.on_show {
                    <button type="button" class="show" {onclick}>{ words.inside(&problem.text) }</button>
                } else {
                    <span>{ words.mark(&problem.text) }</span>
                }
                if let Some(line) = teaching::line(problem.code) {
                    { " " }
                    <button type="button" class="why" aria-expanded={open.to_string()} onclick={toggle}>{ "Why?" }</button>
                    if *open { <p class="teaching">{ words.mark(line) }</p> }
                }
            </div>
        </li>
    }
}

fn sign(problem: &Problem) -> Html {
    let (d, word) = if problem.is_error() {
        ("M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8", "Error")
    } else {
        ("M8 1.8L14.8 14H1.2zM8 6.4v3.4M8 11.8v.1", "Warning")
    };
    html! { <svg viewBox="0 0 16 16" role="img" aria-label={word}><path {d}/></svg> }
}

/// All that stands out in the design, each with the way to its component.
#[derive(PartialEq)]
pub struct ProblemList {
    pub design: ByPtr<Design>,
    pub problems: ByPtr<Vec<Problem>>,
    pub dispatch: Callback<Action>,
}

widget!(ProblemList => problem_list);

fn problem_list(props: &ProblemList) -> Html {
    if props.problems.is_empty() {
        return Html::default();
    }
    let item = |problem: &Problem| {
        let pick = match &problem.place {
            Location::Node { id, .. } => props.design.node(id).map(|n| Pick::Node(n.id.clone())),
            Location::Edge { from, to } => {
                props.design.edge(from, to).map(|e| Pick::Edge(e.from.clone(), e.to.clone()))
            }
            _ => None,
        };
        let show =
            |pick: Pick| props.dispatch.reform(move |_: MouseEvent| Action::Select { pick: pick.clone(), add: false });
        ProblemItem { problem: problem.clone(), on_show: pick.map(show) }.keyed(key(problem))
    };
    html! {
        <section class="stands-out" aria-labelledby="stands-out">
            <h2 id="stands-out">{ "What stands out" }</h2>
            <ul class="problems">{ for props.problems.iter().map(item) }</ul>
        </section>
    }
}

/// A list of problems; nothing where there are none.
pub fn problems<'a>(found: impl Iterator<Item = &'a Problem>) -> Html {
    let item = |problem: &Problem| ProblemItem { problem: problem.clone(), on_show: None }.keyed(key(problem));
    let items: Vec<Html> = found.map(item).collect();
    if items.is_empty() {
        return Html::default();
    }
    html! { <ul class="problems">{ for items }</ul> }
}

/// Stays the same while the figures of a problem change, so that what is open stays open.
pub fn key(problem: &Problem) -> String {
    format!("{} {}", problem.code, problem.place)
}
