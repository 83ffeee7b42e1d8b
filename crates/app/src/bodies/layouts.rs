//! Bodies about how documents look.

use super::{body, files};
use jiangsai_domain::command::layouts::{FetchLayout, ListLayouts, SetLayout};

body!(ListLayouts, |_command, app, _| app.layouts().await);

body!(FetchLayout, |command, app, lang| {
    let bytes = app.layout(&command.name, lang).await?;
    let (name, ending) = command.name.rsplit_once('.').unwrap_or((&command.name, ""));
    Ok(files::file(name, ending, &bytes))
});

body!(SetLayout, |command, app, _| {
    let bytes = command.file.as_ref().map(files::decode).transpose()?;
    app.set_layout(&command.name, bytes).await?;
    app.layouts().await
});
