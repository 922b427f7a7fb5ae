//! Forms: from the shape of a parameter to the rows that edit it, one level inside another.

use crate::lang::Text;
use crate::say;
use crate::ui::prelude::*;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::number::{Named, NumberInput};
use super::row::{Reset, Row, Width, about_id, label_id, within};
use super::section::Open;
use super::values::in_words;
use crate::design::{Edit, Node};
use crate::kata::builtin::kata;
use crate::kinds::{Param, Shape, Value};
use crate::session::Action;
use crate::session::text::edit_captions;
use crate::session::text::schedule::Run;
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::{ByPtr, Fixed, Widget, widget};

/// The id of a parameter's field.
fn id(node: &str, path: &str) -> String {
    format!("param-{node}-{path}")
}

#[derive(PartialEq)]
pub struct ParamForm {
    /// An unchanged design is not drawn again.
    pub node: ByPtr<Node>,
    pub param: Fixed<Param>,
    /// The scenario's value, which overrides the node's own.
    pub given: Option<Value>,
    /// When the scenario's run starts, and how long it is.
    pub run: Run,
    pub readonly: bool,
    /// Its name stands over it already.
    pub named: bool,
    /// What is folded away within it.
    pub open: Open,
    pub dispatch: Callback<Action>,
}

widget!(ParamForm => param_form);

/// A whole parameter of a component.
fn param_form(props: &ParamForm) -> Html {
    let (param, node) = (props.param.0, &props.node);
    let value = props.given.clone().unwrap_or_else(|| node.param(param.key));
    let form = Form { props, locked: props.given.is_some() || props.readonly };
    let default = kata().parts.usual(node.kind, param);
    form.editor(&Field { param, value: &value, path: param.key, default: &default })
}

/// A parameter or a part of one, where it stands in its component.
pub(super) struct Field<'a> {
    pub param: &'static Param,
    pub value: &'a Value,
    /// Such as `scaling.max`.
    pub path: &'a str,
    /// What it is when nobody has changed it.
    pub default: &'a Value,
}

/// What all fields of one parameter share.
pub(super) struct Form<'a> {
    pub props: &'a ParamForm,
    pub locked: bool,
}

