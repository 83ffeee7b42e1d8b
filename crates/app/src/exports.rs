//! The folder `exports` of the data folder: what was saved to be opened, sent or kept.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::envelope::Refusal;
use std::path::{Path, PathBuf};

impl App {
    /// The folder.
    pub(crate) fn exports(&self) -> PathBuf {
        self.0.store.dir().join("exports")
    }

    /// Now, as part of a file name.
    pub(crate) fn moment_in_names(&self) -> String {
        self.0.host.moment(self.0.host.now_ms()).replace([':', ' '], "-")
    }

    /// A path that was saved there: a path in a request opens nothing else.
    pub(crate) fn exported(&self, path: &str) -> Result<PathBuf, Failure> {
        let inside = Path::new(path).canonicalize().ok().zip(self.exports().canonicalize().ok());
        let path = inside.filter(|(path, exports)| path.starts_with(exports)).map(|(path, _)| path);
        path.ok_or_else(|| Refusal::new("not-found").into())
    }
}

/// Writes a file whole or not at all, under a name that is not taken.
pub(crate) fn write(folder: &Path, name: &str, ending: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    use std::io::Write as _;
    std::fs::create_dir_all(folder)?;
    let fresh = folder.join(format!(".{}.part", std::process::id()));
    let mut file = std::fs::File::create(&fresh)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if let Err(error) = written {
        // What is left of it would only take the space that is missing.
        let _ = std::fs::remove_file(&fresh);
        return Err(error);
    }
    let path = free(folder, name, &format!(".{ending}"));
    std::fs::rename(&fresh, &path)?;
    Ok(path)
}

/// A path of this name that is not taken.
pub(crate) fn free(folder: &Path, name: &str, ending: &str) -> PathBuf {
    let named = |number: u32| match number {
        1 => folder.join(format!("{name}{ending}")),
        _ => folder.join(format!("{name} ({number}){ending}")),
    };
    (1..u32::MAX).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(1))
}
