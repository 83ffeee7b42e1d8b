//! Commands about backups: which there are, another place for them, and going back to one.

use super::{Needs, Role, WireError};
use crate::command;
use serde::{Deserialize, Serialize};

command! {
    /// The backups of this computer, and whether they could be written.
    ListBackups = "backups.list", Query, Needs::AnyOf(&[Role::Organiser]), {} => Backups
}

/// Reply of [`ListBackups`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backups {
    /// False where the records are on a database server, which is backed up with its own tools.
    pub possible: bool,
    /// Folder of the backups on this computer.
    pub folder: String,
    /// Folder of the second place, if one is set.
    pub second: Option<String>,
    /// Why the last backup on this computer was not written.
    pub trouble: Option<WireError>,
    /// Why the second place does not have the newest backup.
    pub second_trouble: Option<WireError>,
    /// Backups on this computer, the newest first.
    pub here: Vec<BackupRow>,
    /// Backups in the second place, the newest first.
    pub there: Vec<BackupRow>,
}

/// One backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupRow {
    /// Full path of its folder, or of a bare database file.
    pub folder: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Size of its database in bytes.
    pub bytes: u64,
    /// Why it was made: `backup-reason-<code>` in the locale files; `copied` for a folder that a person copied.
    pub reason: String,
    /// What the computer it was made on is called, or the beginning of its id.
    pub computer: String,
    /// Records in it; `None` for a folder that a person copied.
    pub records: Option<u64>,
    /// It was read back when it was written, and has that size still. False: it is damaged, or nobody read it back.
    pub verified: bool,
    /// Besides, every hash, chain and signature in it was verified then, as a restore does. That is done once a day.
    #[serde(default)]
    pub proved: bool,
}

command! {
    /// Makes a backup now, here and in the second place.
    MakeBackup = "backups.make", Mutation, Needs::AnyOf(&[Role::Organiser]), {} => Backups
}

command! {
    /// Sets the second place: a folder that is there, such as a stick's. Backups go into its folder `jiangsai-backups`. Empty for none.
    SetBackupPlace = "backups.set_place", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Full path of a folder.
        folder: String
    } => Backups
}

command! {
    /// The backups at a path: a backup, a database file, a stick, or a data folder. A mutation, as the next: whoever may only look has no business
    /// anywhere on this computer's disks.
    FindBackups = "backups.find", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Full path.
        from: String
    } => Vec<BackupRow>
}

command! {
    /// Reads a backup whole, every byte and record, and says what restoring it would do. No competition changes.
    PreviewBackup = "backups.preview", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Full path, as [`FindBackups`] returned it.
        from: String
    } => BackupPreview
}

/// Reply of [`PreviewBackup`]. One that does not verify is refused with the place of the fault instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupPreview {
    /// The backup.
    pub backup: BackupRow,
    /// What it holds.
    pub competitions: Vec<BackedUp>,
    /// What is here and not in it: this would be missing.
    pub missing: Vec<MissingRecords>,
    /// What is here does not hold together, so that nobody can say what would be missing. A restore puts it aside as it is.
    #[serde(default)]
    pub damaged: bool,
    /// Records about persons in it that cannot be read, as their keys are not in the file beside the backups: names come again from above only.
    #[serde(default)]
    pub unread: u64,
    /// Names it and what is here, for [`RestoreBackup`].
    pub token: String,
}

/// A competition in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackedUp {
    /// Its title.
    pub title: String,
    /// Its date, `YYYY-MM-DD`, or empty.
    pub date: String,
    /// Entries that compete.
    pub entries: u32,
    /// Records.
    pub records: u64,
    /// Milliseconds since 1970 of the newest record.
    pub newest: i64,
}

/// Records of a competition that are here and not in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingRecords {
    /// Title of the competition.
    pub title: String,
    /// Records.
    pub records: u64,
    /// Of these, marks.
    pub marks: u64,
    /// Milliseconds since 1970 of the first one.
    pub first: i64,
    /// Milliseconds since 1970 of the last one.
    pub last: i64,
}

command! {
    /// Goes back to a backup. What is here is backed up before; without that nothing is restored.
    RestoreBackup = "backups.restore", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Full path.
        from: String,
        /// Token of the preview: what is restored is what was shown.
        token: String
    } => RestoredBackup
}

/// Reply of [`RestoreBackup`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoredBackup {
    /// Records that are here now.
    pub records: u64,
    /// Folder of the backup of what was here before, or of the files themselves where they do not hold together; `None` where nothing was.
    pub before: Option<String>,
}
