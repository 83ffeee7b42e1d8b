//! Accounts on either database, and what a backup does with them.

use crate::backup::about;
use crate::sample::{AT, founder, mark};
use jiangsai_store::{Accounts, Code, Link, Proofs, Session, Store, StoreError, Tries};

const BROWSER: &str = "模拟浏览器";

fn holds(file: &std::path::Path, text: &str) -> bool {
    std::fs::read(file).unwrap().windows(text.len()).any(|part| part == text.as_bytes())
}

fn link(hash: &[u8]) -> Link {
    Link { hash: hash.to_vec(), until: AT + 1_000 }
}

fn session(account: &str, hash: u8) -> Session {
    Session {
        hash: vec![hash; 32],
        account: account.to_owned(),
        begun_at: AT,
        acted_at: AT,
        browser: BROWSER.to_owned(),
    }
}

fn proofs(step: i64) -> Proofs {
    Proofs { authenticator: b"sealed".to_vec(), step, recovery: vec![vec![1; 32], vec![2; 32]] }
}

/// An account of this id and name that is set up, with a session of this hash.
pub async fn set_up(accounts: &Accounts, id: &str, hash: u8) {
    let secret = accounts.lasting_secret().await.unwrap();
    assert!(accounts.add((id, id, id), "look", &secret.name(), link(id.as_bytes())).await.unwrap());
    let set_up = accounts.set_up((id.as_bytes(), session(id, hash)), AT, "verifier", proofs(7)).await;
    assert!(set_up.unwrap(), "the link counts");
}

/// All of it.
pub async fn everything(accounts: &Accounts) {
    links(accounts).await;
    codes(accounts).await;
    changes(accounts).await;
    guesses(accounts).await;
    for account in accounts.list().await.unwrap() {
        accounts.remove(&account.id).await.unwrap();
    }
    assert!(accounts.list().await.unwrap().is_empty());
}

async fn links(accounts: &Accounts) {
    set_up(accounts, "one", 1).await;
    let own = accounts.lasting_secret().await.unwrap().name();
    assert!(!accounts.add(("two", "One", "one"), "work", &own, link(b"other")).await.unwrap(), "a name is of one");
    assert_eq!(accounts.list().await.unwrap().len(), 1);
    assert_eq!(accounts.named("one").await.unwrap().unwrap().verifier.as_deref(), Some("verifier"));
    let again = accounts.set_up((b"one", session("one", 2)), AT, "other", proofs(8)).await.unwrap();
    assert!(!again, "a link is used up");
    assert_eq!(accounts.session(&[2; 32]).await.unwrap(), None, "and nobody came in");
    accounts.reset("one", &own, link(b"late")).await.unwrap();
    assert_eq!(accounts.session(&[1; 32]).await.unwrap(), None, "a reset signs out");
    assert_eq!(accounts.recovery_left("one").await.unwrap(), 0, "and ends recovery codes");
    assert!(accounts.linked(b"late", AT + 1_000).await.unwrap().is_none(), "a link ends");
    let late = accounts.set_up((b"late", session("one", 3)), AT + 1_000, "other", proofs(8)).await.unwrap();
    assert!(!late, "and does nothing afterwards");
    assert_eq!(accounts.named("one").await.unwrap().unwrap().verifier, None);
    let in_time = accounts.set_up((b"late", session("one", 3)), AT + 999, "verifier", proofs(9)).await;
    assert!(in_time.unwrap());
}

async fn codes(accounts: &Accounts) {
    let enter =
        async |code: Code, verifier: &str, hash| accounts.enter(verifier, &code, session("one", hash)).await.unwrap();
    assert!(!enter(Code::Step(9), "verifier", 10).await, "the code that proved the authenticator");
    assert!(!enter(Code::Step(10), "another", 10).await, "another password was set meanwhile");
    assert!(enter(Code::Step(10), "verifier", 11).await);
    assert!(!enter(Code::Step(10), "verifier", 12).await, "the same again");
    let all = futures::future::join_all((20..30).map(|hash| enter(Code::Step(11), "verifier", hash))).await;
    assert_eq!(all.into_iter().filter(|entered| *entered).count(), 1, "ten at once with one code");
    assert!(enter(Code::Recovery(vec![1; 32]), "verifier", 13).await);
    assert!(!enter(Code::Recovery(vec![1; 32]), "verifier", 14).await, "a recovery code counts once");
    assert!(!enter(Code::Recovery(vec![2; 32]), "another", 14).await);
    assert_eq!(accounts.recovery_left("one").await.unwrap(), 1, "it was not used up");
    assert!(accounts.session(&[14; 32]).await.unwrap().is_none());
    let (found, account) = accounts.session(&[13; 32]).await.unwrap().unwrap();
    assert_eq!((found, account.id.as_str()), (session("one", 13), "one"));
}

