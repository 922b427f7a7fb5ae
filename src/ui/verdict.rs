//! The result of a run that is over, as a moment: a seal and what it came to. Not yet: one piece of evidence, one way to see it, and help, a rung
//! at a time. Passed: its stars and what the others want, the scenarios, and one way on. The goals stand in the dock, with their curves; here
//! they are only for those who listen. What there is to think about and many Mondays open as dialogs.
//!
//! The page's status line says the result aloud. The card takes the focus only where the run's end has left none: whoever types goes on
//! typing.

use crate::say;
use crate::ui::prelude::*;
use web_sys::{Document, HtmlElement};

use super::goals::look;
use super::icons::{Icon, icon};
use super::kit::{ByPtr, IconButton, Widget, widget};
use super::mastery::{self, Fifty, Scenarios, Stand, Study, ladder, mastered_seal};
use super::result::ResultAction;
use super::rungs::Rungs;
use super::{focus, keypress, next_step, tabs};
use crate::format;
use crate::kata::GoalStatus;
use crate::kata::builtin;
use crate::record::Notes;
use crate::session::gestures::keys::Scope;
use crate::session::run::help::OpenedRungs;
use crate::session::run::progress::Progress;
use crate::session::{Action, Finished};
use crate::ui::repeat::Studies;
use crate::ui::sweep::{OpenedDesign, size_button};

mod dialogs;
mod evidence;

pub use super::mastery::Passed;
use dialogs::{Extra, RepeatDialog, ThinkDialog};
use evidence::evidence;

#[derive(PartialEq)]
pub struct ResultCard {
    pub finished: ByPtr<Finished>,
    /// The design is another one since.
    pub stale: bool,
    /// It has not been seen yet: its seal draws itself.
    pub fresh: bool,
    /// Each scenario of the kata, and whether the run's very design has passed it.
    pub passed: Vec<Passed>,
    /// What runs have shown so far.
    pub progress: Progress,
    /// What was changed since the run before; none after the first one.
    pub changed: Option<String>,
    /// What was opened of help.
    pub opened: OpenedRungs,
    pub notes: ByPtr<Notes>,
    /// Notes outlive this visit.
    pub keeps: bool,
    pub result_action: Callback<ResultAction>,
    /// The story of the booking that took longest; without a run at its end there is none to tell.
    pub on_worst: Option<Callback<()>>,
    pub dispatch: Callback<Action>,
    /// The design came from the map of a sweep.
    pub swept: Option<OpenedDesign>,
    /// On to the map.
    pub on_size: Callback<()>,
}

widget!(late ResultCard, use_result_card);

/// How a result looks and reads: its class, its title, and how the goals stand.
fn said(finished: &Finished) -> (&'static str, &'static str, String) {
    let verdict = &finished.verdict;
    let (met, all) = (verdict.goals.iter().filter(|g| g.met()).count(), verdict.goals.len());
    if verdict.cut_short {
        return ("failed", say!("result.cut_short"), say!("result.ended_early").to_owned());
    }
    match (finished.is_exploration(), finished.passed()) {
        (true, _) => ("explored", say!("result.exploration"), say!("result.changed_midway", met, all)),
        (false, true) => ("passed", say!("result.passed"), say!("result.all_hold", all)),
        (false, false) if all == 0 => ("failed", say!("result.not_yet"), say!("result.no_goals").to_owned()),
        (false, false) => ("failed", say!("result.not_yet"), say!("result.hold", met, all)),
    }
}

impl ResultCard {
    /// The run's very design has passed everything.
    fn is_mastered(&self) -> bool {
        self.finished.passed() && self.passed.iter().all(|scenario| scenario.passed)
    }

    /// After a run that passed: the scenario to play next.
    fn next(&self) -> Option<&Passed> {
        mastery::next(self.stand()).filter(|_| self.finished.passed())
    }

    fn stand(&self) -> Stand<'_> {
        let origin = &self.finished.origin;
        Stand { passed: &self.passed, scenario: &origin.scenario.id, seed: origin.seed }
    }

    /// How many rungs are open of the help that this run led to.
    fn helped(&self) -> usize {
        self.finished.review.help.as_ref().map_or(0, |help| self.opened.rungs(&help.id))
    }
}

