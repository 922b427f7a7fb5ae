//! The one block of a result that did not pass: what held the run back, in a sentence or two, with its moment and its place.

use crate::say;
use crate::ui::prelude::*;

use super::ResultCard;
use crate::advice::review::Level;
use crate::design::Location;
use crate::format;
use crate::session::Finished;
use crate::session::run::result::Stood;
use crate::session::text::edit_captions::upper_first;
use crate::ui::icons::{Icon, icon};
use crate::ui::words::Words;
use engine::sim::time::Time;
use engine::simulation::MAX_ALIVE;

/// A text is as many of its sentences as fit into so many letters, and at least the first; the rest stands among the notes.
const SHORT: usize = 150;

pub fn evidence(props: &ResultCard) -> Html {
    let finished = &props.finished;
    let words = Words::new();
    if finished.verdict.cut_short {
        let most = format::count(MAX_ALIVE);
        let told = say!("result.too_many", most);
        return html! { <div class="evidence"><p>{ told }</p></div> };
    }
    let whole = &finished.review.bottleneck.text;
    // Its component stands in the head.
    let own = place(finished).and_then(|name| whole.strip_prefix(&format!("{name}: "))).map(upper_first);
    let text = format::sentences(own.as_deref().unwrap_or(whole), SHORT);
    html! {
        <div class="evidence">
            { head(props) }
            if finished.is_exploration() { { levels(finished) } } else { <p>{ words.mark(text) }</p> }
        </div>
    }
}

/// When and where the first goal was missed.
fn head(props: &ResultCard) -> Html {
    let finished = &props.finished;
    if finished.is_exploration() {
        return html! { <h3>{ say!("result.at_changes") }</h3> };
    }
    let when = finished.review.moment.map(|at| time(finished, at));
    let both = when.into_iter().chain(place(finished)).collect::<Vec<_>>().join(" · ");
    html! { <h3 class="missed">{ icon(Icon::Cross) }<span class="sr-only">{ say!("result.held_back") }</span>{ both }</h3> }
}

/// A moment of the run, as a time of day.
pub fn time(finished: &Finished, at: Time) -> String {
    format::time_of_day(f64::from(finished.origin.scenario.starts_at_s) + at.seconds())
}

/// The component that it is about.
fn place(finished: &Finished) -> Option<String> {
    match &finished.review.bottleneck.place {
        Location::Node { id, .. } => finished.origin.design.node(id).map(|node| node.name().to_owned()),
        _ => None,
    }
}

/// What each change by hand met, and how the run stood at its end.
fn levels(finished: &Finished) -> Html {
    let review = &finished.review;
    let any = |of: fn(&Level) -> u64| review.levels.iter().any(|stood| of(&stood.level) > 0);
    let (workers, in_line) = (any(|level| level.workers), any(|level| level.in_line));
    // Where nothing waits behind a yes only those in line do.
    let backlog = !in_line || any(|level| level.backlog);
    let row = |stood: &Stood| {
        let what = if stood.change.is_empty() { say!("result.the_end") } else { &stood.change };
        html! {
            <tr>
                <th scope="row"><b>{ &stood.clock }</b>{ " " }{ what }</th>
                if in_line { <td>{ format::count(stood.level.in_line) }</td> }
                if backlog { <td>{ format::count(stood.level.backlog) }</td> }
                <td>{ stood.level.confirmed() }</td>
                if workers { <td>{ format::count(stood.level.workers) }</td> }
            </tr>
        }
    };
    let more = match review.more_changes {
        0 => Html::default(),
        n => html! { <p>{ say!("result.more_changes", plural = n, n) }</p> },
    };
    html! {
        <>
            <table class="levels" aria-label={say!("review.levels")}>
                <thead><tr>
                    <th scope="col"><span class="sr-only">{ say!("result.moment") }</span></th>
                    if in_line { <th scope="col">{ say!("result.in_line") }</th> }
                    if backlog { <th scope="col">{ say!("result.backlog") }</th> }
                    <th scope="col">{ "p95" }</th>
                    if workers { <th scope="col">{ say!("result.workers") }</th> }
                </tr></thead>
                <tbody>{ for review.levels.iter().map(row) }</tbody>
            </table>
            { more }
        </>
    }
}
