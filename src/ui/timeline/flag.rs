//! What has just been missed: said once, in a row where nothing else is pressed; and one press holds its moment.

use crate::say;
use crate::ui::prelude::*;

use crate::session::Action;
use crate::session::run::loss::Flag;
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::widget;

#[derive(PartialEq)]
pub struct GoalFlag {
    pub flag: Option<Flag>,
    pub dispatch: Callback<Action>,
}

widget!(late GoalFlag => goal_flag; until |_, _| Html::default());

fn goal_flag(props: &GoalFlag) -> Html {
    let button = |flag: &Flag| {
        let at_s = flag.at.seconds();
        let onclick = props.dispatch.reform(move |_: MouseEvent| Action::FreezeAt(at_s));
        html! { <button type="button" class="btn" {onclick} title={say!("timeline.hold")}>{ icon(Icon::Cross) }<span><span class="sr-only">{ say!("timeline.flag") }</span>{ &flag.text }</span></button> }
    };
    html! { <div class="goal-flag" role="status">{ for props.flag.iter().map(button) }</div> }
}
