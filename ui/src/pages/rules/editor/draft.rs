//! The rulebook while it is edited: always in the grammar, perhaps with faults, never lost. Every step can be undone.

use jiangsai_scoring::{Engine, Fault, Rulebook};
use serde_json::Value;

/// Most steps that can be undone.
const STEPS: usize = 200;

/// A rulebook being edited. The document (`value`) and the rulebook are the same thing in two forms.
#[derive(Clone, Debug)]
pub struct Draft {
    rulebook: Rulebook,
    value: Value,
    past: Vec<Rulebook>,
    future: Vec<Rulebook>,
    typing: Option<String>,
    saved: Rulebook,
}

/// The change has no place in the grammar, such as a number that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotInGrammar;

impl Draft {
    /// Begins with a rulebook that is saved.
    pub fn new(rulebook: Rulebook) -> Self {
        let value = document(&rulebook);
        Self { saved: rulebook.clone(), rulebook, value, past: Vec::new(), future: Vec::new(), typing: None }
    }

    /// The rulebook.
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// Its document, in canonical form.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// What is wrong with it.
    pub fn faults(&self) -> Vec<Fault> {
        faults(&self.rulebook)
    }

    /// Has it changes that are not saved?
    pub fn is_changed(&self) -> bool {
        self.rulebook != self.saved
    }

    /// Changes the document. Steps of typing at the same place, one after the other, are one step.
    ///
    /// # Errors
    /// The result is not in the grammar, or the place is gone; nothing has changed then.
    pub fn edit(
        &mut self,
        typing: Option<&str>,
        change: impl FnOnce(&mut Value) -> Option<()>,
    ) -> Result<(), NotInGrammar> {
        let mut value = self.value.clone();
        change(&mut value).ok_or(NotInGrammar)?;
        let rulebook: Rulebook = serde_json::from_value(value).map_err(|_| NotInGrammar)?;
        if rulebook == self.rulebook {
            return Ok(());
        }
        if typing.is_none() || self.typing.as_deref() != typing {
            if self.past.len() >= STEPS {
                self.past.remove(0);
            }
            self.past.push(self.rulebook.clone());
        }
        self.typing = typing.map(str::to_owned);
        self.future.clear();
        self.turn_into(rulebook);
        Ok(())
    }

    /// Ends a run of typing: what comes next is a step of its own.
    pub fn rest(&mut self) {
        self.typing = None;
    }

    /// What would be wrong after a change that is not wrong now.
    pub fn breaks(&self, change: impl FnOnce(&mut Value) -> Option<()>) -> Vec<Fault> {
        let mut value = self.value.clone();
        let changed = change(&mut value).and_then(|()| serde_json::from_value::<Rulebook>(value).ok());
        let before: Vec<_> = self.faults().into_iter().map(|fault| (fault.code, fault.args)).collect();
        let after = changed.map(|changed| faults(&changed)).unwrap_or_default();
        after.into_iter().filter(|fault| !before.contains(&(fault.code, fault.args.clone()))).collect()
    }

    /// Can a step be taken back?
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Can a step be done again?
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.future.push(self.rulebook.clone());
            self.typing = None;
            self.turn_into(before);
        }
    }

    /// Does the last undone step again.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push(self.rulebook.clone());
            self.typing = None;
            self.turn_into(after);
        }
    }

    /// The rulebook as it is now was saved.
    pub fn keep(&mut self) {
        self.saved = self.rulebook.clone();
    }

    fn turn_into(&mut self, rulebook: Rulebook) {
        self.value = document(&rulebook);
        self.rulebook = rulebook;
    }
}

/// The document of a rulebook.
fn document(rulebook: &Rulebook) -> Value {
    // Strings, numbers and lists alone: nothing here can fail to serialise.
    serde_json::to_value(rulebook).unwrap_or_default()
}

/// What is wrong with a rulebook.
pub fn faults(rulebook: &Rulebook) -> Vec<Fault> {
    Engine::new(rulebook).err().unwrap_or_default()
}
