//! Bodies for whoever looks on from above.

use super::body;
use crate::App;
use jiangsai_domain::command::headquarters::{ListNodes, NodeRow, Nodes, OtherNode, Overview, ShowOverview};
use jiangsai_domain::ids::NodeId;
use jiangsai_domain::view::overview;

body!(ShowOverview, |command, app, _| {
    let events = app.ask(&command.competition, |state| Ok(overview::overview(state))).await?;
    let scope = App::scope(&command.competition)?;
    let forks = u32::try_from(app.0.store.forks(scope).await?).unwrap_or(u32::MAX);
    let (held, public) = (app.0.store.held_below(scope).await?, app.0.store.is_part(scope).await?);
    Ok(Overview { events, held, forks, public })
});

body!(ListNodes, |_command, app, _| {
    let below = app.0.store.nodes_below().await?.into_iter();
    let nodes = below.map(|peer| NodeRow {
        held: peer.held.iter().map(|held| held.pending).sum(),
        oldest: peer.held.iter().filter_map(|held| held.oldest).min(),
        key: peer.key,
        node: peer.node.map(NodeId::new),
        revoked: peer.shut_out,
        name: peer.name,
        paired_at: peer.paired_at,
        seen_at: peer.seen_at,
        reads: crate::sync::reads_of(peer.reads),
        ahead: peer.ahead,
    });
    let others = app.0.store.writers_elsewhere().await?.into_iter();
    let others = others
        .map(|(node, competitions, revoked)| OtherNode { node: NodeId::new(node), competitions, revoked })
        .collect();
    Ok(Nodes { now: app.0.host.now_ms(), nodes: nodes.collect(), others })
});