/// The card takes the focus where the run's end has left none.
#[hook]
fn use_offer(card: &NodeRef) {
    let card = card.clone();
    use_effect_with((), move |()| {
        if let Some(card) = card.cast::<HtmlElement>()
            && focus_is_free(&card.owner_document())
        {
            // The whole of it, from its start, where the page has to be scrolled for it.
            focus::offer(&card);
            tabs::bring(&card);
        }
    });
}

/// The title of the window says what came of the run, for those who look at tabs, or come back to one; without the result it is the kata's own.
#[hook]
fn use_title(said: String) {
    use_effect_with(said, |said| {
        let (document, own) = (web_sys::window().and_then(|w| w.document()), &builtin::brief().title);
        if let Some(document) = &document {
            document.set_title(&format!("{said} · {own}"));
        }
        move || document.into_iter().for_each(|document| document.set_title(own))
    });
}

/// The run's design on many Mondays: how they stand, kept up to date, and what begins them. Mastery begins them by itself, the first time.
#[hook]
fn use_study(props: &ResultCard) -> (Study, Callback<()>) {
    let studies = use_context::<Studies>().unwrap_or_default();
    let drawn = use_force_update();
    let origin = &props.finished.origin;
    let begin = {
        let (studies, drawn) = (studies.clone(), drawn.clone());
        let (design, scenario) = (origin.design.clone(), origin.scenario.clone());
        Callback::from(move |()| {
            studies.begin(&design, &scenario);
            drawn.force_update();
        })
    };
    let known = use_state_eq(|| mastery::own(props.stand()).is_some_and(|own| own.mondays.is_some()));
    {
        let (studies, begin) = (studies.clone(), begin.clone());
        let wanted = props.is_mastered() && props.fresh && !*known;
        use_effect_with((), move |()| {
            studies.watch(Callback::from(move |()| drawn.force_update()));
            if wanted {
                begin.emit(());
            }
            move || studies.watch(Callback::noop())
        });
    }
    let study = studies.of(&origin.design, &origin.scenario);
    let fifty = study.map(|study| Fifty {
        passed: study.mondays.grade.passed,
        played: study.mondays.grade.seeds,
        growing: study.worker_pool.is_some(),
    });
    (Study { fifty, refills: *known }, begin)
}

#[hook]
fn use_result_card(props: &ResultCard) -> Html {
    let finished = &props.finished;
    let (class, title, stand) = said(finished);
    let title = if props.is_mastered() { say!("result.mastered") } else { title };
    use_title(format!("{title} · {}", finished.origin.scenario.name));
    let extra = use_state_eq(|| None::<Extra>);
    let card = use_node_ref();
    use_offer(&card);
    let onkeydown = {
        let result_action = props.result_action.clone();
        Callback::from(move |e: KeyboardEvent| {
            if keypress::takes(&e, Scope::Result) {
                e.prevent_default();
                result_action.emit(ResultAction::Close);
            }
        })
    };
    let open = {
        let extra = extra.clone();
        Callback::from(move |which: Option<Extra>| extra.set(which))
    };
    let close = open.reform(|()| None);
    let (study, begin) = use_study(props);
    // Begins at once: what is asked for is the fifty, not the dialog. Where dots stand for them, they fill there.
    let fifty = {
        let (open, in_place) = (open.clone(), props.is_mastered());
        Callback::from(move |_: MouseEvent| {
            begin.emit(());
            if !in_place {
                open.emit(Some(Extra::Repeat));
            }
        })
    };
    let origin = &finished.origin;
    html! {
        <>
            <section ref={card} id="verdict" class={classes!("verdict", class, props.fresh.then_some("fresh"), props.is_mastered().then_some("mastered"))}
                aria-labelledby="verdict-title" tabindex="-1" data-digest={finished.digest.clone()} {onkeydown}>
                <header>
                    { if props.is_mastered() { mastered_seal() } else { seal(class) } }
                    <div>
                        <h2 id="verdict-title">{ title }</h2>
                        if let Some(changed) = &props.changed { <p class="words changed">{ changed }</p> }
                        <p class="words">{ if props.is_mastered() { mastery::words(&props.passed, &props.opened) } else { format!("{} · {stand}", origin.scenario.name) } }</p>
                    </div>
                    { IconButton::close(say!("result.close"), props.result_action.reform(|_: MouseEvent| ResultAction::Close)).view() }
                </header>
                if props.stale { <p class="stale">{ icon(Icon::Restart) }{ say!("result.stale") }</p> }
                if props.is_mastered() {
                    { mastery::mastered(props.stand(), study, &fifty) }
                } else if finished.passed() {
                    { mastery::wanted(props.stand(), &fifty) }
                    { ladder(&Scenarios { passed: &props.passed, next: props.next(), playable: !props.stale, result_action: &props.result_action }) }
                } else if props.helped() == 0 {
                    { evidence(props) }
                }
                if let Some(guess) = &finished.review.guess { <p class="guessed">{ icon(Icon::Rename) }<span>{ guess }</span></p> }
                { ways(props) }
                if finished.review.help.is_some() && !props.stale {
                    { Rungs { finished: finished.clone(), opened: props.opened.clone(), dispatch: props.dispatch.clone() }.view() }
                }
                { others(props, &open) }
                { more(props) }
                if props.is_mastered() { { mastery::taken(&props.progress) } }
                { scores(finished) }
            </section>
            { dialogs(props, *extra, &close) }
        </>
    }
}

