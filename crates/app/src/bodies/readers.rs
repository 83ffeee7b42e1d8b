//! Bodies about who reads what carriers pass on.

use super::body;
use jiangsai_domain::command::readers::{GrantReaders, ShowReaders};

body!(ShowReaders, |command, app, _| app.show_readers(&command.competition).await);

body!(GrantReaders, |command, app, _| app.grant_readers(&command).await);
