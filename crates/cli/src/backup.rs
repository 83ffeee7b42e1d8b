//! `backup` and `restore`: a data folder to a place and back.

use crate::call::{over, run};
use crate::{FAILED, Stop, with_line_ends};
use clap::Args;
use jiangsai_app::{App, Restored, in_words};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::backups::BackedUp;
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
    /// A backup, a database file, or a folder that holds one backup. Where it holds several, name one of them: a stick has them in
    /// `jiangsai-backups`.
    #[arg(long, value_name = "PATH")]
    from: PathBuf,
    /// The data folder, made when it is not there.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Also where records would be missing afterwards, or the folder does not open: what is there is backed up before, or put aside.
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

/// What was in the backup: a line for each competition with its records and its title; and where what was here before is now; and how many
/// records about persons cannot be read, for want of the keys beside the backup.
///
/// # Errors
/// Why it is not restored (1); nothing has changed then.
pub fn restore(restore: &Restore) -> Result<String, Stop> {
    let work = async || {
        let host = crate::host();
        let restored = App::restore_into(&restore.data, host, &restore.from, restore.over).await;
        restored.map(|(_, restored)| restored).map_err(|error| in_words(&error, &restore.language))
    };
    let Restored { held, before } = run(work)?.map_err(|error| stop(&error))?;
    let line = |one: &BackedUp| format!("{:>9}  {}", one.records, one.title);
    let mut lines: Vec<String> = held.competitions.iter().map(line).collect();
    let unread = (held.unread > 0).then(|| format!("unread: {}", held.unread));
    lines.extend(unread);
    lines.extend(before.map(|folder| format!("before: {folder}")));
    Ok(with_line_ends(&lines))
}

fn stop(error: &WireError) -> Stop {
    Stop::new(FAILED, error.message.clone())
}
