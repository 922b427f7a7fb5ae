//! What the page says: the session's notices, read out politely and shown for a moment; and banners that stay until they are answered.

use std::any::Any;

use crate::say;
use crate::ui::prelude::*;
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlElement, MutationObserver, MutationObserverInit, Node, ResizeObserver};

use super::icons::{Icon, icon};
use super::kit::{IconButton, widget};
use crate::late::late;
use crate::session::{Action, Notice};

/// How long a notice is shown, in milliseconds.
const SHOWN_MS: u32 = 5_000;

/// Between a notice and the edges of the stage, and between it and the tools in its corners, in CSS pixels.
const EDGE: f64 = 12.0;
const LOW: f64 = 6.0;
/// With less room than this between the tools it lies over them.
const LEAST: f64 = 300.0;

#[derive(PartialEq)]
pub struct Notices {
    pub notice: Option<Notice>,
    /// Read out, but not shown: something on the page says the same.
    pub silent: bool,
    /// A gesture or a menu is under way: nothing is shown over it.
    pub busy: bool,
    pub dispatch: Callback<Action>,
}

widget!(Notices, use_notices);

/// The live region, and the notice in the row of tools at the stage's lower edge: for a few seconds, until the next press elsewhere.
#[hook]
fn use_notices(props: &Notices) -> Html {
    let serial = props.notice.as_ref().map_or(0, |n| n.serial);
    let shown = use_state_eq(|| 0);
    let toast = use_node_ref();
    {
        // What came while it was said elsewhere is not said again once that is gone.
        let (shown, silent) = (shown.clone(), props.silent || props.busy);
        use_effect_with(serial, move |&serial| {
            let timeout = (serial > 0 && !silent).then(|| {
                shown.set(serial);
                Timeout::new(SHOWN_MS, move || shown.set(0))
            });
            move || drop(timeout)
        });
    }
    let visible = *shown == serial && serial > 0 && !props.silent && !props.busy;
    use_dismissal(visible.then_some(serial), &toast, &shown);
    let undo = {
        let (dispatch, shown) = (props.dispatch.clone(), shown.clone());
        Callback::from(move |_: MouseEvent| {
            shown.set(0);
            dispatch.emit(Action::Undo);
        })
    };
    // One region for all that is ever said: one that comes with its words may not be read out.
    html! {
        <>
            <div role="status" class="sr-only">
                if let Some(notice) = &props.notice {
                    // It reads out what changes: the same words twice need a difference.
                    { &notice.text }{ if notice.serial % 2 == 0 { "\u{a0}" } else { "" } }
                }
            </div>
            if let Some(notice) = props.notice.as_ref().filter(|_| visible) {
                <div ref={toast} class={classes!("toast", notice.refused.then_some("refused"))}>
                    { icon(if notice.refused { Icon::Over } else { Icon::Note }) }
                    <span aria-hidden="true" title={notice.text.clone()}>{ brief(notice) }</span>
                    if notice.undo { <button type="button" class="btn" onclick={undo}>{ say!("notices.undo") }</button> }
                </div>
            }
        </>
    }
}

/// What is shown: of what was done the first sentence, of what could not be done all, since the reason comes last.
fn brief(notice: &Notice) -> String {
    match notice.text.split_once(". ") {
        Some((first, _)) if notice.undo => format!("{first}."),
        _ => notice.text.clone(),
    }
}

/// Keeps a notice in its place, and takes it away at the next press elsewhere.
#[hook]
fn use_dismissal(visible: Option<u64>, toast: &NodeRef, shown: &UseStateHandle<u64>) {
    let (toast, shown) = (toast.clone(), shown.clone());
    use_effect_with(visible, move |visible| {
        let held = visible.map(|_| {
            let watch = watch_stage(toast.clone());
            let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
            let window = web_sys::window().expect("a page has a window");
            let press = EventListener::new_with_options(&window, "pointerdown", options, move |event| {
                let target = event.target().and_then(|t| t.dyn_into::<Node>().ok());
                if !toast.get().is_some_and(|toast| toast.contains(target.as_ref())) {
                    shown.set(0);
                }
            });
            (watch, press)
        });
        move || drop(held)
    });
}

/// Looks at the stage until it is dropped.
struct Watch {
    size: ResizeObserver,
    parts: MutationObserver,
    _call: Closure<dyn Fn()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.size.disconnect();
        self.parts.disconnect();
    }
}

late! {
    /// Puts a notice into its place before it is seen, and whenever the stage has another size or something else in it.
    fn watch_stage(toast: NodeRef) -> Option<Box<dyn Any>> {
        let stage = web_sys::window()?.document()?.query_selector(".stage").ok()??;
        let call = Closure::<dyn Fn()>::new(move || {
            let _ = place(&toast);
        });
        let size = ResizeObserver::new(call.as_ref().unchecked_ref()).ok()?;
        let parts = MutationObserver::new(call.as_ref().unchecked_ref()).ok()?;
        size.observe(&stage);
        let children = MutationObserverInit::new();
        children.set_child_list(true);
        parts.observe_with_options(&stage, &children).ok()?;
        Some(Box::new(Watch { size, parts, _call: call }))
    }
}

