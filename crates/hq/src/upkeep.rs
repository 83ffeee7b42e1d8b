//! What is done to a data folder while nothing is being served from it.

use crate::Place;
use anyhow::{Context, Result, bail, ensure};
use jiangsai_app::{App, in_words, private_folder};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What a data folder is made of that a backup must hold.
const DATABASE: &str = "jiangsai.db";
const KEY: &str = "node.key";

/// Calls a command; its error in words.
pub async fn call(app: &App, name: &str, request: Value) -> Result<Value> {
    let called = app.dispatch(name, request, None).await;
    called.map_err(|error| anyhow::anyhow!(in_words(&error, &crate::language()).message))
}

/// `pair`
pub async fn pair(app: &App) -> Result<()> {
    let code = call(app, "sync.pairing_code", json!({})).await?;
    println!("code {}", code.as_str().unwrap_or_default());
    Ok(())
}

/// `verify`
pub async fn verify(app: &App) -> Result<()> {
    let mut faults = 0;
    for found in app.verify_everything().await.map_err(|error| anyhow::anyhow!(error.message))? {
        let said = found.fault.clone().unwrap_or_else(|| "ok".to_owned());
        println!(
            "{}  {} records, {} logs, {} checkpoints: {said}",
            found.scope, found.records, found.logs, found.checkpoints
        );
        faults += usize::from(found.fault.is_some());
    }
    if faults > 0 {
        bail!("{faults} scopes do not verify");
    }
    Ok(())
}

/// `rebuild`
pub async fn rebuild(app: &App) -> Result<()> {
    let count = app.rebuild().await.map_err(|error| anyhow::anyhow!(error.message))?;
    println!("{count} competitions");
    Ok(())
}

/// `backup`
pub async fn backup(place: &Place, to: &Path) -> Result<()> {
    ensure!(place.database_url.is_none(), "a PostgreSQL database is backed up with pg_dump; keep {KEY} with it");
    ensure!(!to.exists(), "{} exists already", to.display());
    let app = place.open().await?;
    private_folder(to).with_context(|| format!("make {}", to.display()))?;
    app.backup(&to.join(DATABASE)).await.map_err(|error| anyhow::anyhow!(error.message))?;
    // With its permissions: readable by its owner alone.
    std::fs::copy(place.data.join(KEY), to.join(KEY)).context("copy the key of this node")?;
    println!("{}", to.display());
    Ok(())
}

/// `restore`
pub async fn restore(from: &Path, data: PathBuf) -> Result<()> {
    ensure!(!data.exists(), "{} exists already: a restore never writes over a data folder", data.display());
    ensure!(from.join(DATABASE).is_file() && from.join(KEY).is_file(), "{} is not a backup", from.display());
    private_folder(&data).with_context(|| format!("make {}", data.display()))?;
    for name in [DATABASE, KEY] {
        std::fs::copy(from.join(name), data.join(name)).with_context(|| format!("copy {name}"))?;
    }
    let app = Place { data, database_url: None }.open().await?;
    app.restored().await.map_err(|error| anyhow::anyhow!(error.message))?;
    verify(&app).await
}
