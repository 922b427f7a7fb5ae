//! Moments at the stage: the question before a run, a moment that is held with what did it and whom it met, and the first success.
//!
//! Each says one thing and is put away with one press; none is in the way of the design.

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlElement;

use super::focus;
use super::icons::{Icon, icon};
use super::keypress;
use super::kit::{ByPtr, IconButton, widget};
use super::rich::rich;
use crate::format;
use crate::session::gestures::keys::Scope;
use crate::session::run::loss::Frozen;
use crate::session::run::success::Success;
use crate::session::{Action, BookingChoice, Guessing, Story};

/// The question before a run.
#[derive(PartialEq)]
pub struct GuessBar {
    /// A curve is there.
    pub drawn: bool,
    pub dispatch: Callback<Action>,
    /// The track is wanted, wherever it is.
    pub on_draw: Callback<()>,
}

widget!(late GuessBar => guess_bar);

fn guess_bar(props: &GuessBar) -> Html {
    let send = |action: Action| props.dispatch.reform(move |_: MouseEvent| action.clone());
    html! {
        <section class="moment guess-bar" aria-labelledby="guess-title">
            { icon(Icon::Rename) }
            <p>{ rich!("moment.guess_how", title = html!(<b id="guess-title">{ say!("moment.guess") }</b>)) }</p>
            <div class="deeds">
                <button type="button" class="btn draw" onclick={props.on_draw.reform(|_: MouseEvent| ())}>{ say!("moment.draw") }</button>
                <button type="button" class="btn primary" onclick={send(Action::Play)}>{ icon(Icon::Play) }{ say!("player.play") }</button>
                <button type="button" class="btn pass" onclick={send(Action::Guess(Guessing::PutAway))}>
                    // As wide as either, so that nothing beside it moves.
                    <span data-shown={(!props.drawn).to_string()}>{ say!("moment.skip") }</span><span data-shown={props.drawn.to_string()}>{ say!("page.done") }</span>
                </button>
            </div>
        </section>
    }
}

/// A moment that is held.
#[derive(PartialEq)]
pub struct FrozenCard {
    pub frozen: ByPtr<Frozen>,
    /// The run can branch off here.
    pub forkable: bool,
    pub starts_at_s: f64,
    pub dispatch: Callback<Action>,
}

widget!(late FrozenCard, use_frozen);

#[hook]
fn use_frozen(props: &FrozenCard) -> Html {
    let frozen = &*props.frozen;
    let card = use_node_ref();
    {
        let card = card.clone();
        use_effect_with(frozen.at, move |_| {
            if let Some(card) = card.cast::<HtmlElement>() {
                focus::offer(&card);
                focus::sight(&card);
            }
        });
    }
    let send = |action: Action| props.dispatch.reform(move |_: MouseEvent| action.clone());
    let dispatch = props.dispatch.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if keypress::takes(&event, Scope::Moment) {
            event.prevent_default();
            event.stop_propagation();
            dispatch.emit(Action::Thaw);
        }
    });
    html! {
        <section ref={card} class="moment frozen" aria-labelledby="frozen-title" tabindex="-1" {onkeydown}>
            <header>
                <p class="at">{ icon(Icon::Pause) }{ say!("moment.frozen", clock = frozen.clock) }</p>
                <h2 id="frozen-title">if let Some(missed) = &frozen.missed { { icon(Icon::Cross) }{ missed } } else { { say!("moment.this") } }</h2>
                <div class="deeds">
                    <button type="button" class="btn primary" onclick={send(Action::Fork)} disabled={!props.forkable}
                        title={say!("moment.fork_title", clock = frozen.clock)}>{ icon(Icon::Fork) }{ say!("moment.fork") }</button>
                    <button type="button" class="btn" onclick={send(Action::Play)}>{ icon(Icon::Play) }{ say!("moment.play_on") }</button>
                    { IconButton::close(say!("moment.let_go"), send(Action::Thaw)).view() }
                </div>
            </header>
            if let Some(reason) = &frozen.reason { <p class="reason">{ reason }</p> }
            if let Some(story) = &frozen.story { { strip(props, story) } }
        </section>
    }
}

