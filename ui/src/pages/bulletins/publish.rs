//! Publishing a bulletin: what is chosen, and below it what will be published, as it is at this moment.

use super::one::table;
use crate::backend::call;
use crate::components::{Choice, Dialog, TextField, beside};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::bulletin::{BulletinKind, Columns, LEAST_DAYS, Period};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bulletins::{BulletinsView, PublishBulletin, Published};
use jiangsai_domain::command::files::Whom;
use jiangsai_domain::ids::FactId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Refusals that stand beside a field.
const BESIDE: [&str; 7] = [
    "missing-name",
    "too-long",
    "reason-needed",
    "bulletin-short",
    "bulletin-period",
    "bulletin-period-past",
    "bulletin-contact",
];

/// What is to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What kind.
    pub kind: BulletinKind,
    /// The number of the one it corrects.
    pub corrects: Option<u32>,
}

/// What was chosen in the dialog.
#[derive(Clone, Copy)]
struct Form {
    whom: RwSignal<String>,
    top: RwSignal<String>,
    scores: RwSignal<bool>,
    occupation: RwSignal<bool>,
    from: RwSignal<String>,
    until: RwSignal<String>,
    contact: RwSignal<String>,
    by: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Form {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            whom: text(),
            top: RwSignal::new("3".to_owned()),
            scores: RwSignal::new(false),
            occupation: RwSignal::new(false),
            from: text(),
            until: text(),
            contact: text(),
            by: text(),
            reason: text(),
        }
    }

    /// What one begins with: as the bulletin that is corrected, else the usual.
    fn begin(self, asked: Asked, view: &BulletinsView) {
        let provisional = asked.kind == BulletinKind::Provisional;
        let old = view.lines.iter().find(|line| asked.corrects == Some(line.number) && line.content.is_some());
        let old = old.and_then(|line| line.content.as_ref());
        let whom = old.map_or(if provisional { "all" } else { "winners" }, |old| match old.columns.whom {
            Whom::Winners { .. } | Whom::Entry(_) => "winners",
            Whom::Top(_) => "top",
            Whom::All => "all",
        });
        self.whom.set(whom.to_owned());
        if let Some(Whom::Winners { top } | Whom::Top(top)) = old.map(|old| &old.columns.whom) {
            self.top.set(top.to_string());
        }
        self.scores.set(old.map_or(provisional, |old| old.columns.scores));
        self.occupation.set(old.is_some_and(|old| old.columns.occupation));
        self.contact.set(old.map(|old| old.contact.clone()).unwrap_or_default());
        self.from.set(view.usual.from.clone());
        self.until.set(view.usual.until.clone());
        self.reason.set(String::new());
    }

    fn columns(self) -> Columns {
        let top = self.top.get().trim().parse().unwrap_or(0);
        let whom = match self.whom.get().as_str() {
            "all" => Whom::All,
            "top" => Whom::Top(top),
            _ => Whom::Winners { top },
        };
        Columns { whom, scores: self.scores.get(), occupation: self.occupation.get() }
    }

    fn period(self, kind: BulletinKind) -> Option<Period> {
        (kind == BulletinKind::Posted).then(|| Period { from: self.from.get(), until: self.until.get() })
    }
}

