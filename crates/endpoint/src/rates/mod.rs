//! How often an identity, a shop or an address may call. Counted in this process's memory, which is
//! bounded, on the injected clock. What is kept of a caller is a keyed hash and an instant.

mod bucket;

use crate::address::ClientAddress;
use crate::clock::Clock;
use crate::config::Limits;
use crate::problem::{ApiError, ProblemCode};
use bucket::Buckets;
use std::sync::Arc;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

pub struct Rates {
    clock: Arc<dyn Clock>,
    requests: Buckets,
    writes: Buckets,
    verify: Buckets,
    verify_shop: Buckets,
    addresses: Buckets,
    failures: Buckets,
    feedback: Buckets,
    sign_ins_of: Buckets,
    sign_ins_for: Buckets,
}

/// Whose calls are counted together.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Identity<'a> {
    pub shop_id: &'a str,
    pub sub: &'a str,
}

impl Rates {
    pub fn new(limits: Limits, clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            requests: Buckets::new(limits.requests_per_minute, MINUTE),
            writes: Buckets::new(limits.writes_per_minute, MINUTE),
            verify: Buckets::new(limits.verify_per_minute, MINUTE),
            verify_shop: Buckets::new(limits.verify_per_hour, HOUR),
            addresses: Buckets::new(limits.address_per_minute, MINUTE),
            failures: Buckets::new(limits.failures_per_minute, MINUTE),
            feedback: Buckets::new(limits.feedback_per_hour, HOUR),
            sign_ins_of: Buckets::new(limits.sign_ins_per_hour, HOUR),
            sign_ins_for: Buckets::new(limits.sign_ins_per_hour, HOUR),
        }
    }

    /// Counts any call from an address.
    pub fn address(&self, address: ClientAddress) -> Result<(), ApiError> {
        self.spend(&self.addresses, address)
    }

    /// Counts a call without a sound token.
    pub fn failure(&self, address: ClientAddress) -> Result<(), ApiError> {
        self.spend(&self.failures, address)
    }

    /// Counts a call of an identity.
    pub fn request(&self, identity: Identity<'_>) -> Result<(), ApiError> {
        self.spend(&self.requests, identity)
    }

    /// Counts a call that stores something.
    pub fn write(&self, identity: Identity<'_>) -> Result<(), ApiError> {
        self.spend(&self.writes, identity)
    }

    /// Counts an account verification, for the identity and for its shop.
    pub fn verify(&self, identity: Identity<'_>) -> Result<(), ApiError> {
        self.spend(&self.verify, identity)?;
        self.spend(&self.verify_shop, identity.shop_id)
    }

    /// Whether more feedback from this address would be taken; counts nothing.
    pub fn more_feedback(&self, address: ClientAddress) -> Result<(), ApiError> {
        self.feedback
            .ask(address, self.clock.now())
            .map_err(wait_for)
    }

    /// Counts feedback that is about to be stored.
    pub fn feedback(&self, address: ClientAddress) -> Result<(), ApiError> {
        self.spend(&self.feedback, address)
    }

    /// Whether this address may try to sign in to this account of the desk; counts nothing.
    pub fn may_sign_in(&self, address: ClientAddress, account: &str) -> Result<(), ApiError> {
        let now = self.clock.now();
        self.sign_ins_of.ask(address, now).map_err(wait_for)?;
        self.sign_ins_for.ask(account, now).map_err(wait_for)
    }

    /// Counts an attempt that failed, whether there is such an account or not.
    pub fn sign_in_failed(&self, address: ClientAddress, account: &str) {
        let now = self.clock.now();
        // Who asked before and came too late all the same was one of a few at a time.
        let _ = self.sign_ins_of.spend(address, now);
        let _ = self.sign_ins_for.spend(account, now);
    }

    /// Forgets everything counted.
    pub fn reset(&self) {
        let Self {
            clock: _,
            requests,
            writes,
            verify,
            verify_shop,
            addresses,
            failures,
            feedback,
            sign_ins_of,
            sign_ins_for,
        } = self;
        for buckets in [
            requests,
            writes,
            verify,
            verify_shop,
            addresses,
            failures,
            feedback,
            sign_ins_of,
            sign_ins_for,
        ] {
            buckets.clear();
        }
    }

    fn spend(&self, buckets: &Buckets, key: impl std::hash::Hash) -> Result<(), ApiError> {
        buckets.spend(key, self.clock.now()).map_err(wait_for)
    }
}

fn wait_for(wait: Duration) -> ApiError {
    // Rounded up, so that who waits that long is let in.
    let seconds = wait.as_millis().div_ceil(1000).max(1);
    ApiError::new(ProblemCode::RateLimited).retry_after(u64::try_from(seconds).unwrap_or(u64::MAX))
}