/// So many letters stand under the whole bar, and so many on a phone.
const LETTERS: f64 = 100.0;
const FEW_LETTERS: f64 = 48.0;

/// What happened to somebody who met it: a bar, and the same as a list for those who listen.
fn strip(props: &FrozenCard, story: &Story) -> Html {
    let clock = |at: engine::sim::time::Time| format::time_of_day(props.starts_at_s + at.seconds());
    let number = story.number;
    let whole = (story.to - story.from).seconds().max(1e-9);
    let share = |seconds: f64| format!("{:.2}%", seconds / whole * 100.0);
    let heard = match story.acceptance {
        Some(span) => say!("moment.heard", at = clock(story.from), after = format::duration_ms(span.millis())),
        None => say!("moment.never", at = clock(story.from)),
    };
    let follow = props.dispatch.reform(move |_: MouseEvent| Action::Story(BookingChoice::Number(number)));
    let stages = story.stages.iter().map(|stage| {
        let lasted = stage.to - stage.from;
        (stage, lasted.seconds() / whole, format!("{} {}", stage.place.label(), format::duration_ms(lasted.millis())))
    });
    // The longest stretches say what they are; for the others there is no room, and on a phone for fewer.
    let room = |share: f64, words: &str| match share * LETTERS / words.chars().count() as f64 {
        room if room < 1.0 => None,
        room if room < LETTERS / FEW_LETTERS => Some("long"),
        _ => Some("short"),
    };
    let told = stages.filter_map(|(stage, share, words)| Some((stage, share, room(share, &words)?, words)));
    html! {
        <div class="strip-of">
            <p><b>{ story.person.name }</b><span>{ format!("{}, {heard}", story.person.reason) }</span><button type="button" class="btn plain" onclick={follow}>{ say!("moment.follow") }</button></p>
            <svg class="story-bar" aria-hidden="true" focusable="false">
                { for story.stages.iter().map(|stage| html! {
                    <rect class={classes!("piece", stage.place.key())} x={share((stage.from - story.from).seconds())} width={share((stage.to - stage.from).seconds())} height="12"/>
                }) }
                { for told.map(|(stage, part, class, words)| html! {
                    <svg {class} x={share((stage.from - story.from).seconds())} y="12" width={share(part * whole)} height="18"><text x="2" y="13">{ words }</text></svg>
                }) }
            </svg>
            <ol class="sr-only">{ for story.rows.iter().map(|row| html! { <li>{ format!("{} {}", clock(row.at), row.text) }</li> }) }</ol>
        </div>
    }
}

/// The first success, over the stage.
#[derive(PartialEq)]
pub struct SuccessChip {
    pub success: Success,
    pub starts_at_s: f64,
    pub dispatch: Callback<Action>,
}

widget!(late SuccessChip => success_chip; until |_, _| Html::default());

/// So many dots fly outwards, the first time.
const DOTS: u32 = 22;

fn success_chip(props: &SuccessChip) -> Html {
    let (figure, rest) = props.success.words(props.starts_at_s);
    let dot = |dot: u32| {
        let turn = f64::from(dot) / f64::from(DOTS) * std::f64::consts::TAU;
        let far = 1.0 + 0.35 * f64::from(dot % 3);
        let (x, y) = (libm::cos(turn) * 165.0 * far, libm::sin(turn) * 40.0 * far);
        html! { <circle class={["role-ack", "role-wait", "role-work", "role-clinic"][dot as usize % 4]} cx={format!("{x:.0}")} cy={format!("{y:.0}")} r={if dot.is_multiple_of(2) { "4" } else { "3" }}/> }
    };
    html! {
        <div class="success">
            if props.success.first { <svg class="burst" aria-hidden="true" focusable="false" overflow="visible" width="1" height="1"><g>{ for (0..DOTS).map(dot) }</g></svg> }
            <div class="chip">
                <p role="status">{ icon(Icon::Check) }<b>{ figure }</b>{ " " }<span>{ rest }</span></p>
                { IconButton::close(say!("kit.close"), props.dispatch.reform(|_: MouseEvent| Action::PutSuccessAway)).view() }
            </div>
        </div>
    }
}