/// What the card opens.
fn dialogs(props: &ResultCard, extra: Option<Extra>, close: &Callback<()>) -> Html {
    html! {
        <>
            { ThinkDialog {
                open: extra == Some(Extra::Think),
                finished: props.finished.clone(),
                asked: props.finished.review.help.is_none() || props.helped() > 0,
                notes: props.notes.clone(),
                keeps: props.keeps,
                dispatch: props.dispatch.clone(),
                on_close: close.clone(),
            }.view() }
            { RepeatDialog { open: extra == Some(Extra::Repeat), finished: props.finished.clone(), all: props.is_mastered(), on_close: close.clone() }.view() }
        </>
    }
}

/// What it came to, as a shape: a tick that draws itself, a line, or a note.
fn seal(class: &'static str) -> Html {
    let d = match class {
        "passed" => "M12.5 20.5l5 5 10-11",
        "explored" => "M20 18.5v8M20 13.5v.1",
        _ => "M13 20h14",
    };
    html! {
        <svg class="seal" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
            <circle cx="20" cy="20" r="19"/><path pathLength="1" {d}/>
        </svg>
    }
}

/// The way on: one thing.
fn ways(props: &ResultCard) -> Html {
    let finished = &props.finished;
    let send = |result_action: ResultAction| props.result_action.reform(move |_: MouseEvent| result_action.clone());
    let play = |words: String, result_action: ResultAction| {
        html! { <button class="btn primary" onclick={send(result_action)}>{ icon(Icon::Play) }{ words }</button> }
    };
    let first = if finished.is_exploration() {
        play(say!("result.run").to_owned(), ResultAction::Run)
    } else if props.stale {
        play(say!("result.run_changed").to_owned(), ResultAction::Run)
    } else if props.is_mastered() {
        let words = mastery::beat(props.stand()).unwrap_or_else(|| say!("result.change").to_owned());
        html! { <button class="btn primary" onclick={send(ResultAction::Change)}>{ words }</button> }
    } else if let Some(next) = props.next() {
        play(say!("result.next", name = in_a_sentence(&next.name)), ResultAction::Play(next.id.clone()))
    } else if let Some(shown) = next_step::shown(finished).filter(|_| !finished.verdict.cut_short) {
        // Where help is open the moment stands on the button, in place of the evidence.
        let when = shown.moment.filter(|_| props.helped() > 0).map(|at| evidence::time(finished, at));
        play(
            when.map_or_else(|| say!("result.show").to_owned(), |when| say!("result.show_at", when)),
            ResultAction::Show(shown),
        )
    } else {
        html! { <button class="btn primary" onclick={send(ResultAction::Change)}>{ say!("result.change") }</button> }
    };
    html! { <div class="ways">{ first }</div> }
}

