//! The session, shared with the components that read more of it than fits into props. Only the page's root changes it.

use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

use crate::session::Session;

/// One session; equal only to itself.
#[derive(Clone)]
pub struct Shared(Rc<RefCell<Session>>);

impl Shared {
    pub fn new(session: Session) -> Shared {
        Shared(Rc::new(RefCell::new(session)))
    }

    pub fn borrow(&self) -> Ref<'_, Session> {
        self.0.borrow()
    }

    /// For [`App`](super::app::App) alone.
    pub(in crate::ui) fn borrow_mut(&self) -> RefMut<'_, Session> {
        self.0.borrow_mut()
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Shared) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
