//! `account`: who may come in by a browser from elsewhere. It works while the folder is being served.

use crate::{Place, language};
use anyhow::Result;
use clap::Subcommand;
use jiangsai_app::accounts::{MadeLink, Register};
use jiangsai_app::{App, in_words};
use jiangsai_domain::account::May;
use jiangsai_domain::command::WireError;
use jiangsai_hq::Site;
use std::sync::Arc;

/// Arguments of `account`.
#[derive(clap::Args)]
pub struct Account {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Add an account, and print the one-time code with which the person sets it up within 24 hours
    Add {
        /// What the person types to sign in
        name: String,
        /// What it may do
        #[arg(long, value_enum, default_value_t)]
        may: MayDo,
        #[command(flatten)]
        at: At,
    },
    /// List the accounts
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Take away password, authenticator and sessions of an account, and print a code to set it up anew
    Reset {
        /// Its name
        name: String,
        #[command(flatten)]
        at: At,
    },
    /// Remove an account, which is signed out at once
    Remove {
        /// Its name
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(clap::Args)]
struct At {
    #[command(flatten)]
    place: Place,
    /// The site as `serve --browsers` has it: a link is then printed beside the code
    #[arg(long, value_name = "https://…")]
    site: Option<Site>,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, Default)]
enum MayDo {
    /// Look at everything, change nothing
    #[default]
    Look,
    /// Everything that may be done at this computer
    Work,
}

impl From<MayDo> for May {
    fn from(may: MayDo) -> Self {
        match may {
            MayDo::Look => Self::Look,
            MayDo::Work => Self::Work,
        }
    }
}

impl Account {
    pub async fn run(self) -> Result<()> {
        match self.task {
            Task::Add { name, may, at } => {
                let made = register(&at.place).await?.add(&name, may.into()).await;
                said(&made.map_err(words)?, at.site.as_ref());
            }
            Task::Reset { name, at } => {
                let made = register(&at.place).await?.reset(&name).await;
                said(&made.map_err(words)?, at.site.as_ref());
            }
            Task::Remove { name, place } => register(&place).await?.remove(&name).await.map_err(words)?,
            Task::List { place } => list(&register(&place).await?).await?,
        }
        Ok(())
    }
}

/// The accounts of a folder, whether it is being served or not.
async fn register(place: &Place) -> Result<Register> {
    let host = Arc::new(crate::host());
    let url = place.database_url.as_deref();
    let opened = match url {
        Some(url) => App::open_database(url, &place.data, host.clone()).await,
        None => App::open(&place.data, host.clone()).await,
    };
    match opened {
        Ok(app) => Ok(app.accounts()),
        // Somebody serves it: the tables are as they should be, and the accounts are open to both.
        Err(error) if error.code == "in-use" => Register::beside(&place.data, url, host).await.map_err(words),
        Err(error) => Err(words(error)),
    }
}

fn said(made: &MadeLink, site: Option<&Site>) {
    println!("code {}", made.code);
    if let Some(site) = site {
        println!("link {site}/#/set-up/{}", made.code);
    }
}

async fn list(register: &Register) -> Result<()> {
    for account in register.list().await.map_err(words)? {
        let state = match (account.is_set_up, account.link_until) {
            (true, _) => "set-up",
            (false, Some(_)) => "code-open",
            (false, None) => "code-expired",
        };
        println!(
            "{}\t{}\t{state}\t{} recovery codes\t{} sessions",
            account.name,
            account.may.name(),
            account.recovery_left,
            account.sessions
        );
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "it is what an error is mapped with")]
fn words(error: WireError) -> anyhow::Error {
    anyhow::anyhow!(in_words(&error, &language()).message)
}
