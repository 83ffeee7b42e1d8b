//! `backup` and `restore`: a data folder to a place and back.

use crate::call::over;
use crate::{FAILED, Stop, with_line_ends};
use clap::Args;
use jiangsai_app::App;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::backups::{BackedUp, BackupPreview};
use std::path::PathBuf;

/// Arguments of `backup`.
#[derive(Args)]
pub struct Backup {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The place: a folder, made when it is not there. The backup gets a folder of its own in it.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Language of messages: `zh-CN` or `en`.
    #[arg(long, value_name = "TAG", value_parser = ["zh-CN", "en"], default_value = "en")]
    language: String,
}

/// Arguments of `restore`.
#[derive(Args)]
pub struct Restore {
    /// A backup, a database file, or a folder that holds one backup.
    #[arg(long, value_name = "PATH")]
    from: PathBuf,
    /// The data folder, made when it is not there.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Also where records would be missing afterwards; what is there is backed up before.
    #[arg(long)]
    over: bool,
    /// Language of messages: `zh-CN` or `en`.
    #[arg(long, value_name = "TAG", value_parser = ["zh-CN", "en"], default_value = "en")]
    language: String,
}

/// The folder of the backup.
///
/// # Errors
/// What the disk says (1).
pub fn backup(backup: &Backup) -> Result<String, Stop> {
    let work = async |app: App| app.back_up_to(&backup.to).await;
    let folder = over(&backup.data, &backup.language, work)?.map_err(|error| stop(&error))?;
    Ok(format!("{}\n", folder.display()))
}

/// What was in the backup: a line for each competition with its records and its title.
///
/// # Errors
/// Why it is not restored (1); nothing has changed then.
pub fn restore(restore: &Restore) -> Result<String, Stop> {
    let work = async |app: App| app.restore_from(&restore.from, restore.over).await;
    let held: BackupPreview = over(&restore.data, &restore.language, work)?.map_err(|error| stop(&error))?;
    let line = |one: &BackedUp| format!("{:>9}  {}", one.records, one.title);
    Ok(with_line_ends(&held.competitions.iter().map(line).collect::<Vec<_>>()))
}

fn stop(error: &WireError) -> Stop {
    Stop::new(FAILED, error.message.clone())
}
