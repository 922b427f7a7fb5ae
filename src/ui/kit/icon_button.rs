//! A button that is only an icon: its name is read out, and shown on hover.

use crate::say;
use crate::ui::prelude::*;

use crate::ui::icons::{Icon, icon};

/// [`IconButton::view`] draws it.
pub struct IconButton {
    pub icon: Icon,
    /// What is read out.
    pub name: AttrValue,
    /// What is shown on hover.
    pub title: AttrValue,
    /// Beside `btn plain icon`.
    pub class: &'static str,
    pub disabled: bool,
    pub onclick: Callback<MouseEvent>,
}

impl IconButton {
    /// Its name is also what is shown on hover.
    pub fn new(icon: Icon, name: impl Into<AttrValue>, onclick: Callback<MouseEvent>) -> IconButton {
        let name = name.into();
        IconButton { icon, title: name.clone(), name, class: "", disabled: false, onclick }
    }

    /// Closes something; `name` says what.
    pub fn close(name: impl Into<AttrValue>, onclick: Callback<MouseEvent>) -> IconButton {
        IconButton { title: say!("kit.close").into(), ..IconButton::new(Icon::Close, name, onclick) }
    }

    pub fn title(self, title: impl Into<AttrValue>) -> IconButton {
        IconButton { title: title.into(), ..self }
    }

    pub fn class(self, class: &'static str) -> IconButton {
        IconButton { class, ..self }
    }

    pub fn disabled(self, disabled: bool) -> IconButton {
        IconButton { disabled, ..self }
    }

    pub fn view(self) -> Html {
        let class = classes!("btn", "plain", "icon", self.class);
        // What is shown on hover describes the button, but not with its own name.
        let description = (self.name == self.title).then_some("");
        html! {
            <button type="button" {class} disabled={self.disabled} onclick={self.onclick} aria-label={self.name} title={self.title} aria-description={description}>{ icon(self.icon) }</button>
        }
    }
}
