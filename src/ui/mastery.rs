//! How far one and the same design has come: its stars and what the others want, the scenarios as a ladder, and what is left to find out once
//! it has passed them all.

use crate::lang::Text;
use crate::ui::prelude::*;
use crate::vocabulary::DAYS;
use crate::{say, text};

use super::brief;
use super::icons::{Icon, icon};
use super::kit::Quarters;
use super::result::ResultAction;
use super::stars::{MOST, Standing, star};
use super::words::Words;
use crate::format;
use crate::kata::stars::{ENOUGH_MONDAYS, MONDAYS};
use crate::session::run::help::{OpenedRungs, hints};
use crate::session::run::progress::Progress;

/// A scenario, and how the design stands in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Passed {
    pub id: String,
    pub name: String,
    pub passed: bool,
    pub standing: Standing,
    /// What the design costs in it, where it has passed it, in pounds.
    pub cost: Option<f64>,
    /// Of how many Mondays so many passed: `(passed, played)`.
    pub mondays: Option<(u64, u64)>,
    /// The least that any of the learner's designs has cost in it, in pounds; its par and its budget.
    pub best: Option<f64>,
    pub par: Option<f64>,
    pub budget: Option<f64>,
}

/// The scenarios of the kata beside one design.
pub struct Scenarios<'a> {
    pub passed: &'a [Passed],
    /// The one to play next; see [`next`].
    pub next: Option<&'a Passed>,
    /// The design in the diagram is the one that is spoken of.
    pub playable: bool,
    pub result_action: &'a Callback<ResultAction>,
}

/// Each scenario with a mark; a press plays one that is not passed yet.
pub fn ladder(props: &Scenarios) -> Html {
    let rung = |scenario: &Passed| {
        let note = match (scenario.cost, props.next.is_some_and(|next| next.id == scenario.id)) {
            (Some(cost), _) => format::pounds(cost),
            (None, true) => say!("mastery.next").to_owned(),
            (None, false) if scenario.standing.lost => say!("stars.lost").to_owned(),
            (None, false) => String::new(),
        };
        let word = if scenario.passed { say!("mastery.passed") } else { say!("mastery.not_yet") };
        let row = html! {
            <>
                { icon(if scenario.passed { Icon::Check } else { Icon::Ring }) }
                <span>{ &scenario.name }<span class="sr-only">{ word }</span></span>
                if scenario.passed { { scenario.standing.view() } }
                <small>{ note }</small>
            </>
        };
        let result_action = ResultAction::Play(scenario.id.clone());
        let playable = !scenario.passed && props.playable;
        html! {
            <li key={scenario.id.clone()} class={scenario.passed.then_some("passed")}>
                if playable {
                    <button type="button" onclick={props.result_action.reform(move |_: MouseEvent| result_action.clone())} title={say!("mastery.play", name = scenario.name)}>{ row }</button>
                } else {
                    { row }
                }
            </li>
        }
    };
    html! {
        <section class="ladder" aria-labelledby="ladder-title">
            <h3 id="ladder-title">{ say!("mastery.ladder", plural = props.passed.len(), n = number_word(props.passed.len())) }</h3>
            <ol>{ for props.passed.iter().map(rung) }</ol>
        </section>
    }
}

/// `four`; figures from seven on.
fn number_word(n: usize) -> String {
    let word: &Text = match n {
        0 => &text!("mastery.no"),
        1 => &text!("mastery.one"),
        2 => &text!("mastery.two"),
        3 => &text!("mastery.three"),
        4 => &text!("mastery.four"),
        5 => &text!("mastery.five"),
        6 => &text!("mastery.six"),
        _ => return n.to_string(),
    };
    word.get().to_owned()
}

/// A run, and how its design stands in every scenario.
#[derive(Clone, Copy)]
pub struct Stand<'a> {
    pub passed: &'a [Passed],
    /// The scenario's id, and the seed.
    pub scenario: &'a str,
    pub seed: u64,
}

/// The scenario that the run was in.
pub fn own<'a>(stand: Stand<'a>) -> Option<&'a Passed> {
    stand.passed.iter().find(|scenario| scenario.id == stand.scenario)
}

