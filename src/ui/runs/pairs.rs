//! Two runs side by side: what differs in their designs, then each goal with both values on a bar towards its limit. Comparing never edits.

use crate::say;
use crate::ui::prelude::*;

use crate::kata::builtin;
use crate::record::RunRecord;
use crate::session::Action;
use crate::session::run::history::{Better, Pair, compare};
use crate::session::text::differences;
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::{ByPtr, Dialog, Widget, widget};

/// Which of the two is the run of the design as it is open, in its scenario with its seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present {
    First,
    Second,
    Neither,
}

#[derive(PartialEq)]
pub struct PairsDialog {
    /// The earlier run and the later one; `None`: the dialog is closed.
    pub pair: Option<(ByPtr<RunRecord>, ByPtr<RunRecord>)>,
    pub present: Present,
    pub on_close: Callback<()>,
    pub dispatch: Callback<Action>,
}

widget!(PairsDialog => pairs_dialog);

fn pairs_dialog(props: &PairsDialog) -> Html {
    let body = props.pair.as_ref().map(|(first, second)| body(props, first, second)).unwrap_or_default();
    let open = props.pair.is_some();
    Dialog { class: "wide", body, ..Dialog::new("pairs", say!("pairs.title"), open, props.on_close.clone()) }.view()
}

fn body(props: &PairsDialog, first: &RunRecord, second: &RunRecord) -> Html {
    let pairs = compare(first, second);
    html! {
        <div class="pairs">
            <p class="two-runs">
                <span class="first">{ mark("first") }<b>{ &first.name }</b><small>{ whose(first) }</small></span>
                <span class="second">{ mark("second") }<b>{ &second.name }</b><small>{ whose(second) }</small></span>
            </p>
            { differing(first, second) }
            if pairs.is_empty() {
                <p>{ say!("pairs.no_goal") }</p>
            } else {
                <table class="outcomes" aria-label={say!("pairs.came_out")}>
                    { heads(say!("pairs.came_out"), first, second) }
                    <tbody>{ for pairs.iter().map(row) }</tbody>
                </table>
            }
            { beside(props, first, second) }
        </div>
    }
}

/// The heads of the columns: what the table is about, the runs by their signs, and what that makes.
fn heads(what: &'static str, first: &RunRecord, second: &RunRecord) -> Html {
    let of = |class: &'static str, run: &RunRecord| {
        html! { <th scope="col" class="two">{ mark(class) }<span class="sr-only">{ &run.name }</span></th> }
    };
    html! {
        <thead><tr>
            <th scope="col">{ what }</th>
            { of("first", first) }
            { of("second", second) }
            <th scope="col" class="by-column"><span class="sr-only">{ say!("pairs.difference") }</span></th>
        </tr></thead>
    }
}

/// The run's number, scenario and seed.
fn whose(run: &RunRecord) -> String {
    let scenario = builtin::scenario(&run.scenario).map_or(run.scenario.as_str(), |s| s.name.as_str());
    say!("pairs.whose", n = run.number, scenario, seed = run.seed)
}

