//! The key of this computer in a keychain: where it is said to be, and going back to a backup where it is gone.

use jiangsai_app::App;
use jiangsai_app::host::{Keychain, SystemHost};
use jiangsai_store::{KeeperFault, KeyKeeper};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// The keychain of a computer that does not exist.
#[derive(Debug, Default)]
struct Fake(Mutex<HashMap<String, Vec<u8>>>);

impl KeyKeeper for Fake {
    fn get(&self, node: &str) -> Result<Option<Vec<u8>>, KeeperFault> {
        Ok(self.0.lock().unwrap().get(node).cloned())
    }

    fn put(&self, node: &str, seed: &[u8; 32]) -> Result<(), KeeperFault> {
        self.0.lock().unwrap().insert(node.to_owned(), seed.to_vec());
        Ok(())
    }
}

fn host(keychain: Keychain) -> Arc<SystemHost> {
    Arc::new(SystemHost::new(None).with_keychain(keychain))
}

async fn status(app: &App) -> Value {
    app.dispatch("sync.status", json!({}), None).await.unwrap()
}

/// A competition in a folder, and a backup of it outside.
async fn backed_up(folder: &Path, stick: &Path, keychain: Keychain) -> Value {
    let app = App::open(folder, host(keychain)).await.unwrap();
    let asked = json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}});
    app.dispatch("competitions.create", asked, None).await.unwrap();
    app.back_up_to(stick).await.unwrap();
    status(&app).await
}

#[tokio::test]
async fn it_is_said_where_the_key_is_and_a_program_without_a_keychain_refuses() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = App::open(other.path(), host(Keychain::None)).await.unwrap();
    assert_eq!(status(&app).await["key_in_keychain"], false);
    let fake = Arc::<Fake>::default();
    let app = App::open(folder.path(), host(Keychain::Keeps(fake.clone()))).await.unwrap();
    let said = status(&app).await;
    assert_eq!(said["key_in_keychain"], true);
    drop(app);
    let refused = App::open(folder.path(), host(Keychain::None)).await.err().unwrap();
    assert_eq!((refused.code.as_str(), refused.refusal), ("key-elsewhere", false));
    let app = App::open(folder.path(), host(Keychain::Reads(fake))).await.unwrap();
    assert_eq!(status(&app).await["fingerprint"], said["fingerprint"]);
}

#[tokio::test]
async fn where_the_key_is_gone_a_backup_takes_the_place_of_the_folder_only_when_that_is_said() {
    let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let before = backed_up(folder.path(), stick.path(), Keychain::Keeps(Arc::<Fake>::default())).await;
    // The keychain was reset.
    let empty = || host(Keychain::Keeps(Arc::<Fake>::default()));
    let refused = App::restore_into(folder.path(), empty(), stick.path(), false).await.err().unwrap();
    assert_eq!(refused.code, "key-missing");
    let nothing = tempfile::tempdir().unwrap();
    assert!(App::restore_into(folder.path(), empty(), nothing.path(), true).await.is_err(), "no backup there");
    let refused = App::open(folder.path(), empty()).await.err().unwrap();
    assert_eq!(refused.code, "key-missing", "the folder is as it was");
    let (app, restored) = App::restore_into(folder.path(), empty(), stick.path(), true).await.unwrap();
    let now = status(&app).await;
    assert_eq!((&now["fingerprint"], &now["key_in_keychain"]), (&before["fingerprint"], &json!(true)));
    assert!(restored.before.is_some_and(|aside| Path::new(&aside).join("jiangsai.db").is_file()));
}