/// The scenario to play next: in their order from that of the run, the first that this design has not passed. Ladder and button both say it.
pub fn next(stand: Stand<'_>) -> Option<&Passed> {
    let all = stand.passed;
    let here = all.iter().position(|scenario| scenario.id == stand.scenario).unwrap_or(0);
    all.iter().cycle().skip(here + 1).take(all.len()).find(|scenario| !scenario.passed)
}

/// A passed run's stars: the one that it has, and what the two others want.
pub fn wanted(card: Stand<'_>, fifty: &Callback<MouseEvent>) -> Html {
    let Some(own) = own(card) else { return Html::default() };
    let lit = own.standing.stars;
    let row = |at: u8, what: String, how: Html| html! { <li class={(at < lit).then_some("lit")}>{ star(at < lit) }<span>{ what }</span>{ how }</li> };
    let mondays = match own.mondays {
        Some((passed, played)) => html! { <small>{ say!("mastery.of", passed, played) }</small> },
        None => {
            html! { <button type="button" class="link" onclick={fifty}>{ say!("mastery.run", n = MONDAYS) }</button> }
        }
    };
    let third = own.par.map(|par| {
        let yours = own.cost.map_or(String::new(), |cost| {
            let pounds = format::pounds(cost);
            let waits = lit < 2 && cost <= par;
            if waits { say!("mastery.yours_waits", cost = pounds) } else { say!("mastery.yours", cost = pounds) }
        });
        row(2, say!("mastery.or_less", cost = format::pounds(par)), html! { <small>{ yours }</small> })
    });
    html! {
        <ul class="wanted" aria-label={say!("stars.of", n = lit, most = MOST)}>
            { row(0, say!("mastery.all_hold").to_owned(), html! { <small>{ say!("mastery.seed", seed = card.seed) }</small> }) }
            { row(1, say!("mastery.days", n = ENOUGH_MONDAYS, of = MONDAYS), mondays) }
            { third }
        </ul>
    }
}

/// One design, every scenario: how many, and with how much help.
pub fn words(passed: &[Passed], opened: &OpenedRungs) -> String {
    say!("mastery.all", plural = passed.len(), n = number_word(passed.len()), help = hints(opened.count()))
}

/// The design on many Mondays of the run's scenario, as far as they have come.
#[derive(Clone, Copy, Debug)]
pub struct Fifty {
    pub passed: u64,
    pub played: u64,
    /// More are on their way.
    pub growing: bool,
}

/// The Mondays of this visit, if there were any; and whether all were known when the result came: then their dots fill once more.
#[derive(Clone, Copy, Debug)]
pub struct Study {
    pub fifty: Option<Fifty>,
    pub refills: bool,
}

/// Everything is passed: stars and costs, the Mondays, and the least cost against par and budget. What was taken away stands in the brief;
/// where that is out of sight, see [`taken`].
pub fn mastered(card: Stand<'_>, study: Study, fifty: &Callback<MouseEvent>) -> Html {
    let stars: u32 = card.passed.iter().map(|scenario| u32::from(scenario.standing.stars)).sum();
    let all = card.passed.len() * usize::from(MOST);
    let row = |scenario: &Passed| {
        html! {
            <li key={scenario.id.clone()} class="passed">
                { icon(Icon::Check) }<span>{ &scenario.name }<span class="sr-only">{ say!("mastery.passed_with") }</span></span>{ scenario.standing.view() }
                <small>{ scenario.cost.map_or(String::new(), format::pounds) }</small>
            </li>
        }
    };
    html! {
        <>
            <section class="ladder" aria-label={say!("stars.of", n = stars, most = all)}><ol>{ for card.passed.iter().map(row) }</ol></section>
            { own(card).map(|own| mondays(own, study, fifty)) }
            { own(card).and_then(par_bar) }
        </>
    }
}

