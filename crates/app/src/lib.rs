//! The application: the body of every command, over a narrow host. Load, authorise, decide, append, evolve, view.
//!
//! Left out: rules (domain, scoring), how records are kept (store), HTTP, windows and terminals (the hosts).
#![forbid(unsafe_code)]

pub mod accounts;
mod artwork;
mod attachments;
mod authority;
mod backups;
mod blocking;
mod bodies;
pub mod bundle;
mod carriage;
mod change;
mod closing;
mod desks;
mod erasing;
mod exports;
mod facts;
mod failure;
pub mod host;
pub mod hub;
mod layouts;
mod live;
mod people;
mod pins;
mod print;
mod revoke;
mod scans;
pub mod sharing;
mod stage;
mod standby;
pub mod sync;
pub mod table;
mod upkeep;
mod watch;
mod whole;

pub use change::Change;
use failure::Failure;
use host::Host;
use jiangsai_domain::command::{Command, Kind, WireError};
use jiangsai_domain::ids::CompetitionId;
use jiangsai_domain::with_commands;
use jiangsai_ledger::ScopeId;
use jiangsai_locales::Lang;
use jiangsai_store::{Keychain, Store, StoreError};
use live::Live;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::{Mutex, RwLock, broadcast};
pub use upkeep::{Rebuilt, Restored, Verified};

/// One open data folder, and who asks. Cheap to clone; all clones are of the same folder.
#[derive(Clone)]
pub struct App(Arc<Inner>, authority::Caller);

struct Inner {
    store: Store,
    host: Arc<dyn Host>,
    /// Competitions in use, each with its state in memory.
    live: Mutex<HashMap<CompetitionId, Arc<RwLock<Live>>>>,
    /// Competitions that other nodes wrote in, to be taken up soon.
    arriving: std::sync::Mutex<HashSet<ScopeId>>,
    changes: broadcast::Sender<Change>,
    /// What the last printed document was made of, so that paging through a preview is quick.
    printer: print::Printer,
    /// Pictures are unpacked one at a time: they take memory.
    unpacking: Mutex<()>,
    /// People signed in.
    people: people::People,
    /// PINs that are tried.
    pins: pins::Pins,
    /// Accounts of those who come in by a browser from elsewhere.
    accounts: accounts::Desk,
    /// Judges signed in at desks.
    desks: desks::Desks,
    /// The big screen.
    stage: stage::Stage,
    /// The big screen on other computers.
    sharing: sharing::Sharing,
    /// How the connection to the computer above is.
    connection: sync::Connection,
    /// What the foot of pages was told.
    foot: sync::Foot,
    /// Word from the computer above, and for those below.
    hints: sync::Hints,
    /// What was handed out to computers below lately.
    handed: sync::Handed,
    /// Receipts of headquarters as they were handed down.
    relayed: sync::Relayed,
    /// What is known of carrying records that are not read.
    carriage: carriage::Carriage,
    /// What each computer below may still ask and send.
    quota: sync::Quota,
    /// Where computers below reach this one, if it lets any in.
    addresses: sync::Addresses,
    /// The door for other computers, where this one hosts its hall.
    hosting: hub::Hosting,
    /// How it is with the computer that stands by, or that this one stands by for.
    abreast: sync::Abreast,
    /// How the backups are.
    backups: backups::Keeper,
    /// Files are rewritten after an erasure, one time after the other.
    scrubbing: Mutex<()>,
    /// Held by whatever uses the store, so that a restore has it alone. Whoever waits for a network, a stick or a person does not hold it:
    /// a restore would wait for that, and every command behind it.
    gate: RwLock<()>,
}

/// The body of a command.
trait Body: Command {
    /// It waits for something else than the store, and takes the gate itself where it uses that.
    const OUTSIDE: bool = false;

    /// Does it.
    fn run(self, app: App, lang: Lang) -> impl Future<Output = Result<Self::Reply, Failure>> + Send;
}

/// A future behind a pointer. An async body is compiled in every program that polls it; behind a pointer that a plain function makes it is
/// compiled here, once, and programs build in a fraction of the time.
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

#[inline(never)]
fn open_folder(data: &Path, keychain: Keychain) -> Boxed<'_, Result<Store, StoreError>> {
    Box::pin(Store::open_with(data, keychain))
}

#[inline(never)]
fn open_postgres<'a>(url: &'a str, data: &'a Path) -> Boxed<'a, Result<Store, StoreError>> {
    Box::pin(Store::open_postgres(url, data))
}

