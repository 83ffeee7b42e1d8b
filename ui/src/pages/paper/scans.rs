//! Scans of the sheet that is open: attached from files, looked at, taken away with a reason.

mod dialogs;

use crate::backend::call;
use crate::components::follow;
use crate::files::read_upload;
use crate::i18n::{t, tx, wire_error};
use crate::session::{Session, use_session};
use dialogs::{Large, Remove};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::scans::{AttachScan, ListScans, ScanLine, ShowScan};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// The scans of a sheet. Copies are the same.
#[derive(Clone, Copy)]
struct Scans {
    session: Session,
    /// Number of the sheet.
    number: StoredValue<String>,
    /// What is attached, in the order of the pages.
    lines: RwSignal<Vec<ScanLine>>,
    /// What was refused.
    fault: RwSignal<Option<WireError>>,
    /// Which file is on its way, of how many.
    busy: RwSignal<Option<(u32, u32)>>,
    /// The page that is looked at.
    shown: RwSignal<Option<ScanLine>>,
    /// The page that is to be taken away.
    leaving: RwSignal<Option<ScanLine>>,
}

/// The panel under a sheet.
#[component]
pub fn ScansPanel(
    /// Number of the sheet.
    number: String,
) -> impl IntoView {
    let own = Scans {
        session: use_session(),
        number: StoredValue::new(number),
        lines: RwSignal::new(Vec::new()),
        fault: RwSignal::new(None),
        busy: RwSignal::new(None),
        shown: RwSignal::new(None),
        leaving: RwSignal::new(None),
    };
    let unlisted = RwSignal::new(None::<WireError>);
    let question = move |competition, event| ListScans { competition, event, number: own.number.get_value() };
    follow(question, own.lines, unlisted);
    let none = move || own.lines.with(Vec::is_empty);
    view! {
        <section class="paper-scans" data-testid="paper-scans" aria-label=move || t("paper-scans")>
            <label class="field">
                <span>{move || t("paper-scans-attach")}</span>
                <input
                    type="file" accept="image/jpeg,image/png" multiple=true data-testid="paper-scan-file"
                    prop:disabled=move || own.busy.with(Option::is_some)
                    on:change=move |event| own.choose(&event)
                />
            </label>
            <p class="sub">{move || t("paper-scans-about")}</p>
            <div role="status" aria-live="polite">
                {move || own.busy.get().map(|(at, all)| view! { <p data-testid="paper-scans-busy">{tx("paper-scans-busy", &[("at", &at.to_string()), ("all", &all.to_string())])}</p> })}
            </div>
            {move || own.fault.get().or(unlisted.get()).map(|error| view! { <p class="marks-banner bad" role="alert" data-testid="paper-scan-fault">{wire_error(&error)}</p> })}
            <Show when=none><p class="sub" data-testid="paper-scans-empty">{move || t("paper-scans-empty")}</p></Show>
            <ul class="paper-pages">
                <For each=move || own.lines.get() key=|line| (line.attachment.clone(), line.page, line.here) let:line>{own.line(line)}</For>
            </ul>
        </section>
        <Large scans=own />
        <Remove scans=own />
    }
}

impl Scans {
    /// Attaches the files that were chosen, one after the other.
    fn choose(self, event: &leptos::ev::Event) {
        let session = self.session;
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let (Some(input), Some(competition), Some(event)) =
            (input, session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let list = input.files();
        let files: Vec<_> =
            list.iter().flat_map(|list| (0..list.length()).filter_map(move |at| list.get(at))).collect();
        let all = u32::try_from(files.len()).unwrap_or(u32::MAX);
        self.fault.set(None);
        spawn_local(async move {
            for (at, file) in (1..).zip(files) {
                self.busy.try_set(Some((at, all)));
                let (competition, event) = (competition.clone(), event.clone());
                let Some(number) = self.number.try_get_value() else { return };
                let attached = match read_upload(file).await {
                    Ok(file) => call(AttachScan { competition, event, number, file }).await,
                    Err(error) => Err(error),
                };
                match attached {
                    Ok(lines) => self.lines.try_set(lines),
                    Err(error) => {
                        self.fault.try_set(Some(error));
                        break;
                    }
                };
            }
            self.busy.try_set(None);
        });
        // The same file can be chosen again.
        input.set_value("");
    }

    /// One page in the list.
    fn line(self, line: ScanLine) -> impl IntoView {
        let page = line.page.to_string();
        let shown = if line.here {
            let (open, name) = (line.clone(), tx("paper-scan-open", &[("page", &page)]));
            view! {
                <button class="paper-page" data-testid=format!("paper-scan-{page}") aria-label=name on:click=move |_| self.shown.set(Some(open.clone()))>
                    {self.picture(&line, true)}
                    <span>{tx("paper-scan-page", &[("page", &page)])}</span>
                </button>
            }
            .into_any()
        } else {
            let missing = tx("paper-scan-missing", &[("page", &page)]);
            view! { <p class="sub" data-testid=format!("paper-scan-{page}")>{missing}</p> }.into_any()
        };
        let name = tx("paper-scan-remove", &[("page", &page)]);
        view! {
            <li>
                {shown}
                <button class="btn quiet" data-testid=format!("paper-scan-remove-{page}") on:click=move |_| self.leaving.set(Some(line.clone()))>{name}</button>
            </li>
        }
    }

    /// The picture of a page, once it is there.
    fn picture(self, line: &ScanLine, small: bool) -> impl IntoView + use<> {
        let session = self.session;
        let picture = RwSignal::new(None::<Result<String, WireError>>);
        let alt = tx("paper-scan-page", &[("page", &line.page.to_string())]);
        if let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked()) {
            let (number, attachment) = (self.number.get_value(), line.attachment.clone());
            spawn_local(async move {
                let answer = call(ShowScan { competition, event, number, attachment, small }).await;
                picture.try_set(Some(answer.map(|file| format!("data:{};base64,{}", file.mime, file.base64))));
            });
        }
        move || {
            picture.get().map(|picture| match picture {
                // What it is called stands beside it in the list.
                Ok(source) => view! { <img src=source alt=if small { String::new() } else { alt.clone() } data-testid=(!small).then_some("paper-scan-picture") /> }.into_any(),
                Err(error) => view! { <span class="wrong-text" role="alert">{wire_error(&error)}</span> }.into_any(),
            })
        }
    }
}
