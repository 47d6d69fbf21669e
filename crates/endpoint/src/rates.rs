//! How often an identity or a shop may call. Counted in this process's memory, on the injected clock.

use crate::clock::Clock;
use crate::config::Limits;
use crate::problem::{ApiError, ProblemCode};
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// From this many keys on, those that have recovered are dropped before the next is counted.
const KEYS_MAX: usize = 10_000;

/// Adapts the injected clock.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

impl GovernorClock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().millis()).unwrap_or_default())
    }
}

type Limiter = RateLimiter<String, HashMapStateStore<String>, Ticks, NoOpMiddleware<Duration>>;

struct Limiters {
    requests: Limiter,
    verify: Limiter,
    verify_shop: Limiter,
}

pub struct Rates {
    limits: Limits,
    clock: Arc<dyn Clock>,
    limiters: RwLock<Limiters>,
}

/// Whose calls are counted together.
#[derive(Clone, Copy, Debug)]
pub struct Identity<'a> {
    pub shop_id: &'a str,
    pub sub: &'a str,
}

impl Rates {
    pub fn new(limits: Limits, clock: Arc<dyn Clock>) -> Self {
        Self {
            limiters: RwLock::new(Limiters::new(&limits, &clock)),
            limits,
            clock,
        }
    }

    /// Counts a call.
    pub fn request(&self, identity: Identity<'_>) -> Result<(), ApiError> {
        self.with(|limiters| limiters.requests.spend(identity.key()))
    }

    /// Counts an account verification, for the identity and for its shop.
    pub fn verify(&self, identity: Identity<'_>) -> Result<(), ApiError> {
        self.with(|limiters| {
            limiters.verify.spend(identity.key())?;
            limiters.verify_shop.spend(identity.shop_id.to_owned())
        })
    }

    /// Forgets everything counted.
    pub fn reset(&self) {
        let fresh = Limiters::new(&self.limits, &self.clock);
        *self
            .limiters
            .write()
            .unwrap_or_else(PoisonError::into_inner) = fresh;
    }

    fn with<T>(&self, act: impl FnOnce(&Limiters) -> T) -> T {
        act(&self.limiters.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Limiters {
    fn new(limits: &Limits, clock: &Arc<dyn Clock>) -> Self {
        let limiter = |quota| {
            RateLimiter::new(
                quota,
                HashMapStateStore::default(),
                Ticks(Arc::clone(clock)),
            )
        };
        Self {
            requests: limiter(Quota::per_minute(limits.requests_per_minute)),
            verify: limiter(Quota::per_minute(limits.verify_per_minute)),
            verify_shop: limiter(Quota::per_hour(limits.verify_per_hour)),
        }
    }
}

trait Spend {
    fn spend(&self, key: String) -> Result<(), ApiError>;
}

impl Spend for Limiter {
    fn spend(&self, key: String) -> Result<(), ApiError> {
        if self.len() > KEYS_MAX {
            self.retain_recent();
        }
        self.check_key(&key).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock().now());
            ApiError::new(ProblemCode::RateLimited).retry_after(wait.as_secs() + 1)
        })
    }
}

impl Identity<'_> {
    /// A shop's id cannot hold a line break, so that no two identities share a key.
    fn key(self) -> String {
        format!("{}\n{}", self.shop_id, self.sub)
    }
}
