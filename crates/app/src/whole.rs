//! Files that are there whole or not at all, under names that nobody has taken, however many are written at once.

use std::fs::File;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Writes a file under a name that is not taken, and makes its folder where there is none.
pub(crate) fn write(folder: &Path, name: &str, ending: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    take_name(&part(folder, bytes)?, folder, name, &format!(".{ending}"))
}

/// Writes a file in the place of the one of this name.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    let part = part(folder, bytes)?;
    std::fs::rename(&part, path).inspect_err(|_| drop(std::fs::remove_file(&part)))
}

/// Writes a file of this very name, never over one that is there, into a folder that is there; when this is done, whoever takes the medium
/// out has the file on it.
pub(crate) fn write_to(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(ErrorKind::NotFound.into());
    }
    if path.exists() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let part = part(folder, bytes)?;
    let named = name_once(&part, path);
    // What has the name now needs no other.
    let _ = std::fs::remove_file(&part);
    named?;
    sync_folder(folder)
}

/// Gives a file a second name, which nobody may have by then: no empty file holds it meanwhile, that one which is interrupted would leave.
fn name_once(part: &Path, path: &Path) -> io::Result<()> {
    match std::fs::hard_link(part, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            // A stick's file system has one name for a file. Then the name is held by an empty file for a moment.
            File::create_new(path)?;
            std::fs::rename(part, path).inspect_err(|_| drop(std::fs::remove_file(path)))
        }
        linked => linked,
    }
}

/// Makes the names in a folder durable.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Gives a file that was written under a hidden name the first of these names that is not taken.
pub(crate) fn take_name(part: &Path, folder: &Path, name: &str, ending: &str) -> io::Result<PathBuf> {
    let taken = names(folder, name, ending).find_map(|path| match File::create_new(&path) {
        Ok(held) => {
            // Nobody else gets this name now; what is in its place is replaced in one step.
            drop(held);
            let moved = std::fs::rename(part, &path).inspect_err(|_| drop(std::fs::remove_file(&path)));
            Some(moved.map(|()| path))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => None,
        Err(error) => Some(Err(error)),
    });
    // What is left of it would only take space.
    taken.unwrap_or(Err(ErrorKind::AlreadyExists.into())).inspect_err(|_| drop(std::fs::remove_file(part)))
}

/// A path of this name that is not taken, for a folder: it gets its name only when nothing is there.
pub(crate) fn free(folder: &Path, name: &str, ending: &str) -> PathBuf {
    let taken = folder.join(format!("{name}{ending}"));
    names(folder, name, ending).find(|path| !path.exists()).unwrap_or(taken)
}

/// The name, and the same with a number behind it.
fn names(folder: &Path, name: &str, ending: &str) -> impl Iterator<Item = PathBuf> {
    let numbered = move |number: u32| match number {
        1 => folder.join(format!("{name}{ending}")),
        _ => folder.join(format!("{name} ({number}){ending}")),
    };
    (1..u32::MAX).map(numbered)
}

/// The bytes on disk under a hidden name of their own.
fn part(folder: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
    let path = folder.join(format!(".{}.part", hex::encode(random)));
    let mut file = File::create_new(&path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    // What is left of it would only take the space that is missing.
    written.map(|()| path.clone()).inspect_err(|_| drop(std::fs::remove_file(&path)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn files_written_at_once_under_one_name_stay_apart() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = |letter: u8| vec![letter; 100_000 + usize::from(letter)];
        let write = |letter| (letter, write(folder.path(), "名次表", "pdf", &bytes(letter)).unwrap());
        let written: Vec<(u8, PathBuf)> = std::thread::scope(|scope| {
            let threads: Vec<_> = (b'a'..=b'h')
                .map(|letter| {
                    let write = &write;
                    scope.spawn(move || write(letter))
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let names: BTreeSet<&PathBuf> = written.iter().map(|(_, path)| path).collect();
        assert_eq!(names.len(), written.len(), "every one has a name of its own: {names:?}");
        for (letter, path) in &written {
            assert_eq!(std::fs::read(path).unwrap(), bytes(*letter), "{}", path.display());
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), written.len(), "nothing hidden is left");
    }

    #[test]
    fn of_files_written_at_once_to_one_path_the_first_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("up.jsbundle");
        let bytes = |letter: u8| vec![letter; 100_000];
        let written: Vec<(u8, io::Result<()>)> = std::thread::scope(|scope| {
            let write = |letter| {
                scope.spawn({
                    let path = &path;
                    move || (letter, write_to(path, &bytes(letter)))
                })
            };
            let threads: Vec<_> = (b'a'..=b'h').map(write).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let kept: Vec<u8> = written.iter().filter(|(_, done)| done.is_ok()).map(|(letter, _)| *letter).collect();
        assert_eq!(kept.len(), 1, "one of them: {written:?}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes(kept[0]));
        let refused = written.iter().filter_map(|(_, done)| done.as_ref().err()).map(io::Error::kind);
        assert!(refused.into_iter().all(|kind| kind == ErrorKind::AlreadyExists), "{written:?}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing hidden is left");
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seal");
        for text in ["one", "other"] {
            replace(&path, text.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