/// The dialog.
#[component]
pub fn PublishDialog(
    /// What is to be published; closed while nothing is.
    asked: RwSignal<Option<Asked>>,
    /// The bulletins.
    view: RwSignal<Option<BulletinsView>>,
    /// What is published is then looked at.
    chosen: RwSignal<Option<FactId>>,
) -> impl IntoView {
    let session = use_session();
    let form = Form::new();
    let preview = RwSignal::new(None::<Published>);
    let fault = RwSignal::new(None::<WireError>);
    let turn = StoredValue::new(0_u32);
    // What is shown is not yet what was chosen: nothing is published that nobody saw.
    let pending = RwSignal::new(false);
    let command = move |asked: Asked, token: String| {
        Some(PublishBulletin {
            competition: session.competition.get()?,
            event: session.event.get()?,
            kind: asked.kind,
            columns: form.columns(),
            period: form.period(asked.kind),
            contact: form.contact.get(),
            by: String::new(),
            corrects: asked.corrects,
            reason: String::new(),
            token,
        })
    };
    Effect::new(move |before: Option<Option<Asked>>| {
        let now = asked.get();
        if let (true, Some(now)) = (before.flatten() != now, now) {
            preview.set(None);
            fault.set(None);
            if let Some(view) = view.get_untracked() {
                form.begin(now, &view);
            }
        }
        now
    });
    Effect::new(move |_| {
        session.revision.track();
        let Some(command) = asked.get().and_then(|asked| command(asked, String::new())) else { return };
        turn.update_value(|turn| *turn += 1);
        let own = turn.get_value();
        pending.set(true);
        spawn_local(async move {
            let answer = call(command).await;
            if turn.try_get_value() != Some(own) {
                return;
            }
            pending.set(false);
            match answer {
                Ok(found) => {
                    fault.set(None);
                    preview.set(Some(found));
                }
                Err(error) => {
                    preview.set(None);
                    fault.set(Some(error));
                }
            }
        });
    });
    let publish = move || {
        let token = preview.with_untracked(|preview| preview.as_ref().map(|own| own.token.clone()));
        let wanted = asked.get_untracked().zip(token);
        let Some(command) = wanted.and_then(|(asked, token)| untrack(|| command(asked, token))) else { return };
        let command = PublishBulletin { by: form.by.get_untracked(), reason: form.reason.get_untracked(), ..command };
        spawn_local(async move {
            match call(command).await {
                Ok(published) => {
                    session.say(move || tx("bulletin-done", &[("number", &published.number.to_string())]));
                    chosen.try_set(None);
                    asked.try_set(None);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let title = Signal::derive(move || {
        asked.get().map_or_else(String::new, |asked| {
            let kind = t(&format!("bulletin-kind-{}", asked.kind.name()));
            match asked.corrects {
                Some(number) => tx("bulletin-correct-title", &[("kind", &kind), ("number", &number.to_string())]),
                None => tx("bulletin-new-title", &[("kind", &kind)]),
            }
        })
    });
    let close = Callback::new(move |()| asked.set(None));
    view! {
        <Dialog open=Signal::derive(move || asked.with(Option::is_some)) title=title close=close testid="bulletin-dialog" wide=true>
            <form on:submit=move |event| { event.prevent_default(); publish(); }>
                {fields(form, asked, fault)}
                {move || fault.get().filter(|error| !BESIDE.contains(&error.code.as_str())).map(|error| view! { <p class="wrong-text" role="alert" data-testid="bulletin-fault">{wire_error(&error)}</p> })}
                <h3>{move || t("bulletin-preview")}</h3>
                {move || preview.get().map(|own| view! {
                    <p class="sub" data-testid="bulletin-preview-about">{tx("bulletin-preview-about", &[("number", &own.number.to_string()), ("count", &own.bulletin.rows.len().to_string())])}</p>
                    {table(&own.bulletin)}
                })}
                <div class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="bulletin-publish" prop:disabled=move || pending.get() || preview.with(Option::is_none)>{move || t("bulletin-publish")}</button>
                </div>
            </form>
        </Dialog>
    }
}

fn fields(form: Form, asked: RwSignal<Option<Asked>>, fault: RwSignal<Option<WireError>>) -> AnyView {
    let options = Signal::derive(|| {
        ["winners", "top", "all"].map(|id| (id.to_owned(), t(&format!("documents-whom-{id}")))).to_vec()
    });
    let posted = move || asked.with(|asked| asked.is_some_and(|asked| asked.kind == BulletinKind::Posted));
    let correcting = move || asked.with(|asked| asked.is_some_and(|asked| asked.corrects.is_some()));
    let short = move || {
        let period = asked.get().and_then(|asked| form.period(asked.kind));
        period.and_then(|period| period.days()).is_some_and(|days| days < LEAST_DAYS)
    };
    let tick = |key: &'static str, value: RwSignal<bool>| {
        view! {
            <label class="check">
                <input type="checkbox" data-testid=key prop:checked=move || value.get() on:change=move |event| value.set(event_target_checked(&event)) />
                <span>{move || t(key)}</span>
            </label>
        }
    };
    view! {
        <div class="fields">
            <Choice label="documents-whom" value=form.whom options=options testid="bulletin-whom" />
            <Show when=move || form.whom.with(|whom| whom != "all")>
                <TextField label="documents-top" value=form.top testid="bulletin-top" kind="number" />
            </Show>
            <Show when=posted>
                <TextField label="bulletin-from" value=form.from testid="bulletin-from" kind="date" wrong=beside(fault, &["bulletin-period-past"]) must=true />
                <TextField label="bulletin-until" value=form.until testid="bulletin-until" kind="date" wrong=beside(fault, &["bulletin-period"]) must=true />
            </Show>
            <TextField label="documents-contact" value=form.contact testid="bulletin-contact" wrong=beside(fault, &["bulletin-contact"]) />
            <TextField label="bulletin-publisher" value=form.by testid="bulletin-by" wrong=beside(fault, &["missing-name", "too-long"]) must=true />
            <Show when=move || correcting() || short()>
                <TextField label="reason" value=form.reason testid="bulletin-reason" wrong=beside(fault, &["reason-needed", "bulletin-short"]) must=true />
            </Show>
        </div>
        <p class="actions">{tick("documents-scores", form.scores)} {tick("documents-occupation", form.occupation)}</p>
    }
    .into_any()
}
