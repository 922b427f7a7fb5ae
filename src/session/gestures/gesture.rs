//! What is under way between the first touch and the edit it ends as. The diagram draws it; nothing of it is in the design yet.

use crate::design::NodeId;
use crate::kinds::KindId;
use crate::session::canvas::align::Guide;
use crate::session::canvas::geometry::{Point, Rect};
use crate::session::canvas::hit::Target;
use crate::session::canvas::selection::Selection;

/// Points and distances are in the diagram's units unless a field says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    Idle,
    /// Pressed, and not moved far enough yet to be a drag.
    Pressing {
        on: Target,
        start: Point,
        canvas: Point,
        add: bool,
        touch: bool,
    },
    /// The view follows the pointer; `last` is in CSS pixels of the canvas.
    Panning {
        last: Point,
    },
    /// Two fingers, in CSS pixels of the canvas.
    Pinching {
        a: (i32, Point),
        b: (i32, Point),
    },
    /// The selected nodes follow the pointer; they are drawn moved by (`dx`, `dy`), already snapped; `guides` say to what.
    Moving {
        start: Point,
        dx: f64,
        dy: f64,
        guides: Vec<Guide>,
    },
    /// Everything that this rectangle touches will be selected, together with `before`.
    Marquee {
        start: Point,
        end: Point,
        before: Selection,
    },
    /// A connection from `from` is being drawn and has no target so far.
    Connecting {
        from: NodeId,
        how: Connecting,
        target: Option<NodeId>,
    },
    /// A part of the palette follows the pointer with its middle at `at`, already snapped where it would stand by itself; `guides` say to what.
    Placing {
        kind: KindId,
        at: Point,
        drop: Drop,
        guides: Vec<Guide>,
    },
    /// The connection from `from` ended on empty canvas at `at`, or is missing up to `to`: which of these kinds shall stand there?
    Choosing {
        from: NodeId,
        to: Option<NodeId>,
        at: Point,
        kinds: Vec<KindId>,
    },
}

/// How a connection is made.
#[derive(Clone, Debug, PartialEq)]
pub enum Connecting {
    /// By a drag, or a click on the port and a click on the target: the open end follows the pointer.
    Pointer { end: Point, dragging: bool },
    /// With arrow keys among the allowed targets.
    Keys,
}

/// What happens when a part of the palette is dropped here.
#[derive(Clone, Debug, PartialEq)]
pub enum Drop {
    /// The pointer is not over the canvas: nothing.
    Outside,
    /// It stands alone.
    Free,
    /// It is put between the ends of this edge.
    OnEdge { from: NodeId, to: NodeId },
    /// It completes this missing connection.
    OnGhost { from: NodeId, to: NodeId },
    /// It is over this edge and does not fit there: it would stand alone, and the page says why.
    Misfit { from: NodeId, to: NodeId, why: String },
}

impl Gesture {
    /// How far a node is drawn from where it is; `selected`: the node is selected.
    pub fn offset(&self, selected: bool) -> (f64, f64) {
        match self {
            Gesture::Moving { dx, dy, .. } if selected => (*dx, *dy),
            _ => (0.0, 0.0),
        }
    }

    /// The rectangle of a marquee.
    pub fn marquee(&self) -> Option<Rect> {
        match self {
            Gesture::Marquee { start, end, .. } => Some(Rect::between(*start, *end)),
            _ => None,
        }
    }

    /// Where the connection under way begins.
    pub fn connecting_from(&self) -> Option<&NodeId> {
        match self {
            Gesture::Connecting { from, .. } | Gesture::Choosing { from, to: None, .. } => Some(from),
            _ => None,
        }
    }
}
