//! The diagram: the design as cards and lines in an SVG, with live figures; pointer and keys go out as actions.
//!
//! Draws a [`Scene`] and decides nothing: hits, gestures and snapping belong to the session. Has no state but what the browser makes it keep.

use std::rc::Rc;

use yew::prelude::*;

use crate::design::{Design, Problem};
use crate::kata::Scenario;
use crate::session::{Action, Gesture, Ghost, Selection, Session, Viewport};

/// What the diagram shows: a cheap snapshot of a session, compared by pointer.
#[derive(Clone)]
pub struct Scene {
    pub design: Rc<Design>,
    pub scenario: Rc<Scenario>,
    pub problems: Rc<Vec<Problem>>,
    pub ghosts: Rc<Vec<Ghost>>,
    pub selection: Rc<Selection>,
    pub gesture: Gesture,
    pub view: Viewport,
    pub playing: bool,
}

impl Scene {
    pub fn of(session: &Session) -> Scene {
        Scene {
            design: session.design().clone(),
            scenario: session.scenario().clone(),
            problems: session.problems().clone(),
            ghosts: session.ghosts().clone(),
            selection: session.selection().clone(),
            gesture: session.gesture().clone(),
            view: session.view(),
            playing: session.is_playing(),
        }
    }
}

impl PartialEq for Scene {
    fn eq(&self, other: &Scene) -> bool {
        Rc::ptr_eq(&self.design, &other.design)
            && Rc::ptr_eq(&self.scenario, &other.scenario)
            && Rc::ptr_eq(&self.problems, &other.problems)
            && Rc::ptr_eq(&self.ghosts, &other.ghosts)
            && Rc::ptr_eq(&self.selection, &other.selection)
            && self.gesture == other.gesture
            && self.view == other.view
            && self.playing == other.playing
    }
}

#[derive(Properties, PartialEq)]
pub struct DiagramProps {
    pub scene: Scene,
    pub dispatch: Callback<Action>,
    /// Looks only: no edits, no palette.
    #[prop_or_default]
    pub readonly: bool,
}

/// Fills its parent: give that a size.
#[component]
pub fn Diagram(_props: &DiagramProps) -> Html {
    html! { <div class="diagram"></div> }
}
