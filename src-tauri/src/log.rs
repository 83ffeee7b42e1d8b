//! The log of the window: a file in the data folder, for whoever looks for a cause. Left out: names and what was typed; what other
//! parts of the program than ours say.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The folder of the log in the data folder.
const FOLDER: &str = "log";
/// Largest file, in bytes; the one before it is kept beside it, any older one is not.
const LARGEST: u64 = 1024 * 1024;

/// Writes from now on what fails into the log of a data folder. Where it cannot be written the window works without it.
pub(crate) fn begin(data: &Path) {
    let Ok(file) = Rotating::open(&data.join(FOLDER), LARGEST) else { return };
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(file));
    // Libraries may log what they were given.
    let ours = Targets::new().with_target("jiangsai", LevelFilter::WARN);
    if tracing_subscriber::registry().with(lines.with_filter(ours)).try_init().is_err() {
        return;
    }
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // Where, and not what it says: that may quote what was typed.
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(target: "jiangsai", at, "a panic");
        before(panic);
    }));
}

/// A file that is put aside when it is full.
struct Rotating {
    folder: PathBuf,
    file: File,
    written: u64,
    largest: u64,
}

impl Rotating {
    fn open(folder: &Path, largest: u64) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let file = OpenOptions::new().create(true).append(true).open(current(folder))?;
        let written = file.metadata()?.len();
        Ok(Self { folder: folder.to_owned(), file, written, largest })
    }
}

fn current(folder: &Path) -> PathBuf {
    folder.join("jiangsai.log")
}

fn previous(folder: &Path) -> PathBuf {
    folder.join("jiangsai.1.log")
}

impl Write for Rotating {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.written > 0 && self.written.saturating_add(line.len() as u64) > self.largest {
            std::fs::rename(current(&self.folder), previous(&self.folder))?;
            *self = Self::open(&self.folder, self.largest)?;
        }
        self.file.write_all(line)?;
        self.written = self.written.saturating_add(line.len() as u64);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_log_stays_small_and_keeps_the_newest_lines() {
        let data = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            // Opened twice: what a program before this one wrote counts.
            let mut log = Rotating::open(data.path(), 100).unwrap();
            for line in 0..50 {
                writeln!(log, "line {line:04}").unwrap();
            }
        }
        let sizes = [current(data.path()), previous(data.path())].map(|path| std::fs::metadata(path).unwrap().len());
        assert!(sizes.iter().all(|size| (1..=100).contains(size)), "{sizes:?}");
        let newest = std::fs::read_to_string(current(data.path())).unwrap();
        assert!(newest.ends_with("line 0049\n"), "{newest}");
        assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 2, "no file besides");
    }
}