async fn changes(accounts: &Accounts) {
    accounts.acted(&[13; 32], AT + 5).await.unwrap();
    assert_eq!(accounts.session(&[13; 32]).await.unwrap().unwrap().0.acted_at, AT + 5);
    let change = async |before, step| {
        accounts.change_verifier((before, "changed"), &Code::Step(step), session("one", 40)).await.unwrap()
    };
    assert!(!change("another", 20).await && !change("verifier", 11).await, "neither password nor code may be old");
    assert!(accounts.session(&[13; 32]).await.unwrap().is_some(), "nothing changed");
    assert!(change("verifier", 20).await);
    assert!(accounts.session(&[13; 32]).await.unwrap().is_none(), "every other browser is out");
    assert_eq!(accounts.sessions("one").await.unwrap(), [session("one", 40)]);
    let turn = async |pending: &[u8], hash| {
        accounts.turn_authenticator(pending, proofs(30), session("one", hash)).await.unwrap()
    };
    assert!(!turn(b"none", 41).await, "none is pending");
    accounts.keep_pending("one", b"first".to_vec(), AT).await.unwrap();
    accounts.keep_pending("one", b"second".to_vec(), AT).await.unwrap();
    assert!(!turn(b"first", 41).await, "another one is");
    assert!(turn(b"second", 41).await && !turn(b"second", 42).await, "once");
    assert_eq!(accounts.sessions("one").await.unwrap(), [session("one", 41)]);
    assert_eq!(accounts.recovery_left("one").await.unwrap(), 2, "new ones");
    accounts.end_old(AT - 1, AT - 1).await.unwrap();
    assert_eq!(accounts.sessions("one").await.unwrap().len(), 1, "not old yet");
    accounts.end_old(AT - 1, AT).await.unwrap();
    assert!(accounts.sessions("one").await.unwrap().is_empty(), "nobody did anything since");
    accounts.remove("one").await.unwrap();
    assert!(!accounts.enter("changed", &Code::Step(50), session("one", 43)).await.unwrap(), "removed");
    assert!(accounts.session(&[43; 32]).await.unwrap().is_none());
}

async fn guesses(accounts: &Accounts) {
    let (of, none) = ([5; 32], Tries::default());
    let one = Tries { wrong: 1, last_at: AT };
    assert_eq!(accounts.tries(&of).await.unwrap(), none);
    let all = futures::future::join_all((0..10).map(|_| accounts.count_try(&of, none, one))).await;
    assert_eq!(all.into_iter().filter(|counted| *counted.as_ref().unwrap()).count(), 1, "ten at once are not one");
    assert!(!accounts.count_try(&of, none, one).await.unwrap(), "who saw less must look again");
    assert!(accounts.count_try(&of, one, Tries { wrong: 2, last_at: AT + 1 }).await.unwrap());
    assert_eq!(accounts.tries(&of).await.unwrap().wrong, 2);
    accounts.forget_tries(AT + 1).await.unwrap();
    assert_eq!(accounts.tries(&of).await.unwrap().wrong, 2, "not before that moment");
    accounts.forgive(&of).await.unwrap();
    assert_eq!(accounts.tries(&of).await.unwrap(), none);
}

