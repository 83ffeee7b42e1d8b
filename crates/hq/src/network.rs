//! Who is counted as one: by address, as it can be had.

use std::net::IpAddr;

/// What an address is counted as: whoever has one of version 6 has the whole network of 64 bits.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let mut octets = address.octets();
            octets[8..].fill(0);
            IpAddr::V6(octets.into())
        }
        four => four,
    }
}
