//! How much a card shows at a zoom, and how large its words are: nothing is drawn under 11 pixels on the screen, so what would be is drawn
//! larger, or left out.

/// The smallest type on the screen, in CSS pixels.
const SMALLEST: f64 = 11.0;
/// From this zoom on a card shows everything.
const FULL: f64 = 0.8;
/// Below this zoom a card is a plain block.
const BLOCK: f64 = 0.3;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Detail {
    /// Everything, in type of at least this size in the diagram's units.
    Full(f64),
    /// Name and figure, in type of at least this size.
    Compact(f64),
    /// A block without words.
    Block,
}

impl Detail {
    pub fn at(zoom: f64) -> Detail {
        // In steps, so that a zoom in small ones draws little anew.
        let least = |step: f64| (SMALLEST / zoom / step).ceil() * step;
        match zoom {
            z if z >= 1.0 => Detail::Full(SMALLEST),
            z if z >= FULL => Detail::Full(least(0.5)),
            z if z >= BLOCK => Detail::Compact(least(2.0)),
            _ => Detail::Block,
        }
    }

    /// The size of type that is this large where there is room for it; 0 where no words are.
    pub fn size(self, usual: f64) -> f64 {
        match self {
            Detail::Full(least) | Detail::Compact(least) => usual.max(least),
            Detail::Block => 0.0,
        }
    }
}

/// How much larger than in the diagram's units a tag is drawn that is to be pressed: never smaller on the screen than at zoom 1.
pub fn tag_scale(zoom: f64) -> f64 {
    (1.0 / zoom).max(1.0)
}
