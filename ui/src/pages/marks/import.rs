//! Importing marks: what the dialog calls.

use crate::backend::call;
use crate::components::{Flow, ImportDialog};
use crate::i18n::tx;
use crate::session::{Session, use_session};
use jiangsai_domain::command::marks::{ImportMarks, MarksTemplate, PreviewMarks};
use jiangsai_domain::ids::{CompetitionId, EventId};
use leptos::prelude::*;
use std::sync::Arc;

/// The dialog.
#[component]
pub fn MarksImport(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Called after rows were imported.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let told = Callback::new(move |rows: u32| {
        session.say(move || tx("marks-imported", &[("count", &rows.to_string())]));
        done.run(());
    });
    view! { <ImportDialog open=open flow=flow(session) done=told /> }
}

fn flow(session: Session) -> Flow {
    Flow {
        name: "marks",
        template: Arc::new(move || {
            let (competition, event) = place(session);
            Box::pin(call(MarksTemplate { competition, event }))
        }),
        preview: Arc::new(move |file, answers| {
            let (competition, event) = place(session);
            Box::pin(call(PreviewMarks { competition, event, file, answers }))
        }),
        apply: Arc::new(move |file, token, answers, absent, reason| {
            let (competition, event) = place(session);
            Box::pin(call(ImportMarks { competition, event, file, token, answers, absent, reason }))
        }),
    }
}

/// Where one is; the application refuses an empty id with a message.
fn place(session: Session) -> (CompetitionId, EventId) {
    (session.competition.get_untracked().unwrap_or_default(), session.event.get_untracked().unwrap_or_default())
}
