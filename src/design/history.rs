//! Undo and redo: a bounded list of designs, each with the words for what led to it and what that changed.

use std::rc::Rc;

use super::Design;
use super::edit::Effect;

/// How many steps can be undone.
pub const MAX_STEPS: usize = 200;

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What was done, such as `Add queue`.
    pub what: String,
    /// What of the design it changed.
    pub effect: Effect,
}

/// A design with what came before it and what was undone.
#[derive(Clone, Debug)]
pub struct History {
    past: Vec<(Rc<Design>, Step)>,
    now: Rc<Design>,
    future: Vec<(Rc<Design>, Step)>,
    /// What the last step was made for, so that a burst of the same can join it.
    burst: Option<String>,
}

impl History {
    /// A design that nothing was done to yet.
    pub fn new(design: Design) -> History {
        History { past: Vec::new(), now: Rc::new(design), future: Vec::new(), burst: None }
    }

    /// The design as it is.
    pub fn now(&self) -> &Rc<Design> {
        &self.now
    }

    /// Makes `design` the present, by `step`. Steps in a row with the same `burst` key (a slider's drag, nudges) join into one. False if nothing
    /// is another than before: then there is no step.
    pub fn push(&mut self, design: Design, step: Step, burst: Option<&str>) -> bool {
        if design == *self.now {
            return false;
        }
        let joins = burst.is_some() && self.burst.as_deref() == burst;
        match self.past.last_mut().filter(|_| joins) {
            Some((_, last)) => last.effect = last.effect.and(step.effect),
            None => {
                self.past.push((self.now.clone(), step));
                if self.past.len() > MAX_STEPS {
                    self.past.remove(0);
                }
            }
        }
        self.future.clear();
        self.burst = burst.map(str::to_owned);
        self.now = Rc::new(design);
        true
    }

    /// Ends a burst: the next step stands alone.
    pub fn end_burst(&mut self) {
        self.burst = None;
    }

    /// Goes back one step and says what was undone.
    pub fn undo(&mut self) -> Option<Step> {
        let (design, step) = self.past.pop()?;
        let undone = std::mem::replace(&mut self.now, design);
        self.future.push((undone, step.clone()));
        self.burst = None;
        Some(step)
    }

    /// Goes forward one step and says what was done again.
    pub fn redo(&mut self) -> Option<Step> {
        let (design, step) = self.future.pop()?;
        let before = std::mem::replace(&mut self.now, design);
        self.past.push((before, step.clone()));
        self.burst = None;
        Some(step)
    }

    /// How many steps can be undone.
    pub fn undo_steps(&self) -> usize {
        self.past.len()
    }

    /// How many steps can be done again.
    pub fn redo_steps(&self) -> usize {
        self.future.len()
    }
}
