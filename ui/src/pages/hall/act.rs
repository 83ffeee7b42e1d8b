//! What the chief judge does in the hall, each said in words and with its reason before it is done.

use super::View;
use crate::backend::call;
use crate::components::{Dialog, Foresight, TextField};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::foresee::Step;
use jiangsai_domain::command::hall::{ReopenSheet, ReplaceJudge, Replaced, RequestRescore, SetSeat};
use jiangsai_domain::command::marks::EnterMark;
use jiangsai_domain::ids::{EntryId, FactId, ItemId, JudgeId, PanelId};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// A signed sheet is opened again: entry, module, judge; 赛位号 and code to say it by.
    Reopen(EntryId, String, Option<JudgeId>, [String; 2]),
    /// Marks are to be given again, or not after all: entry, item, whose (nobody for all); 赛位号 to say it by.
    Rescore(EntryId, ItemId, Vec<JudgeId>, bool, String),
    /// 回避, or not after all: entry, panel, seat, whether, 候补裁判; 赛位号 and code to say it by.
    Seat(EntryId, PanelId, JudgeId, bool, Option<JudgeId>, [String; 2]),
    /// A judge is replaced: panel, who leaves, who comes; their codes.
    Replace(PanelId, JudgeId, JudgeId, [String; 2]),
    /// Something is adjusted (处罚、调整), or not after all: entry, item, attempt, as typed, what stands; 赛位号 and item to say it by.
    Adjust(EntryId, ItemId, u16, String, Vec<FactId>, [String; 2]),
}

impl Act {
    fn title(&self) -> String {
        t(match self {
            Self::Reopen(..) => "hall-reopen",
            Self::Rescore(.., false, _) => "hall-rescore",
            Self::Rescore(..) => "hall-rescore-withdraw",
            Self::Seat(_, _, _, true, ..) => "hall-recuse",
            Self::Seat(..) => "hall-recuse-undo",
            Self::Replace(..) => "hall-replace",
            Self::Adjust(.., text, _, _) if text.is_empty() => "hall-adjust-undo",
            Self::Adjust(..) => "hall-adjust",
        })
    }

    fn about(&self) -> String {
        match self {
            Self::Reopen(_, _, _, [station, who]) => tx("hall-reopen-about", &[("station", station), ("judge", who)]),
            Self::Rescore(_, item, judges, false, station) => {
                let key = if judges.is_empty() { "hall-rescore-about" } else { "hall-rescore-one-about" };
                tx(key, &[("station", station), ("item", item.as_str())])
            }
            Self::Rescore(_, item, _, true, station) => {
                tx("hall-rescore-withdraw-about", &[("station", station), ("item", item.as_str())])
            }
            Self::Seat(_, _, _, true, substitute, [station, who]) => {
                let key = if substitute.is_some() { "hall-recuse-about" } else { "hall-recuse-alone" };
                tx(key, &[("station", station), ("judge", who)])
            }
            Self::Seat(.., [station, who]) => tx("hall-recuse-undo-about", &[("station", station), ("judge", who)]),
            Self::Adjust(_, _, _, text, _, [station, item]) => {
                let key = if text.is_empty() { "hall-adjust-undo-about" } else { "hall-adjust-about" };
                tx(key, &[("station", station), ("item", item), ("value", text)])
            }
            Self::Replace(_, _, _, [who, by]) => tx("hall-replace-about", &[("judge", who), ("by", by)]),
        }
    }
}

/// The dialog.
#[component]
pub(super) fn ActDialog(
    /// The page.
    view: View,
) -> impl IntoView {
    let session = use_session();
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let effect = RwSignal::new(None::<Replaced>);
    Effect::new(move |_| {
        reason.set(String::new());
        fault.set(None);
        effect.set(None);
        let asked = view.act.get();
        if let (Some(Act::Replace(panel, judge, by, _)), Some(competition), Some(event)) =
            (asked.clone(), session.competition.get_untracked(), session.event.get_untracked())
        {
            let reason = String::new();
            spawn_local(async move {
                let answer = call(ReplaceJudge { competition, event, panel, judge, by, reason, preview: true }).await;
                if view.act.try_get_untracked() != Some(asked) {
                    return;
                }
                // Why it is not allowed is said with what it would change.
                if let Ok(done) = answer {
                    effect.set(Some(done));
                }
            });
        }
    });
    let steps = Signal::derive(move || {
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else {
            return Vec::new();
        };
        let reason = String::new();
        let step = match view.act.get() {
            Some(Act::Seat(entry, panel, seat, recused, substitute, _)) => {
                Step::Seat(SetSeat { competition, event, entry, panel, seat, recused, substitute, reason })
            }
            Some(Act::Replace(panel, judge, by, _)) => {
                Step::Replace(ReplaceJudge { competition, event, panel, judge, by, reason, preview: false })
            }
            Some(Act::Adjust(entry, item, attempt, text, replaces, _)) => {
                Step::Mark(EnterMark { competition, event, entry, item, judge: None, attempt, text, replaces, reason })
            }
            // First marks count until others are given.
            _ => return Vec::new(),
        };
        vec![step]
    });
    let close = Callback::new(move |()| view.act.set(None));
    let send = move || {
        let (Some(competition), Some(event), Some(act)) =
            (session.competition.get_untracked(), session.event.get_untracked(), view.act.get_untracked())
        else {
            return;
        };
        let reason = reason.get_untracked();
        spawn_local(async move {
            let answer = match act {
                Act::Reopen(entry, module, judge, _) => {
                    call(ReopenSheet { competition, event, entry, module, judge, reason }).await
                }
                Act::Rescore(entry, item, judges, withdraw, _) => {
                    call(RequestRescore { competition, event, entry, item, judges, withdraw, reason }).await
                }
                Act::Seat(entry, panel, seat, recused, substitute, _) => {
                    call(SetSeat { competition, event, entry, panel, seat, recused, substitute, reason }).await
                }
                Act::Replace(panel, judge, by, _) => {
                    call(ReplaceJudge { competition, event, panel, judge, by, reason, preview: false }).await.map(drop)
                }
                Act::Adjust(entry, item, attempt, text, replaces, _) => {
                    let judge = None;
                    call(EnterMark { competition, event, entry, item, judge, attempt, text, replaces, reason })
                        .await
                        .map(drop)
                }
            };
            match answer {
                Ok(()) => {
                    view.act.try_set(None);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Dialog
            open=Signal::derive(move || view.act.with(Option::is_some))
            title=Signal::derive(move || view.act.with(|act| act.as_ref().map(Act::title).unwrap_or_default()))
            close=close
            testid="hall-act"
            wide=true
        >
            <form on:submit=move |event| { event.prevent_default(); send(); }>
                <div class="stack">
                    <p data-testid="hall-act-about">{move || view.act.with(|act| act.as_ref().map(Act::about))}</p>
                    {move || effect.get().map(|done| view! {
                        <p data-testid="hall-replace-effect" class:wrong-text={done.marks > 0}>
                            {tx("hall-replace-effect", &[("kept", &done.kept.to_string()), ("anew", &done.anew.to_string()), ("marks", &done.marks.to_string())])}
                        </p>
                    })}
                    <Foresight steps=steps />
                    <TextField label="reason" value=reason testid="hall-reason" must=true first=true />
                    {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="hall-fault">{move || wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="hall-do">{move || view.act.with(|act| act.as_ref().map(Act::title))}</button>
                </p>
            </form>
        </Dialog>
    }
}
