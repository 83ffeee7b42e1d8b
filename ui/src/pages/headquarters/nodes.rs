//! The computers below: when each told how it is last, and what it then still held. Who is silent for long is away, and ages go on, without asking again.

use super::revoke::{Asked, RevokeDialog};
use crate::backend::call;
use crate::components::calmly;
use crate::i18n::{t, tx, wire_error};
use crate::session::{says, use_session};
use crate::time::{Told, minutes, moment};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::headquarters::{ListNodes, NODES, NodeRow, Nodes, OtherNode};
use jiangsai_domain::pairing::Reads;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A computer that was silent for so many milliseconds is away: it tells how it is every minute.
const AWAY: i64 = 3 * 60 * 1_000;

/// The table.
#[component]
pub fn BelowTable() -> impl IntoView {
    let session = use_session();
    let nodes = RwSignal::new(None::<(Nodes, Told)>);
    let fault = RwSignal::new(None::<WireError>);
    let ask = move || {
        spawn_local(async move {
            match call(ListNodes {}).await {
                Ok(found) => {
                    fault.try_set(None);
                    let told = Told::now(found.now);
                    nodes.try_set(Some((found, told)));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    ask();
    let asked = RwSignal::new(None::<Asked>);
    let again = calmly(ask);
    Effect::new(move |before: Option<()>| {
        if before.is_some() && says(&session.heard.get(), NODES) {
            again();
        }
    });
    let body = move |(nodes, told): (Nodes, Told)| {
        let others = others(nodes.others, asked);
        if nodes.nodes.is_empty() {
            return view! { {others} <p class="empty" data-testid="hq-nodes-empty">{t("hq-nodes-empty")}" "<a href="#/exchange">{t("bundle-title")}</a></p> }
                .into_any();
        }
        let lines = nodes.nodes.into_iter().map(|node| line(node, told, asked)).collect_view();
        view! {
            <div class="hq-table" tabindex="0" role="region" aria-label=t("hq-nodes")>
                <table>
                    <thead><tr>
                        <th scope="col">{t("hq-node")}</th>
                        <th scope="col">{t("hq-seen")}</th>
                        <th scope="col">{t("hq-holds")}</th>
                        <th scope="col">{t("hq-paired")}</th>
                        <th scope="col"><span class="sr-only">{t("revoke")}</span></th>
                    </tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            {others}
        }
        .into_any()
    };
    view! {
        <section class="card pad stack">
            <h2>{move || t("hq-nodes")}</h2>
            <p class="sub">{move || t("hq-nodes-about")}</p>
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert">{wire_error(&error)}</p> })}
            {move || nodes.get().map(body)}
            <RevokeDialog asked=asked done=Callback::new(move |()| ask()) />
        </section>
    }
}

/// Computers that connect elsewhere; nothing where there are none.
fn others(others: Vec<OtherNode>, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let one = move |other: OtherNode| {
        let short: String = other.node.as_str().chars().take(8).collect();
        let words = tx("hq-other", &[("node", &short), ("count", &other.competitions.to_string())]);
        let (node, again) = (other.node, other.revoked);
        let ask = move |_| asked.set(Some(Asked { node: node.clone(), name: short.clone(), again }));
        let tag = again.then(|| view! { <span class="tag bad">{t("hq-revoked")}</span>" " });
        let act = t(if again { "restore" } else { "revoke" });
        view! { <li data-testid="hq-other">{words}" "{tag}<button type="button" class="btn" data-testid="hq-other-revoke" on:click=ask>{act}</button></li> }
    };
    (!others.is_empty()).then(|| {
        view! { <h3>{t("hq-others")}</h3><ul class="stack">{others.into_iter().map(one).collect_view()}</ul> }
    })
}

/// Was a computer silent for so long that it is away?
fn is_away(seen_at: Option<i64>, now: i64) -> bool {
    seen_at.is_none_or(|at| now.saturating_sub(at) > AWAY)
}

fn line(node: NodeRow, told: Told, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let (seen_at, held, oldest) = (node.seen_at, node.held, node.oldest);
    // Only what differs is drawn anew: a button in the line keeps the keyboard.
    let away = Memo::new(move |_| is_away(seen_at, told.ticking()));
    let seen = node.seen_at.map_or_else(|| t("hq-never"), moment);
    let age = Memo::new(move |_| oldest.map_or(0, |oldest| minutes(oldest, told.ticking())));
    let holds = move || match held {
        0 if seen_at.is_none() => String::new(),
        0 => t("hq-holds-nothing"),
        held => tx("hq-holds-records", &[("count", &held.to_string()), ("minutes", &age.get().to_string())]),
    };
    let ahead = node.ahead.map(|ahead| {
        let words = tx("hq-clock-ahead", &[("minutes", &(ahead / 60_000).to_string())]);
        view! { <br /><span class="tag warn" data-testid="hq-clock-ahead">{words}</span>" "<small class="sub">{t("hq-clock-ahead-do")}</small> }
    });
    let desk = node.reads == Reads::JudgesDesk;
    let standby = node.reads == Reads::Standby;
    let carrier = node.reads == Reads::Carrier;
    let public = node.reads == Reads::Public;
    let short: String = node.key.chars().take(8).collect();
    let revoked = node.revoked;
    let (name, by_log) = (node.name.clone(), node.node.clone());
    let act = move || match by_log.clone() {
        Some(node) => {
            let name = name.clone();
            let ask = move |_| asked.set(Some(Asked { node: node.clone(), name: name.clone(), again: revoked }));
            let words = t(if revoked { "restore" } else { "revoke" });
            view! { <button type="button" class="btn" data-testid="hq-revoke" on:click=ask>{words}</button> }.into_any()
        }
        None => view! { <small class="sub">{t("revoke-unnamed")}</small> }.into_any(),
    };
    view! {
        <tr data-testid="hq-node">
            <th scope="row">{node.name}" "<small class="sub" title=node.key><code>{short}</code></small>" "{desk.then(|| view! { <span class="tag" data-testid="hq-desk">{t("hq-desk")}</span>" " })}{standby.then(|| view! { <span class="tag" data-testid="hq-standby">{t("standby-title")}</span>" " })}{carrier.then(|| view! { <span class="tag" data-testid="hq-carrier">{t("hq-carrier")}</span>" " })}{public.then(|| view! { <span class="tag" data-testid="hq-public">{t("hq-public")}</span>" " })}{revoked.then(|| view! { <span class="tag bad" data-testid="hq-revoked">{t("hq-revoked")}</span> })}</th>
            <td>{seen}" "{move || away.get().then(|| view! { <span class="tag warn" data-testid="hq-away">{t("hq-away")}</span> })}{ahead}</td>
            <td class:wrong-text={node.held > 0} data-testid="hq-node-holds">{holds}</td>
            <td>{moment(node.paired_at)}</td>
            <td>{act()}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_silent_turns_away_as_time_goes_by() {
        assert!(!is_away(Some(1_000), 1_000 + AWAY) && is_away(Some(1_000), 1_001 + AWAY));
        assert!(is_away(None, 0), "it never told");
        assert!(!is_away(Some(i64::MAX), 0), "a clock that was set back here");
    }
}
