//! A part's name, to be typed over. What is typed is in force at once; an empty field stands for the kind's own name.

use std::rc::Rc;

use crate::ui::prelude::*;
use web_sys::HtmlInputElement;

use crate::design::{Edit, NodeId};
use crate::session::Action;
use crate::ui::kit::widget;

/// The longest name that can be typed, in characters.
const LONGEST: usize = 60;

#[derive(PartialEq)]
pub struct NameField {
    pub id: AttrValue,
    pub class: &'static str,
    /// What the field is called.
    pub label: AttrValue,
    pub node: NodeId,
    pub name: String,
    /// The name of the kind.
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
        let (dispatch, node, draft) = (props.dispatch.clone(), props.node.clone(), draft.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let name = text.trim();
            let label: Option<Rc<str>> = (!name.is_empty() && name != plain).then(|| shortened(name).into());
            let edit = Edit::Rename { node: node.clone(), label };
            dispatch.emit(Action::Edit { edit, burst: Some(format!("rename.{node}")) });
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
        <input class={props.class} type="text" id={props.id.clone()} aria-label={props.label.clone()} maxlength={LONGEST.to_string()}
            autocomplete="off" readonly={props.readonly} {value} placeholder={plain} {oninput} {onblur}/>
    }
}

fn shortened(name: &str) -> String {
    name.chars().take(LONGEST).collect()
}

/// What a part is called with this text in its field.
fn shown(text: &str, plain: &str) -> String {
    let name = shortened(text.trim());
    if name.is_empty() { plain.to_owned() } else { name }
}