impl App {
    /// Opens a data folder and holds it alone until the last clone is dropped.
    ///
    /// # Errors
    /// Why it cannot be opened, in Chinese (see [`in_words`] for another language): `in-use`, `read-only`, `disk-full`, `newer`,
    /// `corrupt`, `not-durable`, `database`, `io`; `key-locked`, `key-missing`, `key-elsewhere`.
    pub async fn open(data: &Path, host: Arc<dyn Host>) -> Result<Self, WireError> {
        let store = open_folder(data, host.keychain()).await;
        Ok(Self::over(store.map_err(|error| Failure::from(error).not_opened())?, host))
    }

    /// As [`App::open`], with the records in a PostgreSQL database; the folder holds the key of this node.
    ///
    /// # Errors
    /// As for [`App::open`].
    pub async fn open_database(url: &str, data: &Path, host: Arc<dyn Host>) -> Result<Self, WireError> {
        let store = open_postgres(url, data).await;
        let app = Self::over(store.map_err(|error| Failure::from(error).not_opened())?, host);
        app.watch_others().await;
        Ok(app)
    }

    /// As [`App::open_database`], beside the program that serves from this folder: for a backup.
    ///
    /// # Errors
    /// As for [`App::open`]; `newer` also where the tables are of an older build.
    pub async fn open_database_beside(url: &str, data: &Path, host: Arc<dyn Host>) -> Result<Self, WireError> {
        let store = Store::beside_on_server(url, data).await;
        Ok(Self::over(store.map_err(|error| Failure::from(error).not_opened())?, host))
    }

    fn over(store: Store, host: Arc<dyn Host>) -> Self {
        let store = store.with_kinds(facts::STORED);
        let (changes, _) = broadcast::channel(256);
        let (live, arriving) = (Mutex::default(), std::sync::Mutex::default());
        let (printer, connection) = (print::Printer::default(), sync::Connection::default());
        let (handed, relayed) = (sync::Handed::default(), sync::Relayed::default());
        let carriage = carriage::Carriage::default();
        let (desks, stage) = (desks::Desks::default(), stage::Stage::default());
        let sharing = sharing::Sharing::default();
        let (hints, quota, foot) = (sync::Hints::default(), sync::Quota::default(), sync::Foot::default());
        let addresses = sync::Addresses::default();
        let (backups, gate, hosting) = (backups::Keeper::default(), RwLock::default(), hub::Hosting::default());
        let (unpacking, scrubbing, abreast) = (Mutex::default(), Mutex::default(), sync::Abreast::default());
        let (people, pins, accounts) = (people::People::default(), pins::Pins::default(), accounts::Desk::default());
        let inner = Inner {
            store,
            host,
            live,
            arriving,
            changes,
            printer,
            unpacking,
            people,
            pins,
            accounts,
            desks,
            stage,
            sharing,
            connection,
            foot,
            hints,
            handed,
            relayed,
            carriage,
            quota,
            addresses,
            hosting,
            abreast,
            backups,
            scrubbing,
            gate,
        };
        Self(Arc::new(inner), authority::Caller::default())
    }

    /// Calls a command by name, for somebody who is not signed in.
    ///
    /// # Errors
    /// A refusal or a failure, in words of the language asked for (`zh-CN` or `en`; the one set on this computer when not given).
    pub async fn dispatch(
        &self,
        name: &str,
        payload: serde_json::Value,
        language: Option<&str>,
    ) -> Result<serde_json::Value, WireError> {
        self.dispatch_as(None, name, payload, language).await
    }

    /// As [`App::dispatch`], for whoever has these tokens of people signed in (`people.sign_in`), with spaces between: a browser may have
    /// people signed in in several competitions.
    ///
    /// # Errors
    /// As for [`App::dispatch`].
    pub async fn dispatch_as(
        &self,
        tokens: Option<&str>,
        name: &str,
        payload: serde_json::Value,
        language: Option<&str>,
    ) -> Result<serde_json::Value, WireError> {
        self.called_by(authority::Caller::with(tokens)).call(name, payload, language).await
    }

    /// As [`App::dispatch`], for the program itself, whoever has to sign in: what it asks behind a door of its own, or for whoever holds the
    /// data folder alone. Never for what comes from a window, a browser or another computer.
    ///
    /// # Errors
    /// As for [`App::dispatch`].
    pub async fn dispatch_own(
        &self,
        name: &str,
        payload: serde_json::Value,
        language: Option<&str>,
    ) -> Result<serde_json::Value, WireError> {
        self.called_by(authority::Caller::own()).call(name, payload, language).await
    }

