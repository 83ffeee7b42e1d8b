//! Where other computers reach this one.

use jiangsai_app::sync::Reached;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Where other computers reach this one, when it listens at `here`.
#[must_use]
pub fn reached(here: SocketAddr) -> Reached {
    Reached { port: here.port(), everywhere: here.ip().is_unspecified(), now: Arc::new(move || reachable(here)) }
}

/// The addresses to tell to other computers, when this one listens at `here`: that one, or those of its network cards where it listens at all of
/// them. Loopback and addresses that hold on one cable alone are left out.
fn reachable(here: SocketAddr) -> Vec<String> {
    if !here.ip().is_unspecified() {
        return vec![here.to_string()];
    }
    let cards = if_addrs::get_if_addrs().unwrap_or_default();
    let mut found: Vec<IpAddr> =
        cards.iter().map(if_addrs::Interface::ip).filter(|ip| is_told(*ip, here.is_ipv6())).collect();
    // Those of version 4 first: they are typed.
    found.sort_by_key(|ip| (ip.is_ipv6(), *ip));
    found.dedup();
    found.into_iter().map(|ip| SocketAddr::new(ip, here.port()).to_string()).collect()
}

fn is_told(ip: IpAddr, six: bool) -> bool {
    match ip {
        IpAddr::V4(ip) => !ip.is_loopback() && !ip.is_link_local(),
        IpAddr::V6(ip) => six && !ip.is_loopback() && !ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_itself_and_all_are_those_of_the_cards() {
        assert_eq!(
            reachable("127.0.0.1:7480".parse().unwrap()),
            ["127.0.0.1:7480"],
            "where it listens, as it was told to"
        );
        let all = reachable("0.0.0.0:7480".parse().unwrap());
        assert!(
            all.iter().all(|one| one.ends_with(":7480") && !one.starts_with("127.") && !one.starts_with('[')),
            "{all:?}"
        );
        assert!(is_told([10, 0, 0, 1].into(), false) && !is_told([169, 254, 0, 1].into(), false));
        assert!(!is_told("fe80::1".parse().unwrap(), true) && is_told("2001:db8::1".parse().unwrap(), true));
        assert!(!is_told("2001:db8::1".parse().unwrap(), false), "it listens on version 4 alone");
    }
}
