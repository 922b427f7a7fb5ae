//! What has just been missed, beside the play head: said once, and one press holds its moment.

use crate::ui::prelude::*;
use web_sys::HtmlElement;

use crate::session::Action;
use crate::session::run::loss::Flag;
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::widget;

#[derive(PartialEq)]
pub struct GoalFlag {
    pub flag: Option<Flag>,
    /// The place of the play head, as a share of the ribbon.
    pub share: f64,
    pub dispatch: Callback<Action>,
}

widget!(GoalFlag, use_flag);

#[hook]
fn use_flag(props: &GoalFlag) -> Html {
    let place = use_node_ref();
    {
        let place = place.clone();
        let at = (props.share * 1000.0).round() as i32;
        use_effect_with(at, move |at| {
            if let Some(place) = place.cast::<HtmlElement>() {
                // Set as a property: the page's policy blocks style attributes.
                let _ = place.style().set_property("--at", &format!("{:.1}%", f64::from(*at) / 10.0));
            }
        });
    }
    let button = |flag: &Flag| {
        let at_s = flag.at.seconds();
        let onclick = props.dispatch.reform(move |_: MouseEvent| Action::FreezeAt(at_s));
        html! { <button type="button" class="btn" {onclick} title="Hold this moment">{ icon(Icon::Cross) }<span><span class="sr-only">{ "Goal missed, " }</span>{ &flag.text }</span></button> }
    };
    html! {
        <div ref={place} class={classes!("goal-flag", (props.share > 0.5).then_some("left"))} role="status">{ for props.flag.iter().map(button) }</div>
    }
}
