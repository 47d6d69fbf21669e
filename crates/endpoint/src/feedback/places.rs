//! Who may send at a time. Each sender may take the whole time for a body and have all files half-written, so
//! the places bound what strangers keep busy: few of the connections, and at most so many bodies of the disk
//! beyond the bound per day. One address gets only some of them, or whoever sends slowly would keep out
//! everybody else.

use crate::address::ClientAddress;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// How much feedback arrives at a time.
const AT_ONCE: usize = 16;
/// How much of it from one address: a quarter. An office behind one address says less than that at once.
const OF_ONE: usize = AT_ONCE / 4;

/// Only addresses of which somebody sends or waits are in it.
type Shares = HashMap<ClientAddress, Arc<Semaphore>>;

#[derive(Debug)]
pub struct Places {
    all: Semaphore,
    shares: Mutex<Shares>,
}

/// A place that is taken; free again when dropped.
#[derive(Debug)]
pub struct Place<'a> {
    // Dropped in this order: the share is tidied away once nobody holds anything of it.
    _place: SemaphorePermit<'a>,
    _share: Share<'a>,
}

/// One of an address's places, or somebody who waits for one.
#[derive(Debug)]
struct Share<'a> {
    places: &'a Places,
    address: ClientAddress,
    held: Option<OwnedSemaphorePermit>,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            all: Semaphore::new(AT_ONCE),
            shares: Mutex::default(),
        }
    }
}

impl Places {
    /// Waits for a place; `None` when there was none after `wait`. Who waits for one of the address's own is
    /// not yet in the queue for those of everybody.
    pub async fn take(&self, address: ClientAddress, wait: Duration) -> Option<Place<'_>> {
        let taken = async {
            let share = self.share(address).await?;
            let place = self.all.acquire().await.ok()?;
            Some(Place {
                _place: place,
                _share: share,
            })
        };
        tokio::time::timeout(wait, taken).await.ok().flatten()
    }

    async fn share(&self, address: ClientAddress) -> Option<Share<'_>> {
        let own = Arc::clone(
            self.shares()
                .entry(address)
                .or_insert_with(|| Arc::new(Semaphore::new(OF_ONE))),
        );
        // Made before the wait, so that whoever gives up waiting tidies up as well.
        let mut share = Share {
            places: self,
            address,
            held: None,
        };
        share.held = Some(own.acquire_owned().await.ok()?);
        Some(share)
    }

    fn shares(&self) -> MutexGuard<'_, Shares> {
        self.shares.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        let mut shares = self.places.shares();
        self.held = None;
        // The map holds one; anybody else's would be somebody who waits or sends.
        if shares
            .get(&self.address)
            .is_some_and(|own| Arc::strong_count(own) == 1)
        {
            shares.remove(&self.address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    const WAIT: Duration = Duration::from_millis(5);

    fn is(text: &str) -> ClientAddress {
        ClientAddress::from(text.parse::<IpAddr>().expect("address"))
    }

    /// Takes places until there are none for this address.
    async fn all_for<'a>(places: &'a Places, address: &str) -> Vec<Place<'a>> {
        let mut held = Vec::new();
        while let Some(place) = places.take(is(address), WAIT).await {
            held.push(place);
        }
        held
    }

    #[tokio::test]
    async fn one_address_gets_a_quarter_and_all_together_no_more_than_there_are() {
        let places = Places::default();
        let mut held = all_for(&places, "198.51.100.1").await;
        assert_eq!(held.len(), OF_ONE);
        // Addresses of one IPv6 network are one.
        held.extend(all_for(&places, "2001:db8::1").await);
        held.extend(all_for(&places, "2001:db8::2").await);
        assert_eq!(held.len(), 2 * OF_ONE);
        for index in 2..10 {
            held.extend(all_for(&places, &format!("198.51.100.{index}")).await);
        }
        assert_eq!(held.len(), AT_ONCE);
        held.pop();
        assert!(places.take(is("198.51.100.1"), WAIT).await.is_none());
        assert!(places.take(is("192.0.2.1"), WAIT).await.is_some());
        drop(held);
        assert_eq!(places.all.available_permits(), AT_ONCE);
        assert!(places.shares().is_empty(), "nothing is left behind");
    }

    #[tokio::test]
    async fn who_waits_for_their_own_place_gets_it() {
        let places = Places::default();
        let mut held = all_for(&places, "198.51.100.1").await;
        let late = places.take(is("198.51.100.1"), Duration::from_secs(60));
        let (late, ()) = tokio::join!(late, async {
            tokio::task::yield_now().await;
            held.pop();
        });
        assert!(late.is_some());
    }
}
