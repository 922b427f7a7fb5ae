//! Forms: from the shape of a parameter to the fields that edit it, one level inside another.

use crate::ui::prelude::*;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::field::{About, Frame, lock, reset_button, small_icon};
use super::number::NumberInput;
use super::picture;
use super::values::{in_words, one_more, otherwise, turned_into};
use crate::design::{Edit, Node};
use crate::format;
use crate::kinds::{Param, Shape, Value, Variant};
use crate::session::Action;
use crate::session::text::edit_captions;
use crate::ui::kit::{ByPtr, Fixed, Widget, widget};
use crate::ui::words::Words;

/// The id of a parameter's field.
fn id(node: &str, path: &str) -> String {
    format!("param-{node}-{path}")
}

/// The fields in which a parameter is set, the nearest first: `scaling.max` is only there once `scaling` is by demand. At last the inspector.
pub fn ids(node: &str, path: &str) -> Vec<String> {
    let ends = path.match_indices('.').map(|(end, _)| end).chain([path.len()]);
    let mut ids: Vec<String> = ends.map(|end| id(node, &path[..end])).collect();
    ids.reverse();
    ids.push("panel-inspector".to_owned());
    ids
}

#[derive(PartialEq)]
pub struct ParamForm {
    /// An unchanged design is not drawn again.
    pub node: ByPtr<Node>,
    pub param: Fixed<Param>,
    /// The scenario's value, which overrides the node's own.
    pub given: Option<Value>,
    pub starts_at_s: u32,
    pub readonly: bool,
    pub dispatch: Callback<Action>,
}

widget!(ParamForm => param_form);

/// A whole parameter of a component.
fn param_form(props: &ParamForm) -> Html {
    let (param, node) = (props.param.0, &props.node);
    let value = props.given.clone().unwrap_or_else(|| node.param(param.key));
    let locked = props.given.is_some() || props.readonly;
    let reset = (!locked && value != param.default_value()).then(|| {
        let (dispatch, node, path) = (props.dispatch.clone(), node.id.clone(), param.key.to_owned());
        Callback::from(move |_: MouseEvent| {
            let edit = Edit::ResetParam { node: node.clone(), path: path.clone() };
            dispatch.emit(Action::Edit { edit, burst: None });
        })
    });
    let form = Form { props, locked };
    form.editor(param, &value, param.key, reset)
}

/// What all fields of one parameter share.
struct Form<'a> {
    props: &'a ParamForm,
    locked: bool,
}

