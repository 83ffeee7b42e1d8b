//! Computers on this network that let others in: announced by mDNS (by `serve` where that was asked for, by a desktop that hosts its hall), and looked for when a person wants a list.
//!
//! What is announced is an address and a fingerprint, and nothing of what is held there. Anybody may announce anything: a code says whose door
//! it opens. Many networks keep such words from one another; the address can always be typed.

use super::Reached;
use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::sync::NearbyNode;
use jiangsai_domain::pairing::Fingerprint;
use jiangsai_locales::Lang;
use mdns_sd::{ResolvedService, ServiceDaemon, ServiceEvent, ServiceInfo};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// What is announced, and looked for.
const KIND: &str = "_jiangsai._tcp.local.";
/// Name of the property that holds the fingerprint.
const PRINT: &str = "fingerprint";
/// How long answers are waited for.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// Most computers that a list holds.
const MOST: usize = 50;

/// This computer is announced until this is dropped.
pub struct Announced(ServiceDaemon);

impl Drop for Announced {
    fn drop(&mut self) {
        // Those who look for it learn that it is gone; if not, they find a closed door.
        let _ = self.0.shutdown();
    }
}

fn internal(error: impl std::fmt::Display) -> Failure {
    Failure::Internal(error.to_string())
}

impl App {
    /// Announces the addresses where this computer lets others in.
    ///
    /// # Errors
    /// `internal`, where it has none, or the network cannot be spoken to.
    pub fn announce(&self) -> Result<Announced, WireError> {
        let announced = self.fingerprint().and_then(|print| {
            let reached = self.0.addresses.reached().ok_or_else(|| internal("nobody is let in"))?;
            let told = announcement(print, &reached).ok_or_else(|| internal("no address to announce"))?;
            let daemon = ServiceDaemon::new().map_err(internal)?;
            daemon.register(told).map_err(internal)?;
            Ok(Announced(daemon))
        });
        announced.map_err(|failure| failure.wire("announce", Lang::Zh))
    }

    /// Computers that are announced on this network, this one left out. Empty where nothing can be heard.
    pub(crate) async fn nearby(&self) -> Result<Vec<NearbyNode>, Failure> {
        let own = self.fingerprint()?;
        let daemon = match ServiceDaemon::new() {
            Ok(daemon) => daemon,
            Err(error) => {
                tracing::warn!(%error, "this network cannot be listened to");
                return Ok(Vec::new());
            }
        };
        let events = daemon.browse(KIND).map_err(internal)?;
        let (until, mut found) = (Instant::now() + PATIENCE, BTreeMap::new());
        while found.len() < MOST
            && let Ok(Ok(event)) = timeout_at(until, events.recv_async()).await
        {
            if let ServiceEvent::ServiceResolved(service) = event
                && let Some(node) = read(&service).filter(|node| node.fingerprint != own)
            {
                found.insert(node.fingerprint.to_string(), node);
            }
        }
        let _ = daemon.shutdown();
        Ok(found.into_values().collect())
    }
}

fn announcement(print: Fingerprint, reached: &Reached) -> Option<ServiceInfo> {
    let told = (reached.now)();
    let ips: Vec<String> =
        told.iter().filter_map(|one| Some(one.parse::<SocketAddr>().ok()?.ip().to_string())).collect();
    let print = print.to_string();
    let host = format!("jiangsai-{}.local.", print.to_lowercase());
    let own = [(PRINT, print.as_str())];
    let info = ServiceInfo::new(KIND, &print, &host, ips.join(","), reached.port, own.as_slice()).ok()?;
    match reached.everywhere {
        // Of a network that is joined later, too.
        true => Some(info.enable_addr_auto()),
        false => (!ips.is_empty()).then_some(info),
    }
}

/// What an announcement says; `None` where it is not one of ours, or says nothing that can be reached.
fn read(service: &ResolvedService) -> Option<NearbyNode> {
    let fingerprint: Fingerprint = service.get_property_val_str(PRINT)?.parse().ok()?;
    let mut addresses: Vec<IpAddr> = service.get_addresses_v4().into_iter().map(IpAddr::V4).collect();
    addresses.sort();
    let first = addresses.first()?;
    Some(NearbyNode { address: SocketAddr::new(*first, service.get_port()).to_string(), fingerprint })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::tls;
    use std::sync::Arc;

    fn print() -> Fingerprint {
        tls::fingerprint(jiangsai_ledger::Hash::of(b"key"))
    }

    #[test]
    fn an_announcement_says_address_and_fingerprint_and_nothing_else() {
        let reached = |everywhere, all: &'static [&str]| Reached {
            port: 7480,
            everywhere,
            now: Arc::new(|| all.iter().map(|one| (*one).to_owned()).collect()),
        };
        let info = announcement(print(), &reached(false, &["192.168.1.10:7480", "[2001:db8::1]:7480"])).unwrap();
        assert_eq!(info.get_properties().len(), 1, "nothing else");
        let node = read(&info.as_resolved_service()).unwrap();
        assert_eq!((node.address.as_str(), node.fingerprint), ("192.168.1.10:7480", print()));
        assert!(announcement(print(), &reached(false, &[])).is_none(), "at no address");
        assert!(announcement(print(), &reached(true, &[])).unwrap().is_addr_auto(), "and of any that comes");
    }

    #[test]
    fn what_is_not_of_ours_is_left_out() {
        for properties in [vec![], vec![(PRINT, "x")]] {
            let info = ServiceInfo::new(KIND, "x", "x.local.", "192.168.1.10", 1, properties.as_slice()).unwrap();
            assert!(read(&info.as_resolved_service()).is_none(), "{properties:?}");
        }
    }
}
