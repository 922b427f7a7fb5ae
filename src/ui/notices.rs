//! What the page says: the session's notices, read out politely and shown for a moment; and banners that stay until they are answered.

use crate::ui::prelude::*;
use gloo::timers::callback::Timeout;

use super::icons::{Icon, icon};
use super::kit::{IconButton, widget};
use crate::session::Notice;

/// How long a notice is shown, in milliseconds.
const SHOWN_MS: u32 = 5_000;

#[derive(PartialEq)]
pub struct Notices {
    pub notice: Option<Notice>,
    /// Read out, but not shown: something on the page says the same.
    pub silent: bool,
}

widget!(Notices, use_notices);

/// The live region and the toast.
#[hook]
fn use_notices(props: &Notices) -> Html {
    let serial = props.notice.as_ref().map_or(0, |n| n.serial);
    let shown = use_state(|| 0);
    {
        // What came while it was said elsewhere is not said again once that is gone.
        let (shown, silent) = (shown.clone(), props.silent);
        use_effect_with(serial, move |&serial| {
            let timeout = (serial > 0 && !silent).then(|| {
                shown.set(serial);
                Timeout::new(SHOWN_MS, move || shown.set(0))
            });
            move || drop(timeout)
        });
    }
    let Some(notice) = &props.notice else { return html! { <div role="status" class="sr-only"></div> } };
    // A live region reads out what changes: the same words twice need a difference.
    let duplicate = if notice.serial % 2 == 0 { "\u{a0}" } else { "" };
    html! {
        <>
            <div role="status" class="sr-only">{ &notice.text }{ duplicate }</div>
            if *shown == serial && !props.silent {
                <div class={classes!("toast", notice.refused.then_some("refused"))} aria-hidden="true">
                    { icon(if notice.refused { Icon::Over } else { Icon::Note }) }
                    <span>{ &notice.text }</span>
                </div>
            }
        </>
    }
}

/// Something the learner should know about this page, with answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Banner {
    pub text: String,
    /// Another tab saved another design: ask which one to keep.
    pub clash: bool,
}

/// An answer to a banner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Close,
    /// Save this tab's design over the other one.
    Mine,
    /// Take the other tab's design.
    Theirs,
}

/// All of them.
pub struct Banners<'a> {
    pub banners: &'a [Banner],
    /// Which banner, and the answer.
    pub on_answer: &'a Callback<(usize, Answer)>,
}

pub fn banners(props: &Banners) -> Html {
    let answer = |at: usize, answer: Answer| props.on_answer.reform(move |_: MouseEvent| (at, answer));
    html! {
        <div class="banners" role="status">
            { for props.banners.iter().enumerate().map(|(at, banner)| html! {
                <div class="banner">
                    { icon(Icon::Note) }
                    <p>{ &banner.text }</p>
                    if banner.clash {
                        <button class="btn" onclick={answer(at, Answer::Theirs)}>{ "Open the other" }</button>
                        <button class="btn" onclick={answer(at, Answer::Mine)}>{ "Keep this one" }</button>
                    } else {
                        { IconButton::close("Close", answer(at, Answer::Close)).view() }
                    }
                </div>
            }) }
        </div>
    }
}
