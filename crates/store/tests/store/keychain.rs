//! The key of a node in a keychain: moved there and never lost on the way, missed where it is not, brought back by backups.

use crate::backup::about;
use crate::sample::{AT, founder, holds, mark};
use jiangsai_ledger::ScopeId;
use jiangsai_store::{KeeperFault, KeyIn, KeyKeeper, Keychain, Store, StoreError, list_backups, put_back, set_aside};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// How a keychain fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fault {
    #[default]
    None,
    /// It is locked.
    Locked,
    /// It can be read, and takes nothing.
    TakesNothing,
    /// It says that it took something, and did not.
    Forgets,
    /// It gives back something else.
    Garbles,
}

/// The keychain of a computer that does not exist.
#[derive(Debug, Default)]
struct Fake {
    kept: Mutex<HashMap<String, Vec<u8>>>,
    fault: Mutex<Fault>,
}

impl Fake {
    fn with(fault: Fault) -> Arc<Self> {
        Arc::new(Self { fault: Mutex::new(fault), ..Self::default() })
    }

    fn fails(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }

    fn fault(&self) -> Fault {
        *self.fault.lock().unwrap()
    }

    fn seed(&self, node: &str) -> Option<Vec<u8>> {
        self.kept.lock().unwrap().get(node).cloned()
    }
}

impl KeyKeeper for Fake {
    fn get(&self, node: &str) -> Result<Option<Vec<u8>>, KeeperFault> {
        match self.fault() {
            Fault::Locked => Err(KeeperFault("locked".to_owned())),
            Fault::Garbles => Ok(self.seed(node).map(|seed| seed.iter().map(|byte| byte ^ 1).collect())),
            _ => Ok(self.seed(node)),
        }
    }

    fn put(&self, node: &str, seed: &[u8; 32]) -> Result<(), KeeperFault> {
        match self.fault() {
            Fault::Locked | Fault::TakesNothing => return Err(KeeperFault("locked".to_owned())),
            Fault::Forgets => {}
            Fault::None | Fault::Garbles => {
                self.kept.lock().unwrap().insert(node.to_owned(), seed.to_vec());
            }
        }
        Ok(())
    }
}

fn keeps(fake: &Arc<Fake>) -> Keychain {
    Keychain::Keeps(Arc::<Fake>::clone(fake))
}

fn reads(fake: &Arc<Fake>) -> Keychain {
    Keychain::Reads(Arc::<Fake>::clone(fake))
}

async fn open(dir: &Path, keychain: Keychain) -> Store {
    Store::open_with(dir, keychain).await.unwrap()
}

async fn founded(dir: &Path, keychain: Keychain) -> (Store, ScopeId) {
    let store = open(dir, keychain).await;
    let (scope, _) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    (store, scope)
}

fn key_file(dir: &Path) -> Vec<u8> {
    std::fs::read(dir.join("node.key")).unwrap()
}

