//! Who is proposed for an honour or level (推荐、拟晋升), and on what ground.

use crate::i18n::{language, message, t};
use jiangsai_domain::command::finalising::FinalisingView;
use jiangsai_domain::command::proposals::{Proposal, ProposalGroup};
use leptos::prelude::*;

/// One row for each proposal; nothing where the rules propose nothing.
pub fn proposals(view: RwSignal<Option<FinalisingView>>) -> impl IntoView {
    move || {
        let groups = view.with(|view| view.as_ref().map(|view| view.proposals.clone()).unwrap_or_default());
        (!groups.is_empty()).then(|| {
            let rows = groups.iter().map(group).collect_view();
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label=t("finalising-proposals")>
                    <table data-testid="finalising-proposals-list">
                        <caption>{t("finalising-proposals")}</caption>
                        <thead><tr>
                            <th>{t("finalising-proposal-honour")}</th>
                            <th class="num">{t("standings-col-rank")}</th>
                            <th>{t("finalising-proposal-who")}</th>
                            <th>{t("finalising-proposal-ground")}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
        })
    }
}

fn group(group: &ProposalGroup) -> impl IntoView + use<> {
    let language = language();
    let (name, rule) = (group.name.get(&language).to_owned(), group.rule.get(&language).to_owned());
    let nobody = group.proposed.is_empty().then(|| {
        let (name, rule) = (name.clone(), rule.clone());
        view! {
            <tr>
                <th scope="row">{name}<small class="sub rule">{rule}</small></th>
                <td></td>
                <td colspan="2">{t("finalising-proposals-nobody")}</td>
            </tr>
        }
    });
    let rows =
        group.proposed.iter().enumerate().map(|(at, own)| row(own, name.clone(), (at == 0).then(|| rule.clone())));
    let rows = rows.collect_view();
    view! { {nobody} {rows} }
}

/// A proposal; the first of an honour says its rule.
fn row(own: &Proposal, name: String, rule: Option<String>) -> impl IntoView + use<> {
    let ground: Vec<String> = own.ground.iter().map(|(key, args)| message(key, args)).collect();
    let who = format!("{} {} {}", own.number, own.name, own.unit);
    view! {
        <tr>
            <th scope="row">{name}{rule.map(|rule| view! { <small class="sub rule">{rule}</small> })}</th>
            <td class="num">{own.rank.map(|rank| rank.to_string())}</td>
            <td class="winners">{who.trim().to_owned()}</td>
            <td class="winners">{ground.join(&t("print-step-separator"))}</td>
        </tr>
    }
}
