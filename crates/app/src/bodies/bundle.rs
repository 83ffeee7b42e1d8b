//! Bodies about bundles.

use super::body;
use super::files::decode;
use jiangsai_domain::command::bundle::{ExportBundle, ImportBundle};

body!(ExportBundle, |command, app, _| app.bundle_to_exports(&command.competition, command.what).await);

body!(ImportBundle, |command, app, _| app.take_bundle(&decode(&command.file)?).await);
