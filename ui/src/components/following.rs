//! A question that is asked again whenever what it is about changes.

use crate::backend::call;
use crate::session::use_session;
use jiangsai_domain::command::{Command, WireError};
use jiangsai_domain::ids::{CompetitionId, EventId};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks about the event of the page, and again when the competition changes or a signal that `question` reads. Only the answer to the last
/// question is shown, and only what differs from what is on screen; `fault` is why there is none.
pub fn follow<C, V>(
    question: impl Fn(CompetitionId, EventId) -> C + 'static,
    view: RwSignal<V>,
    fault: RwSignal<Option<WireError>>,
) where
    C: Command + 'static,
    V: From<C::Reply> + PartialEq + Send + Sync + 'static,
{
    let session = use_session();
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        session.revision.track();
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else { return };
        let command = question(competition, event);
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        spawn_local(async move {
            let answer = call(command).await;
            if asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(answer) => {
                    fault.try_set(None);
                    let answer = V::from(answer);
                    if view.try_with_untracked(|old| *old != answer) == Some(true) {
                        view.try_set(answer);
                    }
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
}
