//! The desk: saving and opening designs, what the page does with what comes in, and back to the start.

use crate::say;
use crate::ui::prelude::*;

use crate::design::{Design, NodeId};
use crate::kata::builtin;
use crate::late::late;
use crate::session::gestures::keys;
use crate::session::{Action, NOT_YET, Pick, Session, exchange};
use crate::share::{link, receipt};
use crate::ui::app::checking;
use crate::ui::app::{App, Msg};
use crate::ui::exchange::{Desk, Exchange, Received};
use crate::ui::keypress;
use crate::ui::kit::{ByPtr, Widget};
use crate::ui::list::{LookToggle, ViewMode, look_toggle};
use crate::ui::tabs::Panel;
use yew::html::Scope;

/// The dialogs in which things go in and out.
pub struct FileDialog {
    open: Option<Desk>,
    /// Why the last file or text was not opened.
    faults: ByPtr<Vec<String>>,
}

impl Default for FileDialog {
    fn default() -> FileDialog {
        FileDialog { open: None, faults: ByPtr::new(Vec::new()) }
    }
}

/// Where the focus goes back to from the parameters: what is selected, drawn or listed; without that the stage.
const SELECTED: &str = ".diagram .part.selected, .diagram .stop[aria-pressed=true], .list tr.selected button";
const STAGE: &str = "#panel-diagram";

/// Escape in the inspector.
pub(super) fn back_from_parameters(event: KeyboardEvent) -> Option<Msg> {
    keypress::takes(&event, keys::Scope::Inspector).then(|| {
        event.prevent_default();
        Msg::Parameters(false)
    })
}

/// What a text that came in is.
enum Incoming {
    Design(Design),
    Receipt(String),
    /// The fragment of a link to a run.
    Link(String),
}

late! {
    fn take_in(app: &mut App, link: &Scope<App>, received: &Received) -> () {
        match received.as_ref().as_ref().map_err(|why| vec![why.clone()]).and_then(|text| read_in(text)) {
            Ok(Incoming::Receipt(text)) => checking::check(&text, link.callback(|checked| Msg::Checked(ByPtr::new(checked)))),
            Ok(Incoming::Link(fragment)) => app.open_link(fragment),
            _ if app.session.borrow().is_readonly() => {
                app.act(Action::Say(say!("page.read_only").to_owned()));
            }
            Ok(Incoming::Design(design)) => {
                app.open_desk(None);
                let opened = exchange::opened(&design);
                app.act(Action::Import(design));
                app.act(Action::SayDone(opened));
            }
            Err(faults) => app.desk = FileDialog { open: Some(Desk::Files), faults: ByPtr::new(faults) },
        }
    }
}

late! {
    /// Back to the design that the learner began with, as one undo step, and to the start of the run; to that alone where the design is not theirs to
    /// change.
    fn reset(app: &mut App) -> () {
        app.open_desk(None);
        app.act(Action::Pause);
        let readonly = app.session.borrow().is_readonly();
        if !readonly {
            app.act(Action::Import(builtin::starting_design()));
        }
        app.act(Action::Restart);
        if !readonly {
            app.act(Action::Fit);
            app.act(Action::SayDone(say!("page.reset_done").to_owned()));
        }
    }
}

fn read_in(text: &str) -> Result<Incoming, Vec<String>> {
    if receipt::is_one(text) {
        return Ok(Incoming::Receipt(text.to_owned()));
    }
    let fragment = text.find("#r").map(|at| text[at..].trim()).filter(|fragment| link::is_run(fragment));
    match fragment {
        Some(fragment) if !text.trim_start().starts_with('{') => Ok(Incoming::Link(fragment.to_owned())),
        _ => exchange::read(text).map(Incoming::Design),
    }
}

impl App {
    pub(super) fn open_desk(&mut self, open: Option<Desk>) {
        self.desk = FileDialog { open, ..FileDialog::default() };
        // What was found of a receipt goes with the dialog.
        self.checked = None;
    }

    /// Opens what came in: a design as one undo step, a link, a receipt. Or says everything that is wrong with it and touches nothing.
    pub(super) fn received(&mut self, link: &Scope<App>, received: &Received) {
        if take_in(self, link, received).is_none() {
            self.act(Action::Say(NOT_YET.get().to_owned()));
        }
    }

    /// Back to the design that the learner began with. What asks for it comes with what does it.
    pub(super) fn reset(&mut self) {
        let _ = reset(self);
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
        if there {
            self.put_result_aside();
        } else {
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
            session: self.session.clone(),
            run: session.run_number(),
            checked: self.checked.clone(),
            design: session.design().into(),
            faults: self.desk.faults.clone(),
            readonly: session.is_readonly(),
            keeps: self.persistence.keeps(),
            on_received: self.links.received.clone(),
            earlier: self.earlier_states().into(),
            on_back: self.links.back.clone(),
            on_close: self.links.close_desk.clone(),
        }
        .view()
    }
}
