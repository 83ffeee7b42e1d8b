//! People and their duties (人员与职责), with what one person should not hold together.

use crate::i18n::{message, t};
use jiangsai_domain::command::duties::PersonDuties;
use jiangsai_domain::command::finalising::FinalisingView;
use leptos::prelude::*;

/// The card, below the steps of finalising and below the history.
pub fn duties(view: RwSignal<Option<FinalisingView>>) -> impl IntoView {
    move || {
        let duties = view.with(|view| view.as_ref().map(|view| view.duties.clone()))?;
        let warnings = duties.warnings.iter().map(|(key, args)| view! { <li>{message(key, args)}</li> });
        let warnings = (!duties.warnings.is_empty()).then(|| {
            view! { <ul class="final-missing" data-testid="duties-warnings">{warnings.collect_view()}</ul> }
        });
        let people = duties.people.iter().map(person).collect_view();
        Some(view! {
            <section class="card pad final-duties" aria-label=t("duties-title") data-testid="duties">
                <h2>{t("duties-title")}</h2>
                <p class="sub">{t("duties-about")}</p>
                {warnings}
                {if duties.people.is_empty() {
                    view! { <p class="sub">{t("duties-nobody")}</p> }.into_any()
                } else {
                    view! {
                        <div class="scroll" tabindex="0" role="region" aria-label=t("duties-held")>
                            <table>
                                <thead><tr><th>{t("duties-name")}</th><th>{t("duties-held")}</th></tr></thead>
                                <tbody>{people}</tbody>
                            </table>
                        </div>
                    }.into_any()
                }}
            </section>
        })
    }
}

fn person(own: &PersonDuties) -> impl IntoView + use<> {
    let held: Vec<String> = own.held.iter().map(|(key, args)| message(key, args)).collect();
    view! {
        <tr data-testid="duties-person">
            <th scope="row">{own.name.clone()}</th>
            <td class="winners">{held.join(&t("standings-list-separator"))}</td>
        </tr>
    }
}
