//! Bodies about bundles.

use super::body;
use super::files::decode;
use crate::bundle::read;
use jiangsai_domain::command::bundle::{ExportBundle, ImportBundle, ImportBundleFrom};
use jiangsai_domain::envelope::Refusal;
use std::path::Path;

body!(ExportBundle, |command, app, _| app.bundle_to_exports(&command.competition, command.what).await);

body!(outside ImportBundle, |command, app, _| app.take_bundle(decode(&command.file)?).await);

body!(outside ImportBundleFrom, |command, app, _| {
    // A browser's page must not have files of this computer read by naming them.
    if !app.0.host.can_open_files() {
        return Err(Refusal::new("bundle-path-window").into());
    }
    let path = Path::new(command.path.trim());
    if !path.is_absolute() || !tokio::fs::try_exists(path).await.unwrap_or_default() {
        return Err(Refusal::new("bundle-path-missing").with("path", path.display()).into());
    }
    app.take_bundle(read(path).await?).await
});
