//! A row of the inspector: its label, which explains itself, the way back to the default, and whatever edits the value.
//!
//! What a row is about is said by its label: on hover, with the focus and by a tap ([`crate::ui::words::popover`] shows it), and as the
//! description of its field. A changed row has a dot in the margin, which becomes the way back.

use crate::say;
use crate::ui::prelude::*;

use crate::kinds::check::grouped;
use crate::ui::icons::{Icon, icon};

/// The longest unit that stands within a field, in characters; a longer one stands under the label.
const SHORT_UNIT: usize = 3;
/// More characters than these don't fit into a field of the usual width, and into a long one.
const LONG: usize = 8;
const HUGE: usize = 10;

/// How wide its field is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Width {
    Usual,
    /// For a long number.
    Long,
    /// For one so long that it takes the slider's place, which does not reach so far.
    Huge,
    /// With the slider's place.
    Wide,
}

impl Width {
    /// For a value, and for the highest that its slider offers: while a thumb is dragged its track stays as long as it is.
    pub fn of(value: Option<f64>, most: Option<f64>, unit: &str) -> Width {
        let letters = |number: f64| grouped(number).chars().count() + within(unit).chars().count();
        let most = value.into_iter().chain(most).map(letters).max().unwrap_or(0);
        match () {
            () if most > HUGE => Width::Huge,
            () if most > LONG => Width::Long,
            () => Width::Usual,
        }
    }

    fn class(self) -> Option<&'static str> {
        match self {
            Width::Usual => None,
            Width::Long => Some("long"),
            Width::Huge => Some("huge"),
            Width::Wide => Some("wide"),
        }
    }
}

pub struct Row<'a> {
    /// Unique on the page; the field inside has it as its id.
    pub id: &'a str,
    pub label: &'a str,
    /// What it does, what is allowed, and its default.
    pub about: String,
    pub unit: &'a str,
    /// The scenario gives it.
    pub given: bool,
    pub reset: Option<Reset>,
    pub width: Width,
    pub field: Html,
}

/// The way back to a default.
pub struct Reset {
    /// As the interface writes it: `10 000 ms`.
    pub to: String,
    pub onclick: Callback<MouseEvent>,
}

impl Row<'_> {
    pub fn view(self) -> Html {
        let class = classes!("param", self.width.class(), self.reset.is_some().then_some("changed"));
        let under = (within(self.unit).is_empty() && !self.unit.is_empty()).then_some(self.unit);
        html! {
            <div {class} key={self.id.to_owned()}>
                <span class="name">
                    { label(self.id, self.label) }
                    if let Some(unit) = under { <small>{ unit.to_owned() }</small> }
                </span>
                if let Some(reset) = self.reset { { reset.view(self.label) } }
                if self.given { { lock() } }
                { self.field }
                { about(self.id, &self.about) }
            </div>
        }
    }
}

/// The part of a unit that stands within the field.
pub fn within(unit: &str) -> &str {
    if unit.chars().count() <= SHORT_UNIT { unit } else { "" }
}

/// The id of a field's label.
pub fn label_id(id: &str) -> String {
    format!("{id}-label")
}

/// The id of the words about a field.
pub fn about_id(id: &str) -> String {
    format!("{id}-about")
}

/// A label that explains itself: a stop of its own, so that it is no `<label>`; its field is named by it.
pub fn label(id: &str, words: &str) -> Html {
    html! {
        <span class="label term" id={label_id(id)} role="button" tabindex="0" data-about={about_id(id)} aria-describedby={about_id(id)}>{ words.to_owned() }</span>
    }
}

/// The words about a field: to be heard, and shown by its label.
pub fn about(id: &str, words: &str) -> Html {
    html! { <span hidden=true id={about_id(id)}>{ words.to_owned() }</span> }
}

impl Reset {
    pub fn view(self, label: &str) -> Html {
        let title = say!("inspector.back", value = self.to);
        html! {
            <button type="button" class="reset" aria-label={say!("inspector.named_back", name = label, value = self.to)} {title} onclick={self.onclick}>{ icon(Icon::Undo) }</button>
        }
    }
}

/// Says that a value is the scenario's.
pub fn lock() -> Html {
    html! {
        <span class="lock" role="img" aria-label={say!("stage.given")} title={say!("stage.given")} aria-description=""><svg viewBox="0 0 12 14" aria-hidden="true"><path d="M3.2 6.2V4.4a2.8 2.8 0 0 1 5.6 0v1.8M2 6.2h8v6.3H2z"/></svg></span>
    }
}
