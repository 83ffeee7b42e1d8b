//! Bodies about computers that are not trusted any more.

use super::body;
use jiangsai_domain::command::nodes::{RestoreNode, RevokeNode};

body!(RevokeNode, |command, app, _| app.revoke(&command).await);

body!(RestoreNode, |command, app, _| app.restore_node(&command).await);
