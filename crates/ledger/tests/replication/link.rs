//! One connection by itself: what is refused or fails alone must not stop the rest, nor be asked for again and again.

use jiangsai_ledger::replication::{
    Carried, Effect, Failed, Heads, Input, Link, Ours, Pulled, Push, Pushed, Receipt, ReceiptMark,
};
use jiangsai_ledger::{Hash, LogId, ScopeId, Signature};
use std::collections::BTreeMap;

fn incarnation() -> Hash {
    Hash::of(b"upstream")
}

fn log(name: &str) -> LogId {
    LogId::new(Hash::of(name.as_bytes()))
}

/// The last records of both logs.
fn ends(whose: &str) -> BTreeMap<LogId, Hash> {
    ["one", "two"].map(|name| (log(name), Hash::of(format!("{whose} {name}").as_bytes()))).into_iter().collect()
}

/// Two logs of three records each.
fn ours() -> Ours {
    let next = [(log("one"), 3), (log("two"), 3)].into_iter().collect();
    Ours { next, last: ends("ours"), ..Ours::default() }
}

fn turn() -> Input {
    Input::Turn(ours())
}

fn heads(next: BTreeMap<LogId, u64>) -> Input {
    Input::Heads(Heads { incarnation: incarnation(), next, last: BTreeMap::new(), carrier: false })
}

fn receipt(log: LogId) -> Receipt {
    let (issuer, incarnation, scope) = (Hash::ZERO, incarnation(), ScopeId::new(Hash::ZERO));
    Receipt { issuer, incarnation, scope, log, seq: 2, head: Hash::ZERO, at: 0, signature: Signature([0; 64]) }
}

/// Goes through a round in which the upstream refuses what `refused` says; the logs that were sent.
fn round(mut link: Link, held: &mut BTreeMap<LogId, u64>, refused: impl Fn(LogId) -> bool) -> (Link, Vec<LogId>) {
    let (mut sent, mut input) = (Vec::new(), turn());
    loop {
        let (stepped, effects) = link.step(input);
        link = stepped;
        input = match effects.first() {
            Some(Effect::AskHeads) => heads(held.clone()),
            Some(Effect::Push { log, .. }) => {
                sent.push(*log);
                if refused(*log) {
                    Input::Refused(0)
                } else {
                    held.insert(*log, 3);
                    Input::Pushed(Pushed::Receipt(receipt(*log)))
                }
            }
            Some(Effect::Pull { .. }) => Input::Pulled(Pulled::up_to(incarnation(), 0)),
            Some(Effect::Keep(_)) => Input::Kept,
            Some(Effect::Rest) => return (link, sent),
            None | Some(Effect::Anew(_) | Effect::Receipt(_)) => turn(),
            other => panic!("{other:?}"),
        };
    }
}

#[test]
fn a_log_that_is_refused_holds_nothing_else_up_and_is_offered_ever_more_seldom() {
    let mut held = BTreeMap::new();
    let bad = log("one");
    let (mut link, sent) = round(Link::new(None), &mut held, |log| log == bad);
    assert!(sent.contains(&log("two")), "the other log is sent, and the round comes to its end");
    assert!(link.holds_back(), "and it is known that something is not there");
    let mut offered = 0;
    for _ in 0..100 {
        let (after, sent) = round(link, &mut held, |log| log == bad);
        (link, offered) = (after, offered + sent.len());
    }
    assert!((4..=10).contains(&offered), "offered {offered} times in a hundred rounds");
    for _ in 0..40 {
        link = round(link, &mut held, |_| false).0;
    }
    assert!(!link.holds_back() && held.contains_key(&bad), "it goes when it is taken");
}

#[test]
fn the_wait_grows_while_one_question_fails_and_others_are_answered() {
    let longest = |link: &Link| {
        let waits = (0..500_u64).map(|random| {
            let (_, effects) = link.clone().step(Input::Failed(Failed::TimedOut, random * 7_919));
            match effects.as_slice() {
                [Effect::Wait(ms)] => *ms,
                other => panic!("{other:?}"),
            }
        });
        waits.max().unwrap()
    };
    let mut link = Link::new(None);
    let mut waits = Vec::new();
    for _ in 0..8 {
        for input in [turn(), heads(BTreeMap::new()), turn()] {
            link = link.step(input).0;
        }
        waits.push(longest(&link));
        link = link.step(Input::Failed(Failed::TimedOut, 0)).0;
    }
    assert!(waits[0] <= 500 && waits[7] > 20_000, "{waits:?}");
    let (mut held, mut after) = (BTreeMap::new(), link);
    after = round(after, &mut held, |_| false).0;
    after = after.step(turn()).0;
    assert!(longest(&after) <= 500, "what got on begins anew");
}