/// Files below a folder in which a seed stands.
fn standing(dir: &Path, seed: &[u8]) -> Vec<String> {
    let (text, mut found) = (hex::encode(seed), Vec::new());
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(standing(&path, seed));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        if has(text.as_bytes()) || has(seed) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn the_key_of_a_new_folder_is_in_the_keychain_alone_and_missed_where_that_is_not() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), Arc::<Fake>::default());
    let (store, scope) = founded(folder.path(), keeps(&fake)).await;
    let (node, logs) = (store.node(), store.heads(scope).await.unwrap());
    assert_eq!(store.key_in(), KeyIn::Keychain);
    store.close().await.unwrap();
    let seed = fake.seed(&node).unwrap();
    assert_eq!(standing(folder.path(), &seed), Vec::<String>::new(), "nowhere in the folder");
    let said = key_file(folder.path());
    assert!(String::from_utf8(said.clone()).unwrap().contains("keychain"), "the file says where the key is");
    // Nothing of this makes another key, and each is said as what it is.
    let other = Arc::<Fake>::default();
    for (keychain, fault, code) in [
        (Keychain::None, Fault::None, "key-elsewhere"),
        (keeps(&other), Fault::None, "key-missing"),
        (reads(&other), Fault::None, "key-missing"),
        (keeps(&fake), Fault::Locked, "key-locked"),
        (keeps(&fake), Fault::Garbles, "key-missing"),
    ] {
        fake.fails(fault);
        let refused = Store::open_with(folder.path(), keychain).await.unwrap_err();
        assert_eq!((refused.code(), key_file(folder.path())), (code, said.clone()), "{fault:?}");
    }
    assert!(other.kept.lock().unwrap().is_empty());
    fake.fails(Fault::None);
    for keychain in [reads(&fake), keeps(&fake)] {
        let store = open(folder.path(), keychain).await;
        assert_eq!((store.node(), store.key_in()), (node.clone(), KeyIn::Keychain));
        store.append(scope, vec![mark(2)], AT).await.unwrap();
        assert!(store.heads(scope).await.unwrap().keys().eq(logs.keys()), "the same log goes on");
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_key_in_a_file_moves_in_with_those_of_its_backups() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), Arc::<Fake>::default());
    let (store, scope) = founded(folder.path(), Keychain::None).await;
    let (node, logs) = (store.node(), store.heads(scope).await.unwrap());
    store.backup(&folder.path().join("backups"), "before", about(AT)).await.unwrap();
    store.close().await.unwrap();
    let seed = hex::decode(key_file(folder.path())).unwrap();
    // A program that only reads leaves it where it is.
    let store = open(folder.path(), reads(&fake)).await;
    assert_eq!((store.key_in(), fake.seed(&node)), (KeyIn::File, None));
    store.close().await.unwrap();
    let store = open(folder.path(), keeps(&fake)).await;
    assert_eq!((store.node(), store.key_in(), fake.seed(&node)), (node.clone(), KeyIn::Keychain, Some(seed.clone())));
    assert_eq!(standing(folder.path(), &seed), Vec::<String>::new(), "also not in the backup of before");
    store.append(scope, vec![mark(2)], AT).await.unwrap();
    assert!(store.heads(scope).await.unwrap().keys().eq(logs.keys()), "the same log goes on");
    assert_eq!(holds(&store, scope, &[]).await, Ok(4));
    // That backup is as good here as it was.
    let before = list_backups(&folder.path().join("backups")).remove(0);
    let staged = store.stage(&before.path).await.unwrap();
    store.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    assert_eq!((store.node(), store.key_in()), (node, KeyIn::Keychain));
    assert_eq!(holds(&store, scope, &[]).await, Ok(3));
}

#[tokio::test]
async fn a_keychain_that_fails_at_any_step_leaves_the_key_in_its_file() {
    for fault in [Fault::Locked, Fault::TakesNothing, Fault::Forgets, Fault::Garbles] {
        let (folder, fresh, fake) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), Fake::with(fault));
        let (store, scope) = founded(folder.path(), Keychain::None).await;
        let node = store.node();
        store.close().await.unwrap();
        let before = key_file(folder.path());
        let store = open(folder.path(), keeps(&fake)).await;
        assert_eq!((store.node(), store.key_in()), (node.clone(), KeyIn::File), "{fault:?}");
        store.append(scope, vec![mark(2)], AT).await.unwrap();
        store.close().await.unwrap();
        assert_eq!(key_file(folder.path()), before, "{fault:?}: not a byte is changed");
        // A new folder has its key in a file then.
        let (store, _) = founded(fresh.path(), keeps(&fake)).await;
        let made = store.node();
        store.close().await.unwrap();
        assert_eq!(open(fresh.path(), Keychain::None).await.node(), made, "{fault:?}");
        // And both move in once it works.
        fake.fails(Fault::None);
        for (dir, node) in [(&folder, node), (&fresh, made)] {
            let store = open(dir.path(), keeps(&fake)).await;
            assert_eq!((store.node(), store.key_in()), (node, KeyIn::Keychain), "{fault:?}");
        }
    }
}

