//! Who gets what, as the rules give it.

use crate::i18n::{language, t, tx};
use jiangsai_domain::command::finalising::FinalisingView;
use leptos::prelude::*;

/// One row for each award; nothing where the rules have none.
pub fn awards(view: RwSignal<Option<FinalisingView>>) -> impl IntoView {
    move || {
        let awards = view.with(|view| view.as_ref().map(|view| view.awards.clone()).unwrap_or_default());
        (!awards.is_empty()).then(|| {
            let rows = awards.into_iter().map(|award| {
                let separator = t("standings-list-separator");
                let winners: Vec<String> =
                    award.winners.iter().map(|(_, number, name)| format!("{number} {name}").trim().to_owned()).collect();
                let count = award.winners.len();
                let open = award.unsettled.join(" = ");
                view! {
                    <tr>
                        <th scope="row">{award.name.get(&language()).to_owned()}</th>
                        <td class="num">{count}</td>
                        <td class="num">{(award.vacant > 0).then(|| award.vacant.to_string())}</td>
                        <td class="winners">
                            {winners.join(&separator)}
                            {(!open.is_empty()).then(|| view! { <span class="wrong-text">" "{tx("finalising-border", &[("numbers", &open)])}</span> })}
                        </td>
                    </tr>
                }
            });
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label=t("finalising-step-awards")>
                    <table data-testid="finalising-awards-list">
                        <thead><tr>
                            <th>{t("finalising-award")}</th>
                            <th class="num">{t("finalising-award-count")}</th>
                            <th class="num">{t("finalising-award-vacant")}</th>
                            <th>{t("finalising-award-winners")}</th>
                        </tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            }
        })
    }
}
