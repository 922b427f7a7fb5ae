//! The review under a result: what held the run back, one thing to try next, and questions to think about.
//!
//! Worked out once a run. A run that was changed midway has no one design to speak of, so it is told so and gets none.

use yew::prelude::*;

use super::app::Shared;
use super::icons::{Icon, icon};
use super::words::Words;
use crate::design::Place;
use crate::kata::figures::RunFigures;
use crate::kata::learning;
use crate::kata::review::{Advice, Finding, Ran, bottleneck};
use crate::session::{Action, Pick, Session};

#[derive(Properties, PartialEq)]
pub struct ReviewProps {
    pub session: Shared,
    /// Which run it is about.
    pub run: u64,
    pub dispatch: Callback<Action>,
}

#[derive(PartialEq)]
struct Review {
    passed: bool,
    bottleneck: Finding,
    advice: Option<Advice>,
    questions: Vec<String>,
}

impl Review {
    /// None where the design is no longer that of the run.
    fn of(session: &Session) -> Option<Review> {
        let playback = session.playback();
        if playback.exploration || playback.outdated {
            return None;
        }
        let (run, verdict) = (session.simulation()?, session.verdict()?);
        let report = run.observer().report(run.now());
        let ran = Ran::new(session.design(), session.scenario(), &report, run.observer().series(), verdict);
        let figures = RunFigures { design: session.design(), report: &report, verdict };
        Some(Review {
            passed: verdict.passed(),
            bottleneck: bottleneck(&ran),
            advice: ran.advice(),
            questions: learning::questions(figures),
        })
    }
}

#[component]
pub fn ReviewCard(props: &ReviewProps) -> Html {
    let review = use_memo(props.run, |_| Review::of(&props.session.borrow()));
    let Some(review) = (*review).as_ref() else { return Html::default() };
    let show = |finding: &Finding| match &finding.place {
        Place::Node { id, .. } => {
            let pick = Pick::Node(id.as_str().into());
            let onclick = props.dispatch.reform(move |_: MouseEvent| Action::Select { pick: pick.clone(), add: false });
            html! { <button class="btn small" {onclick}>{ "Show it" }</button> }
        }
        _ => Html::default(),
    };
    let words = Words::new();
    html! {
        <section class="review" aria-label="Review">
            <h3>{ icon(Icon::Note) }{ if review.passed { "Where it was tightest" } else { "What held it back" } }</h3>
            <p>{ words.mark(&review.bottleneck.text) }{ " " }{ show(&review.bottleneck) }</p>
            if let Some(advice) = &review.advice {
                <h3>{ "Try next" }</h3>
                // Often the bottleneck says it already; then only the step is new.
                if advice.seen.text != review.bottleneck.text { <p>{ words.mark(&advice.seen.text) }</p> }
                <p class="advice"><b>{ words.mark(&advice.text) }</b>{ " " }{ show(&advice.seen) }</p>
            }
            if !review.questions.is_empty() {
                <details>
                    <summary>{ "Think about it" }</summary>
                    <ul>{ for review.questions.iter().map(|question| html! { <li>{ words.mark(question) }</li> }) }</ul>
                </details>
            }
        </section>
    }
}
