//! Words that the glossary explains: marked where they first stand in a panel, their meaning shown on hover, focus and tap.
//!
//! A panel makes one [`Words`] a drawing and puts its texts through it in the order in which they are read, so a term is marked once a panel: in
//! running text it is a stop for Tab, and the brief has a dozen of them at most. Within a button or a label ([`Words::inside`]) it can only be
//! hovered: a control in a control is none, and the same words stand elsewhere on the page as a stop.
//!
//! What a term means hangs on it as its accessible description ([`Meanings`]). Who shows the one popover of the page is `popover`.

use std::cell::RefCell;

use crate::ui::prelude::*;

use crate::kata::builtin::glossary;
use crate::kata::terms::{Marker, TextRun};
use crate::ui::kit::widget;

mod popover;

pub use popover::Popover;

/// The terms that a panel has marked so far.
#[derive(Default)]
pub struct Words(RefCell<Marker>);

impl Words {
    pub fn new() -> Words {
        Words::default()
    }

    /// A running text.
    pub fn mark(&self, text: &str) -> Html {
        self.html(text, |shown, term| {
            html! {
                <span class="term" role="button" tabindex="0" data-term={term.to_string()} aria-describedby={meaning_id(term)}>{ shown.to_owned() }</span>
            }
        })
    }

    /// A text within a control, or one that names something: it takes no focus.
    pub fn inside(&self, text: &str) -> Html {
        self.html(
            text,
            |shown, term| html! { <span class="term" data-term={term.to_string()}>{ shown.to_owned() }</span> },
        )
    }

    fn html(&self, text: &str, of_term: impl Fn(&str, usize) -> Html) -> Html {
        let runs = self.0.borrow_mut().runs(text);
        runs.into_iter()
            .map(|piece| match piece {
                TextRun::Plain(plain) => html! { { plain.to_owned() } },
                TextRun::Term(shown, term) => of_term(shown, term),
            })
            .collect()
    }
}

fn meaning_id(term: usize) -> String {
    format!("meaning-{term}")
}

/// What each term means, for those who hear the page: the descriptions that marked words refer to.
#[derive(PartialEq)]
pub struct Meanings;

widget!(Meanings => meanings);

fn meanings(_: &Meanings) -> Html {
    html! {
        <div hidden=true>
            { for glossary().iter().enumerate().map(|(at, term)| html! { <p key={at} id={meaning_id(at)}>{ &term.text }</p> }) }
        </div>
    }
}
