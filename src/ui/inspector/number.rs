//! A number: text, slider and, where it may be absent, a tick for "no limit".
//!
//! A good value is in force while it is being typed; an impossible one changes nothing, and the field says what is allowed.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::kinds::Value;
use crate::kinds::check::grouped;

#[derive(Properties, PartialEq)]
pub struct NumberFieldProps {
    pub id: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub unit: AttrValue,
    /// A number, or null for no limit.
    pub value: Value,
    /// Whether a value is allowed; otherwise what is.
    pub check: Callback<Value, Result<(), String>>,
    pub change: Callback<Value>,
    /// The field was left or the slider let go.
    pub done: Callback<()>,
    pub locked: bool,
    pub slider: Option<(f64, f64, f64)>,
    /// The id of the text that describes the field.
    pub described: AttrValue,
    /// It may be absent; then this is what it is when it comes back.
    #[prop_or_default]
    pub otherwise: Option<f64>,
}

/// What was typed, as a number: thousands may stand apart, the unit may follow.
pub fn parse(text: &str, unit: &str) -> Option<f64> {
    let text = text.trim();
    let text = text.strip_suffix(unit).unwrap_or(text);
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let looks_like_one =
        !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    plain.replace('−', "-").parse().ok().filter(|n: &f64| looks_like_one && n.is_finite())
}

#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let in_force = props.value.number();
    let absent = props.value.is_null();
    let verdict = draft.as_deref().map(|text| match parse(text, &props.unit) {
        Some(number) => props.check.emit(Value::Number(number)).map(|()| number),
        None => Err(props
            .check
            .emit(Value::Text(text.to_owned()))
            .err()
            .unwrap_or_else(|| "That is not a number.".to_owned())),
    });
    let text = match (&*draft, &verdict) {
        (Some(draft), Some(Err(_))) => draft.clone(),
        // The same number, as it was typed; another one was set since by a slider, an undo or the scenario.
        (Some(draft), Some(Ok(number))) if Some(*number) == in_force => draft.clone(),
        _ if absent => "–".to_owned(),
        _ => in_force.map(grouped).unwrap_or_default(),
    };
    let wrong = verdict.and_then(Result::err);

    let oninput = {
        let (draft, check, change, unit) =
            (draft.clone(), props.check.clone(), props.change.clone(), props.unit.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(number) = parse(&text, &unit)
                && check.emit(Value::Number(number)).is_ok()
            {
                change.emit(Value::Number(number));
            }
            draft.set(Some(text));
        })
    };
    let leave = {
        let (draft, done) = (draft.clone(), props.done.clone());
        Callback::from(move |_: FocusEvent| {
            draft.set(None);
            done.emit(());
        })
    };
    let wrong_id = format!("{}-wrong", props.id);
    let described =
        if wrong.is_some() { format!("{} {wrong_id}", props.described) } else { props.described.to_string() };
    html! {
        <>
            <span class="entry">
                <input type="text" inputmode="decimal" autocomplete="off" id={props.id.clone()} value={text} disabled={props.locked || absent}
                    aria-invalid={wrong.is_some().then_some("true")} aria-describedby={described} {oninput} onblur={leave}/>
                if !props.unit.is_empty() { <span class="unit">{ &props.unit }</span> }
            </span>
            if let Some(otherwise) = props.otherwise { { limit(props, otherwise) } }
            if let (Some(slider), false, false) = (props.slider, absent, props.locked) { { range(props, slider) } }
            if let Some(wrong) = wrong {
                <p class="wrong" id={wrong_id} role="alert">{ wrong }{ in_force.map(|n| format!(" In force: {}.", grouped(n))).unwrap_or_default() }</p>
            }
        </>
    }
}

/// The tick for "no limit".
fn limit(props: &NumberFieldProps, otherwise: f64) -> Html {
    let absent = props.value.is_null();
    let change = props.change.clone();
    let onchange = Callback::from(move |_: Event| {
        change.emit(if absent { Value::Number(otherwise) } else { Value::Null });
    });
    html! {
        <label class="check absence"><input type="checkbox" checked={absent} disabled={props.locked} {onchange}
            aria-label={format!("{}: no limit", props.label)}/>{ "no limit" }</label>
    }
}

fn range(props: &NumberFieldProps, (min, max, step): (f64, f64, f64)) -> Html {
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
        <input type="range" aria-label={format!("{}, slider", props.label)} min={min.to_string()} max={max.to_string()} {step}
            value={now.to_string()} {oninput} onpointerdown={down} onpointerup={up} {onblur}/>
    }
}
