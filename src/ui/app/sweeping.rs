//! "Size it" in the page: the dialog, and what becomes of a design that is opened from its map.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;

use crate::design::Design;
use crate::session::{Action, Session};
use crate::ui::app::App;
use crate::ui::kit::Widget;
use crate::ui::sweep::{OpenedDesign, SizeProps, SweepChoice};

/// The dialog, and the design that was opened from it last.
#[derive(Default)]
pub struct Sizing {
    pub open: bool,
    opened: Option<(Rc<Design>, OpenedDesign)>,
}

impl Sizing {
    /// What is to be said of the run of a design, if that design came from the map; `stale`: the design is another one since.
    pub fn opened(&self, design: &Rc<Design>, stale: bool) -> Option<OpenedDesign> {
        let (_, opened) = self.opened.as_ref().filter(|(own, _)| Rc::ptr_eq(own, design))?;
        Some(OpenedDesign { back: opened.back && !stale, ..opened.clone() })
    }
}

impl App {
    /// The very run of the map: its design as one undo step, to the end.
    pub(super) fn try_wanted(&mut self, wanted: &SweepChoice) {
        self.size.open = false;
        let before = self.session.borrow().design().clone();
        self.act(Action::TryDesign {
            design: Box::new(wanted.design.clone()),
            what: wanted.what.clone(),
            scenario: Box::new((*wanted.scenario).clone()),
            seed: wanted.seed,
        });
        let now = self.session.borrow().design().clone();
        let opened = OpenedDesign {
            what: say!("page.opened", what = wanted.what, seed = wanted.seed),
            back: !Rc::ptr_eq(&before, &now),
        };
        self.size.opened = Some((now, opened));
    }

    pub(super) fn size(&self, session: &Session) -> Html {
        let links = &self.links;
        SizeProps {
            open: self.size.open,
            design: session.design().into(),
            scenario: session.scenario().into(),
            can_run: session.analysis().can_run(),
            seed: session.seed(),
            theme: self.chart_theme(),
            readonly: session.is_readonly(),
            on_open: links.open_design.clone(),
            on_close: links.close_size.clone(),
        }
        .view()
    }
}
