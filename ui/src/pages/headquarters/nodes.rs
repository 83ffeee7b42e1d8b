//! The computers below: when each told how it is last, and what it then still held.

use super::revoke::{Asked, RevokeDialog};
use crate::backend::call;
use crate::components::calmly;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use crate::time::moment;
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
    let nodes = RwSignal::new(None::<Nodes>);
    let fault = RwSignal::new(None::<WireError>);
    let ask = move || {
        spawn_local(async move {
            match call(ListNodes {}).await {
                Ok(found) => {
                    fault.try_set(None);
                    nodes.try_set(Some(found));
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
        let heard = session.heard.get();
        if before.is_some() && (heard == NODES || heard.is_empty()) {
            again();
        }
    });
    let body = move |nodes: Nodes| {
        let others = others(nodes.others, asked);
        if nodes.nodes.is_empty() {
            return view! { {others} <p class="empty" data-testid="hq-nodes-empty">{t("hq-nodes-empty")}" "<a href="#/exchange">{t("bundle-title")}</a></p> }
                .into_any();
        }
        let now = nodes.now;
        let lines = nodes.nodes.into_iter().map(|node| line(node, now, asked)).collect_view();
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

fn line(node: NodeRow, now: i64, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let away = node.seen_at.is_none_or(|at| now - at > AWAY);
    let seen = node.seen_at.map_or_else(|| t("hq-never"), moment);
    let holds = match (node.held, node.oldest) {
        (0, _) if node.seen_at.is_none() => String::new(),
        (0, _) => t("hq-holds-nothing"),
        (held, oldest) => {
            let minutes = oldest.map_or(0, |oldest| (now - oldest).max(0) / 60_000);
            tx("hq-holds-records", &[("count", &held.to_string()), ("minutes", &minutes.to_string())])
        }
    };
    let desk = node.reads == Reads::JudgesDesk;
    let standby = node.reads == Reads::Standby;
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
            <th scope="row">{node.name}" "<small class="sub" title=node.key><code>{short}</code></small>" "{desk.then(|| view! { <span class="tag" data-testid="hq-desk">{t("hq-desk")}</span>" " })}{standby.then(|| view! { <span class="tag" data-testid="hq-standby">{t("standby-title")}</span>" " })}{revoked.then(|| view! { <span class="tag bad" data-testid="hq-revoked">{t("hq-revoked")}</span> })}</th>
            <td>{seen}" "{away.then(|| view! { <span class="tag warn" data-testid="hq-away">{t("hq-away")}</span> })}</td>
            <td class:wrong-text={node.held > 0} data-testid="hq-node-holds">{holds}</td>
            <td>{moment(node.paired_at)}</td>
            <td>{act()}</td>
        </tr>
    }
}
