//! Before the first run: one sentence that says what there is to do, and one large Play. Both go for good with the first run or change.

use crate::say;
use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use crate::format;
use crate::kata::{brief, builtin};
use crate::session::{Action, RunState, Session, Speed};

/// Whether nothing has happened yet: the kata's own design, and no run.
pub fn is_untouched(session: &Session) -> bool {
    session.playback().state == RunState::Ready
        && session.runs().list().is_empty()
        && !session.can_undo()
        && **session.design() == builtin::starting_design()
}

/// Over the stage.
pub fn opening(session: &Session, dispatch: &Callback<Action>) -> Html {
    let length = format::duration_s(session.playback().duration.seconds());
    let words = match session.playback().speed {
        Speed::Times(times) => {
            let shown = format::duration_s(session.playback().duration.seconds() / f64::from(times));
            say!("opening.length", length, shown)
        }
        Speed::Max => length,
    };
    html! {
        <div class="first-play">
            <p class="hook">{ &brief().hook }</p>
            <div class="go">
                <button type="button" class="btn primary" onclick={dispatch.reform(|_: MouseEvent| Action::Play)}>{ icon(Icon::Play) }{ say!("opening.play") }</button>
                <small>{ words }</small>
            </div>
        </div>
    }
}
