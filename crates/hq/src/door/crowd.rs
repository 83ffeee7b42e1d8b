//! Who is at the door: how many in all, and from each address.

use crate::network::network;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Those who are in.
#[derive(Clone)]
pub(super) struct Crowd(Arc<Inner>);

struct Inner {
    most: usize,
    most_of_one: usize,
    here: Mutex<Here>,
}

#[derive(Default)]
struct Here {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

/// A place, until it is dropped.
pub(super) struct Place {
    crowd: Crowd,
    address: IpAddr,
}

impl Crowd {
    /// Room for so many in all, and for so many from one address.
    pub(super) fn new(most: usize, most_of_one: usize) -> Self {
        Self(Arc::new(Inner { most, most_of_one, here: Mutex::default() }))
    }

    /// A place for one more, if there is one.
    pub(super) fn enter(&self, address: IpAddr) -> Option<Place> {
        let address = network(address);
        let mut here = self.0.here.lock().unwrap_or_else(PoisonError::into_inner);
        let of_one = here.of.get(&address).copied().unwrap_or(0);
        if here.all >= self.0.most || of_one >= self.0.most_of_one {
            return None;
        }
        here.all += 1;
        here.of.insert(address, of_one + 1);
        Some(Place { crowd: self.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut here = self.crowd.0.here.lock().unwrap_or_else(PoisonError::into_inner);
        here.all -= 1;
        if let Some(of_one) = here.of.get_mut(&self.address) {
            *of_one -= 1;
            if *of_one == 0 {
                here.of.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_come_in_and_no_more_until_one_leaves() {
        let crowd = Crowd::new(3, 2);
        let (one, other): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let first = crowd.enter(one);
        let _second = crowd.enter(one);
        assert!(crowd.enter(one).is_none(), "two from one address");
        let mapped: IpAddr = "::ffff:10.0.0.1".parse().unwrap();
        assert!(crowd.enter(mapped).is_none(), "by whatever protocol");
        let six = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, last]);
        let crowd_of_six = Crowd::new(9, 1);
        let _one = crowd_of_six.enter(six(1));
        assert!(crowd_of_six.enter(six(2)).is_none(), "who has one address of version 6 has a whole network of them");
        let _third = crowd.enter(other);
        assert!(crowd.enter([10, 0, 0, 3].into()).is_none(), "three in all");
        drop(first);
        assert!(crowd.enter(one).is_some(), "a place was left");
    }
}
