//! `serve --browsers`: the interface for browsers elsewhere. What cannot be safe is refused before anything is opened.

use anyhow::{Context, Result, ensure};
use jiangsai_app::{App, in_words};
use jiangsai_hq::{Certificate, Site, Way, open_to_browsers};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;

/// Arguments for browsers elsewhere.
#[derive(clap::Args)]
pub struct Elsewhere {
    /// Let browsers of other computers in at this address, signed in with an account (see `account`)
    #[arg(long, value_name = "ADDRESS:PORT", requires = "site", requires = "ui")]
    browsers: Option<SocketAddr>,
    /// The address that people type, `https://hq.example.org`; anything else is not answered
    #[arg(long, value_name = "https://…", requires = "browsers")]
    site: Option<Site>,
    /// Certificate for it with its chain, in PEM; looked at again every minute. Without it only a loopback address is served, for a reverse proxy on this computer
    #[arg(long, value_name = "PEM", requires = "tls_key", requires = "browsers")]
    tls_cert: Option<PathBuf>,
    /// Key of the certificate, in PEM
    #[arg(long, value_name = "PEM", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
}

/// What was asked for, and can be done.
pub struct Asked {
    at: SocketAddr,
    site: Site,
    way: Way,
}

impl Elsewhere {
    /// # Errors
    /// Plain HTTP that others could listen to; a certificate that cannot be used.
    pub fn asked(&self) -> Result<Option<Asked>> {
        let (Some(at), Some(site)) = (self.browsers, self.site.clone()) else { return Ok(None) };
        let way = match (&self.tls_cert, &self.tls_key) {
            (Some(chain), Some(key)) => Way::Tls(Certificate::read(chain, key)?),
            _ => {
                ensure!(
                    at.ip().is_loopback(),
                    "passwords would cross the network unencrypted at {at}: give --tls-cert and --tls-key, or a loopback address (127.0.0.1:{}) behind a reverse proxy on this computer that speaks TLS",
                    at.port()
                );
                Way::Proxy
            }
        };
        Ok(Some(Asked { at, site, way }))
    }
}

impl Asked {
    /// Listens; the rest goes on until it is stopped.
    ///
    /// # Errors
    /// An address that cannot be had; accounts that were made with another secret than the one of this folder.
    pub async fn listen(
        self,
        app: &App,
        ui: &Path,
        stop: impl Future<Output = ()>,
    ) -> Result<impl Future<Output = ()>> {
        ensure!(ui.join("index.html").is_file(), "{} holds no built interface", ui.display());
        app.accounts().check().await.map_err(|error| anyhow::anyhow!(in_words(&error, &crate::language()).message))?;
        let listener = TcpListener::bind(self.at).await.context("listen for browsers")?;
        let scheme = if matches!(self.way, Way::Tls(_)) { "https" } else { "http" };
        println!("browsers {scheme}://{} as {}", listener.local_addr()?, self.site);
        let renewed = match &self.way {
            Way::Tls(certificate) => Some(tokio::spawn(certificate.clone().keep_up())),
            Way::Proxy => None,
        };
        let (app, ui) = (app.clone(), ui.to_owned());
        Ok(async move {
            open_to_browsers(listener, app, self.site, &ui, self.way, stop).await;
            if let Some(renewed) = renewed {
                renewed.abort();
            }
        })
    }
}