#[test]
fn what_follows_withheld_bodies_is_sent_once_the_upstream_has_those() {
    let parted = log("one");
    let turn = || {
        let withheld = [(parted, 2)].into_iter().collect();
        let next = [(parted, 3)].into_iter().collect();
        Input::Turn(Ours { next, withheld, ..Ours::default() })
    };
    for (theirs, sends) in [(0, false), (1, false), (2, true)] {
        let (link, _) = Link::new(None).step(turn());
        let (link, _) = link.step(heads([(parted, theirs)].into_iter().collect()));
        let (_, effects) = link.step(turn());
        let sent = matches!(effects.first(), Some(Effect::Push { log, from: 2, .. }) if *log == parted);
        assert_eq!(sent, sends, "the upstream has {theirs}: {effects:?}");
    }
}

#[test]
fn what_the_upstream_holds_and_did_not_come_is_pulled_from_the_beginning_once() {
    let pulled = |cursor| Input::Pulled(Pulled::up_to(incarnation(), cursor));
    let answered = |link: Link, cursor: u64| link.step(pulled(cursor)).0.step(Input::Kept).0;
    let held: BTreeMap<LogId, u64> = [(log("one"), 3), (log("two"), 3), (log("another"), 1)].into_iter().collect();
    let link = Link::new(Some((incarnation(), 7))).step(turn()).0.step(heads(held.clone())).0;
    let (link, asked) = link.step(turn());
    assert!(matches!(asked[..], [Effect::Pull { after: 7, .. }]), "{asked:?}");
    let (link, asked) = answered(link, 7).step(turn());
    assert!(matches!(asked[..], [Effect::Pull { after: 0, .. }]), "a log is missing: {asked:?}");
    let (mut link, asked) = answered(link, 7).step(turn());
    assert_eq!(asked, [Effect::Rest], "what does not come then either is not asked for again and again");

    link.ask_again();
    let (link, asked) = link.step(turn());
    assert_eq!(asked, [Effect::AskHeads], "it may be another store");
    let (link, asked) = link.step(heads(held)).0.step(turn());
    assert!(matches!(asked[..], [Effect::Pull { after: 7, .. }]), "{asked:?}");
    assert!(matches!(answered(link, 7).step(turn()).1[..], [Effect::Pull { after: 0, .. }]), "then once more");
}

#[test]
fn another_branch_of_the_same_length_is_pulled_from_the_beginning() {
    let next: BTreeMap<LogId, u64> = [(log("one"), 3), (log("two"), 3)].into_iter().collect();
    for (whose, after) in [("ours", None), ("theirs", Some(0))] {
        let heads = Heads { incarnation: incarnation(), next: next.clone(), last: ends(whose), carrier: false };
        let (mut link, mut asked) = (Link::new(Some((incarnation(), 7))).step(turn()).0, Vec::new());
        link = link.step(Input::Heads(heads)).0.step(turn()).0;
        let pulled = Pulled::up_to(incarnation(), 7);
        link = link.step(Input::Pulled(pulled)).0.step(Input::Kept).0;
        asked.extend(link.step(turn()).1);
        match (&asked[..], after) {
            ([Effect::Rest], None) => {}
            ([Effect::Pull { after, .. }], Some(wanted)) => assert_eq!(*after, wanted),
            other => panic!("{other:?}"),
        }
    }
}

/// Else a hall of desks would send everything back that one of them wrote, each of them.
#[test]
fn what_came_from_above_is_not_sent_back() {
    let carried =
        || Carried { header: "{}".to_owned(), salt: None, body: None, signature: None, erased: false, sealed: None };
    for (came, sent) in [(3, false), (2, true)] {
        let held = [(log("one"), 3), (log("two"), 1)].into_iter().collect();
        let before = [(log("one"), 3), (log("two"), 1)].into_iter().collect();
        let before = Input::Turn(Ours { next: before, last: ends("ours"), ..Ours::default() });
        let link = Link::new(Some((incarnation(), 7)));
        assert!(link.has_to_send(&ours()), "nobody asked yet");
        let link = link.step(before.clone()).0;
        let heads = Heads { incarnation: incarnation(), next: held, last: ends("ours"), carrier: false };
        let (link, asked) = link.step(Input::Heads(heads)).0.step(before);
        assert!(matches!(asked[..], [Effect::Pull { after: 7, .. }]), "{asked:?}");
        let records = (1..came).map(|_| carried()).collect();
        let runs = vec![Push { scope: ScopeId::new(Hash::ZERO), log: log("two"), from: 1, records }];
        let pulled = Pulled { runs, ..Pulled::up_to(incarnation(), 9) };
        let link = link.step(Input::Pulled(pulled)).0.step(Input::Kept).0;
        // Three of both are here now: all of it came, or one was written here meanwhile.
        assert_eq!(link.has_to_send(&ours()), sent);
        let (_, asked) = link.step(turn());
        match (&asked[..], sent) {
            ([Effect::Rest], false) => {}
            ([Effect::Push { log: of, from, .. }], true) => assert_eq!((*of, *from), (log("two"), 2)),
            other => panic!("{other:?}"),
        }
    }
}

