//! Which panels are seen, and how the design is shown.

use super::App;
use crate::session::gestures::gesture::Gesture;
use crate::share::Embed;
use crate::ui::list::ViewMode;
use crate::ui::tabs::Panel;

/// What draws a guess by keys.
const HANDLE: &str = ".guessing [role=slider][tabindex='0']";
/// The panels on the left, where there is room for more than one.
pub const LEFT: &[Panel] = &[Panel::Brief, Panel::Parts, Panel::Runs];
/// All panels, where there is room for one.
pub const ALL: &[Panel] = &[Panel::Diagram, Panel::Charts, Panel::Parts, Panel::Brief, Panel::Runs];

pub struct Layout {
    /// The panel seen where there is room for one only.
    pub panel: Panel,
    /// The panel seen on the left.
    pub left: Panel,
    /// The design is drawn or listed.
    pub look: ViewMode,
    /// On a phone: the plane instead of the column.
    pub map: bool,
}

impl Layout {
    /// As the page begins.
    pub fn new(options: &Embed) -> Layout {
        let left = LEFT.iter().copied().find(|panel| options.shows(panel.key())).unwrap_or(Panel::Brief);
        Layout { panel: Panel::Diagram, left, look: ViewMode::kept(), map: false }
    }

    /// The tab that is chosen: the parameters lie over the design.
    pub fn tab(&self) -> Panel {
        if self.panel == Panel::Inspector { Panel::Diagram } else { self.panel }
    }

    pub fn choose(&mut self, panel: Panel) {
        self.panel = panel;
        if LEFT.contains(&panel) {
            self.left = panel;
        }
    }
}

impl App {
    /// Shows the track that a guess is drawn on, wherever it is.
    pub(super) fn draw_guess(&mut self) {
        if self.narrow.matches() {
            self.choose(Panel::Charts);
        }
        self.focus.next(HANDLE);
    }

    /// A connection that is begun among the parameters is made in the drawing; a phone's column has none, its map has.
    pub(super) fn show_connecting(&mut self) {
        let connecting = matches!(self.session.borrow().gesture(), Gesture::Connecting { .. });
        if connecting && self.layout.panel == Panel::Inspector {
            self.layout.panel = Panel::Diagram;
            self.layout.map = true;
        }
    }

    pub(super) fn choose(&mut self, panel: Panel) {
        // The result lies over every panel: who goes to another one wants to see that.
        if self.narrow.matches() && !matches!(panel, Panel::Diagram | Panel::Inspector) {
            self.close_result();
        }
        self.layout.choose(panel);
        self.focus.panel(panel);
    }
}