#[tokio::test]
async fn a_backup_outside_the_folder_brings_the_key_to_whatever_keeps_keys_there() {
    let (folder, stick, fake) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), Arc::<Fake>::default());
    let (store, scope) = founded(folder.path(), keeps(&fake)).await;
    let (node, here) = (store.node(), folder.path().join("backups"));
    let seed = fake.seed(&node).unwrap();
    let inside = store.backup(&here, "inside", about(AT)).await.unwrap();
    let asked = store.backup(&stick.path().join("asked"), "asked", about(AT)).await.unwrap().path;
    let copied = store.copy_backup(&inside, stick.path()).await.unwrap();
    assert_eq!(standing(folder.path(), &seed), Vec::<String>::new(), "in the folder it is as little as before");
    assert_eq!(standing(stick.path(), &seed).len(), 2, "both on the stick have it");
    for from in [&asked, &copied] {
        for (other, kept) in [(None, KeyIn::File), (Some(Arc::<Fake>::default()), KeyIn::Keychain)] {
            let (elsewhere, keychain) = (tempfile::tempdir().unwrap(), other.as_ref().map_or(Keychain::None, keeps));
            let spare = open(elsewhere.path(), keychain.clone()).await;
            assert_ne!(spare.node(), node);
            let staged = spare.stage(from).await.unwrap();
            assert!(
                kept == KeyIn::File || standing(elsewhere.path(), &seed).is_empty(),
                "not even while it is looked at"
            );
            spare.restore(&staged, &[]).await.unwrap();
            staged.discard().await.unwrap();
            assert_eq!((spare.node(), spare.key_in()), (node.clone(), kept));
            spare.close().await.unwrap();
            assert_eq!(standing(elsewhere.path(), &seed).is_empty(), kept == KeyIn::Keychain);
            let spare = open(elsewhere.path(), keychain).await;
            assert_eq!((spare.node(), holds(&spare, scope, &[]).await), (node.clone(), Ok(3)), "and again");
        }
    }
    // Another node came here since; the one of before is gone back to with a backup that only names it.
    let (another, third) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (other, _) = founded(another.path(), Keychain::None).await;
    let foreign = other.backup(third.path(), "foreign", about(AT)).await.unwrap().path;
    for (from, wanted) in [(&foreign, other.node()), (&inside.path, node.clone())] {
        let staged = store.stage(from).await.unwrap();
        store.restore(&staged, &[]).await.unwrap();
        staged.discard().await.unwrap();
        assert_eq!((store.node(), store.key_in()), (wanted, KeyIn::Keychain));
    }
    // Where nobody has that key its records come, and the computer stays who it is.
    let elsewhere = tempfile::tempdir().unwrap();
    let spare = open(elsewhere.path(), Keychain::None).await;
    let own = spare.node();
    let staged = spare.stage(&inside.path).await.unwrap();
    spare.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    assert_eq!((spare.node(), holds(&spare, scope, &[]).await), (own, Ok(3)));
}

#[tokio::test]
async fn a_folder_whose_key_is_gone_is_put_aside_and_back_and_not_while_the_keychain_is_locked() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), Arc::<Fake>::default());
    let (store, scope) = founded(folder.path(), keeps(&fake)).await;
    let node = store.node();
    store.close().await.unwrap();
    let said = key_file(folder.path());
    fake.fails(Fault::Locked);
    let refused = set_aside(folder.path(), "damaged-now", keeps(&fake)).await;
    assert!(matches!(refused, Err(StoreError::KeyLocked(_))), "{refused:?}");
    assert!(folder.path().join("jiangsai.db").is_file() && key_file(folder.path()) == said, "nothing has changed");
    let other = Arc::<Fake>::default();
    let aside = set_aside(folder.path(), "damaged-now", keeps(&other)).await.unwrap();
    let store = open(folder.path(), keeps(&other)).await;
    assert_ne!(store.node(), node, "another computer begins");
    store.close().await.unwrap();
    put_back(folder.path(), &aside).await.unwrap();
    assert_eq!(key_file(folder.path()), said);
    fake.fails(Fault::None);
    let store = open(folder.path(), keeps(&fake)).await;
    assert_eq!((store.node(), holds(&store, scope, &[]).await), (node, Ok(3)), "as it was");
}
