//! Nodes that a hub names to the one that stands by for it, and how far each of two upstreams was pulled.

use crate::sample::{AT, founder, mark};
use jiangsai_ledger::Hash;
use jiangsai_ledger::replication::{Pull, Pulled, Reads};
use jiangsai_store::{Known, Named, Store};

fn named(key: &[u8], name: &str, reads: Reads) -> Named {
    Named { key: Hash::of(key), name: name.to_owned(), reads }
}

#[tokio::test]
async fn who_is_handed_down_is_let_in_as_the_hub_said_and_goes_when_it_is_named_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (hub, own) = (Hash::of(b"hub"), Hash::of(b"own"));
    store.pairing_code_put("CODE", i64::MAX, Reads::JudgesDesk).await.unwrap();
    store.pair("CODE", own, "paired here", 1).await.unwrap();
    let all = [
        named(b"desk", "一号台", Reads::JudgesDesk),
        named(b"office", "成绩组", Reads::Everything),
        named(b"another standby", "备机", Reads::Standby),
        named(b"own", "named above too", Reads::Everything),
    ];
    store.hand_down(hub, &all, 2).await.unwrap();
    let known = async |key: &[u8]| store.known_peer(Hash::of(key)).await.unwrap();
    assert_eq!(
        known(b"desk").await,
        Some(Known { reads: Reads::JudgesDesk, handed_down: true, shut_out: false, ahead: None })
    );
    assert_eq!(
        known(b"office").await,
        Some(Known { reads: Reads::Everything, handed_down: true, shut_out: false, ahead: None })
    );
    assert_eq!(known(b"another standby").await.unwrap().reads, Reads::Everything, "it stands by there, not here");
    assert_eq!(
        known(b"own").await,
        Some(Known { reads: Reads::JudgesDesk, handed_down: false, shut_out: false, ahead: None }),
        "as it was paired here"
    );
    assert_eq!(known(b"stranger").await, None);
    let told = store.named_but(Hash::of(b"nobody")).await.unwrap();
    assert_eq!(told, [named(b"own", "paired here", Reads::JudgesDesk)], "who was handed down is not handed on");
    assert!(store.named_but(own).await.unwrap().is_empty(), "and nobody is told of itself");

    let now = [named(b"desk", "一号台", Reads::Everything)];
    store.hand_down(hub, &now, 3).await.unwrap();
    assert_eq!(known(b"desk").await.unwrap().reads, Reads::Everything);
    assert_eq!(known(b"office").await, None);
    assert!(known(b"own").await.is_some());
    store.pairing_code_put("DESK", i64::MAX, Reads::JudgesDesk).await.unwrap();
    store.pair("DESK", Hash::of(b"desk"), "一号台", 4).await.unwrap();
    store.hand_down_nobody().await.unwrap();
    assert_eq!(
        known(b"desk").await,
        Some(Known { reads: Reads::JudgesDesk, handed_down: false, shut_out: false, ahead: None }),
        "paired here since"
    );
}

#[tokio::test]
async fn whoever_is_shut_out_is_not_named_to_the_one_that_stands_by() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (scope, _) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    for name in ["lost", "stolen", "desk"] {
        store.pairing_code_put(name, i64::MAX, Reads::JudgesDesk).await.unwrap();
        store.pair(name, Hash::of(name.as_bytes()), name, 1).await.unwrap();
        store.node_named(Hash::of(name.as_bytes()), name).await.unwrap();
    }
    let named = async || {
        let all = store.named_but(Hash::of(b"standby")).await.unwrap().into_iter();
        let mut names: Vec<String> = all.map(|one| one.name).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(named().await, ["desk", "lost", "stolen"]);
    store.shut_out("lost", Some(2)).await.unwrap();
    store.revoked_put(scope, &["stolen".to_owned()]).await.unwrap();
    assert_eq!(named().await, ["desk"], "the door closed here, and revoked in a competition");
    for name in ["lost", "stolen"] {
        let key = Hash::of(name.as_bytes());
        assert!(store.known_peer(key).await.unwrap().unwrap().shut_out && store.is_shut_out(key).await.unwrap());
    }
    store.shut_out("lost", None).await.unwrap();
    assert_eq!(named().await, ["desk", "lost"]);
}

#[tokio::test]
async fn one_node_stands_by_and_the_one_before_reads_everything() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (first, second) = (Hash::of(b"first"), Hash::of(b"second"));
    for (code, node) in [("ONE", first), ("TWO", second)] {
        store.pairing_code_put(code, i64::MAX, Reads::Standby).await.unwrap();
        assert_eq!(store.pair(code, node, "备机", 1).await.unwrap(), Some(Reads::Standby));
    }
    assert_eq!(store.peer_reads(first).await.unwrap(), Some(Reads::Everything));
    assert_eq!(store.peer_reads(second).await.unwrap(), Some(Reads::Standby));
}

#[tokio::test]
async fn each_of_two_upstreams_has_its_own_cursor() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let above = Store::open(folders[0].path()).await.unwrap();
    let desk = Store::open(folders[1].path()).await.unwrap();
    let (scope, _) = above.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    let pull = Pull::after(scope, 0, 99);
    let (runs, cursor, more) = above.accepted_after(&pull, Reads::Everything).await.unwrap();
    let (hub, standby) = (Hash::of(b"hub"), Hash::of(b"standby"));
    let (one, other) = (Hash::of(b"one incarnation"), Hash::of(b"another"));
    let of = |incarnation| Pulled { more, runs: runs.clone(), root: Some(one), ..Pulled::up_to(incarnation, cursor) };
    assert!(desk.keep(scope, hub, &of(one), &[], false).await.unwrap().new > 0);
    assert_eq!(desk.keep(scope, standby, &of(other), &[], false).await.unwrap().new, 0, "once, from whomever");
    assert_eq!(desk.link(scope, hub).await.unwrap(), Some((one, cursor)), "what was pulled from the hub still holds");
    assert_eq!(desk.link(scope, standby).await.unwrap(), Some((other, cursor)));
    desk.link_told(scope, standby, Hash::of(b"a third"), None).await.unwrap();
    assert_eq!(desk.link(scope, hub).await.unwrap(), Some((one, cursor)));
    assert_eq!(desk.root_incarnation(scope, hub).await.unwrap(), Some(one));
}
