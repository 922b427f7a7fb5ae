//! Something shared that is compared by pointer: comparing it part by part would cost more than drawing what it is drawn in.

use std::ops::Deref;
use std::rc::Rc;

/// Equal only to itself and its clones.
#[derive(Debug)]
pub struct ByPtr<T: ?Sized>(Rc<T>);

impl<T> ByPtr<T> {
    pub fn new(value: T) -> ByPtr<T> {
        ByPtr(Rc::new(value))
    }
}

impl<T: ?Sized> ByPtr<T> {
    /// The shared value, for what keeps or compares it as an [`Rc`].
    pub fn rc(&self) -> &Rc<T> {
        &self.0
    }
}

impl<T: ?Sized> Clone for ByPtr<T> {
    fn clone(&self) -> ByPtr<T> {
        ByPtr(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for ByPtr<T> {
    fn eq(&self, other: &ByPtr<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for ByPtr<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> From<Rc<T>> for ByPtr<T> {
    fn from(shared: Rc<T>) -> ByPtr<T> {
        ByPtr(shared)
    }
}

impl<T: ?Sized> From<&Rc<T>> for ByPtr<T> {
    fn from(shared: &Rc<T>) -> ByPtr<T> {
        ByPtr(shared.clone())
    }
}

/// The same for an entry of a table of the program.
#[derive(Debug)]
pub struct Fixed<T: 'static>(pub &'static T);

impl<T> Clone for Fixed<T> {
    fn clone(&self) -> Fixed<T> {
        *self
    }
}

impl<T> Copy for Fixed<T> {}

impl<T> PartialEq for Fixed<T> {
    fn eq(&self, other: &Fixed<T>) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl<T> Deref for Fixed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}
