//! Pieces of the page: what each gets of the session and sends back.

use yew::prelude::*;

use crate::session::{Action, Session};
use crate::ui::app::{App, Msg};
use crate::ui::brief::BriefPanel;
use crate::ui::header::Header;
use crate::ui::icons::{Icon, icon};
use crate::ui::runs::RunsPanel;
use crate::ui::story::StoryDialog;
use crate::ui::timeline::Timeline;

impl App {
    pub(super) fn header(&self, ctx: &Context<Self>, session: &Session) -> Html {
        html! {
            <Header scenario={session.scenario().clone()} playback={*session.playback()} seed={session.seed()}
                can_undo={session.can_undo()} can_redo={session.can_redo()} theme={self.theme} embed={self.options.embed}
                dispatch={ctx.link().callback(Msg::Act)} on_theme={ctx.link().callback(Msg::Theme)}
                on_help={ctx.link().callback(|()| Msg::Help(true))}/>
        }
    }

    pub(super) fn brief(&self, dispatch: &Callback<Action>, session: &Session) -> Html {
        html! {
            <BriefPanel scenario={session.scenario().clone()} design={session.design().clone()} runs={session.runs().clone()}
                progress={session.progress().clone()} dispatch={dispatch.clone()}/>
        }
    }

    pub(super) fn timeline(&self, dispatch: &Callback<Action>, session: &Session) -> Html {
        html! { <Timeline scenario={session.scenario().clone()} playback={*session.playback()} marks={session.marks()} dispatch={dispatch.clone()}/> }
    }

    pub(super) fn runs(&self, dispatch: &Callback<Action>, session: &Session) -> Html {
        html! { <RunsPanel runs={session.runs().clone()} deleted={session.deleted_run().cloned()} notes={session.notes().clone()}
        deleted_note={session.deleted_note().cloned()} keeps={self.store.keeps()} dispatch={dispatch.clone()}/> }
    }

    pub(super) fn story(&self, dispatch: &Callback<Action>, session: &Session) -> Html {
        html! {
            <StoryDialog story={session.story().cloned()} telling={session.is_telling()} notice={session.notice().cloned()} starts_at_s={f64::from(session.scenario().starts_at_s)}
                dispatch={dispatch.clone()}/>
        }
    }

    /// What a frame has beside the kata itself.
    pub(super) fn strip(&self, ctx: &Context<Self>, session: &Session) -> Html {
        let full = format!("?scenario={}&seed={}", session.scenario().id, session.seed());
        html! {
            <>
                <button class="btn plain" onclick={ctx.link().callback(|_| Msg::Reset)} title="Reset the design: back to the one you began with; Undo brings yours back">
                    { icon(Icon::Restart) }{ "Reset" }
                </button>
                <a class="btn plain" href={full} target="_blank" rel="noopener" title="The same kata in a tab of its own">{ icon(Icon::Open) }{ "Open full" }</a>
            </>
        }
    }
}
