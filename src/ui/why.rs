//! A problem as it is shown: its sign, its sentence, and behind “Why?” one line of teaching.

use crate::say;
use crate::ui::prelude::*;

use super::kit::{ByPtr, Widget, widget};
use super::words::Words;
use crate::advice::teaching;
use crate::design::{Design, Location, Problem};
use crate::session::text::problem_groups::{ProblemGroup, grouped};
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
                    <button type="button" class="why" aria-expanded={open.to_string()} onclick={toggle}>{ say!("why.why") }</button>
                    if *open { <p class="teaching">{ words.mark(line) }</p> }
                }
            </div>
        </li>
    }
}

/// Equal problems of several components, as one entry that names them when it is opened.
#[derive(PartialEq)]
pub struct ProblemGroupItem {
    pub group: ProblemGroup,
    /// Their names, each with what shows the component.
    pub parts: Vec<(String, Callback<MouseEvent>)>,
}

widget!(ProblemGroupItem, use_problem_group_item);

#[hook]
fn use_problem_group_item(props: &ProblemGroupItem) -> Html {
    let open = use_state_eq(|| false);
    let words = Words::new();
    let Some(first) = props.group.problems.first() else { return Html::default() };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let class = classes!("problem", if first.is_error() { "error" } else { "warning" });
    html! {
        <li {class}>
            { sign(first) }
            <div>
                <span>{ words.mark(&props.group.text) }</span>{ " " }
                <button type="button" class="why" aria-expanded={open.to_string()} onclick={toggle}>{ say!("why.which") }</button>
                if *open {
                    <ul class="which">{ for props.parts.iter().map(|(name, show)| html! {
                        <li><button type="button" class="show" onclick={show.clone()}>{ name }</button></li>
                    }) }</ul>
                }
            </div>
        </li>
    }
}

/// The entry of a group, each component of which is selected by a press on its name.
pub fn group(group: &ProblemGroup, design: &Design, dispatch: &Callback<Action>) -> ProblemGroupItem {
    let part = |problem: &Problem| {
        let Location::Node { id, .. } = &problem.place else { return None };
        let node = design.node(id)?;
        let (dispatch, pick) = (dispatch.clone(), Pick::Node(node.id.clone()));
        let show = Callback::from(move |_| dispatch.emit(Action::Select { pick: pick.clone(), add: false }));
        Some((node.name().to_owned(), show))
    };
    ProblemGroupItem { group: group.clone(), parts: group.problems.iter().filter_map(part).collect() }
}

fn sign(problem: &Problem) -> Html {
    let (d, word) = if problem.is_error() {
        ("M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8", say!("why.error"))
    } else {
        ("M8 1.8L14.8 14H1.2zM8 6.4v3.4M8 11.8v.1", say!("why.warning"))
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
    let entry = |of: &ProblemGroup| match of.problems.as_slice() {
        [one] => item(one),
        several => group(of, &props.design, &props.dispatch).keyed(key(&several[0])),
    };
    html! {
        <section class="stands-out" aria-labelledby="stands-out">
            <h2 id="stands-out">{ say!("why.title") }</h2>
            <ul class="problems">{ for grouped(&props.problems, &props.design).iter().map(entry) }</ul>
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
