//! The log of the window: a file in the data folder, for whoever looks for a cause. Left out: names and what was typed; what other
//! parts of the program than ours say.

use jiangsai_domain::command::WireError;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The folder of the log in the data folder.
const FOLDER: &str = "log";
/// The code of the error where another window, or another program of ours, has the folder.
const IN_USE: &str = "in-use";
/// Largest file, in bytes; the one before it is kept beside it, any older one is not.
const LARGEST: u64 = 1024 * 1024;

/// Most that is kept in memory before it is known where it may be written, in bytes.
const MOST_WAITING: usize = 64 * 1024;

/// Where lines go.
static LOG: Mutex<Log> = Mutex::new(Log::Waiting(Vec::new()));

/// Notes from now on what fails; where to, [`settle`] says.
pub(crate) fn begin() {
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Line);
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

/// Writes what was noted, and from now on every line, into the log of a data folder, unless it was not opened because another window has
/// it: the log is that window's then. Where it cannot be written the window works without it.
pub(crate) fn settle(data: &Path, trouble: Option<&WireError>) {
    LOG.lock().unwrap_or_else(PoisonError::into_inner).settle(data, trouble);
}

/// One line of the log.
struct Line;

impl Write for Line {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lines that wait for their file, a file, or neither.
enum Log {
    Waiting(Vec<u8>),
    File(Rotating),
    Nowhere,
}

impl Log {
    fn settle(&mut self, data: &Path, trouble: Option<&WireError>) {
        let Self::Waiting(lines) = self else { return };
        let lines = std::mem::take(lines);
        *self = Self::Nowhere;
        if trouble.is_some_and(|error| error.code == IN_USE) {
            return;
        }
        if let Ok(mut file) = Rotating::open(&data.join(FOLDER), LARGEST)
            && (lines.is_empty() || file.write_all(&lines).is_ok())
        {
            *self = Self::File(file);
        }
    }

    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match self {
            Self::Waiting(lines) if lines.len() + line.len() <= MOST_WAITING => lines.extend_from_slice(line),
            Self::File(file) => return file.write(line),
            Self::Waiting(_) | Self::Nowhere => {}
        }
        Ok(line.len())
    }
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

    fn trouble(code: &str) -> WireError {
        WireError { code: code.to_owned(), message: String::new(), details: Vec::new(), refusal: false }
    }

    #[test]
    fn nothing_is_written_into_a_folder_that_another_window_has() {
        let data = tempfile::tempdir().unwrap();
        let mut second = Log::Waiting(Vec::new());
        second.write(b"before\n").unwrap();
        second.settle(data.path(), Some(&trouble("in-use")));
        second.write(b"after\n").unwrap();
        assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0, "not even a folder");
    }

    #[test]
    fn what_was_noted_before_the_folder_was_opened_is_not_lost() {
        for trouble in [None, Some(trouble("corrupt"))] {
            let data = tempfile::tempdir().unwrap();
            let mut log = Log::Waiting(Vec::new());
            log.write(b"before\n").unwrap();
            log.settle(data.path(), trouble.as_ref());
            log.write(b"after\n").unwrap();
            let text = std::fs::read_to_string(current(&data.path().join(FOLDER))).unwrap();
            assert_eq!(text, "before\nafter\n", "{trouble:?}");
        }
    }

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
