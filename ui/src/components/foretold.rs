//! What a step would change, asked for anew with every choice, and the step itself. Only the newest answer is shown.

use jiangsai_domain::command::WireError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// What came of asking.
pub struct Foretold<T: Send + Sync + 'static> {
    /// What would change, as far as it is known.
    pub effect: RwSignal<Option<T>>,
    /// Why it is not known, or was not done.
    pub fault: RwSignal<Option<WireError>>,
    /// It is being done.
    pub busy: RwSignal<bool>,
    turns: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Foretold<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Foretold<T> {}

impl<T: Send + Sync + 'static> Foretold<T> {
    /// Nothing was asked yet.
    pub fn new() -> Self {
        Self {
            effect: RwSignal::new(None),
            fault: RwSignal::new(None),
            busy: RwSignal::new(false),
            turns: StoredValue::new(0),
        }
    }

    /// Forgets what was said: it is about something else now.
    pub fn forget(self) {
        self.effect.set(None);
        self.fault.set(None);
    }

    /// Shows the answer, unless something was asked after it.
    pub fn ask(self, answer: impl Future<Output = Result<T, WireError>> + 'static) {
        self.turns.update_value(|count| *count += 1);
        let turn = self.turns.get_value();
        spawn_local(async move {
            let answer = answer.await;
            if self.turns.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(found) => {
                    self.fault.try_set(None);
                    self.effect.try_set(Some(found));
                }
                Err(error) => {
                    self.fault.try_set(Some(error));
                }
            }
        });
    }

    /// Takes the step; `then` once it was taken.
    pub fn take(self, step: impl Future<Output = Result<T, WireError>> + 'static, then: impl FnOnce() + 'static) {
        self.busy.set(true);
        spawn_local(async move {
            let answer = step.await;
            self.busy.try_set(false);
            match answer {
                Ok(_) => then(),
                Err(error) => {
                    self.fault.try_set(Some(error));
                }
            }
        });
    }
}
