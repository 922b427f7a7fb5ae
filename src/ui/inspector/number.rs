//! A number of a component: its text, a slider and, where it may be absent, a tick for "no limit".
//!
//! A slider's value is in force while it moves; a typed one as a whole.

use crate::say;
use crate::ui::prelude::*;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::kinds::Value;
use crate::kinds::check::grouped;
use crate::session::text::typed::number;
use crate::ui::kit::number_field::NumberField;
use crate::ui::kit::widget;

/// What the field is called by.
#[derive(Clone, PartialEq)]
pub enum Named {
    /// A `<label>` of the page.
    Label,
    /// The element of this id.
    By(AttrValue),
    /// Its own label, which is read out.
    Itself,
}

#[derive(PartialEq)]
pub struct NumberInput {
    pub id: AttrValue,
    pub label: AttrValue,
    pub named: Named,
    /// What may follow the number in a text.
    pub unit: AttrValue,
    /// What of it stands within the field.
    pub shown_unit: AttrValue,
    /// A number, or null for no limit.
    pub value: Value,
    /// Whether a value is allowed; otherwise what is.
    pub check: Callback<Value, Result<(), String>>,
    pub change: Callback<Value>,
    /// A change is complete: the slider was let go, the number is typed.
    pub done: Callback<()>,
    pub locked: bool,
    pub slider: Option<(f64, f64, f64)>,
    /// The id of the text that describes the field.
    pub described: AttrValue,
    /// It may be absent; then this is what it is when it comes back.
    pub otherwise: Option<f64>,
}

widget!(NumberInput, use_number_input);

#[hook]
fn use_number_input(props: &NumberInput) -> Html {
    let absent = props.value.is_null();
    let slider = props.slider.filter(|_| !absent && !props.locked);
    let track = use_filled(props, slider);
    let value = if absent {
        if props.locked { say!("stage.no_limit") } else { "–" }.to_owned()
    } else {
        props.value.number().map(grouped).unwrap_or_default()
    };
    let read = {
        let (check, unit) = (props.check.clone(), props.unit.clone());
        Callback::from(move |text: String| match number(&text, &unit) {
            Some(number) => check.emit(Value::Number(number)).map(|()| grouped(number)),
            None => Err(check.emit(Value::Text(text)).err().unwrap_or_else(|| say!("inspector.no_number").to_owned())),
        })
    };
    // A step of its own: each value that was in force is told.
    let commit = {
        let (change, done, unit) = (props.change.clone(), props.done.clone(), props.unit.clone());
        Callback::from(move |text: String| {
            if let Some(number) = number(&text, &unit) {
                done.emit(());
                change.emit(Value::Number(number));
                done.emit(());
            }
        })
    };
    let (label, labelled) = match &props.named {
        Named::Label => (None, None),
        // Said twice: some tools read no element that has scrolled out of sight.
        Named::By(id) => (Some(props.label.clone()), Some(id.clone())),
        Named::Itself => (Some(props.label.clone()), None),
    };
    html! {
        <>
            if let Some(slider) = slider { { range(props, slider, track) } }
            if let Some(otherwise) = props.otherwise.filter(|_| !props.locked) { { limit(props, otherwise) } }
            <NumberField key={props.id.to_string()} id={props.id.clone()} {value} {read} {commit} disabled={props.locked || absent} described={props.described.clone()}
                unit={if absent { AttrValue::default() } else { props.shown_unit.clone() }} {label} {labelled}/>
        </>
    }
}

/// The tick for "no limit".
fn limit(props: &NumberInput, otherwise: f64) -> Html {
    let absent = props.value.is_null();
    let change = props.change.clone();
    let onchange = Callback::from(move |_: Event| {
        change.emit(if absent { Value::Number(otherwise) } else { Value::Null });
    });
    html! {
        <label class={classes!("check", "absence", (!absent && props.slider.is_some()).then_some("below"))}><input type="checkbox" checked={absent} {onchange}
            aria-label={say!("inspector.named_no_limit", name = props.label)}/>{ say!("stage.no_limit") }</label>
    }
}

/// The slider's element, which is told how much of its track is filled: not every browser draws that by itself, and the page's policy leaves a
/// style no other way in.
#[hook]
fn use_filled(props: &NumberInput, slider: Option<(f64, f64, f64)>) -> NodeRef {
    let track = use_node_ref();
    let share = slider.map(|(min, max, _)| {
        let now = props.value.number().unwrap_or(min).clamp(min, max);
        format!("{:.4}", (now - min) / (max - min))
    });
    let of = track.clone();
    use_effect_with(share, move |share| {
        if let (Some(share), Some(element)) = (share, of.cast::<HtmlElement>()) {
            // A style that is not taken leaves the track plain.
            let _ = element.style().set_property("--share", share);
        }
    });
    track
}

fn range(props: &NumberInput, (min, max, step): (f64, f64, f64), track: NodeRef) -> Html {
    let (change, check) = (props.change.clone(), props.check.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        let number = event.target_unchecked_into::<HtmlInputElement>().value_as_number();
        // A step of 0.1 gives 0.30000000000000004.
        let number = (number * 1e6).round() / 1e6;
        if number.is_finite() && check.emit(Value::Number(number)).is_ok() {
            change.emit(Value::Number(number));
        }
    });
    // Not with each change: an arrow key held on the slider is one step, as a drag is.
    let (down, up) = (props.done.reform(|_: PointerEvent| ()), props.done.reform(|_: PointerEvent| ()));
    let onblur = props.done.reform(|_: FocusEvent| ());
    let now = props.value.number().unwrap_or(min).clamp(min, max);
    // A step counted from a lowest value of 1 would offer 1, 17, 33 …: the steps count from 0.
    let step = if step == 1.0 || (min / step).fract() == 0.0 { step.to_string() } else { "any".to_owned() };
    html! {
        <input type="range" aria-label={say!("inspector.slider", name = props.label)} min={min.to_string()} max={max.to_string()} {step}
            value={now.to_string()} ref={track} {oninput} onpointerdown={down} onpointerup={up} {onblur}/>
    }
}
