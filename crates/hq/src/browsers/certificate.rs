//! The certificate that browsers see, out of two files. Renewed files are taken up without a restart: they are looked at now and then.

use anyhow::{Context, Result};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{ServerConfig, version};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(60);

/// A certificate with its key, as it is in the files now.
#[derive(Clone)]
pub struct Certificate(Arc<Files>);

struct Files {
    chain: PathBuf,
    key: PathBuf,
    now: RwLock<Read>,
}

/// What was read of both, to the byte, and what it made.
#[derive(Clone)]
struct Read {
    bytes: (Vec<u8>, Vec<u8>),
    certified: Arc<CertifiedKey>,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({})", self.0.chain.display())
    }
}

impl Certificate {
    /// Reads a chain of certificates and the key of the first, both in PEM.
    ///
    /// # Errors
    /// What is wrong with which file.
    pub fn read(chain: &Path, key: &Path) -> Result<Self> {
        let now = RwLock::new(read(chain, key)?);
        Ok(Self(Arc::new(Files { chain: chain.to_owned(), key: key.to_owned(), now })))
    }

    /// Looks at the files now and then, for as long as it runs.
    pub async fn keep_up(self) {
        let mut looks = tokio::time::interval(LOOK);
        loop {
            looks.tick().await;
            let own = self.clone();
            let looked = tokio::task::spawn_blocking(move || own.look_again()).await;
            if let Ok(Err(error)) = looked {
                tracing::error!(%error, "a renewed certificate cannot be used; the one before goes on");
            }
        }
    }

    /// Takes up what is in the files, if it is another certificate than before.
    ///
    /// # Errors
    /// As for [`Certificate::read`]; the one before goes on then.
    pub fn look_again(&self) -> Result<()> {
        let before = self.0.now.read().unwrap_or_else(PoisonError::into_inner).bytes.clone();
        if bytes(&self.0.chain, &self.0.key)? != before {
            let fresh = read(&self.0.chain, &self.0.key)?;
            *self.0.now.write().unwrap_or_else(PoisonError::into_inner) = fresh;
            tracing::info!("another certificate is used from now on");
        }
        Ok(())
    }

    /// TLS with it, version 1.3.
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        let provider = Arc::new(ring::default_provider());
        let versions = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&version::TLS13]);
        let builder = versions.unwrap_or_else(|_| ServerConfig::builder());
        let mut config = builder.with_no_client_auth().with_cert_resolver(Arc::new(self.clone()));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Arc::new(config)
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.now.read().unwrap_or_else(PoisonError::into_inner).certified.clone())
    }
}

fn bytes(chain: &Path, key: &Path) -> Result<(Vec<u8>, Vec<u8>)> {
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("read {}", path.display()));
    Ok((read(chain)?, read(key)?))
}

fn read(chain: &Path, key: &Path) -> Result<Read> {
    let bytes = bytes(chain, key)?;
    let list: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&bytes.0)
        .collect::<Result<_, _>>()
        .with_context(|| format!("{} is no certificate in PEM", chain.display()))?;
    anyhow::ensure!(!list.is_empty(), "{} holds no certificate in PEM", chain.display());
    let secret =
        PrivateKeyDer::from_pem_slice(&bytes.1).with_context(|| format!("{} holds no key in PEM", key.display()))?;
    let signing = ring::sign::any_supported_type(&secret).with_context(|| format!("the key in {}", key.display()))?;
    let certified = CertifiedKey::new(list, signing);
    certified.keys_match().with_context(|| format!("{} is not the key of {}", key.display(), chain.display()))?;
    Ok(Read { bytes, certified: Arc::new(certified) })
}
