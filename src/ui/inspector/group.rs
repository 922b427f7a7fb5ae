//! Parameters with parts: one of several variants with its own rows, and something that can be absent as a whole.

use crate::say;
use crate::ui::prelude::*;

use super::form::{Field, Form, pick};
use super::picture;
use super::row::{Row, Width, about, label, label_id, lock};
use super::values::in_words;
use crate::kata::builtin::kata;
use crate::kinds::{Param, Value, Variant};

/// So many variants are buttons beside each other; more are a list.
const BUTTONS: usize = 3;

impl Form<'_> {
    /// The variants, and below them the rows of the one that is chosen.
    pub(super) fn tagged(&self, field: &Field, tag: &'static str, variants: &'static [Variant]) -> Html {
        let tag_of = |value: &Value| value.get(tag).and_then(Value::text).unwrap_or_default().to_owned();
        let now = tag_of(field.value);
        let variant = variants.iter().find(|v| v.key == now);
        let chosen = {
            let (set, old, check) = (self.choose(field.path), field.value.clone(), self.check(field.path));
            let (kind, param) = (self.props.node.kind, field.param);
            Callback::from(move |key: String| {
                if let Some(variant) = variants.iter().find(|v| v.key == key) {
                    let fits = |value: &Value| check.emit(value.clone()).is_ok();
                    set.emit(kata().parts.variant(kind, param, (tag, variant), &old, fits));
                }
            })
        };
        // Another variant than the default's has defaults of its own.
        let usual = now == tag_of(field.default);
        let start = variant.filter(|_| !usual).map(|variant| {
            let catalogue = variant.default_value(tag);
            kata().parts.variant(self.props.node.kind, field.param, (tag, variant), &catalogue, |_| false)
        });
        let start = start.as_ref().unwrap_or(field.default);
        let default = |param: &'static Param| start.get(param.key).cloned().unwrap_or_else(|| param.default_value());
        let inner = |param: &'static Param| self.inner(param, field, &default(param));
        html! {
            <div class="param-group" role="group" aria-label={field.param.label()}>
                if variants.len() <= BUTTONS {
                    { self.buttons(field, variants, &now, usual, chosen) }
                } else {
                    { self.list(field, variants, &now, usual, chosen) }
                }
                { picture::of(field.value) }
                { for variant.into_iter().flat_map(|v| v.fields).map(inner) }
            </div>
        }
    }

    /// A part of a parameter.
    fn inner(&self, param: &'static Param, of: &Field, default: &Value) -> Html {
        let value = of.value.get(param.key).cloned().unwrap_or_else(|| default.clone());
        let path = format!("{}.{}", of.path, param.key);
        self.editor(&Field { param, value: &value, path: &path, default })
    }

    fn buttons(
        &self,
        field: &Field,
        variants: &'static [Variant],
        now: &str,
        usual: bool,
        chosen: Callback<String>,
    ) -> Html {
        let id = self.id(field.path);
        let button = |(at, v): (usize, &'static Variant)| {
            let onclick = chosen.reform(move |_: MouseEvent| v.key.to_owned());
            // The first one is where the focus comes to.
            let id = (at == 0).then(|| id.clone());
            html! { <button type="button" {id} aria-pressed={(v.key == now).to_string()} disabled={self.locked} {onclick}>{ v.label() }</button> }
        };
        let reset = self.reset(field).filter(|_| !usual);
        html! {
            <div class={classes!("choice", reset.is_some().then_some("changed"))}>
                if let Some(reset) = reset { { reset.view(field.param.label()) } }
                <div class="seg" role="group" aria-label={field.param.label()}>{ for variants.iter().enumerate().map(button) }</div>
                if self.props.given.is_some() { { lock() } }
            </div>
        }
    }

    fn list(
        &self,
        field: &Field,
        variants: &'static [Variant],
        now: &str,
        usual: bool,
        chosen: Callback<String>,
    ) -> Html {
        let id = self.id(field.path);
        let choices = variants.iter().map(|v| (v.key, v.label(), v.key == now));
        Row {
            id: &id,
            label: if self.props.named { say!("inspector.distribution") } else { field.param.label() },
            about: field.param.help().to_owned(),
            unit: "",
            given: self.props.given.is_some(),
            reset: self.reset(field).filter(|_| !usual),
            width: Width::Wide,
            field: pick(&id, self.locked, choices, chosen),
        }
        .view()
    }

    /// Something that can be absent as a whole: a switch and, when it is there, its values, which unfold into its rows.
    pub(super) fn fields(&self, field: &Field, fields: &'static [Param]) -> Html {
        let (there, id) = (!field.value.is_null(), self.id(field.path));
        let set = self.choose(field.path);
        let on = kata().parts.switched_on(self.props.node.kind, field.param).unwrap_or(Value::Null);
        let start = if field.default.is_null() { on.clone() } else { field.default.clone() };
        let onchange = Callback::from(move |_: Event| set.emit(if there { Value::Null } else { on.clone() }));
        let inner = |param: &'static Param| match start.get(param.key) {
            Some(default) => self.inner(param, field, default),
            None => self.inner(param, field, &param.default_value()),
        };
        let changed = !self.locked && there == field.default.is_null();
        let value = |part: &'static Param| Some(in_words(part, field.value.get(part.key)?));
        let values = fields.iter().filter_map(value).collect::<Vec<_>>().join(" · ");
        let (now, ontoggle) = self.props.open.of(field.param.key);
        html! {
            <div class="switched" role="group" aria-label={field.param.label()}>
                <div class={classes!("sec", changed.then_some("marked"))}>
                    <h3>{ label(&id, field.param.label()) }</h3>
                    if self.props.given.is_some() { { lock() } }
                    <input type="checkbox" class="on-off" id={id.clone()} checked={there} disabled={self.locked} {onchange} aria-labelledby={label_id(&id)}/>
                    { about(&id, field.param.help()) }
                </div>
                if there {
                    <details class="inner" open={now} {ontoggle}>
                        <summary title={field.param.label()}>{ values }<span class="sr-only">{ format!(": {}", field.param.label()) }</span></summary>
                        { for fields.iter().map(inner) }
                    </details>
                }
            </div>
        }
    }
}
