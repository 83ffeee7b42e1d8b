//! What a person answers before an import: whose a row is, and who was absent.

use crate::i18n::{message, t, tx};
use jiangsai_domain::command::marks::{Answer, Candidate, Question};
use jiangsai_domain::ids::EntryId;
use leptos::prelude::*;

/// The value of the choice that leaves a row out; an entry's id is never empty, nor this.
const LEAVE_OUT: &str = "-";

/// One choice for every row whose number does not say whose it is.
pub fn questions(
    name: &'static str,
    questions: Vec<Question>,
    answers: RwSignal<Vec<Answer>>,
    answered: Callback<()>,
) -> Option<impl IntoView> {
    if questions.is_empty() {
        return None;
    }
    let lines = move || questions.iter().map(|one| line(name, one, answers, answered)).collect_view();
    Some(view! {
        <section class="import-questions" data-testid=format!("{name}-questions")>
            <h3>{move || t("import-questions")}</h3>
            {lines}
        </section>
    })
}

fn line(
    name: &'static str,
    question: &Question,
    answers: RwSignal<Vec<Answer>>,
    answered: Callback<()>,
) -> impl IntoView + use<> {
    let row = question.row;
    let (key, args) = question.why.clone();
    let about = [question.number.clone(), question.name.clone(), question.unit.clone()];
    let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let chosen = move || {
        let own = answers.with(|answers| answers.iter().find(|answer| answer.row == row).cloned());
        own.map_or_else(String::new, |answer| answer.entry.map_or_else(|| LEAVE_OUT.to_owned(), |id| id.to_string()))
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        answers.update(|answers| {
            answers.retain(|answer| answer.row != row);
            match value.as_str() {
                "" => {}
                LEAVE_OUT => answers.push(Answer { row, entry: None }),
                id => answers.push(Answer { row, entry: Some(EntryId::from(id)) }),
            }
        });
        answered.run(());
    };
    let options =
        question.candidates.iter().map(|one| view! { <option value=one.entry.to_string()>{called(one)}</option> });
    let options = options.collect_view();
    view! {
        <label class="field">
            <span>{tx("import-question-row", &[("row", &row.to_string())])} " " <b translate="no">{about}</b> " " {message(&key, &args)}</span>
            <select data-testid=format!("{name}-question-{row}") prop:value=chosen on:change=choose>
                <option value="">{t("import-question-choose")}</option>
                {options}
                <option value=LEAVE_OUT>{t("import-question-leave-out")}</option>
            </select>
        </label>
    }
}

/// Who has no result; ticked when they were absent.
pub fn missing(name: &'static str, missing: Vec<Candidate>, absent: RwSignal<Vec<EntryId>>) -> Option<impl IntoView> {
    if missing.is_empty() {
        return None;
    }
    let count = missing.len();
    let all: Vec<EntryId> = missing.iter().map(|one| one.entry.clone()).collect();
    let line = move |one: Candidate| {
        let (id, shown) = (one.entry.clone(), called(&one));
        let own = id.clone();
        let ticked = move || absent.with(|absent| absent.contains(&own));
        let turn = move |_| {
            absent.update(|absent| match absent.iter().position(|other| *other == id) {
                Some(at) => drop(absent.remove(at)),
                None => absent.push(id.clone()),
            });
        };
        view! {
            <li><label class="check">
                <input type="checkbox" data-testid=format!("{name}-absent-{}", one.number) prop:checked=ticked on:change=turn />
                <span>{shown}</span>
            </label></li>
        }
    };
    Some(view! {
        <section class="import-questions" data-testid=format!("{name}-missing")>
            <h3>{move || tx("import-missing", &[("count", &count.to_string())])}</h3>
            <p>{move || t("import-missing-about")}</p>
            <button class="btn" data-testid=format!("{name}-absent-all") on:click=move |_| absent.set(all.clone())>{move || t("import-missing-all")}</button>
            <ul class="import-missing scroll short" tabindex="0">{missing.into_iter().map(line).collect_view()}</ul>
        </section>
    })
}

fn called(one: &Candidate) -> String {
    let parts = [&one.number, &one.name, &one.unit];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
}
