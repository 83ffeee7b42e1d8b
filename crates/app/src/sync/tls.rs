//! TLS between nodes, version 1.3 alone. A node's certificate is of its node key, so that whoever pins the one pins the other; what else
//! stands in the certificate (names, dates) says nothing and is not looked at.
//!
//! The node key then signs handshakes beside requests and receipts. These cannot be taken for one another: the bytes of a handshake begin
//! with sixty-four spaces, those of a certificate with a byte that is no letter, everything else with the line that names its type.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::pairing::Fingerprint;
use jiangsai_ledger::{Hash, SigningKey};
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, PKCS_ED25519};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, ServerConfig, SignatureScheme, version};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What stands before the 32 bytes of an Ed25519 public key in a SubjectPublicKeyInfo.
const PUBLIC: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// What stands before the 32 bytes of an Ed25519 secret key in PKCS#8.
const SECRET: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// Fingerprint of a node by its public key.
pub(crate) fn fingerprint(key: Hash) -> Fingerprint {
    Fingerprint::of(Hash::of_two(&PUBLIC, key.bytes()).bytes())
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn internal(error: impl fmt::Display) -> Failure {
    Failure::Internal(error.to_string())
}

impl App {
    /// How this node's door speaks TLS. The certificate is of the key that the node has at the time: a restore may bring another.
    ///
    /// # Errors
    /// `internal`, where no certificate can be made.
    pub fn door_tls(&self) -> Result<Arc<ServerConfig>, jiangsai_domain::command::WireError> {
        self.own_tls().map_err(|failure| failure.wire("tls", jiangsai_locales::Lang::Zh))
    }

    fn own_tls(&self) -> Result<Arc<ServerConfig>, Failure> {
        let own = Own { app: self.clone(), made: Mutex::default() };
        own.certified().map_err(internal)?;
        let builder = ServerConfig::builder_with_provider(provider()).with_protocol_versions(&[&version::TLS13]);
        let mut config = builder.map_err(internal)?.with_no_client_auth().with_cert_resolver(Arc::new(own));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

/// The certificate of this node.
struct Own {
    app: App,
    /// The last one, and of which key.
    made: Mutex<Option<([u8; 32], Arc<CertifiedKey>)>>,
}

impl Own {
    fn certified(&self) -> Result<Arc<CertifiedKey>, Error> {
        let key = self.app.0.store.node_key();
        let public = key.verifying_key().to_bytes();
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, certified)) = made.as_ref().filter(|(of, _)| *of == public) {
            return Ok(certified.clone());
        }
        let certified = Arc::new(certify(&key)?);
        *made = Some((public, certified.clone()));
        Ok(certified)
    }
}

impl ResolvesServerCert for Own {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.certified().inspect_err(|error| tracing::error!(%error, "no certificate can be made")).ok()
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Own")
    }
}

/// A certificate that a key signs for itself.
fn certify(key: &SigningKey) -> Result<CertifiedKey, Error> {
    let general = |error: rcgen::Error| Error::General(error.to_string());
    let secret = PrivatePkcs8KeyDer::from([SECRET.as_slice(), &key.to_bytes()].concat());
    let pair = KeyPair::from_pkcs8_der_and_sign_algo(&secret, &PKCS_ED25519).map_err(general)?;
    let mut about = CertificateParams::new(["jiangsai".to_owned()]).map_err(general)?;
    about.distinguished_name = DistinguishedName::new();
    about.distinguished_name.push(DnType::CommonName, "jiangsai");
    let certificate = about.self_signed(&pair).map_err(general)?;
    Ok(CertifiedKey::new(vec![certificate.der().clone()], ring::sign::any_eddsa_type(&secret)?))
}

/// Whom a connection must be to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pin {
    /// The node with this public key.
    Key(Hash),
    /// The node with this fingerprint, of which no more is known yet.
    Fingerprint(Fingerprint),
}

impl Pin {
    /// Is this the SubjectPublicKeyInfo of that node?
    fn is(self, info: &[u8]) -> bool {
        let Some(Ok(key)) = info.strip_prefix(&PUBLIC).map(Hash::from_bytes) else { return false };
        match self {
            Self::Key(pinned) => key == pinned,
            Self::Fingerprint(pinned) => fingerprint(key) == pinned,
        }
    }

    /// How to reach that node, and no other.
    pub(super) fn tls(self) -> Result<ClientConfig, Failure> {
        let builder = ClientConfig::builder_with_provider(provider()).with_protocol_versions(&[&version::TLS13]);
        let verifier = Arc::new(Pinned { to: self, provider: provider() });
        let builder = builder.map_err(internal)?.dangerous().with_custom_certificate_verifier(verifier);
        Ok(builder.with_no_client_auth())
    }
}

/// How to reach the node with this public key, and no other.
///
/// # Errors
/// `internal`, where TLS cannot be set up.
pub fn pinned_to(key: Hash) -> Result<ClientConfig, jiangsai_domain::command::WireError> {
    Pin::Key(key).tls().map_err(|failure| failure.wire("tls", jiangsai_locales::Lang::Zh))
}

/// Looks at the key of a certificate alone.
#[derive(Debug)]
struct Pinned {
    to: Pin,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let info = ParsedCertificate::try_from(end_entity)?.subject_public_key_info();
        if self.to.is(&info) {
            return Ok(ServerCertVerified::assertion());
        }
        Err(CertificateError::ApplicationVerificationFailure.into())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(CertificateError::ApplicationVerificationFailure.into())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    /// All of them, though a node has but one: another kind of key is then told from a network that does not answer.
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// What TLS has to do with an error, if it is among its causes.
pub(super) fn cause<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e Error> {
    let mut next = Some(error);
    while let Some(one) = next {
        if let Some(found) = one.downcast_ref() {
            return Some(found);
        }
        // An error of I/O names the causes of what it was made of, but not that itself.
        let made_of = one.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match made_of {
            Some(inner) => Some(inner),
            None => one.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_of_the_node_key_and_a_pin_takes_no_other() {
        let (one, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let key = |key: &SigningKey| Hash::from_bytes(key.verifying_key().as_bytes()).unwrap();
        let certified = certify(&one).unwrap();
        certified.keys_match().unwrap();
        let info = ParsedCertificate::try_from(&certified.cert[0]).unwrap().subject_public_key_info();
        for pin in [Pin::Key(key(&one)), Pin::Fingerprint(fingerprint(key(&one)))] {
            assert!(pin.is(&info), "{pin:?}");
        }
        for pin in [Pin::Key(key(&other)), Pin::Fingerprint(fingerprint(key(&other)))] {
            assert!(!pin.is(&info), "{pin:?}");
        }
        assert!(!Pin::Key(key(&one)).is(&info[1..]) && !Pin::Key(key(&one)).is(&[]), "not a key at all");
    }

    #[test]
    fn the_cause_is_found_however_deep_it_lies() {
        let tls = Error::from(CertificateError::ApplicationVerificationFailure);
        let deep = std::io::Error::other(std::io::Error::other(tls.clone()));
        assert_eq!(cause(&deep), Some(&tls));
        assert_eq!(cause(&std::io::Error::from(std::io::ErrorKind::ConnectionReset)), None);
    }
}
