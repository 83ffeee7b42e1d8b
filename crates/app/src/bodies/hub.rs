//! Bodies about this computer as the host of its hall.

use super::body;
use jiangsai_domain::command::hub::{CloseHub, OpenHub, ShowHub};

body!(ShowHub, |_command, app, lang| Ok(app.hub(lang).await));

body!(OpenHub, |command, app, lang| {
    app.open_hub(command.port).await?;
    Ok(app.hub(lang).await)
});

body!(CloseHub, |_command, app, lang| {
    app.close_hub().await?;
    Ok(app.hub(lang).await)
});