/// What else there is to do, quietly.
fn others(props: &ResultCard, open: &Callback<Option<Extra>>) -> Html {
    let finished = &props.finished;
    let opens = |which: Extra| open.reform(move |_: MouseEvent| Some(which));
    let change = props.result_action.reform(|_: MouseEvent| ResultAction::Change);
    let offers_change = finished.is_exploration();
    let worst = props.on_worst.as_ref().filter(|_| finished.review.worst_ms.is_some()).map(|on_worst| {
        let took = finished.review.worst_ms.map(format::duration_ms).unwrap_or_default();
        html! {
            <button type="button" class="btn worst" onclick={on_worst.reform(|_: MouseEvent| ())} title={say!("result.worst_took", took)}>
                { say!("result.worst") }
            </button>
        }
    });
    html! {
        <div class="others">
            if offers_change { <button class="btn" onclick={change}>{ say!("result.change") }</button> }
            if !finished.is_exploration() { <button class="btn" onclick={opens(Extra::Repeat)} title={say!("result.fifty_about")}>{ say!("result.fifty") }</button> }
            { worst }
            <button class="btn" onclick={opens(Extra::Think)} title={say!("result.notes_about")}>{ say!("result.notes") }</button>
        </div>
    }
}

/// A scenario's name within a sentence.
fn in_a_sentence(name: &str) -> String {
    name.strip_prefix("The ").map_or_else(|| name.to_owned(), |rest| format!("the {rest}"))
}

/// A design of the map of sizes: back to the map, and the way back from it.
fn more(props: &ResultCard) -> Html {
    let Some(opened) = props.swept.as_ref() else { return Html::default() };
    html! {
        <div class="more-ways">
            <span>{ say!("result.from_map", what = opened.what) }</span>
            { size_button("result-size", &props.on_size) }
            if opened.back {
                <button class="btn" onclick={props.dispatch.reform(|_: MouseEvent| Action::Undo)}>{ icon(Icon::Undo) }{ say!("result.undo") }</button>
            }
        </div>
    }
}

/// Each goal with its value and its margin, for those who listen: who sees has them in the dock.
fn scores(finished: &Finished) -> Html {
    let row = |status: &GoalStatus| {
        let goal = status.goal;
        let (class, _, word) = look(status.state);
        html! {
            <li {class} key={goal.metric.key}>
                <span class="state">{ word }{ ": " }</span><span class="name">{ goal.name() }</span>{ " " }<b>{ status.shown() }</b>{ ", " }
                <span class="margin">{ margin(status) }</span>
            </li>
        }
    };
    html! { <ul class="scores sr-only" aria-label={say!("result.goals")}>{ for finished.verdict.goals.iter().map(row) }</ul> }
}

/// Whether nothing has the focus that would miss it: nothing at all, the control that let the run go on, or what this lies over.
fn focus_is_free(document: &Option<Document>) -> bool {
    let Some((document, active)) = document.as_ref().and_then(|document| Some((document, document.active_element()?)))
    else {
        return true;
    };
    active.tag_name() == "BODY"
        || active.closest(".transport").is_ok_and(|t| t.is_some())
        || focus::sheet_over(document, &active).is_some()
}

/// The room below the limit, or how far above it the value is: "5 % left of £10.00", "16 % over £10.00", "3 × the limit of 200 ms". Where
/// nothing is allowed there is no margin.
fn margin(status: &GoalStatus) -> String {
    let (at_most, unit) = (status.goal.at_most, status.goal.metric.unit);
    let limit = format::metric(Some(at_most), unit);
    match status.margin() {
        None if at_most == 0.0 => say!("result.none_allowed").to_owned(),
        None => format::limit(at_most, unit),
        Some(m) if m >= 0.0 => say!("result.left", share = percent(m), limit),
        Some(m) if m > -1.0 => say!("result.over", share = percent(-m), limit),
        Some(m) => say!("result.times", n = format::number(1.0 - m, if m > -9.0 { 1 } else { 0 }), limit),
    }
}

/// A share in whole per cents; what lies between none and one is "under 1 %".
fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 1.0 => say!("result.under_one").to_owned(),
        p => format!("{}\u{a0}%", format::number(p.floor(), 0)),
    }
}
