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
