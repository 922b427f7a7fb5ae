//! A name, to be typed over: a part's, or the design's. What is typed is in force at once; an empty field stands for the plain name.

use std::rc::Rc;

use crate::ui::prelude::*;
use web_sys::HtmlInputElement;

use crate::design::{Edit, NodeId};
use crate::late::late;
use crate::letters::seen;
use crate::session::Action;
use crate::ui::kit::widget;

/// The longest name that can be typed, in characters.
const LONGEST: usize = 60;

/// What has the name.
#[derive(Clone, PartialEq)]
pub enum Named {
    Node(NodeId),
    Design,
}

impl Named {
    /// Gives it a name of its own, or `plain`.
    fn rename(&self, own: Option<Rc<str>>, plain: &str) -> Edit {
        match self {
            Named::Node(node) => Edit::Rename { node: node.clone(), label: own },
            Named::Design => Edit::SetName { name: own.unwrap_or_else(|| plain.into()) },
        }
    }

    /// What is typed in one go is one step.
    fn burst(&self) -> String {
        match self {
            Named::Node(node) => format!("rename.{node}"),
            Named::Design => "rename".to_owned(),
        }
    }
}

#[derive(PartialEq)]
pub struct NameField {
    pub id: AttrValue,
    pub class: &'static str,
    /// What the field is called.
    pub label: AttrValue,
    pub of: Named,
    pub name: String,
    /// What it is called without a name of its own.
    pub plain: &'static str,
    pub readonly: bool,
    pub dispatch: Callback<Action>,
}

widget!(NameField, use_name_field);

#[hook]
fn use_name_field(props: &NameField) -> Html {
    // While it is being typed the text stays as it is, a space at its end included.
    let draft = use_state_eq(|| None::<String>);
    let plain = props.plain;
    let oninput = {
        let (dispatch, of, draft) = (props.dispatch.clone(), props.of.clone(), draft.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let name = shortened(&text);
            let own: Option<Rc<str>> = (!name.is_empty() && name != plain).then(|| name.into());
            dispatch.emit(Action::Edit { edit: of.rename(own, plain), burst: Some(of.burst()) });
            draft.set(Some(text));
        })
    };
    let onblur = {
        let (dispatch, draft) = (props.dispatch.clone(), draft.clone());
        Callback::from(move |_: FocusEvent| {
            draft.set(None);
            dispatch.emit(Action::EndBurst);
        })
    };
    // An undo while the field has the focus shows what is in force again.
    let typed = draft.as_deref().filter(|text| shown(text, plain) == props.name);
    let value = typed.unwrap_or(&props.name).to_owned();
    html! {
        <input class={props.class} type="text" dir="auto" id={props.id.clone()} aria-label={props.label.clone()} maxlength={LONGEST.to_string()}
            autocomplete="off" readonly={props.readonly} {value} placeholder={plain} {oninput} {onblur}/>
    }
}

/// What can be seen of a name, as far as there is room for it.
fn shortened(name: &str) -> String {
    let seen = if name.is_ascii() { None } else { visible(name) };
    seen.as_deref().unwrap_or(name).trim().chars().take(LONGEST).collect()
}

late! {
    fn visible(name: &str) -> String {
        seen(name).into_owned()
    }
}

/// What a part is called with this text in its field.
fn shown(text: &str, plain: &str) -> String {
    let name = shortened(text);
    if name.is_empty() { plain.to_owned() } else { name }
}