/// To the right at the stage's lower edge, left of the tools there where that leaves room. Where the stage isn't seen, and on a phone, the style
/// sheet's place.
fn place(toast: &NodeRef) -> Option<()> {
    let toast = toast.cast::<HtmlElement>()?;
    let window = web_sys::window()?;
    let stage = window.document()?.query_selector(".stage").ok()??.get_bounding_client_rect();
    if stage.width() <= 0.0 {
        return None;
    }
    let tools = |selector: &str| {
        let found = window.document().and_then(|d| d.query_selector(selector).ok().flatten());
        found.map_or(0.0, |tools| tools.get_bounding_client_rect().width())
    };
    let (left, right) = (tools(".stage .zoom") + 2.0 * EDGE, tools(".stage .stage-tools") + 2.0 * EDGE);
    let whole = toast.class_list().contains("refused");
    let beside = !whole && stage.width() - left - right >= LEAST;
    let (left, right) = if beside { (left, right) } else { (EDGE, EDGE) };
    let (width, height) = (window.inner_width().ok()?.as_f64()?, window.inner_height().ok()?.as_f64()?);
    let style = toast.style();
    let pixels = |value: f64| format!("{value:.0}px");
    // The stage may reach below the window on a narrow page; where a question has the row of the tools, a notice stands over that row.
    let asked =
        window.document()?.query_selector(".stage > .moment").ok().flatten().map(|m| m.get_bounding_client_rect());
    let row = asked.filter(|asked| asked.top() > stage.top() + stage.height() / 2.0);
    let foot = row.map_or(stage.bottom(), |row| row.top());
    let low = (height - foot).max(0.0) + LOW;
    for (property, value) in [
        ("--right", pixels(width - stage.right() + right)),
        ("--bottom", pixels(low)),
        ("--most", pixels(stage.width() - left - right)),
    ] {
        let _ = style.set_property(property, &value);
    }
    Some(())
}

/// Something the learner should know about this page, with answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Banner {
    pub text: String,
    pub kind: BannerKind,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BannerKind {
    /// Nothing.
    Told,
    /// Nothing; it goes when all is kept again.
    Lost,
    /// Something that was kept can't be read: whether to show it.
    Unread,
    /// Another tab saved another design: which one to keep.
    Clash,
    /// Another tab forgot all that is kept here: whether to begin anew.
    Forgotten,
    /// A shared run is looked at: whether to keep its design.
    Shared,
    /// A newer build of the page is here: when to take it.
    NewBuild,
}

/// An answer to a banner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Close,
    /// Show what could not be read.
    Show,
    /// Save this tab's design over the other one.
    Mine,
    /// Take the other tab's design.
    Theirs,
    /// Leave the shared design for one's own.
    Leave,
    /// Make the shared design one's own.
    Keep,
    /// Begin with nothing.
    Anew,
    /// Take the newer build.
    Reload,
}

/// All of them.
pub struct Banners<'a> {
    pub banners: &'a [Banner],
    /// Which banner, and the answer.
    pub on_answer: &'a Callback<(usize, Answer)>,
}

pub fn banners(props: &Banners) -> Html {
    let close =
        |at: usize| IconButton::close(say!("kit.close"), props.on_answer.reform(move |_| (at, Answer::Close))).view();
    let answer = |at: usize, answer: Answer| props.on_answer.reform(move |_: MouseEvent| (at, answer));
    html! {
        <div class="banners" role="status">
            { for props.banners.iter().enumerate().map(|(at, banner)| html! {
                <div class="banner">
                    { icon(Icon::Note) }
                    <p>{ &banner.text }</p>
                    { match banner.kind {
                        BannerKind::Told | BannerKind::Lost => close(at),
                        BannerKind::Unread => html! { <span><button class="btn" onclick={answer(at, Answer::Show)}>{ say!("notices.show") }</button>{ close(at) }</span> },
                        BannerKind::NewBuild => html! { <span><button class="btn" onclick={answer(at, Answer::Reload)}>{ say!("notices.reload") }</button>{ close(at) }</span> },
                        BannerKind::Clash => choice((say!("notices.theirs"), answer(at, Answer::Theirs)), answer(at, Answer::Mine)),
                        BannerKind::Forgotten => choice((say!("notices.anew"), answer(at, Answer::Anew)), answer(at, Answer::Mine)),
                        BannerKind::Shared => choice((say!("notices.back"), answer(at, Answer::Leave)), answer(at, Answer::Keep)),
                    } }
                </div>
            }) }
        </div>
    }
}

fn choice((other, on_other): (&'static str, Callback<MouseEvent>), on_this: Callback<MouseEvent>) -> Html {
    html! {
        <>
            <button class="btn" onclick={on_other}>{ other }</button>
            <button class="btn" onclick={on_this}>{ say!("notices.keep") }</button>
        </>
    }
}
