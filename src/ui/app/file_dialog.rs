//! The desk: saving and opening designs, what the page does with what comes in, and back to the start.

use std::rc::Rc;

use yew::prelude::*;

use crate::design::NodeId;
use crate::kata::builtin;
use crate::session::gestures::keys::Scope;
use crate::session::{Action, Pick, Session, exchange};
use crate::ui::app::{App, Msg};
use crate::ui::exchange::{Exchange, Received};
use crate::ui::keypress;
use crate::ui::list::{LookToggle, ViewMode};
use crate::ui::sweep::SizeButton;
use crate::ui::tabs::Panel;

/// The dialog that saves and opens.
#[derive(Default)]
pub struct FileDialog {
    open: bool,
    /// Why the last file or text was not opened.
    faults: Rc<Vec<String>>,
}

/// Where the focus goes back to from the parameters: what is selected, drawn or listed; without that the stage.
const SELECTED: &str = ".diagram .part.selected, .diagram .stop[aria-pressed=true], .list tr.selected button";
const STAGE: &str = "#panel-diagram";

/// Escape in the inspector.
pub(super) fn back_from_parameters(event: KeyboardEvent) -> Option<Msg> {
    keypress::takes(&event, Scope::Inspector).then(|| {
        event.prevent_default();
        Msg::Parameters(false)
    })
}

impl App {
    pub(super) fn open_desk(&mut self, open: bool) {
        self.desk = FileDialog { open, faults: Rc::default() };
    }

    /// Opens what came in as one undo step, or says everything that is wrong with it and touches nothing.
    pub(super) fn received(&mut self, received: &Received) {
        if self.session.borrow().is_readonly() {
            return self.act(Action::Say("This design can be looked at and run, not changed.".to_owned()));
        }
        match &**received {
            Ok(design) => {
                self.open_desk(false);
                self.act(Action::Import(design.clone()));
                self.act(Action::Say(exchange::opened(design)));
            }
            Err(faults) => self.desk = FileDialog { open: true, faults: Rc::new(faults.clone()) },
        }
    }

    /// Back to the design that the learner began with, as one undo step, and to the start of the run.
    pub(super) fn reset(&mut self) {
        self.open_desk(false);
        self.act(Action::Pause);
        self.act(Action::Import(builtin::starting_design()));
        self.act(Action::Restart);
        self.act(Action::Fit);
        self.act(Action::Say("Back to the design you began with. Ctrl+Z brings yours back.".to_owned()));
    }

    /// Shows the design drawn or listed.
    pub(super) fn show_as(&mut self, look: ViewMode) {
        // A gesture that is under way ends: there is no canvas for it in the list.
        self.act(Action::Cancel);
        self.look = look;
        look.keep();
    }

    /// Shows a part's parameters in the inspector and takes the focus there.
    pub(super) fn inspect(&mut self, id: NodeId) {
        self.act(Action::Select { pick: Pick::Node(id), add: false });
        self.choose(Panel::Inspector);
        self.to_inspector = true;
    }

    /// Takes the focus to the parameters of what is selected, or back from there.
    pub(super) fn parameters(&mut self, there: bool) {
        self.choose(if there { Panel::Inspector } else { Panel::Diagram });
        self.to_inspector = there;
        if !there {
            self.focus_next = Some(if self.session.borrow().selection().is_empty() { STAGE } else { SELECTED });
        }
    }

    /// At the stage's corner: drawn or listed, and the way to the dialog.
    pub(super) fn stage_tools(&self, ctx: &Context<Self>) -> Html {
        html! {
            <div class={classes!("stage-tools", (self.look == ViewMode::Diagram).then_some("over-drawing"))}>
                <LookToggle look={self.look} on_choose={ctx.link().callback(Msg::ViewMode)}/>
                <button type="button" class="btn" id="open-exchange" aria-haspopup="dialog" onclick={ctx.link().callback(|_| Msg::FileDialog(true))}>
                    { "Save or open …" }
                </button>
                <SizeButton id="open-size" on_size={ctx.link().callback(|()| Msg::Size(true))}/>
            </div>
        }
    }

    pub(super) fn desk(&self, ctx: &Context<Self>, session: &Session) -> Html {
        let link = ctx.link();
        html! {
            <Exchange open={self.desk.open} design={session.design().clone()} faults={self.desk.faults.clone()} readonly={session.is_readonly()}
                on_received={link.callback(Msg::Received)} on_reset={link.callback(|()| Msg::Reset)} on_close={link.callback(|()| Msg::FileDialog(false))}/>
        }
    }
}