impl Form<'_> {
    pub(super) fn id(&self, path: &str) -> String {
        id(&self.props.node.id, path)
    }

    /// Sends out a new value for `path`.
    pub(super) fn set(&self, path: &str) -> Callback<Value> {
        let (dispatch, node, path) = (self.props.dispatch.clone(), self.props.node.id.clone(), path.to_owned());
        Callback::from(move |value: Value| {
            let burst = Some(format!("{node}.{path}"));
            dispatch
                .emit(Action::Edit { edit: Edit::SetParam { node: node.clone(), path: path.clone(), value }, burst });
        })
    }

    /// The same for a choice: a step of its own.
    pub(super) fn choose(&self, path: &str) -> Callback<Value> {
        let (set, done) = (self.set(path), self.done());
        Callback::from(move |value: Value| {
            done.emit(());
            set.emit(value);
            done.emit(());
        })
    }

    pub(super) fn done(&self) -> Callback<()> {
        let dispatch = self.props.dispatch.clone();
        Callback::from(move |()| dispatch.emit(Action::EndBurst))
    }

    /// Whether the component would take a value at `path`.
    pub(super) fn check(&self, path: &str) -> Callback<Value, Result<(), String>> {
        let (node, path) = (self.props.node.rc().clone(), path.to_owned());
        Callback::from(move |value: Value| edit_captions::allowed(&node, &path, value))
    }

    /// The way back to the default; `None` when it is the default, is given, or is none of the learner's.
    pub(super) fn reset(&self, field: &Field) -> Option<Reset> {
        let changed = !self.locked && field.value != field.default;
        let to = in_words(field.param, field.default);
        if field.path.contains('.') {
            let (set, default) = (self.choose(field.path), field.default.clone());
            return changed.then(|| Reset { to, onclick: set.reform(move |_: MouseEvent| default.clone()) });
        }
        let (dispatch, node, path) = (self.props.dispatch.clone(), self.props.node.id.clone(), field.path.to_owned());
        let placed = kata().parts.placed(self.props.node.kind, field.param.key).cloned();
        let onclick = Callback::from(move |_: MouseEvent| {
            let (node, path) = (node.clone(), path.clone());
            let edit = match &placed {
                Some(value) => Edit::SetParam { node, path, value: value.clone() },
                None => Edit::ResetParam { node, path },
            };
            dispatch.emit(Action::Edit { edit, burst: None });
        });
        changed.then_some(Reset { to, onclick })
    }

    pub(super) fn editor(&self, field: &Field) -> Html {
        match &field.param.shape {
            Shape::Whole { .. } | Shape::Real { .. } | Shape::Positive { .. } => self.number(field),
            Shape::Flag => self.flag(field),
            Shape::Choice(choices) => self.choice(field, choices),
            Shape::Tagged { tag, variants } => self.tagged(field, tag, variants),
            Shape::Fields { fields } => self.fields(field, fields),
            Shape::Steps { fields } => self.steps(field, fields),
        }
    }

    /// What is said of a field: what it does, what is allowed, its default, and that it is given.
    pub(super) fn about(&self, field: &Field) -> String {
        let param = field.param;
        let allowed = edit_captions::in_the_page(&param.shape.allowed());
        let (help, default) = (param.help(), in_words(param, field.default));
        match self.props.given {
            Some(_) => say!("inspector.about_given", help, allowed, default),
            None => say!("inspector.about", help, allowed, default),
        }
    }

    fn row(&self, field: &Field, width: Width, edits: Html) -> Html {
        let id = self.id(field.path);
        Row {
            id: &id,
            label: field.param.label(),
            about: self.about(field),
            unit: field.param.unit(),
            given: self.props.given.is_some(),
            reset: self.reset(field),
            width,
            field: edits,
        }
        .view()
    }

    fn number(&self, field: &Field) -> Html {
        let (param, id) = (field.param, self.id(field.path));
        let edits = NumberInput {
            named: Named::By(label_id(&id).into()),
            described: about_id(&id).into(),
            id: id.into(),
            label: param.label().into(),
            unit: param.unit().into(),
            shown_unit: within(param.unit()).into(),
            value: field.value.clone(),
            check: self.check(field.path),
            change: self.set(field.path),
            done: self.done(),
            locked: self.locked,
            slider: param.slider,
            otherwise: kata().parts.switched_on(self.props.node.kind, param).and_then(|on| on.number()),
        };
        let most = param.slider.map(|(_, most, _)| most);
        self.row(field, Width::of(field.value.number(), most, param.unit()), edits.view())
    }

    fn flag(&self, field: &Field) -> Html {
        let (set, id) = (self.choose(field.path), self.id(field.path));
        let onchange = Callback::from(move |event: Event| {
            set.emit(Value::Bool(event.target_unchecked_into::<HtmlInputElement>().checked()));
        });
        let edits = html! {
            <input type="checkbox" class="on-off" checked={field.value.bool() == Some(true)} disabled={self.locked}
                aria-labelledby={label_id(&id)} aria-describedby={about_id(&id)} {id} {onchange}/>
        };
        self.row(field, Width::Usual, edits)
    }

    fn choice(&self, field: &Field, choices: &'static [(&'static str, Text)]) -> Html {
        let id = self.id(field.path);
        let choices = choices.iter().map(|(key, label)| (*key, label.get(), field.value.text() == Some(*key)));
        let chosen = self.choose(field.path).reform(Value::Text);
        self.row(field, Width::Wide, pick(&id, self.locked, choices, chosen))
    }
}

/// A list to choose from; each entry with its key, its words, and whether it is chosen.
pub(super) fn pick(
    id: &str,
    locked: bool,
    choices: impl Iterator<Item = (&'static str, &'static str, bool)>,
    chosen: Callback<String>,
) -> Html {
    let onchange = chosen.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <span class="picker">
            <select class="pick" id={id.to_owned()} disabled={locked} aria-labelledby={label_id(id)} aria-describedby={about_id(id)} {onchange}>
                { for choices.map(|(key, label, now)| html! { <option value={key} selected={now}>{ label }</option> }) }
            </select>
            { icon(Icon::Down) }
        </span>
    }
}
