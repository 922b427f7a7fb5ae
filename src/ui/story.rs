//! The story of one booking: a bar from request to confirmation, what it spent where, and each thing that happened in words.

use crate::say;
use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::number_field::NumberField;
use super::kit::{ByPtr, Dialog, Widget, widget};
use crate::format;
use crate::session::text::story::{Place, Row};
use crate::session::text::typed::whole;
use crate::session::{Action, BookingChoice, Notice, Story};
use engine::sim::time::{Span, Time};

#[derive(PartialEq)]
pub struct StoryDialog {
    pub story: Option<ByPtr<Story>>,
    /// One is being looked for: how far that has come, and whether the booking is known.
    pub telling: Option<(f64, bool)>,
    /// The latest words for the learner: what lies outside a dialog is neither seen nor read out.
    pub notice: Option<Notice>,
    /// Seconds after midnight at which the run starts.
    pub starts_at_s: f64,
    pub dispatch: Callback<Action>,
}

widget!(late StoryDialog, use_story_dialog; until |it, notice| Dialog::meanwhile("story", say!("story.title"), it.story.is_some() || it.telling.is_some(), &it.dispatch.reform(|()| Action::CloseStory), notice));

/// Open at once: while the booking is looked for it says so.
#[hook]
fn use_story_dialog(props: &StoryDialog) -> Html {
    let open = props.story.is_some() || props.telling.is_some();
    let serial = props.notice.as_ref().map_or(0, |n| n.serial);
    // What was said before it opened is not said again in it.
    let before = use_mut_ref(|| (false, 0));
    {
        let mut before = before.borrow_mut();
        if open != before.0 {
            *before = (open, serial);
        }
    }
    let news = props.notice.as_ref().filter(|notice| notice.serial > before.borrow().1);
    let body = match (&props.story, props.telling) {
        (Some(story), telling) => told(props, story, telling.is_some(), news),
        (None, Some((share, known))) => looking(share, known),
        (None, None) => Html::default(),
    };
    let title = props
        .story
        .as_ref()
        .map_or_else(|| say!("story.title").to_owned(), |s| say!("story.title_of", n = format::count(s.number)));
    Dialog {
        class: "wide story",
        close: say!("story.close"),
        described: Some("story-headline"),
        body,
        ..Dialog::new("story", title, open, props.dispatch.reform(|()| Action::CloseStory))
    }
    .view()
}

/// Nothing to tell yet.
fn looking(share: f64, known: bool) -> Html {
    let words = if known { say!("story.found") } else { say!("story.looking") };
    html! {
        <div class="looking" aria-busy="true">
            <p id="story-headline" role="status">{ words }</p>
            <progress max="1" value={format!("{share:.3}")} aria-label={say!("story.progress")}></progress>
        </div>
    }
}

fn told(props: &StoryDialog, story: &Story, busy: bool, news: Option<&Notice>) -> Html {
    let refused = news.filter(|notice| notice.refused).map(|notice| notice.text.clone());
    let heard = news.filter(|notice| !notice.refused).map(|notice| notice.text.clone());
    html! {
        <div aria-busy={busy.to_string()}>
            <p class="person">{ format!("{}.", story.person) }</p>
            <p class="headline" id="story-headline" role="status">{ &story.headline }</p>
            { bar(story) }
            <p class="story-ends"><span>{ clock(props, story.from) }</span><span>{ clock(props, story.to) }</span></p>
            { sums(story) }
            { rows(props, story) }
            { Ask { dispatch: props.dispatch.clone(), refused }.view() }
            <p class="sr-only" role="status">{ heard }</p>
        </div>
    }
}

fn clock(props: &StoryDialog, at: Time) -> String {
    format::time_of_day(props.starts_at_s + at.seconds())
}

fn took(span: Span) -> String {
    format::duration_ms(span.millis())
}

/// The pieces, each as long as it lasted.
fn bar(story: &Story) -> Html {
    let whole = (story.to - story.from).seconds().max(1e-9);
    let share = |span: Span| format!("{:.3}%", span.seconds() / whole * 100.0);
    html! {
        <svg class="story-bar" aria-hidden="true" focusable="false">
            { for story.stages.iter().map(|stage| html! {
                <rect class={classes!("piece", stage.place.key())} x={share(stage.from - story.from)} y="0" width={share(stage.to - stage.from)} height="100%">
                    <title>{ format!("{}: {}", stage.place.label(), took(stage.to - stage.from)) }</title>
                </rect>
            }) }
        </svg>
    }
}

