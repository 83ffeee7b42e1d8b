//! What the application asks of the program it runs in, and nothing more.

use crate::hub::Door;
use crate::sharing::ScreenDoor;
pub use jiangsai_store::Keychain;
use std::path::Path;
use std::sync::Arc;
use time::{OffsetDateTime, UtcOffset};

/// The surroundings of the application.
pub trait Host: Send + Sync {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> i64;

    /// Today as `YYYY-MM-DD`, by the calendar of this place.
    fn today(&self) -> String;

    /// A moment as it is printed, `YYYY-MM-DD HH:MM`, by the clock of this place.
    fn moment(&self, ms: i64) -> String;

    /// What this computer is called, or empty. It stands in backups and in the list of the node above, so that a person knows them apart.
    fn computer(&self) -> String;

    /// Can it open a file in the system's viewer?
    fn can_open_files(&self) -> bool;

    /// Opens a file in the system's viewer.
    ///
    /// # Errors
    /// What the system says.
    fn open_file(&self, path: &Path) -> Result<(), String>;

    /// How other computers are let in, where the program can do that.
    fn door(&self) -> Option<Arc<dyn Door>> {
        None
    }

    /// How a big screen is shown in the browsers of other computers, where the program can do that.
    fn screen_door(&self) -> Option<Arc<dyn ScreenDoor>> {
        None
    }

    /// The keychain of the system, as far as the program uses it for the key of this node.
    fn keychain(&self) -> Keychain {
        Keychain::None
    }
}

/// How a file is opened in the system's viewer.
pub type Open = fn(&Path) -> Result<(), String>;

/// The clock of this computer; opens files with what it is given.
pub struct SystemHost {
    open: Option<Open>,
    door: Option<Arc<dyn Door>>,
    screen: Option<Arc<dyn ScreenDoor>>,
    keychain: Keychain,
    offset: UtcOffset,
}

impl SystemHost {
    /// A host that opens files this way, or not at all (a server, whose screen nobody sees).
    #[must_use]
    pub fn new(open: Option<Open>) -> Self {
        Self { open, door: None, screen: None, keychain: Keychain::None, offset: offset() }
    }

    /// As it is, and with a door for other computers.
    #[must_use]
    pub fn with_door(self, door: Arc<dyn Door>) -> Self {
        Self { door: Some(door), ..self }
    }

    /// As it is, and with a way to show a big screen in the browsers of other computers.
    #[must_use]
    pub fn with_screen(self, screen: Arc<dyn ScreenDoor>) -> Self {
        Self { screen: Some(screen), ..self }
    }

    /// As it is, and with the keychain of the system.
    #[must_use]
    pub fn with_keychain(self, keychain: Keychain) -> Self {
        Self { keychain, ..self }
    }
}

/// Hours and minutes east of Greenwich. China's where the system does not say.
fn offset() -> UtcOffset {
    UtcOffset::current_local_offset().or_else(|_| UtcOffset::from_hms(8, 0, 0)).unwrap_or(UtcOffset::UTC)
}

impl Host for SystemHost {
    fn now_ms(&self) -> i64 {
        i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
    }

    fn today(&self) -> String {
        let today = OffsetDateTime::now_utc().to_offset(self.offset).date();
        format!("{:04}-{:02}-{:02}", today.year(), u8::from(today.month()), today.day())
    }

    fn moment(&self, ms: i64) -> String {
        let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .to_offset(self.offset);
        let (date, time) = (moment.date(), moment.time());
        format!(
            "{:04}-{:02}-{:02} {:02}:{:02}",
            date.year(),
            u8::from(date.month()),
            date.day(),
            time.hour(),
            time.minute()
        )
    }

    fn computer(&self) -> String {
        let set = ["COMPUTERNAME", "HOSTNAME"].into_iter().find_map(|name| std::env::var(name).ok());
        let name = set.or_else(|| std::fs::read_to_string("/etc/hostname").ok()).unwrap_or_default();
        name.trim().chars().take(100).collect()
    }

    fn can_open_files(&self) -> bool {
        self.open.is_some()
    }

    fn open_file(&self, path: &Path) -> Result<(), String> {
        self.open.map_or_else(|| Err("no viewer".to_owned()), |open| open(path))
    }

    fn door(&self) -> Option<Arc<dyn Door>> {
        self.door.clone()
    }

    fn screen_door(&self) -> Option<Arc<dyn ScreenDoor>> {
        self.screen.clone()
    }

    fn keychain(&self) -> Keychain {
        self.keychain.clone()
    }
}
