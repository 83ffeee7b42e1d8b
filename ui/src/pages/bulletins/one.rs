//! One bulletin: what it says, printing it, correcting it.

use super::publish::Asked;
use super::settle::Settle;
use crate::i18n::{language, t, tx};
use crate::pages::documents::SaveBar;
use crate::session::use_session;
use jiangsai_domain::bulletin::{Bulletin, Row};
use jiangsai_domain::command::bulletins::{BulletinLine, BulletinState, BulletinsView};
use jiangsai_domain::command::files::{DocumentKind, DocumentRequest, FileFormat};
use jiangsai_domain::command::registration::FieldId;
use jiangsai_domain::form;
use jiangsai_domain::ids::FactId;
use jiangsai_domain::view::standings::status_key;
use leptos::prelude::*;

/// The bulletin that was chosen from the list.
pub fn one(
    view: RwSignal<Option<BulletinsView>>,
    chosen: RwSignal<Option<FactId>>,
    asked: RwSignal<Option<Asked>>,
) -> AnyView {
    let line = Memo::new(move |_| {
        let fact = chosen.get()?;
        view.with(|view| view.as_ref()?.lines.iter().find(|line| line.fact == fact).cloned())
    });
    view! { {move || line.get().map(|line| shown(&line, asked))} }.into_any()
}

fn shown(line: &BulletinLine, asked: RwSignal<Option<Asked>>) -> AnyView {
    let session = use_session();
    let format = RwSignal::new(FileFormat::Pdf);
    let (number, kind, state) = (line.number, line.kind, line.state);
    let printable = line.content.is_some() && !matches!(state, BulletinState::Crosses | BulletinState::Dropped);
    let document = Signal::derive(move || {
        let kind = DocumentKind::Bulletin { number };
        printable.then_some(()).and(session.event.get()).map(|event| DocumentRequest {
            event,
            kind,
            language: language(),
            format: format.get(),
        })
    });
    let choose = move |event| {
        format.set(if event_target_value(&event) == "docx" { FileFormat::Docx } else { FileFormat::Pdf });
    };
    let name = t(&format!("bulletin-kind-{}", kind.name()));
    let content = match &line.content {
        Some(bulletin) => table(bulletin),
        None => view! { <p class="empty" data-testid="bulletin-sealed">{t("bulletin-withheld")}</p> }.into_any(),
    };
    let why = (!line.reason.is_empty()).then(|| tx("bulletin-why", &[("reason", &line.reason)]));
    let settle = (state == BulletinState::Crosses).then(|| view! { <Settle number=number fact=line.fact.clone() /> });
    view! {
        <section class="card pad bulletin-one" data-testid="bulletin-one" aria-label=tx("bulletin-named", &[("kind", &name), ("number", &number.to_string())])>
            <div class="head">
                <h2>{tx("bulletin-named", &[("kind", &name), ("number", &number.to_string())])}</h2>
                <span class="sub">{why}</span>
                <span class="push">
                    {(state == BulletinState::Stands).then(|| view! {
                        <button class="btn" data-testid="bulletin-correct" on:click=move |_| asked.set(Some(Asked { kind, corrects: Some(number) }))>{t("bulletin-correct")}</button>
                    })}
                </span>
            </div>
            {settle}
            {printable.then(|| view! {
                <label class="field bulletin-format">
                    <span>{t("documents-format")}</span>
                    <select data-testid="bulletin-format" on:change=choose>
                        <option value="pdf">{t("documents-format-pdf")}</option>
                        <option value="docx">{t("documents-format-docx")}</option>
                    </select>
                </label>
                <SaveBar document=document />
            })}
            {content}
        </section>
    }
    .into_any()
}

/// What a bulletin says, as a table.
pub fn table(bulletin: &Bulletin) -> AnyView {
    let prized = bulletin.rows.iter().any(|row| !row.awards.is_empty());
    let numbered = bulletin.rows.iter().any(|row| !row.number.is_empty());
    let (named, scores) = (!bulletin.sealed, bulletin.columns.scores);
    let occupation = bulletin.columns.occupation && named;
    let number = if bulletin.sealed { "print-blind-code" } else { "print-entry-number" };
    let mut titles = vec![t("print-rank")];
    titles.extend(prized.then(|| t("print-prize")));
    titles.extend(numbered.then(|| t(number)));
    titles.extend(named.then(|| [t("print-name"), t("print-unit")]).into_iter().flatten());
    titles.extend(occupation.then(|| form::header(FieldId::Occupation).get(&language()).to_owned()));
    titles.extend(scores.then(|| t("print-total-score")));
    let row = |row: &Row| {
        let mut cells = vec![row.rank.map_or_else(|| t(status_key(row.status)), |rank| rank.to_string())];
        let awards = || row.awards.iter().map(|name| name.get(&language()).to_owned()).collect::<Vec<_>>();
        cells.extend(prized.then(|| awards().join(&t("print-list-separator"))));
        cells.extend(numbered.then(|| row.number.clone()));
        cells.extend(named.then(|| [row.name.clone(), row.unit.clone()]).into_iter().flatten());
        cells.extend(occupation.then(|| row.occupation.clone()));
        cells.extend(scores.then(|| row.total.clone()));
        view! { <tr>{cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    let heads = titles.into_iter().map(|title| view! { <th scope="col">{title}</th> }).collect_view();
    view! {
        <div class="scroll short" tabindex="0">
            <table data-testid="bulletin-table"><thead><tr>{heads}</tr></thead><tbody>{bulletin.rows.iter().map(row).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}