/// The sign by which a run is known in the bars: a ring, or a full dot.
fn mark(class: &'static str) -> Html {
    html! { <svg class={classes!("mark", class)} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false"><circle cx="6" cy="6" r="4"/></svg> }
}

/// What differs between the designs.
fn differing(first: &RunRecord, second: &RunRecord) -> Html {
    let mut rows = differences::rows(&first.design, &second.design);
    rows.extend(differences::midway(first, second));
    let mut more = |label: &str, a: String, b: String| {
        if a != b {
            rows.push(differences::DifferenceRow { label: label.to_owned(), first: a, second: b });
        }
    };
    let scenario = |run: &RunRecord| builtin::scenario(&run.scenario).map_or(run.scenario.clone(), |s| s.name.clone());
    more(say!("pairs.scenario"), scenario(first), scenario(second));
    more(say!("pairs.seed"), first.seed.to_string(), second.seed.to_string());
    if rows.is_empty() {
        return html! { <p class="alike">{ say!("pairs.alike") }</p> };
    }
    html! {
        <table class="differences" aria-label={say!("pairs.differs")}>
            { heads(say!("pairs.differs"), first, second) }
            <tbody>{ for rows.into_iter().map(|row| html! {
                <tr><th scope="row">{ row.label }</th><td>{ row.first }</td><td>{ row.second }</td><td></td></tr>
            }) }</tbody>
        </table>
    }
}

fn row(pair: &Pair) -> Html {
    let value = |shown: &str, met: bool, better: bool| {
        let (class, shape, word) = if met {
            ("holds", Icon::Check, say!("pairs.holds"))
        } else {
            ("missed", Icon::Cross, say!("pairs.missed"))
        };
        html! {
            <td class={better.then_some("better")}>
                <b>{ shown.to_owned() }</b>
                <span class={classes!("state", class)}>{ icon(shape) }<span class="sr-only">{ word }</span></span>
            </td>
        }
    };
    let verdict = match pair.better {
        Better::Neither => "",
        Better::Second => say!("pairs.better"),
        Better::First => say!("pairs.worse"),
    };
    let by = if pair.difference.is_empty() && pair.better == Better::Neither {
        say!("pairs.same")
    } else {
        &pair.difference
    };
    html! {
        <tr>
            <th scope="row">{ pair.label }<small>{ &pair.limit }</small>{ bar(pair) }</th>
            { value(&pair.first, pair.first_met, pair.better == Better::First) }
            { value(&pair.second, pair.second_met, pair.better == Better::Second) }
            <td class={classes!("by", (pair.better == Better::Second).then_some("better"))}>{ by }<small>{ verdict }</small></td>
        </tr>
    }
}

/// How long a bar is, in its own units; the page stretches it.
const WIDE: f64 = 200.0;

/// Both values between nothing and beyond the limit, joined by a line.
fn bar(pair: &Pair) -> Html {
    let at = |share: f64| share.mul_add(WIDE - 12.0, 6.0);
    let (first, second, limit) = (at(pair.bar.first), at(pair.bar.second), at(pair.bar.limit));
    let class = match pair.better {
        Better::Second => "better",
        Better::First => "worse",
        Better::Neither => "same",
    };
    html! {
        <svg class={classes!("dumbbell", class)} viewBox={format!("0 0 {WIDE} 14")} width={WIDE.to_string()} height="14" aria-hidden="true" focusable="false">
            <path class="base" d={format!("M2 7h{}", WIDE - 4.0)}/>
            <path class="limit" d={format!("M{limit:.1} 0v14")}/>
            <path class="between" d={format!("M{first:.1} 7H{second:.1}")}/>
            <circle class="first" cx={format!("{first:.1}")} cy="7" r="4"/>
            <circle class="second" cx={format!("{second:.1}")} cy="7" r="4"/>
        </svg>
    }
}

/// Both in the charts, as far as they can be; nothing that is open is changed for it.
fn beside(props: &PairsDialog, first: &RunRecord, second: &RunRecord) -> Html {
    if first.scenario != second.scenario {
        return html! { <p class="beside">{ say!("pairs.two_scenarios") }</p> };
    }
    let other = match props.present {
        Present::First => second,
        Present::Second => first,
        Present::Neither => {
            return html! { <p class="beside">{ say!("pairs.neither") }</p> };
        }
    };
    let show = {
        let action = Action::ShowRuns { first: first.id.clone(), second: second.id.clone() };
        let (dispatch, close) = (props.dispatch.clone(), props.on_close.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            dispatch.emit(action.clone());
        })
    };
    html! {
        <p class="beside">
            <button class="btn primary" onclick={show}>{ say!("pairs.show") }</button>
            <span>{ say!("pairs.pinned", name = other.name) }</span>
        </p>
    }
}
