//! Notes: what the learner writes to the questions of a run. Deleting asks nothing, because it can be taken back.

use crate::say;
use std::rc::Rc;

use crate::record::notes::{MOST_NOTES, Written};
use crate::record::{Note, Notes};
use crate::session::Session;

/// What the learner does with notes.
#[derive(Clone, Debug, PartialEq)]
pub enum NoteAction {
    /// Writes to a note, or to a question of the result, by its id.
    Write {
        id: String,
        text: String,
    },
    Delete(String),
    /// Puts the note deleted last back.
    BringBack,
}

/// The notes, and the one deleted last.
#[derive(Default)]
pub(in crate::session) struct Notebook {
    notes: Rc<Notes>,
    deleted: Option<(usize, Rc<Note>)>,
}

impl Session {
    /// The notes. Another `Rc` whenever something about them is new: save when it is.
    pub fn notes(&self) -> &Rc<Notes> {
        &self.notebook.notes
    }

    /// The note deleted last, as long as it can be brought back.
    pub fn deleted_note(&self) -> Option<&Rc<Note>> {
        self.notebook.deleted.as_ref().map(|(_, note)| note)
    }

    pub(in crate::session) fn take_notes(&mut self, notes: Notes, both: usize) {
        self.notebook.notes = notes.into();
        if both > 0 {
            self.say(say!("run.both_notes"));
        }
    }

    pub(in crate::session) fn note(&mut self, action: NoteAction) {
        match action {
            NoteAction::Write { id, text } => self.write_note(&id, &text),
            NoteAction::Delete(id) => {
                let Some((at, note)) = Rc::make_mut(&mut self.notebook.notes).remove(&id) else { return };
                // A field that was left empty is nothing to bring back.
                if !note.is_blank() {
                    self.notebook.deleted = Some((at, note));
                    self.say(say!("run.note_deleted"));
                }
            }
            NoteAction::BringBack => {
                let Some((at, note)) = self.notebook.deleted.take() else { return };
                Rc::make_mut(&mut self.notebook.notes).put_back(at, note);
                self.say(say!("run.note_back"));
            }
        }
    }

    fn write_note(&mut self, id: &str, text: &str) {
        if self.notes().get(id).is_some() {
            Rc::make_mut(&mut self.notebook.notes).rewrite(id, text);
            return;
        }
        let asked = self.finished().and_then(|f| f.review.question.clone().filter(|asked| asked.id() == id));
        let Some(asked) = asked else { return };
        if Rc::make_mut(&mut self.notebook.notes).write(&asked, text) == Written::Full {
            self.refuse(say!("run.notes_full", most = MOST_NOTES));
        }
    }
}
