//! Edits of the design: pushing history, telling in words, and what an edit means for the run.

use super::{Action, Pick, Selection, Session};
use crate::design::{Design, Edit};
use crate::kinds::KindId;

impl Session {
    pub(super) fn edit(&mut self, _edit: &Edit, _burst: Option<&str>) {}
    pub(super) fn undo(&mut self) {}
    pub(super) fn redo(&mut self) {}
    pub(super) fn import(&mut self, _design: Design) {}
    pub(super) fn add(&mut self, _kind: KindId) {}
    pub(super) fn choose(&mut self, _kind: KindId) {}
    pub(super) fn fill_ghost(&mut self, _from: &str, _to: &str) {}
    pub(super) fn delete_selection(&mut self) {}
    pub(super) fn select(&mut self, _pick: Pick, _add: bool) {}
    pub(super) fn select_all(&mut self) {}
    pub(super) fn set_selection(&mut self, selection: Selection) {
        self.selection = selection.into();
    }
    pub(super) fn command(&mut self, _command: super::Command) {
        let _ = (&self.clipboard, Action::Fit);
        self.set_selection(Selection::all(self.history.now()));
    }
}
