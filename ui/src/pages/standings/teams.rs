//! The table of teams (团体名次), as the standings and the last steps show it.

use crate::i18n::{language, message, t, tx};
use crate::pages::marks::status_key;
use jiangsai_domain::command::teams::{TeamMember, TeamRow, TeamsView};
use jiangsai_scoring::EntryStatus;
use leptos::prelude::*;

/// The table; in its place, why there is none.
pub fn teams(of: TeamsView, sealed: bool) -> AnyView {
    if of.rows.is_empty() {
        let why = if sealed { "standings-teams-sealed" } else { "standings-teams-empty" };
        return view! { <p class="sub">{t(why)}</p> }.into_any();
    }
    let rows = of.rows.into_iter().map(row).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t("standings-teams")>
            <table data-testid="teams">
                <thead><tr>
                    <th class="num">{t("standings-col-rank")}</th>
                    <th>{t("standings-col-team")}</th>
                    <th class="num">{of.name.get(&language()).to_owned()}</th>
                    <th>{t("standings-col-members")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(team: TeamRow) -> impl IntoView {
    let rank = match team.rank {
        Some(rank) => view! { <b>{rank}</b> }.into_any(),
        None => view! { <span aria-label=t("standings-no-rank")>"—"</span> }.into_any(),
    };
    let shared = (team.shared && team.rank.is_some())
        .then(|| view! { " " <small class="tag plain">{t("standings-shared")}</small> });
    let why = team.why.map(|(key, args)| view! { " " <small class="tag plain">{message(&key, &args)}</small> });
    let members: Vec<String> = team.members.iter().map(member).collect();
    view! {
        <tr>
            <td class="num">{rank}</td>
            <th scope="row">{team.team} {shared} {why}</th>
            <td class="num">{team.total}</td>
            <td class="members">{members.join(&t("standings-list-separator"))}</td>
        </tr>
    }
}

fn member(own: &TeamMember) -> String {
    let rank = match own.rank {
        Some(rank) => rank.to_string(),
        None if own.status == EntryStatus::Ok => t("standings-team-unranked"),
        None => t(status_key(own.status)),
    };
    let total = if own.total.is_empty() { "—" } else { &own.total };
    tx("standings-team-member", &[("name", &own.name), ("rank", &rank), ("total", total)])
}
