//! What the desk on this computer is for: a judge, a 场次, a 赛位.

use crate::backend::call;
use crate::components::{Choice, Dialog, TextField};
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::desk::{DeskLock, LockDesk, ShowSeats};
use jiangsai_domain::command::judging::ListJudges;
use jiangsai_domain::ids::JudgeId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub(super) fn LockDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let page = use_session();
    let [judge, session, station, release] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let judges = RwSignal::new(Vec::<(String, String)>::new());
    let sessions = RwSignal::new(Vec::<String>::new());
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        let (Some(competition), Some(event)) = (page.competition.get_untracked(), page.event.get_untracked()) else {
            return;
        };
        spawn_local(async move {
            let listed = call(ListJudges { competition: competition.clone(), event }).await;
            match (call(ShowSeats { competition }).await, listed) {
                (Ok(seats), Ok(list)) => {
                    let named = list.judges.into_iter().filter(|(_, judge, _)| !judge.retired);
                    judges.try_set(named.map(|(id, judge, _)| (id.to_string(), judge.code)).collect());
                    sessions.try_set(seats.sessions);
                    judge.try_set(seats.lock.judge.map(|id| id.to_string()).unwrap_or_default());
                    session.try_set(seats.lock.session);
                    station.try_set(seats.lock.station);
                    release.try_set(String::new());
                    fault.try_set(None);
                }
                (Err(error), _) | (_, Err(error)) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
    let any = || (String::new(), t("hall-lock-any"));
    let judge_options = Signal::derive(move || std::iter::once(any()).chain(judges.get()).collect::<Vec<_>>());
    let session_options = Signal::derive(move || {
        std::iter::once(any()).chain(sessions.get().into_iter().map(|own| (own.clone(), own))).collect::<Vec<_>>()
    });
    let send = move || {
        let Some(competition) = page.competition.get_untracked() else { return };
        let lock = DeskLock {
            judge: Some(judge.get_untracked()).filter(|id| !id.is_empty()).map(JudgeId::new),
            session: session.get_untracked(),
            station: station.get_untracked().trim().to_owned(),
        };
        let release = release.get_untracked().trim().to_owned();
        let closes = (!release.is_empty()).then(|| competition.clone());
        spawn_local(async move {
            match call(LockDesk { competition, lock, release }).await {
                Ok(()) => {
                    open.try_set(false);
                    page.close(closes);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Dialog open=open title=Signal::derive(|| t("hall-lock")) close=Callback::new(move |()| open.set(false)) testid="hall-lock-dialog">
            <form on:submit=move |event| { event.prevent_default(); send(); }>
                <p class="sub">{move || t("hall-lock-about")}</p>
                <div class="fields">
                    <Choice label="hall-judge" value=judge options=judge_options testid="hall-lock-judge" />
                    <Choice label="hall-session" value=session options=session_options testid="hall-lock-session" />
                    <TextField label="hall-station" value=station testid="hall-lock-station" />
                </div>
                <TextField label="hall-lock-release" value=release testid="hall-lock-release" kind="password" />
                <p class="sub">{move || t("hall-lock-release-about")}</p>
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert">{move || wire_error(&error)}</p> })}
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="hall-lock-save">{move || t("save")}</button>
                </p>
            </form>
        </Dialog>
    }
}
