//! Sections that are folded away until somebody looks for them; which are open is remembered during the visit.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlElement;

/// The sections that are open, by their names.
#[derive(Clone, PartialEq)]
pub struct Open(UseStateHandle<Rc<BTreeSet<String>>>);

/// None is open at first.
#[hook]
pub fn use_open() -> Open {
    Open(use_state_eq(Rc::<BTreeSet<String>>::default))
}

impl Open {
    /// Whether what has this name is open, and what remembers it.
    pub fn of(&self, name: &str) -> (bool, Callback<Event>) {
        let now = self.0.contains(name);
        let (open, name) = (self.0.clone(), name.to_owned());
        let ontoggle = Callback::from(move |event: Event| {
            // The element has the last word: a keyboard, a finger or the way to a field has opened it.
            let shown = event.target_dyn_into::<HtmlElement>().is_some_and(|e| e.has_attribute("open"));
            let mut all = (**open).clone();
            let changed = if shown { all.insert(name.clone()) } else { all.remove(&name) };
            if changed {
                open.set(Rc::new(all));
            }
        });
        (now, ontoggle)
    }
}

pub struct Section<'a> {
    /// Tells it from sections of other components.
    pub of: &'a str,
    pub title: &'a str,
    /// How many things are in it, where that is worth saying.
    pub count: Option<usize>,
    /// Something in it is not as it was.
    pub changed: bool,
    pub body: Html,
}

impl Section<'_> {
    pub fn view(self, open: &Open) -> Html {
        let name = format!("{}.{}", self.of, self.title);
        let (now, ontoggle) = open.of(&name);
        html! {
            <details class="fold" key={name} open={now} {ontoggle}>
                <summary class={classes!("sec", self.changed.then_some("marked"))}>
                    <h3>{ self.title.to_owned() }</h3>
                    if self.changed { <span class="sr-only">{ say!("inspector.changed") }</span> }
                    if let Some(count) = self.count { <span class="count">{ count }</span> }
                </summary>
                <div class="folded">{ self.body }</div>
            </details>
        }
    }
}
