//! Cells: many small squares as a few paths, so that ninety workers cost the browser three elements.

use std::fmt::Write;

use crate::session::text::card::Cells;

/// More servers than this are shown as a bar.
pub const MOST: u64 = 200;
/// The widest distance from one cell to the next.
const WIDEST: f64 = 10.0;

/// A cell's side, as a share of the distance to the next.
const SIDE: f64 = 0.78;

/// Where cells stand: so many in a row, so far apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    pub columns: u64,
    /// From one row to the next, and, with the width filled, from one column to the next.
    pub pitch: f64,
    pub across: f64,
}

/// The largest cells of which `places` fit into `width` × `height`; `None` if there are too many to be told apart.
pub fn grid(places: u64, width: f64, height: f64) -> Option<Grid> {
    if places == 0 || places > MOST {
        return None;
    }
    let mut pitch = WIDEST;
    loop {
        let (columns, rows) = ((width / pitch).floor(), (height / pitch).floor());
        if columns * rows >= places as f64 {
            // Rows of about the same length; the last column ends where the room does.
            let columns = (places as f64 / (places as f64 / columns).ceil()).ceil();
            let across =
                if columns > 1.0 { ((width - pitch * SIDE) / (columns - 1.0)).min(1.6 * pitch) } else { pitch };
            return Some(Grid { columns: columns as u64, pitch, across });
        }
        pitch -= 0.25;
        if pitch < 3.0 {
            return None;
        }
    }
}

impl Grid {
    /// The path of the cells `from..to`.
    pub fn path(self, from: u64, to: u64) -> String {
        let side = self.pitch * SIDE;
        let mut d = String::new();
        for index in from..to {
            let (x, y) = ((index % self.columns) as f64 * self.across, (index / self.columns) as f64 * self.pitch);
            write!(d, "M{x:.2} {y:.2}h{side:.2}v{side:.2}h-{side:.2}z").expect("a string takes text");
        }
        d
    }
}

/// The path of those, of the busy ones the first, that work unheard.
pub fn unheard(cells: Cells, grid: Grid) -> String {
    grid.path(0, cells.unheard.min(cells.busy).min(MOST))
}

/// The paths of busy, idle, starting and missing servers.
pub fn paths(server_grid: Cells, grid: Grid) -> [String; 4] {
    let places = server_grid.places.min(MOST);
    let servers = server_grid.servers.min(places);
    let busy = server_grid.busy.min(servers);
    let ordered = (servers + server_grid.starting).min(places);
    [grid.path(0, busy), grid.path(busy, servers), grid.path(servers, ordered), grid.path(ordered, places)]
}
