//! The versions of the rules: number, checksum, when, who, why; which one holds, and which one was pinned by the first mark.

use crate::i18n::t;
use crate::time::moment;
use jiangsai_domain::command::competition::RulebookVersion;
use leptos::prelude::*;

/// The list of versions, the newest first.
#[component]
pub fn Versions(
    /// The versions.
    #[prop(into)]
    versions: Signal<Vec<RulebookVersion>>,
) -> impl IntoView {
    view! {
        <section class="card pad" aria-label=move || t("rules-versions") data-testid="rules-versions">
            <h2>{move || t("rules-versions")}</h2>
            <p class="sub">{move || t("rules-versions-about")}</p>
            <div class="scroll" tabindex="0"><table>
                <thead><tr>
                    <th class="num">{move || t("rules-col-version")}</th>
                    <th>{move || t("rules-col-hash")}</th>
                    <th>{move || t("rules-col-when")}</th>
                    <th>{move || t("rules-col-who")}</th>
                    <th>{move || t("rules-col-why")}</th>
                </tr></thead>
                <tbody>{move || versions.get().into_iter().map(row).collect_view()}</tbody>
            </table></div>
        </section>
    }
}

fn row(version: RulebookVersion) -> impl IntoView {
    let RulebookVersion { number, hash, at, actor, reason, holds, pinned } = version;
    let who = if actor == "operator" { t("history-operator") } else { actor };
    let short = hash.get(..12).unwrap_or_default().to_owned();
    view! {
        <tr data-testid=format!("rules-version-{number}") data-holds=holds.to_string() data-pinned=pinned.to_string()>
            <td class="num">{number}</td>
            <td class="id">
                <details class="rules-hash"><summary>{short}</summary><code>{hash}</code></details>
            </td>
            <td>{moment(at)}</td>
            <td>{who}</td>
            <td>
                {holds.then(|| view! { <span class="tag ok">{t("rules-version-holds")}</span>" " })}
                {pinned.then(|| view! { <span class="tag plain">{t("rules-version-pinned")}</span>" " })}
                {reason}
            </td>
        </tr>
    }
}
