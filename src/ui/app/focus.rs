//! Where the focus and the view go once the page is drawn: what is to have them may only be there then.

use crate::ui::tabs::{self, Panel};
use crate::ui::{focus, list};

/// What is asked for until the next drawing.
#[derive(Default)]
pub struct Focus {
    /// A panel whose start is to be seen.
    panel: Option<Panel>,
    inspector: bool,
    /// The first element of this selector.
    selector: Option<&'static str>,
}

impl Focus {
    /// The start of a panel is to be seen.
    pub fn panel(&mut self, panel: Panel) {
        self.panel = Some(panel);
    }

    pub fn inspector(&mut self, wanted: bool) {
        self.inspector = wanted;
    }

    /// What is to take the focus because what had it goes away.
    pub fn next(&mut self, selector: &'static str) {
        self.selector = Some(selector);
    }

    /// Gives it, now that the page is drawn.
    pub fn give(&mut self) {
        let Focus { panel, inspector, selector } = std::mem::take(self);
        let document = web_sys::window().and_then(|w| w.document());
        if let Some((selector, document)) = selector.zip(document)
            && let Ok(Some(element)) = document.query_selector(selector)
        {
            focus::follow(&element);
        }
        if let Some(panel) = panel {
            tabs::show(panel);
        }
        if inspector {
            list::to_element("panel-inspector");
        }
    }
}
