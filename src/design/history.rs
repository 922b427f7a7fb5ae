//! Undo and redo: a bounded list of designs, each with the words for what led to it.

use std::rc::Rc;

use super::Design;

/// How many steps can be undone.
pub const MAX_STEPS: usize = 200;

/// A design with what came before it and what was undone.
#[derive(Clone, Debug)]
pub struct History {
    past: Vec<(Rc<Design>, String)>,
    now: Rc<Design>,
    future: Vec<(Rc<Design>, String)>,
    /// What the last step was made for, so that a burst of the same can join it.
    burst: Option<String>,
}

impl History {
    pub fn new(design: Design) -> History {
        History { past: Vec::new(), now: Rc::new(design), future: Vec::new(), burst: None }
    }

    pub fn now(&self) -> &Rc<Design> {
        &self.now
    }

    /// Makes `design` the present. `what` says what was done, such as "Add queue". Steps in a row with the same `burst` key (a slider's drag,
    /// nudges) join into one.
    pub fn push(&mut self, design: Design, what: &str, burst: Option<&str>) {
        if design == *self.now {
            return;
        }
        let joins = burst.is_some() && self.burst.as_deref() == burst && !self.past.is_empty();
        if !joins {
            self.past.push((self.now.clone(), what.to_owned()));
            if self.past.len() > MAX_STEPS {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.burst = burst.map(str::to_owned);
        self.now = Rc::new(design);
    }

    /// Ends a burst: the next step stands alone.
    pub fn end_burst(&mut self) {
        self.burst = None;
    }

    /// Goes back one step and says what was undone.
    pub fn undo(&mut self) -> Option<String> {
        let (design, what) = self.past.pop()?;
        let undone = std::mem::replace(&mut self.now, design);
        self.future.push((undone, what.clone()));
        self.burst = None;
        Some(what)
    }

    /// Goes forward one step and says what was done again.
    pub fn redo(&mut self) -> Option<String> {
        let (design, what) = self.future.pop()?;
        let before = std::mem::replace(&mut self.now, design);
        self.past.push((before, what.clone()));
        self.burst = None;
        Some(what)
    }

    pub fn undo_steps(&self) -> usize {
        self.past.len()
    }

    pub fn redo_steps(&self) -> usize {
        self.future.len()
    }
}
