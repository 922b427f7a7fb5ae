//! Cells: many small squares as a few paths, so that ninety workers cost the browser three elements.

use std::fmt::Write;

use crate::session::text::card::Cells;

/// More servers than this are shown as a bar.
pub const MOST: u64 = 200;
/// The widest distance from one cell to the next.
const WIDEST: f64 = 9.0;

/// Where cells stand: so many in a row, so far apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    pub columns: u64,
    pub pitch: f64,
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
            return Some(Grid { columns: columns as u64, pitch });
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
        let side = self.pitch * 0.76;
        let mut d = String::new();
        for index in from..to {
            let (x, y) = ((index % self.columns) as f64 * self.pitch, (index / self.columns) as f64 * self.pitch);
            write!(d, "M{x:.2} {y:.2}h{side:.2}v{side:.2}h-{side:.2}z").expect("a string takes text");
        }
        d
    }
}

/// The paths of busy, idle, starting and missing servers.
pub fn paths(server_grid: Cells, grid: Grid) -> [String; 4] {
    let places = server_grid.places.min(MOST);
    let servers = server_grid.servers.min(places);
    let busy = server_grid.busy.min(servers);
    let ordered = (servers + server_grid.starting).min(places);
    [grid.path(0, busy), grid.path(busy, servers), grid.path(servers, ordered), grid.path(ordered, places)]
}
