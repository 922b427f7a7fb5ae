//! A modal dialog: its head with title and close button, and a body that is there only while it is open.
//!
//! Escape and the button ask for its closing; whatever owns it decides. The element itself stays in the page, so that the browser gives the
//! focus back to where it was before.

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlDialogElement;

use super::IconButton;
use super::widget::{Widget, widget};
use crate::ui::focus;

/// What it is called, and what is in it.
#[derive(Clone, PartialEq)]
pub struct Dialog {
    /// Tells its title from those of other dialogs: `help` has `help-title`.
    pub id: &'static str,
    pub class: &'static str,
    pub open: bool,
    pub title: AttrValue,
    /// What the button in the head is called.
    pub close: &'static str,
    /// The id of what describes it.
    pub described: Option<&'static str>,
    /// The element itself, for an owner that looks for something in it.
    pub node: Option<NodeRef>,
    /// What is in it; not drawn while it is closed.
    pub body: Html,
    pub on_close: Callback<()>,
}

impl Dialog {
    /// A dialog that nothing describes; the rest by `..`.
    pub fn new(id: &'static str, title: impl Into<AttrValue>, open: bool, on_close: Callback<()>) -> Dialog {
        let (class, close, described) = ("", say!("kit.close"), None);
        Dialog { id, class, open, title: title.into(), close, described, node: None, body: Html::default(), on_close }
    }

    /// A notice in place of what will be in the dialog, while that is open.
    pub fn meanwhile(
        id: &'static str,
        title: impl Into<AttrValue>,
        open: bool,
        on_close: &Callback<()>,
        body: Html,
    ) -> Html {
        Dialog { body, ..Dialog::new(id, title, open, on_close.clone()) }.here()
    }

    /// The dialog here.
    pub fn here(self) -> Html {
        let id = self.id;
        self.keyed(id)
    }
}

widget!(Dialog, use_dialog);

#[hook]
fn use_dialog(props: &Dialog) -> Html {
    let own = use_node_ref();
    let node = props.node.clone().unwrap_or(own);
    {
        let node = node.clone();
        use_effect_with(props.open, move |&open| {
            show(&node, open);
            // One that goes away while it is open gives the focus back too.
            move || show(&node, false)
        });
    }
    let title = format!("{}-title", props.id);
    html! {
        <dialog ref={node} class={props.class} aria-labelledby={title.clone()} aria-describedby={props.described}
            onclose={props.on_close.reform(|_: Event| ())}>
            if props.open {
                <div class="dialog-head">
                    <h2 id={title}>{ &props.title }</h2>
                    { IconButton::close(props.close, props.on_close.reform(|_| ())).view() }
                </div>
                <div class="dialog-body">{ props.body.clone() }</div>
            }
        </dialog>
    }
}

/// Opens or closes a dialog.
fn show(dialog: &NodeRef, open: bool) {
    let Some(dialog) = dialog.cast::<HtmlDialogElement>() else { return };
    match (open, dialog.open()) {
        (true, false) => focus::open_modal(&dialog),
        (false, true) => dialog.close(),
        _ => {}
    }
}