impl Form<'_> {
    fn id(&self, path: &str) -> String {
        id(&self.props.node.id, path)
    }

    /// Sends out a new value for `path`.
    fn set(&self, path: &str) -> Callback<Value> {
        let (dispatch, node, path) = (self.props.dispatch.clone(), self.props.node.id.clone(), path.to_owned());
        Callback::from(move |value: Value| {
            let burst = Some(format!("{node}.{path}"));
            dispatch
                .emit(Action::Edit { edit: Edit::SetParam { node: node.clone(), path: path.clone(), value }, burst });
        })
    }

    /// The same for a choice: a step of its own.
    fn choose(&self, path: &str) -> Callback<Value> {
        let (set, done) = (self.set(path), self.done());
        Callback::from(move |value: Value| {
            done.emit(());
            set.emit(value);
            done.emit(());
        })
    }

    fn done(&self) -> Callback<()> {
        let dispatch = self.props.dispatch.clone();
        Callback::from(move |()| dispatch.emit(Action::EndBurst))
    }

    /// Whether the component would take a value at `path`.
    fn check(&self, path: &str) -> Callback<Value, Result<(), String>> {
        let (node, path) = (self.props.node.rc().clone(), path.to_owned());
        Callback::from(move |value: Value| edit_captions::allowed(&node, &path, value))
    }

    fn editor(&self, param: &'static Param, value: &Value, path: &str, reset: Option<Callback<MouseEvent>>) -> Html {
        match &param.shape {
            Shape::Whole { .. } | Shape::Real { .. } | Shape::Positive { .. } => self.number(param, value, path, reset),
            Shape::Flag => self.flag(param, value, path, reset),
            Shape::Choice(choices) => self.choice(param, choices, value, path, reset),
            Shape::Tagged { tag, variants } => self.tagged(param, tag, variants, value, path, reset),
            Shape::Fields { fields } => self.fields(param, fields, value, path, reset),
            Shape::Steps { fields } => self.steps(param, fields, value, path),
        }
    }

    fn framed(&self, param: &'static Param, path: &str, reset: Option<Callback<MouseEvent>>, field: Html) -> Html {
        let frame = Frame {
            id: self.id(path).into(),
            label: param.label.into(),
            help: param.help.into(),
            locked: self.props.given.is_some(),
            reset,
            default: in_words(param, &param.default_value()).into(),
            allowed: edit_captions::in_the_page(&param.shape.allowed()).into(),
            children: field,
        };
        frame.keyed(path)
    }

    fn number(&self, param: &'static Param, value: &Value, path: &str, reset: Option<Callback<MouseEvent>>) -> Html {
        let id = self.id(path);
        let field = NumberInput {
            described: format!("{id}-about").into(),
            id: id.into(),
            label: param.label.into(),
            unit: param.unit.into(),
            value: value.clone(),
            check: self.check(path),
            change: self.set(path),
            done: self.done(),
            locked: self.locked,
            slider: param.slider,
            otherwise: otherwise(param),
        };
        self.framed(param, path, reset, field.view())
    }

    fn flag(&self, param: &'static Param, value: &Value, path: &str, reset: Option<Callback<MouseEvent>>) -> Html {
        let set = self.choose(path);
        let onchange = Callback::from(move |event: Event| {
            set.emit(Value::Bool(event.target_unchecked_into::<HtmlInputElement>().checked()));
        });
        let field = html! {
            <span class="entry"><input type="checkbox" id={self.id(path)} checked={value.bool() == Some(true)} disabled={self.locked}
                aria-describedby={format!("{}-about", self.id(path))} {onchange}/></span>
        };
        self.framed(param, path, reset, field)
    }

    fn choice(
        &self,
        param: &'static Param,
        choices: &'static [(&'static str, &'static str)],
        value: &Value,
        path: &str,
        reset: Option<Callback<MouseEvent>>,
    ) -> Html {
        let set = self.choose(path);
        let onchange = Callback::from(move |event: Event| {
            set.emit(Value::Text(event.target_unchecked_into::<HtmlSelectElement>().value()));
        });
        let field = html! {
            <span class="entry">
                <select id={self.id(path)} disabled={self.locked} {onchange} aria-describedby={format!("{}-about", self.id(path))}>
                    { for choices.iter().map(|(key, label)| html! {
                        <option value={*key} selected={value.text() == Some(*key)}>{ *label }</option>
                    }) }
                </select>
            </span>
        };
        self.framed(param, path, reset, field)
    }

    /// The variants as buttons, or as a list when there are many; below, the fields of the one that is chosen.
    fn tagged(
        &self,
        param: &'static Param,
        tag: &'static str,
        variants: &'static [Variant],
        value: &Value,
        path: &str,
        reset: Option<Callback<MouseEvent>>,
    ) -> Html {
        let now = value.get(tag).and_then(Value::text).unwrap_or_default().to_owned();
        let variant = variants.iter().find(|v| v.key == now);
        let chosen = {
            let (set, old, check) = (self.choose(path), value.clone(), self.check(path));
            Callback::from(move |key: String| {
                if let Some(variant) = variants.iter().find(|v| v.key == key) {
                    set.emit(turned_into(variant, tag, &old, &check));
                }
            })
        };
        let picker = if variants.len() <= 3 {
            self.buttons(param, variants, &now, chosen)
        } else {
            self.list(param, variants, &now, path, chosen)
        };
        html! {
            <div class="param-group" role="group" aria-label={param.label}>
                <div class="name">
                    <span class="label">{ Words::of_labels().inside(param.label) }</span>
                    if self.props.given.is_some() { <span class="icon-btn lock" title="Given by the scenario">{ lock() }</span> }
                    if let Some(reset) = &reset { { reset_button(param.label, &in_words(param, &param.default_value()), reset) } }
                    { self.about(param, path) }
                </div>
                { picker }
                { picture::of(value) }
                { for variant.into_iter().flat_map(|v| v.fields).map(|field| self.inner(field, value, path)) }
            </div>
        }
    }

    fn about(&self, param: &'static Param, path: &str) -> Html {
        let id = format!("{}-about", self.id(path)).into();
        About { id, label: param.label.into(), help: param.help.into() }.view()
    }

    fn inner(&self, field: &'static Param, value: &Value, path: &str) -> Html {
        let inner = value.get(field.key).cloned().unwrap_or_else(|| field.default_value());
        self.editor(field, &inner, &format!("{path}.{}", field.key), None)
    }

    fn buttons(
        &self,
        param: &'static Param,
        variants: &'static [Variant],
        now: &str,
        chosen: Callback<String>,
    ) -> Html {
        let button = |v: &'static Variant| {
            let chosen = chosen.clone();
            let onclick = Callback::from(move |_: MouseEvent| chosen.emit(v.key.to_owned()));
            html! { <button type="button" aria-pressed={(v.key == now).to_string()} disabled={self.locked} {onclick}>{ Words::of_labels().inside(v.label) }</button> }
        };
        html! { <div class="seg" role="group" aria-label={param.label}>{ for variants.iter().map(button) }</div> }
    }

    fn list(
        &self,
        param: &'static Param,
        variants: &'static [Variant],
        now: &str,
        path: &str,
        chosen: Callback<String>,
    ) -> Html {
        let onchange =
            Callback::from(move |event: Event| chosen.emit(event.target_unchecked_into::<HtmlSelectElement>().value()));
        html! {
            <div class="param">
                <span class="name"><label for={self.id(path)}>{ "Shape" }</label></span>
                <span class="entry">
                    <select id={self.id(path)} aria-label={format!("{}, distribution", param.label)} disabled={self.locked} {onchange}>
                        { for variants.iter().map(|v| html! { <option value={v.key} selected={v.key == now}>{ v.label }</option> }) }
                    </select>
                </span>
            </div>
        }
    }

    /// Something that can be absent as a whole: a tick, and its fields when it is there.
    fn fields(
        &self,
        param: &'static Param,
        fields: &'static [Param],
        value: &Value,
        path: &str,
        reset: Option<Callback<MouseEvent>>,
    ) -> Html {
        let there = !value.is_null();
        let set = self.choose(path);
        let onchange = Callback::from(move |_: Event| {
            let all = fields.iter().map(|f| (f.key.to_owned(), f.default_value()));
            set.emit(if there { Value::Null } else { Value::Map(all.collect()) });
        });
        html! {
            <div class="param-group" role="group" aria-label={param.label}>
                <div class="name">
                    <span class="label">{ Words::of_labels().inside(param.label) }</span>
                    if let Some(reset) = reset.filter(|_| !param.default_value().is_null()) {
                        { reset_button(param.label, &in_words(param, &param.default_value()), &reset) }
                    }
                    <label class="check"><input type="checkbox" id={self.id(path)} checked={there} disabled={self.locked} {onchange}
                        aria-label={param.label}/>{ if there { "on" } else { "off" } }</label>
                    { self.about(param, path) }
                </div>
                if there { { for fields.iter().map(|field| self.inner(field, value, path)) } }
            </div>
        }
    }

    /// The steps of a schedule: a row each, with the time of day beside the seconds.
    fn steps(&self, param: &'static Param, fields: &'static [Param], value: &Value, path: &str) -> Html {
        let rows: Vec<Value> = value.list().unwrap_or_default().to_vec();
        let row = |index: usize, step: &Value| {
            let rows_without = {
                let mut r = rows.clone();
                r.remove(index);
                r
            };
            let (set, at) = (self.choose(path), step.get("at_s").and_then(Value::number).unwrap_or(0.0));
            let clock = format::time_of_day(f64::from(self.props.starts_at_s) + at);
            let remove = Callback::from(move |_: MouseEvent| set.emit(Value::List(rows_without.clone())));
            html! {
                <tr>
                    { for fields.iter().map(|field| self.cell(field, &rows, index, path)) }
                    <td class="hint">{ &clock }</td>
                    <td><button type="button" class="icon-btn" disabled={self.locked} aria-label={format!("Remove the step at {clock}")}
                        title="Remove" onclick={remove}>{ small_icon("M3.5 3.5l7 7M10.5 3.5l-7 7") }</button></td>
                </tr>
            }
        };
        let (set, more) = (self.choose(path), one_more(&rows, fields));
        let add = Callback::from(move |_: MouseEvent| set.emit(Value::List(more.clone())));
        html! {
            <div role="group" aria-label={param.label}>
                if !rows.is_empty() {
                    <table class="steps">
                        <thead><tr>
                            { for fields.iter().map(|f| html! { <th scope="col">{ if f.unit.is_empty() { f.label.to_owned() } else { format!("{} ({})", f.label, f.unit) } }</th> }) }
                            <th scope="col">{ "Clock" }</th><th><span class="sr-only">{ "Remove" }</span></th>
                        </tr></thead>
                        <tbody>{ for rows.iter().enumerate().map(|(i, step)| row(i, step)) }</tbody>
                    </table>
                }
                <button type="button" class="btn wide" disabled={self.locked} onclick={add}>{ "Add a step" }</button>
            </div>
        }
    }

    fn cell(&self, field: &'static Param, rows: &[Value], index: usize, path: &str) -> Html {
        let with = {
            let (rows, key) = (rows.to_vec(), field.key);
            move |value: Value| {
                let mut rows = rows.clone();
                rows[index].set(key, value);
                Value::List(rows)
            }
        };
        let (set, check, with_too) = (self.set(path), self.check(path), with.clone());
        let id = format!("{}-{index}-{}", self.id(path), field.key);
        let number = NumberInput {
            described: format!("{id}-about").into(),
            id: id.clone().into(),
            label: field.label.into(),
            unit: "".into(),
            value: rows[index].get(field.key).cloned().unwrap_or(Value::Null),
            check: Callback::from(move |value| check.emit(with_too(value))),
            change: Callback::from(move |value| set.emit(with(value))),
            done: self.done(),
            locked: self.locked,
            slider: None,
            otherwise: None,
        };
        html! {
            <td class="cell">{ number.view() }
                <span class="sr-only" id={format!("{id}-about")}>{ format!("{}, step {}. {}", field.label, index + 1, field.help) }</span></td>
        }
    }
}