/// What the booking spent in each place, with its share of the whole: the legend of the bar.
fn sums(story: &Story) -> Html {
    let whole = story.to - story.from;
    let spent = |place: Place| Span(story.stages.iter().filter(|p| p.place == place).map(|p| (p.to - p.from).0).sum());
    let mut all: Vec<(Place, Span)> =
        Place::ALL.into_iter().map(|place| (place, spent(place))).filter(|(_, span)| span.0 > 0).collect();
    crate::order::sort_by_key(&mut all, |(_, span)| std::cmp::Reverse(*span));
    html! {
        <ul class="story-sums">
            { for all.into_iter().map(|(place, span)| html! {
                <li>
                    <svg class="swatch-box" width="12" height="12" aria-hidden="true" focusable="false"><rect class={classes!("swatch", place.key())} width="12" height="12" rx="3"/></svg>
                    <span>{ place.label() }</span>
                    <b>{ format!("{} · {}", took(span), share(span, whole)) }</b>
                </li>
            }) }
        </ul>
    }
}

/// A share of the whole in words: what is next to nothing needs no digits.
fn share(part: Span, whole: Span) -> String {
    match part.seconds() / whole.seconds().max(1e-9) {
        share if share < 0.001 => say!("story.under").to_owned(),
        share => format::share((share * 1000.0).round() / 1000.0),
    }
}

fn rows(props: &StoryDialog, story: &Story) -> Html {
    let after = |row: &Row| {
        if row.at == story.from { say!("story.start").to_owned() } else { format!("+{}", took(row.at - story.from)) }
    };
    html! {
        <table class="story-rows" aria-label={say!("story.rows")}>
            <thead><tr><th scope="col">{ say!("story.time") }</th><th scope="col">{ say!("story.after") }</th><th scope="col">{ say!("story.what") }</th><th scope="col">{ say!("story.then") }</th></tr></thead>
            <tbody>
                { for story.rows.iter().map(|row| html! {
                    <tr>
                        <th scope="row">{ clock(props, row.at) }</th>
                        <td>{ after(row) }</td>
                        <td>{ &row.text }</td>
                        <td>{ row.lasted.map_or(String::new(), |(_, span)| took(span)) }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

#[derive(PartialEq)]
struct Ask {
    dispatch: Callback<Action>,
    /// Why the last booking that was asked for can't be told.
    refused: Option<String>,
}

widget!(Ask, use_ask);

/// Another booking, by its number or as the worst one.
#[hook]
fn use_ask(props: &Ask) -> Html {
    // Enter asks at once: before this is drawn again with the number.
    let (number, shown) = (use_mut_ref(|| None::<u64>), use_state_eq(String::new));
    let read = Callback::from(|text: String| {
        let allowed = || say!("story.number_allowed").to_owned();
        whole(&text).map(format::count).ok_or_else(allowed)
    });
    let commit = {
        let (number, shown) = (number.clone(), shown.clone());
        Callback::from(move |text: String| {
            *number.borrow_mut() = whole(&text);
            shown.set(whole(&text).map(format::count).unwrap_or_default());
        })
    };
    let missing = use_state_eq(|| false);
    let onsubmit = {
        let (dispatch, missing) = (props.dispatch.clone(), missing.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            missing.set(number.borrow().is_none());
            if let Some(number) = *number.borrow() {
                dispatch.emit(Action::Story(BookingChoice::Number(number)));
            }
        })
    };
    let wrong = match *missing {
        true => Some(say!("story.number_first").to_owned()),
        false => props.refused.clone(),
    };
    html! {
        <form class="ask" {onsubmit}>
            <label for="story-number">{ say!("story.another") }</label>
            <NumberField id="story-number" class="field" inputmode="numeric" maxlength="16" value={(*shown).clone()} {read} {commit}/>
            <button class="btn" type="submit">{ say!("story.tell") }</button>
            <button class="btn" type="button" onclick={props.dispatch.reform(|_| Action::Story(BookingChoice::Worst))}>{ say!("story.worst") }</button>
            <p class="wrong" role="status">if wrong.is_some() { { icon(Icon::Over) } }{ wrong }</p>
        </form>
    }
}