#[tokio::test]
async fn a_new_computer_gets_the_accounts_of_a_backup_and_nobody_is_signed_in() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Store::open(old.path()).await.unwrap();
    set_up(&store.accounts(), "一个帐号", 1).await;
    let secret = store.accounts().secret().await.unwrap().name();
    let backup = store.backup(&old.path().join("backups"), "one", about(AT)).await.unwrap();
    assert!(backup.path.join("accounts.key").is_file());
    let file = backup.path.join("jiangsai.db");
    assert!(holds(&file, "一个帐号") && !holds(&file, BROWSER), "accounts are in it, and no session");
    store.close().await.unwrap();

    let store = Store::open(new.path()).await.unwrap();
    let staged = store.stage(&backup.path).await.unwrap();
    store.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    let accounts = store.accounts();
    let list = accounts.list().await.unwrap();
    assert_eq!((list.len(), list[0].verifier.as_deref()), (1, Some("verifier")));
    assert_eq!(accounts.secret().await.unwrap().name(), secret, "what they were kept with came too");
    accounts.check_secret().await.unwrap();
    assert_eq!(accounts.recovery_left("一个帐号").await.unwrap(), 2);
    assert_eq!(accounts.session(&[1; 32]).await.unwrap(), None, "sessions are in no backup");
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_competition_that_is_handed_over_has_no_account_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (scope, _) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    set_up(&store.accounts(), "一个帐号", 1).await;
    let file = folder.path().join("handed.db");
    store.extract(scope, &file).await.unwrap();
    assert!(holds(&file, "mark.set") && !holds(&file, "一个帐号"));
    store.close().await.unwrap();
}

#[tokio::test]
async fn whoever_has_an_account_here_keeps_it_whatever_a_backup_says() {
    let (other, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Store::open(other.path()).await.unwrap();
    set_up(&store.accounts(), "stranger", 1).await;
    let foreign = store.backup(&other.path().join("backups"), "one", about(AT)).await.unwrap();
    store.close().await.unwrap();

    let store = Store::open(own.path()).await.unwrap();
    let accounts = store.accounts();
    set_up(&accounts, "one", 2).await;
    let secret = accounts.secret().await.unwrap().name();
    let before = store.backup(&own.path().join("backups"), "one", about(AT)).await.unwrap();
    set_up(&accounts, "two", 3).await;
    accounts.remove("one").await.unwrap();
    for backup in [&foreign, &before] {
        let staged = store.stage(&backup.path).await.unwrap();
        store.restore(&staged, &[]).await.unwrap();
        staged.discard().await.unwrap();
        let ids: Vec<String> = accounts.list().await.unwrap().into_iter().map(|account| account.id).collect();
        assert_eq!(ids, ["two"], "neither strangers nor those who were removed");
        assert_eq!(accounts.secret().await.unwrap().name(), secret);
        assert_eq!(accounts.recovery_left("two").await.unwrap(), 2);
        assert_eq!(accounts.session(&[3; 32]).await.unwrap(), None, "everybody is signed out");
    }
    store.close().await.unwrap();
}

#[tokio::test]
async fn accounts_are_managed_beside_the_process_that_holds_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let beside = Accounts::beside(folder.path()).await.unwrap();
    set_up(&beside, "one", 1).await;
    assert!(store.accounts().session(&[1; 32]).await.unwrap().is_some(), "seen at once");
    store.accounts().remove("one").await.unwrap();
    assert!(beside.list().await.unwrap().is_empty());
    store.close().await.unwrap();
}

#[tokio::test]
async fn accounts_without_their_secret_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let accounts = store.accounts();
    accounts.check_secret().await.unwrap();
    assert!(!folder.path().join("accounts.key").exists(), "none is needed yet");
    set_up(&accounts, "one", 1).await;
    let key = std::fs::read(folder.path().join("accounts.key")).unwrap();
    let database = std::fs::read(folder.path().join("jiangsai.db")).unwrap();
    assert!(!database.windows(key.len()).any(|part| part == key), "it is not in the database");
    std::fs::remove_file(folder.path().join("accounts.key")).unwrap();
    assert!(matches!(accounts.check_secret().await, Err(StoreError::AccountsKey)), "missing");
    assert!(matches!(accounts.lasting_secret().await, Err(StoreError::AccountsKey)), "and none is made beside");
    std::fs::write(folder.path().join("accounts.key"), "ab".repeat(32)).unwrap();
    assert!(matches!(accounts.check_secret().await, Err(StoreError::AccountsKey)), "another one");
    accounts.remove("one").await.unwrap();
    accounts.check_secret().await.unwrap();
    store.close().await.unwrap();
}
