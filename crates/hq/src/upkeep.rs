//! What is done to a data folder while nothing is being served from it.

use crate::Place;
use anyhow::{Result, bail};
use jiangsai_app::host::SystemHost;
use jiangsai_app::{App, in_words};
use jiangsai_domain::command::WireError;
use jiangsai_domain::pairing::{self, Invitation};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Calls a command; its error in words.
pub async fn call(app: &App, name: &str, request: Value) -> Result<Value> {
    let called = app.dispatch_own(name, request, None).await;
    called.map_err(words)
}

/// What a computer reads that is let in.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default)]
pub enum Reads {
    /// Every record whole
    #[default]
    Everything,
    /// What judges' desks need: no names behind blind codes, and no standings
    JudgesDesk,
    /// Every record whole, and which nodes are paired here: it stands by for this computer
    Standby,
    /// What judges' desks need, and everything else encrypted: it passes that on and does not read it
    Carrier,
    /// Nothing of what is here: a headquarters below, which sends public facts and statistics alone
    Public,
}

impl Reads {
    const fn asked(self) -> (pairing::Reads, &'static str) {
        match self {
            Self::Everything => (pairing::Reads::Everything, "code"),
            Self::JudgesDesk => (pairing::Reads::JudgesDesk, "desk-code"),
            Self::Standby => (pairing::Reads::Standby, "standby-code"),
            Self::Carrier => (pairing::Reads::Carrier, "carrier-code"),
            Self::Public => (pairing::Reads::Public, "public-code"),
        }
    }
}

/// `pair`: makes a code and prints it.
pub async fn pair(app: &App, reads: Reads) -> Result<String> {
    let (reads, word) = reads.asked();
    let code = call(app, "sync.pairing_code", json!({ "reads": reads })).await?;
    let code = code.as_str().unwrap_or_default().to_owned();
    println!("{word} {code}");
    Ok(code)
}

/// Prints the fingerprint, which the codes carry and two people may compare by voice; and, where it is known at which addresses this computer is
/// reached, an invitation for each code and address.
pub async fn introduce(app: &App, codes: &[String]) -> Result<()> {
    let state = call(app, "sync.status", json!({})).await?;
    say(&format!("fingerprint {}", state["fingerprint"].as_str().unwrap_or_default()));
    for code in codes {
        for address in state["addresses"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            say(&format!("invite {}", invitation(address, code)?));
        }
    }
    Ok(())
}

/// Prints a line; a program that has read what it wanted of them may have gone.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn invitation(address: &str, code: &str) -> Result<Invitation> {
    Invitation::of(address, code).map_err(|refusal| anyhow::anyhow!(refusal))
}

/// `verify`
pub async fn verify(app: &App) -> Result<()> {
    let mut faults = 0;
    for found in app.verify_everything().await.map_err(|error| anyhow::anyhow!(error.message))? {
        let said = found.fault.clone().unwrap_or_else(|| "ok".to_owned());
        let part = if found.withheld > 0 { format!(" ({} without bodies)", found.withheld) } else { String::new() };
        let gone = if found.erased > 0 { format!(" ({} erased)", found.erased) } else { String::new() };
        println!(
            "{}  {} records{part}{gone}, {} logs, {} checkpoints: {said}",
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
    let rebuilt = app.rebuild().await.map_err(words)?;
    for one in &rebuilt {
        let said = if one.differed.is_empty() {
            "ok".to_owned()
        } else {
            format!("was not what the records give: {}; it is now", one.differed.join(", "))
        };
        println!("{}  {said}", one.scope);
    }
    println!("{} competitions", rebuilt.len());
    Ok(())
}

/// `backup`
pub async fn backup(place: &Place, to: &Path) -> Result<()> {
    let app = match &place.database_url {
        // It may be served meanwhile, from this folder as well.
        Some(url) => {
            App::open_database_beside(url, &place.data, Arc::new(SystemHost::new(None))).await.map_err(words)?
        }
        None => place.open().await?,
    };
    app.check_owner().await.map_err(words)?;
    println!("{}", app.back_up_to(to).await.map_err(words)?.display());
    Ok(())
}

/// `restore`
pub async fn restore(from: &Path, place: &Place, over: bool) -> Result<()> {
    let (host, data) = (Arc::new(crate::host()), &place.data);
    let restored = match &place.database_url {
        Some(url) => App::restore_into_database(url, data, host, from).await,
        None => App::restore_into(data, host, from, over).await,
    };
    let (app, restored) = restored.map_err(words)?;
    if restored.held.unread > 0 {
        eprintln!(
            "{} records about persons cannot be read: the key file beside the backup is missing or lacks their keys",
            restored.held.unread
        );
    }
    if let Some(before) = restored.before {
        println!("before: {before}");
    }
    verify(&app).await
}

#[expect(clippy::needless_pass_by_value, reason = "it is what an error is mapped with")]
fn words(error: WireError) -> anyhow::Error {
    anyhow::anyhow!(in_words(&error, &crate::language()).message)
}