/// What there is to take away, each with the figure that showed it. Beside the brief it is not seen twice.
pub fn taken(progress: &Progress) -> Html {
    let all = brief::taken(&brief::take_aways(progress), &Words::new());
    html! { <section class="taken" aria-labelledby="taken"><h3 id="taken">{ brief::TAKEN.get() }</h3>{ all }</section> }
}

/// Dots in a row.
const ROW: u64 = 25;

/// The Mondays of the run's scenario as dots, which fill one after the other.
fn mondays(own: &Passed, Study { fifty: study, refills }: Study, fifty: &Callback<MouseEvent>) -> Html {
    let kept = own.mondays.map(|(passed, played)| Fifty { passed, played, growing: false });
    let Fifty { passed, played, growing } = study.filter(|study| study.growing).or(kept).or(study).unwrap_or(Fifty {
        passed: 0,
        played: 0,
        growing: false,
    });
    // What was stopped can go on.
    let told = growing || played >= MONDAYS;
    let of = if growing {
        say!("mastery.days", n = played, of = MONDAYS)
    } else {
        say!("mastery.days", n = passed, of = played)
    };
    let heard = Quarters { done: played, all: MONDAYS, growing, of: DAYS.to_string(), end: of.clone() };
    let dot =
        |at: u64| format!("M{} {}m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0", at % ROW * 10 + 5, at / ROW * 11 + 5);
    let dots = |from: u64, to: u64| (from.min(MONDAYS)..to.min(MONDAYS)).map(dot).collect::<String>();
    html! {
        <section class={classes!("fifty", refills.then_some("refills"))}>
            <h3>{ &own.name }
                if told { <b>{ of }</b> } else { <button type="button" class="link" onclick={fifty}>{ say!("mastery.run_days", n = MONDAYS) }</button> }
            </h3>
            { heard.view() }
            <svg viewBox="0 0 250 22" aria-hidden="true" focusable="false">
                <path class="open" d={dots(0, MONDAYS)}/><path class="missed" d={dots(passed, played)}/><path class="passed" d={dots(0, passed)}/>
            </svg>
        </section>
    }
}

/// The open end: what the design costs in the run's scenario, beside par and budget; and the learner's best.
fn par_bar(own: &Passed) -> Option<Html> {
    let (cost, par, budget) = (own.cost?, own.par?, own.budget?);
    let most = budget.max(cost) * 1.04;
    let at = |value: f64| format!("{:.1}", 250.0 * value / most);
    Some(html! {
        <section class="par">
            <h3>{ say!("mastery.how_cheap") }<b>{ say!("mastery.best", cost = format::pounds(own.best.map_or(cost, |best| best.min(cost)))) }</b></h3>
            <svg viewBox="0 0 250 16" aria-hidden="true" focusable="false">
                <path class="base" d="M0 8H250"/><path class="own" d={format!("M0 8H{}", at(cost))}/>
                <path class="mark" d={format!("M{} 2v12M{} 2v12", at(par), at(budget))}/><circle cx={at(cost)} cy="8" r="5"/>
            </svg>
            <p><small>{ say!("mastery.par", cost = format::pounds(par)) }</small><small>{ say!("mastery.budget", cost = format::pounds(budget)) }</small></p>
        </section>
    })
}

/// The open end, of all the learner's designs: `Beat your best, £10.60`.
pub fn beat(card: Stand<'_>) -> Option<String> {
    own(card)?.best.map(|best| say!("mastery.beat", cost = format::pounds(best)))
}

/// A seal: a ring of four arcs around a tick.
pub fn mastered_seal() -> Html {
    html! {
        <svg class="seal whole" viewBox="0 0 48 48" width="40" height="40" aria-hidden="true" focusable="false">
            <circle class="ring" cx="24" cy="24" r="20"/>
            <path class="arcs" pathLength="1" d="M27 4.2A20 20 0 0 1 43.8 21M43.8 27A20 20 0 0 1 27 43.8M21 43.8A20 20 0 0 1 4.2 27M4.2 21A20 20 0 0 1 21 4.2"/>
            <path class="tick" pathLength="1" d="M15.5 24.5l6 6L33 18.5"/>
        </svg>
    }
}
