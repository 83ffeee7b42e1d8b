//! Where another computer is, and the one text that says address and code together.

use super::PairingCode;
use super::letters::plain;
use crate::envelope::Refusal;
use std::fmt;
use std::net::Ipv6Addr;

/// The port that computers below knock at, where an address names none.
pub const PORT: u16 = 7480;
/// The port of `https://` addresses that name none.
const HTTPS: u16 = 443;
/// What an [`Invitation`] begins with.
const SCHEME: &str = "jiangsai:";

/// Host and port of a computer. The way there is encrypted always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
}

impl Address {
    /// Reads what was typed: a host or an IP address, with or without `https://` and port, also in full width. Without a port it is [`PORT`], or
    /// 443 after `https://`.
    ///
    /// # Errors
    /// `upstream-address` where it is none, or asks for a way that is not encrypted.
    pub fn read(typed: &str) -> Result<Self, Refusal> {
        Self::parse(typed).ok_or_else(|| Refusal::new("upstream-address"))
    }

    fn parse(typed: &str) -> Option<Self> {
        let text: String = typed.trim().chars().map(plain).collect();
        let (rest, usual) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (rest, HTTPS),
            Some(_) => return None,
            None => (text.as_str(), PORT),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.parse::<Ipv6Addr>().is_ok() {
            return Some(Self { host: format!("[{rest}]"), port: usual });
        }
        let (host, port) = match rest.strip_prefix('[') {
            Some(inner) => {
                let (inner, behind) = inner.split_once(']')?;
                inner.parse::<Ipv6Addr>().ok()?;
                (format!("[{inner}]"), behind)
            }
            None => {
                let end = rest.find(':').unwrap_or(rest.len());
                let host = &rest[..end];
                let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
                if host.is_empty() || host.len() > 253 || !host.bytes().all(named) {
                    return None;
                }
                (host.to_ascii_lowercase(), &rest[end..])
            }
        };
        let port = match port.strip_prefix(':') {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok().filter(|port| *port > 0)?
            }
            Some(_) => return None,
            None if port.is_empty() => usual,
            None => return None,
        };
        Some(Self { host, port })
    }

    /// As a URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{self}")
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Address and code in one text, as it stands in a QR code or is sent in a message: `jiangsai:HOST:PORT/CODE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Where to.
    pub address: Address,
    /// With what.
    pub code: PairingCode,
}

impl Invitation {
    /// Reads an invitation; `None` where the text is something else.
    ///
    /// # Errors
    /// As for [`Address::read`] and [`PairingCode::read`], of its two parts.
    pub fn read(text: &str) -> Option<Result<Self, Refusal>> {
        let text: String = text.trim().chars().map(plain).collect();
        let begins = text.get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME));
        let rest = begins.then(|| &text[SCHEME.len()..])?;
        let (address, code) = rest.rsplit_once('/').unwrap_or((rest, ""));
        Some(Address::read(address).and_then(|address| Ok(Self { address, code: PairingCode::read(code)? })))
    }

    /// Reads an address and a code that were given each by itself; an invitation in the place of either says both.
    ///
    /// # Errors
    /// As for [`Address::read`] and [`PairingCode::read`].
    pub fn of(address: &str, code: &str) -> Result<Self, Refusal> {
        if let Some(whole) = Self::read(code).or_else(|| Self::read(address)) {
            return whole;
        }
        Ok(Self { address: Address::read(address)?, code: PairingCode::read(code)? })
    }
}

impl fmt::Display for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}/{}", self.address, self.code)
    }
}
