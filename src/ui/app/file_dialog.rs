//! The desk: saving and opening designs, what the page does with what comes in, and back to the start.

use crate::ui::prelude::*;

use crate::design::NodeId;
use crate::kata::builtin;
use crate::session::gestures::keys::Scope;
use crate::session::{Action, Pick, Session, exchange};
use crate::ui::app::{App, Msg};
use crate::ui::exchange::{Exchange, Received};
use crate::ui::keypress;
use crate::ui::kit::{ByPtr, Widget};
use crate::ui::list::{LookToggle, ViewMode, look_toggle};
use crate::ui::tabs::Panel;

/// The dialog that saves and opens.
pub struct FileDialog {
    open: bool,
    /// Why the last file or text was not opened.
    faults: ByPtr<Vec<String>>,
}

impl Default for FileDialog {
    fn default() -> FileDialog {
        FileDialog { open: false, faults: ByPtr::new(Vec::new()) }
    }
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
        self.desk = FileDialog { open, ..FileDialog::default() };
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
                self.act(Action::SayDone(exchange::opened(design)));
            }
            Err(faults) => self.desk = FileDialog { open: true, faults: ByPtr::new(faults.clone()) },
        }
    }

    /// Back to the design that the learner began with, as one undo step, and to the start of the run.
    pub(super) fn reset(&mut self) {
        self.open_desk(false);
        self.act(Action::Pause);
        self.act(Action::Import(builtin::starting_design()));
        self.act(Action::Restart);
        self.act(Action::Fit);
        self.act(Action::SayDone("Back to the design you began with.".to_owned()));
    }

    /// Shows the design drawn or listed.
    pub(super) fn show_as(&mut self, look: ViewMode) {
        // A gesture that is under way ends: there is no canvas for it in the list.
        self.act(Action::Cancel);
        self.layout.look = look;
        look.keep();
    }

    /// Shows a part's parameters in the inspector and takes the focus there.
    pub(super) fn inspect(&mut self, id: NodeId) {
        self.act(Action::Select { pick: Pick::Node(id), add: false });
        self.choose(Panel::Inspector);
        self.focus.inspector(true);
    }

    /// Takes the focus to the parameters of what is selected, or back from there.
    pub(super) fn parameters(&mut self, there: bool) {
        self.choose(if there { Panel::Inspector } else { Panel::Diagram });
        self.focus.inspector(there);
        if !there {
            let nothing = self.session.borrow().selection().is_empty();
            self.focus.next(if nothing { STAGE } else { SELECTED });
        }
    }

    /// At the stage's corner: drawn or listed.
    pub(super) fn stage_tools(&self) -> Html {
        let look = look_toggle(&LookToggle { look: self.layout.look, on_choose: &self.links.view_mode });
        html! { <div class="stage-tools">{ look }</div> }
    }

    pub(super) fn desk(&self, session: &Session) -> Html {
        Exchange {
            open: self.desk.open,
            design: session.design().into(),
            faults: self.desk.faults.clone(),
            readonly: session.is_readonly(),
            keeps: self.persistence.keeps(),
            on_received: self.links.received.clone(),
            on_reset: self.links.reset.clone(),
            on_close: self.links.close_files.clone(),
        }
        .view()
    }
}