/// A pull of a competition that is not there is refused: whoever waited for it before sending would never send.
#[test]
fn to_whoever_has_nothing_everything_is_sent_before_anything_is_pulled() {
    let mut link = Link::new(None).step(turn()).0.step(heads(BTreeMap::new())).0;
    for _ in ours().next {
        let (asks, asked) = link.step(turn());
        let [Effect::Push { log, from: 0, .. }] = asked[..] else { panic!("{asked:?}") };
        link = asks.step(Input::Pushed(Pushed::Receipt(receipt(log)))).0;
    }
    let (_, asked) = link.step(turn());
    assert!(matches!(asked[..], [Effect::Pull { .. }]), "{asked:?}");
}

/// What was not kept has to come again, and what another store said means nothing.
#[test]
fn of_receipts_that_were_kept_and_of_no_others_it_is_said_that_they_are_here() {
    let held: BTreeMap<LogId, u64> = [(log("one"), 3), (log("two"), 3)].into_iter().collect();
    let mark = |at| ReceiptMark { order: Hash::of(b"order"), at };
    let pulled = |receipts_until| Pulled { receipts_until, ..Pulled::up_to(incarnation(), 7) };
    let rested = |link: Link| link.step(turn()).0;
    let asks = |link: Link| {
        let (link, effects) = link.step(turn());
        let [Effect::Pull { receipts, .. }] = effects[..] else { panic!("{effects:?}") };
        (link, receipts)
    };
    let link = Link::new(Some((incarnation(), 7))).step(turn()).0.step(heads(held.clone())).0;
    let (link, receipts) = asks(link);
    assert_eq!(receipts, ReceiptMark::NONE, "at first");

    let (link, _) = link.step(Input::Pulled(pulled(Some(mark(2)))));
    let (_, receipts) = asks(link.clone().step(Input::Missing).0);
    assert_eq!(receipts, ReceiptMark::NONE, "nothing was kept");

    let (link, receipts) = asks(rested(link.step(Input::Kept).0));
    assert_eq!(receipts, mark(2));

    let (link, _) = link.step(Input::Failed(Failed::Unreachable, 0));
    let (link, receipts) = asks(link.step(turn()).0.step(heads(held.clone())).0);
    assert_eq!(receipts, mark(2), "it goes on where it was");

    let link = link.step(Input::Pulled(pulled(None))).0.step(Input::Kept).0;
    let (link, receipts) = asks(rested(link));
    assert_eq!(receipts, ReceiptMark::NONE, "it said nothing of them any more");

    let link = link.step(Input::Pulled(pulled(Some(mark(3))))).0.step(Input::Kept).0;
    let (link, _) = asks(rested(link));
    let other = Pulled { receipts_until: Some(mark(9)), ..Pulled::up_to(Hash::of(b"another"), 7) };
    let link = link.step(Input::Pulled(other)).0.step(turn()).0;
    let heads = Heads { incarnation: Hash::of(b"another"), next: held, last: BTreeMap::new(), carrier: false };
    assert_eq!(asks(link.step(Input::Heads(heads)).0).1, ReceiptMark::NONE, "another store");
}

/// Whether a number can be is looked at where records are verified, after this.
#[test]
fn a_run_that_begins_at_a_number_that_cannot_be_breaks_nothing() {
    let link = Link::new(Some((incarnation(), 7))).step(turn()).0;
    let (link, asked) = link.step(heads([(log("one"), 3), (log("two"), 3)].into_iter().collect())).0.step(turn());
    assert!(matches!(asked[..], [Effect::Pull { .. }]), "{asked:?}");
    let record =
        Carried { header: "{}".to_owned(), salt: None, body: None, signature: None, erased: false, sealed: None };
    let runs = vec![Push { scope: ScopeId::new(Hash::ZERO), log: log("three"), from: u64::MAX, records: vec![record] }];
    let pulled = Pulled { runs, ..Pulled::up_to(incarnation(), 9) };
    assert_eq!(link.step(Input::Pulled(pulled.clone())).1, [Effect::Keep(pulled)]);
}

#[test]
fn a_node_above_that_said_once_that_it_carries_is_not_believed_when_it_says_otherwise() {
    let says = |link: Link, carrier: bool| {
        let heads = Heads { incarnation: incarnation(), next: BTreeMap::new(), last: BTreeMap::new(), carrier };
        let mut link = link.step(Input::Heads(heads)).0;
        link.ask_again();
        link.step(turn()).0
    };
    let link = says(Link::new(None).step(turn()).0, false);
    assert!(!link.is_to_carrier());
    let link = says(link, true);
    assert!(link.is_to_carrier(), "from then on");
    assert!(says(link, false).is_to_carrier(), "else a carrier would be sent what it may not read by saying so");
}
