//! The steps of a schedule: a row each, with a time of day and the workers from then on.

use crate::say;
use crate::ui::prelude::*;

use super::form::{Field, Form};
use super::number::{Named, NumberInput};
use super::row::about_id;
use super::values::in_a_sentence;
use crate::kinds::{Param, Value};
use crate::session::text::schedule::at_s;
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::Widget;
use crate::ui::kit::number_field::NumberField;

impl Form<'_> {
    pub(super) fn steps(&self, field: &Field, fields: &'static [Param]) -> Html {
        let (steps, run) = (field.value.list().unwrap_or_default(), self.props.run);
        let all = self.props.given.clone().unwrap_or_else(|| self.props.node.param(self.props.param.key));
        let start = all.get("workers").and_then(Value::number).unwrap_or(0.0);
        let set = self.choose(field.path);
        let add =
            run.one_more(steps, fields, start).map(|more| set.reform(move |_: MouseEvent| Value::List(more.clone())));
        html! {
            <div class="steps" role="group" aria-label={field.param.label()}>
                <div class="step heads">
                    <button type="button" class="btn plain add" disabled={self.locked || add.is_none()} onclick={add}>
                        { icon(Icon::Add) }<span>{ say!("steps.add") }<span class={(!steps.is_empty()).then_some("sr-only")}>{ say!("steps.add_rest") }</span></span>
                    </button>
                    if !steps.is_empty() { <><span aria-hidden="true">{ say!("steps.time") }</span><span aria-hidden="true">{ say!("steps.workers") }</span></> }
                </div>
                { for (0..steps.len()).map(|index| self.step(field, fields, steps, index)) }
            </div>
        }
    }

    fn step(&self, field: &Field, fields: &'static [Param], steps: &[Value], index: usize) -> Html {
        let clock = self.props.run.write(at_s(&steps[index]));
        let without: Vec<Value> =
            steps.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, s)| s.clone()).collect();
        let remove = self.choose(field.path).reform(move |_: MouseEvent| Value::List(without.clone()));
        html! {
            <div class="step">
                <span class="name">{ if index == 0 { say!("steps.from") } else { say!("steps.then_from") } }</span>
                { self.time(field, steps, index) }
                { for fields.iter().filter(|f| f.key != "at_s").map(|f| self.cell(field, f, steps, index)) }
                <button type="button" class="icon-btn" disabled={self.locked} aria-label={say!("steps.remove", clock)} title={say!("stage.remove")} onclick={remove}>
                    { icon(Icon::Close) }
                </button>
            </div>
        }
    }

    /// When the step begins, as a time of day.
    fn time(&self, field: &Field, steps: &[Value], index: usize) -> Html {
        let (run, id) = (self.props.run, format!("{}-{index}-at_s", self.id(field.path)));
        let read = {
            let steps = steps.to_vec();
            Callback::from(move |text: String| run.read(&text, &steps, index).map(|at| run.write(at)))
        };
        let commit = {
            let (set, steps) = (self.choose(field.path), steps.to_vec());
            Callback::from(move |text: String| {
                if let Ok(at) = run.read(&text, &steps, index) {
                    set.emit(with(&steps, index, "at_s", Value::Number(at)));
                }
            })
        };
        html! {
            <>
                <NumberField key={id.clone()} id={id.clone()} value={run.write(at_s(&steps[index]))} {read} {commit} disabled={self.locked}
                    inputmode="numeric" label={say!("steps.at", n = index + 1)}/>
            </>
        }
    }

    fn cell(&self, field: &Field, part: &'static Param, steps: &[Value], index: usize) -> Html {
        let (set, check, key) = (self.set(field.path), self.check(field.path), part.key);
        let id = format!("{}-{index}-{key}", self.id(field.path));
        let (tried, made) = (steps.to_vec(), steps.to_vec());
        let number = NumberInput {
            named: Named::Itself,
            described: about_id(&self.id(field.path)).into(),
            id: id.into(),
            label: say!("steps.part", n = index + 1, part = in_a_sentence(part.label())).into(),
            unit: "".into(),
            shown_unit: "".into(),
            value: steps[index].get(key).cloned().unwrap_or(Value::Null),
            check: Callback::from(move |value| check.emit(with(&tried, index, key, value))),
            change: Callback::from(move |value| set.emit(with(&made, index, key, value))),
            done: self.done(),
            locked: self.locked,
            slider: None,
            otherwise: None,
        };
        number.keyed(key)
    }
}

/// The steps with another value in one of them.
fn with(steps: &[Value], index: usize, key: &'static str, value: Value) -> Value {
    let mut steps = steps.to_vec();
    steps[index].set(key, value);
    Value::List(steps)
}
