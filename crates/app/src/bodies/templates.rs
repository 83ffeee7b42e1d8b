//! Bodies about templates.

use super::{body, files};
use jiangsai_domain::command::templates::{FetchTemplate, ListTemplates, SetTemplate};

body!(ListTemplates, |_command, app, _| app.templates().await);

body!(FetchTemplate, |command, app, lang| {
    let bytes = app.template(&command.name, lang).await?;
    let (name, ending) = command.name.rsplit_once('.').unwrap_or((&command.name, ""));
    Ok(files::file(name, ending, &bytes))
});

body!(SetTemplate, |command, app, _| {
    let bytes = command.file.as_ref().map(files::decode).transpose()?;
    app.set_template(&command.name, bytes).await?;
    app.templates().await
});
