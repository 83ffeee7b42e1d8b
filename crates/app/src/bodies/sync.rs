//! Bodies about the connection to the level above.

use super::body;
use crate::App;
use crate::sync::Upstream;
use jiangsai_domain::command::sync::{
    AdoptBranch, Connect, Disconnect, ListNearby, MakePairingCode, SyncRow, SyncState, SyncStatus,
};
use jiangsai_domain::ids::CompetitionId;
use jiangsai_store::{KeyIn, Reason};

body!(outside Connect, |command, app, _| app.connect(&command.url, &command.code).await);

body!(Disconnect, |_command, app, _| app.disconnect().await);

body!(MakePairingCode, |command, app, _| Ok(app.pairing_code(command.reads).await?.to_string()));

body!(outside ListNearby, |_command, app, _| app.nearby().await);

body!(AdoptBranch, |command, app, _| {
    if app.0.store.forks(App::scope(&command.competition)?).await? > 0 {
        app.back_up_before(Reason::Adopt).await;
    }
    let written = app.adopt(&command.competition).await?;
    app.standing_changed();
    Ok(written)
});

body!(SyncStatus, |_command, app, lang| {
    let upstream = app.upstream().await?;
    let (last_contact, trouble) = app.0.connection.condition();
    let mut competitions = Vec::new();
    for scope in app.0.store.scopes().await? {
        let (mut above, mut top) = (None, None);
        if let Some(upstream) = &upstream {
            above = app.0.store.link(scope, upstream.key).await?.map(|(incarnation, _)| (upstream.key, incarnation));
            top = app.root_of(upstream, scope).await?.map(|incarnation| (upstream.root, incarnation));
        }
        let is_headquarters = above == top;
        let above = app.0.store.progress(scope, above).await?;
        let top = if is_headquarters { above } else { app.0.store.progress(scope, top).await? };
        let forks = app.0.store.forks(scope).await?;
        competitions.push(SyncRow {
            competition: CompetitionId::new(scope.to_string()),
            saved: above.saved,
            not_at_upstream: above.pending,
            not_at_headquarters: top.pending,
            oldest_not_at_upstream: above.oldest,
            oldest_pending: top.oldest,
            forks: u32::try_from(forks).unwrap_or(u32::MAX),
            trouble: app.0.connection.trouble(scope).map(str::to_owned),
        });
    }
    let paired = app.paired().await?;
    let is_other = |one: &Upstream| paired.as_ref().is_some_and(|paired| paired.key != one.key);
    Ok(SyncState {
        // Headquarters above a hub that this one stands in for is none that stands by.
        at_standby: upstream.as_ref().is_some_and(|one| is_other(one) && one.key != one.root),
        has_standby: app.knows_standby().await?,
        is_headquarters: upstream.as_ref().is_some_and(|one| one.key == one.root),
        reads: upstream.as_ref().map(|one| crate::sync::reads_of(one.reads)).unwrap_or_default(),
        above_carries: upstream.as_ref().is_some_and(|one| one.carrier),
        fingerprint: app.fingerprint()?,
        key_in_keychain: app.0.store.key_in() == KeyIn::Keychain,
        addresses: app.0.addresses.all(),
        upstream_fingerprint: upstream.as_ref().map(Upstream::fingerprint),
        upstream: upstream.map(|one| one.url),
        last_contact,
        trouble: trouble.map(str::to_owned),
        now: app.0.host.now_ms(),
        backup_trouble: app.0.backups.trouble(lang),
        competitions,
    })
});
