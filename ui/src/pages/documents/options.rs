//! What goes into the document: module, judge, who stands in it, columns, language, kind of file.

use super::asked::Asked;
use super::kinds::Kind;
use super::whom::WhomChoice;
use crate::backend::call;
use crate::i18n::{language, t};
use crate::pages::draw::session_name;
use crate::session::use_session;
use jiangsai_domain::command::draw::{DrawChoice, ShowDraw};
use jiangsai_domain::command::files::FileFormat;
use jiangsai_domain::command::judging::{Judge, ListJudges};
use jiangsai_domain::ids::JudgeId;
use jiangsai_scoring::Text;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Modules by id and name.
pub type Modules = Vec<(String, Text)>;

/// The options of the chosen document.
pub fn options(asked: RwSignal<Asked>, modules: RwSignal<Modules>) -> impl IntoView {
    let session = use_session();
    let judges = RwSignal::new(Vec::<(JudgeId, Judge, bool)>::new());
    Effect::new(move |_| {
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else {
            return;
        };
        spawn_local(async move {
            if let Ok(list) = call(ListJudges { competition, event }).await {
                judges.try_set(list.judges);
            }
        });
    });
    let draws = RwSignal::new(Vec::<DrawChoice>::new());
    Effect::new(move |_| {
        if asked.with(|asked| asked.which != Kind::DrawRegister) {
            return;
        }
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else {
            return;
        };
        spawn_local(async move {
            if let Ok(view) = call(ShowDraw { competition, event, of: None }).await {
                draws.try_set(view.choices);
            }
        });
    });
    let draw_options = move || {
        let current = asked.with(|asked| asked.draw.clone());
        let option = |(index, choice): (usize, DrawChoice)| {
            let selected = (choice.layer, &choice.session) == (current.0, &current.1);
            let name = format!("{} · {}", t(choice.layer.key()), session_name(&choice.session));
            view! { <option value=index.to_string() selected=selected>{name}</option> }
        };
        draws.get().into_iter().enumerate().map(option).collect_view()
    };
    let choose_draw = move |event| {
        let index = event_target_value(&event).parse::<usize>().ok();
        if let Some(choice) = index.and_then(|index| draws.with_untracked(|draws| draws.get(index).cloned())) {
            asked.update(|asked| asked.draw = (choice.layer, choice.session));
        }
    };
    let by_module = move || asked.with(|asked| asked.which.by_module());
    let module_options = move || {
        let current = asked.with(|asked| asked.module.clone());
        modules
            .get()
            .into_iter()
            .map(|(id, name)| view! { <option value=id.clone() selected=id == current>{name.get(&language()).to_owned()}</option> })
            .collect_view()
    };
    let judge_options = move || {
        let current = asked.with(|asked| asked.judge.clone());
        judges
            .get()
            .into_iter()
            .filter(|(_, judge, _)| !judge.retired)
            .map(|(id, judge, _)| {
                let selected = current.as_ref() == Some(&id);
                view! { <option value=id.as_str().to_owned() selected=selected>{format!("{} {}", judge.code, judge.name)}</option> }
            })
            .collect_view()
    };
    let has_docx = move || asked.with(|asked| asked.which.document(asked).is_some_and(|kind| kind.has_docx()));
    let posted = move || asked.with(|asked| asked.which == Kind::ResultList);
    view! {
        <section class="card documents-options">
            <Show when=by_module>
                <label>
                    <span>{move || t("documents-module")}</span>
                    <select data-testid="doc-module" on:change=move |event| asked.update(|asked| asked.module = event_target_value(&event))>{module_options}</select>
                </label>
                <label>
                    <span>{move || t("documents-judge")}</span>
                    <select
                        data-testid="doc-judge"
                        on:change=move |event| {
                            let id = event_target_value(&event);
                            asked.update(|asked| asked.judge = (!id.is_empty()).then(|| JudgeId::new(id)));
                        }
                    >
                        <option value="">{move || t("documents-judge-all")}</option>
                        {judge_options}
                    </select>
                </label>
            </Show>
            <Show when=move || asked.with(|asked| asked.which == Kind::DrawRegister)>
                <label>
                    <span>{move || t("documents-draw")}</span>
                    <select data-testid="doc-draw" on:change=choose_draw>{draw_options}</select>
                </label>
            </Show>
            <WhomChoice asked=asked />
            <Show when=posted>
                {field(asked, "doc-period", "documents-period", |asked| &mut asked.period)}
                {field(asked, "doc-contact", "documents-contact", |asked| &mut asked.contact)}
                {tick(asked, "doc-scores", "documents-scores", |asked| &mut asked.scores)}
                {tick(asked, "doc-occupation", "documents-occupation", |asked| &mut asked.occupation)}
            </Show>
            <Show when=move || asked.with(|asked| asked.which == Kind::Rules)>
                {tick(asked, "doc-both", "documents-both", |asked| &mut asked.both)}
            </Show>
            <Show when=has_docx>
                <label>
                    <span>{move || t("documents-format")}</span>
                    <select
                        data-testid="doc-format"
                        on:change=move |event| {
                            let docx = event_target_value(&event) == "docx";
                            asked.update(|asked| asked.format = if docx { FileFormat::Docx } else { FileFormat::Pdf });
                        }
                    >
                        <option value="pdf" selected=move || asked.with(|asked| asked.format == FileFormat::Pdf)>{move || t("documents-format-pdf")}</option>
                        <option value="docx" selected=move || asked.with(|asked| asked.format == FileFormat::Docx)>{move || t("documents-format-docx")}</option>
                    </select>
                </label>
            </Show>
            <label>
                <span>{move || t("documents-language")}</span>
                <select data-testid="doc-language" on:change=move |event| asked.update(|asked| asked.language = event_target_value(&event))>
                    <option value="zh-CN" selected=move || asked.with(|asked| asked.language == "zh-CN")>{move || t("documents-language-zh")}</option>
                    <option value="en" selected=move || asked.with(|asked| asked.language == "en")>{move || t("documents-language-en")}</option>
                </select>
            </label>
        </section>
    }
}

/// A line of text.
fn field(
    asked: RwSignal<Asked>,
    id: &'static str,
    key: &'static str,
    place: fn(&mut Asked) -> &mut String,
) -> impl IntoView {
    let now = move || asked.with(|asked| place(&mut asked.clone()).clone());
    view! {
        <label>
            <span>{move || t(key)}</span>
            <input data-testid=id prop:value=now on:change=move |event| asked.update(|asked| *place(asked) = event_target_value(&event)) />
        </label>
    }
}

/// Yes or no.
fn tick(
    asked: RwSignal<Asked>,
    id: &'static str,
    key: &'static str,
    place: fn(&mut Asked) -> &mut bool,
) -> impl IntoView {
    let now = move || asked.with(|asked| *place(&mut asked.clone()));
    view! {
        <label class="line">
            <input data-testid=id type="checkbox" prop:checked=now on:change=move |event| asked.update(|asked| *place(asked) = event_target_checked(&event)) />
            <span>{move || t(key)}</span>
        </label>
    }
}
