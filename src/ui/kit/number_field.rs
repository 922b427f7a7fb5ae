//! A field for a typed number: [`Typed`] with a clock and a place on the page.
//!
//! The text takes effect as a whole; what can't be is marked, told once and politely, and never in force. What a text means, and what is in
//! force, is its owner's.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::ui::prelude::*;
use gloo::timers::callback::Timeout;
use web_sys::{HtmlInputElement, KeyboardEvent};

use crate::session::text::typed::{Cause, Outcome, Typed};
use crate::ui::icons::{Icon, icon};
use crate::ui::keypress;

#[derive(Properties, PartialEq)]
pub struct NumberFieldProps {
    pub id: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// What is in force, as the page writes it.
    pub value: AttrValue,
    /// A text as the page writes it; or what is wrong with it and what is allowed.
    pub read: Callback<String, Result<String, String>>,
    /// A text that can be takes effect.
    pub commit: Callback<String>,
    #[prop_or_default]
    pub disabled: bool,
    /// The id of what describes the field.
    #[prop_or_default]
    pub described: AttrValue,
    /// Its owner finds something wrong with the value in force.
    #[prop_or_default]
    pub invalid: bool,
    /// Stands after the field.
    #[prop_or_default]
    pub unit: AttrValue,
    /// Where its words go if there is no room for them at the field.
    #[prop_or_default]
    pub tell: Option<Callback<String>>,
    /// Which keys a screen shows for it.
    #[prop_or("decimal")]
    pub inputmode: &'static str,
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// What it is called, where no label of the page says so.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The id of what names it, where that is no `<label>`.
    #[prop_or_default]
    pub labelled: Option<AttrValue>,
    #[prop_or_default]
    pub title: Option<AttrValue>,
    #[prop_or_default]
    pub maxlength: Option<AttrValue>,
}

pub enum Msg {
    Typed(String),
    Look(Cause),
    Restored,
}

pub struct NumberField {
    typed: Rc<RefCell<Typed>>,
    pause: Option<Timeout>,
    /// It has the focus since the last press.
    fresh: Rc<Cell<bool>>,
}

impl Component for NumberField {
    type Message = Msg;
    type Properties = NumberFieldProps;

    fn create(_ctx: &Context<Self>) -> NumberField {
        NumberField { typed: Rc::default(), pause: None, fresh: Rc::default() }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &NumberFieldProps) -> bool {
        if ctx.props().value != old.value {
            self.typed.borrow_mut().follow();
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Typed(text) => {
                let read = &ctx.props().read;
                let wait = self.typed.borrow_mut().edit(text, now(), &|text| read.emit(text.to_owned()));
                self.look_in(ctx, wait);
            }
            Msg::Look(cause) => self.settle(ctx, cause),
            Msg::Restored => self.pause = None,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (props, link, typed) = (ctx.props(), ctx.link(), self.typed.borrow());
        let text = typed.shown(&props.value, &|text| props.read.emit(text.to_owned()));
        let said = typed.wrong().or(typed.gone()).map(str::to_owned);
        let wrong_id = format!("{}-wrong", props.id);
        let described: Vec<&str> = [&*props.described, if said.is_some() { &wrong_id } else { "" }].into();
        let described = described.into_iter().filter(|id| !id.is_empty()).collect::<Vec<_>>().join(" ");
        let invalid = (typed.wrong().is_some() || props.invalid).then_some("true");
        let oninput = link.callback(|e: InputEvent| Msg::Typed(e.target_unchecked_into::<HtmlInputElement>().value()));
        let class = match (&said, &props.tell) {
            (Some(_), None) => "said wrong",
            (Some(_), Some(_)) => "said sr-only",
            (None, _) => "said",
        };
        html! {
            <>
                <span class="entry">
                    <input type="text" inputmode={props.inputmode} autocomplete="off" id={props.id.clone()} class={props.class.clone()} value={text}
                        disabled={props.disabled} aria-label={props.label.clone()} aria-labelledby={props.labelled.clone()} aria-invalid={invalid} aria-describedby={(!described.is_empty()).then_some(described)}
                        placeholder={props.placeholder.clone()} title={props.title.clone()} maxlength={props.maxlength.clone()}
                        {oninput} onfocus={self.on_focus()} onclick={self.on_click()} onkeydown={self.on_key(ctx)} onblur={link.callback(|_: FocusEvent| Msg::Look(Cause::Leave))}/>
                    if !props.unit.is_empty() { <span class="unit">{ &props.unit }</span> }
                </span>
                // Always there: a region that comes together with its words may not be read out.
                <span {class} id={wrong_id} role={props.tell.is_none().then_some("status")}>
                    if said.is_some() && props.tell.is_none() { { icon(Icon::Over) } }
                    { said }
                </span>
            </>
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        // What takes the field away must not lose what was typed.
        if self.typed.borrow().is_pending() {
            self.settle(ctx, Cause::Leave);
        }
    }
}

impl NumberField {
    fn settle(&mut self, ctx: &Context<Self>, cause: Cause) {
        let props = ctx.props();
        self.pause = None;
        let read = |text: &str| props.read.emit(text.to_owned());
        let outcome = self.typed.borrow_mut().settle(cause, now(), &props.value, &read);
        match outcome {
            Outcome::Commit(text) => props.commit.emit(text),
            Outcome::Wait(ms) => self.look_in(ctx, ms),
            Outcome::Refused(words) => {
                if let Some(tell) = &props.tell {
                    tell.emit(words);
                }
            }
            Outcome::Nothing => {}
        }
    }

    fn look_in(&mut self, ctx: &Context<Self>, ms: f64) {
        let link = ctx.link().clone();
        self.pause = Some(Timeout::new(ms.ceil() as u32, move || link.send_message(Msg::Look(Cause::Pause))));
    }

    /// At once: a message may come after the click.
    fn on_focus(&self) -> Callback<FocusEvent> {
        let fresh = self.fresh.clone();
        Callback::from(move |_: FocusEvent| fresh.set(true))
    }

    /// The press that brings the focus selects all, unless it has selected something: what is typed then replaces it.
    fn on_click(&self) -> Callback<MouseEvent> {
        let fresh = self.fresh.clone();
        Callback::from(move |event: MouseEvent| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            let nothing = field.selection_start().ok().flatten() == field.selection_end().ok().flatten();
            if fresh.replace(false) && nothing {
                field.select();
            }
        })
    }

    /// Enter and Escape are the field's own; without anything typed Escape is whatever it is around the field. Decided at once: a message would
    /// come when the event has gone on.
    fn on_key(&self, ctx: &Context<Self>) -> Callback<KeyboardEvent> {
        let (link, typed) = (ctx.link().clone(), self.typed.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.default_prevented() || keypress::composes(&event) {
                return;
            }
            match event.key().as_str() {
                "Enter" => link.send_message(Msg::Look(Cause::Enter)),
                "Escape" if typed.borrow_mut().restore() => {
                    event.prevent_default();
                    event.stop_propagation();
                    link.send_message(Msg::Restored);
                }
                _ => {}
            }
        })
    }
}

fn now() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}