    async fn call(
        &self,
        name: &str,
        payload: serde_json::Value,
        language: Option<&str>,
    ) -> Result<serde_json::Value, WireError> {
        let lang = self.language(language).await;
        // A task of its own: what was begun ends, whether or not the caller still waits for the answer.
        let task = tokio::spawn(self.clone().routed(name.to_owned(), payload, lang));
        // What a panic says may quote what was typed; where it was is said by the program's own hook.
        let ended =
            task.await.unwrap_or_else(|_| Err(Failure::Internal("the body of the command panicked".to_owned())));
        ended.map_err(|failure| failure.wire(name, lang))
    }

    #[inline(never)]
    fn routed(
        self,
        name: String,
        payload: serde_json::Value,
        lang: Lang,
    ) -> Boxed<'static, Result<serde_json::Value, Failure>> {
        macro_rules! route {
            ($($command:path),* $(,)?) => {
                match name.as_str() {
                    $(<$command as Command>::NAME => self.running::<$command>(payload, lang),)*
                    _ => Box::pin(std::future::ready(Err(Failure::UnknownCommand(name)))),
                }
            };
        }
        with_commands!(route)
    }

    /// Each body is made in a function of its own: side by side in one, all of them would stand on its stack together.
    #[inline(never)]
    fn running<C: Body>(
        self,
        payload: serde_json::Value,
        lang: Lang,
    ) -> Boxed<'static, Result<serde_json::Value, Failure>> {
        Box::pin(async move { self.run::<C>(payload, lang).await })
    }

    /// What changed, as it changes.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.0.changes.subscribe()
    }

    /// The language of an answer.
    async fn language(&self, asked: Option<&str>) -> Lang {
        if let Some(lang) = asked.and_then(|tag| tag.parse().ok()) {
            return lang;
        }
        let set = self.0.store.setting(bodies::start::LANGUAGE).await.ok().flatten();
        set.and_then(|tag| tag.parse().ok()).unwrap_or(Lang::Zh)
    }

    async fn run<C: Body>(&self, payload: serde_json::Value, lang: Lang) -> Result<serde_json::Value, Failure> {
        let command: C = serde_json::from_value(payload).map_err(|error| Failure::BadRequest(error.to_string()))?;
        let beside = self.0.gate.read().await;
        let app = self.authorised(C::NEEDS, C::KIND, command.competition()).await?;
        let reply = if C::OUTSIDE {
            drop(beside);
            command.run(app, lang).await?
        } else {
            command.run(app, lang).await?
        };
        serde_json::to_value(reply).map_err(|error| Failure::Internal(error.to_string()))
    }
}

/// An error in another language, by its code and particulars; as it came where the language or the code is not known.
#[must_use]
pub fn in_words(error: &WireError, language: &str) -> WireError {
    let mut said = error.clone();
    failure::cause_in_words(&mut said, language);
    let key = format!("error-{}", error.code);
    if let Ok(lang) = language.parse::<Lang>()
        && jiangsai_locales::has(lang, &key)
    {
        said.message = jiangsai_locales::message(lang, &key, &said.details);
    }
    said
}

/// Name, kind and needed roles of every command, for listings.
#[must_use]
pub fn commands() -> Vec<(&'static str, Kind, jiangsai_domain::command::Needs)> {
    macro_rules! list {
        ($($command:path),* $(,)?) => { vec![$((<$command as Command>::NAME, <$command as Command>::KIND, <$command as Command>::NEEDS)),*] };
    }
    with_commands!(list)
}

/// A command as others read of it.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// Its name on the wire.
    pub name: &'static str,
    /// Query or mutation.
    pub kind: Kind,
    /// What it is for.
    pub about: &'static str,
    /// Names and types of the request's fields.
    pub fields: &'static [(&'static str, &'static str)],
}

/// Every command as others read of it.
#[must_use]
pub fn described() -> Vec<Described> {
    macro_rules! list {
        ($($command:path),* $(,)?) => { vec![$(Described {
            name: <$command as Command>::NAME,
            kind: <$command as Command>::KIND,
            about: <$command as Command>::ABOUT,
            fields: <$command as Command>::FIELDS,
        }),*] };
    }
    with_commands!(list)
}

#[cfg(test)]
impl App {
    /// In a folder of its own, which is gone with what comes first.
    pub(crate) async fn in_new_folder() -> (tempfile::TempDir, Self) {
        #![allow(clippy::unwrap_used, reason = "tests")]
        let folder = tempfile::tempdir().unwrap();
        let app = Self::open(folder.path(), Arc::new(host::SystemHost::new(None))).await.unwrap();
        (folder, app)
    }

    /// Makes a competition from a template.
    pub(crate) async fn founds(&self) -> ScopeId {
        #![allow(clippy::unwrap_used, reason = "tests")]
        let create = serde_json::json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}});
        let id = self.dispatch("competitions.create", create, None).await.unwrap();
        id.as_str().unwrap().parse().unwrap()
    }
}
