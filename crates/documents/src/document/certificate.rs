//! 获奖证书.

use crate::Artwork;
use serde::Serialize;

/// Certificates that look alike, each a page of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Certificates {
    /// The certificates.
    pub all: Vec<Certificate>,
    /// Who issues them.
    pub issuers: Vec<String>,
    /// The date on them, in words.
    pub date: String,
    /// What lies under the whole page.
    pub background: Option<Artwork>,
    /// The seal that is set over the issuer.
    pub seal: Option<Artwork>,
}

/// One certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// Who gets it.
    pub name: String,
    /// Unit, or empty.
    pub unit: String,
    /// What it says.
    pub text: String,
    /// What it is for, in large type.
    pub award: String,
    /// Its number; empty while none is given.
    pub number: String,
    /// What the code on it says, and nothing else: a random id; empty while none is given.
    pub verification: String,
}
