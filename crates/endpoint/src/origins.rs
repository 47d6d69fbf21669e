//! Which pages may call: a copy of the shops' origins, so that CORS works while the store does not.

use crate::loopback::is_loopback_origin;
use crate::store::{Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How long a change made by another process takes to arrive.
const FRESH: Duration = Duration::from_secs(1);

/// Origins, each with its shops.
pub type Shops = BTreeMap<String, BTreeSet<String>>;

pub struct Origins {
    /// In demo mode: the shop that every page of this machine belongs to.
    demo_shop: Option<String>,
    copy: RwLock<(Instant, Arc<Shops>)>,
}

impl Origins {
    pub async fn load(store: &Store, demo_shop: Option<String>) -> Result<Self, StoreError> {
        let shops = read(store).await?;
        Ok(Self {
            demo_shop,
            copy: RwLock::new((Instant::now(), Arc::new(shops))),
        })
    }

    /// Whether any shop has this origin.
    pub async fn known(&self, store: &Store, origin: &str) -> bool {
        self.of_this_machine(origin) || self.shops(store).await.contains_key(origin)
    }

    /// Whether this shop has this origin.
    pub async fn of_shop(&self, store: &Store, origin: &str, shop_id: &str) -> bool {
        if self.of_this_machine(origin) && self.demo_shop.as_deref() == Some(shop_id) {
            return true;
        }
        self.shops(store)
            .await
            .get(origin)
            .is_some_and(|shops| shops.contains(shop_id))
    }

    fn of_this_machine(&self, origin: &str) -> bool {
        self.demo_shop.is_some() && is_loopback_origin(origin)
    }

    async fn shops(&self, store: &Store) -> Arc<Shops> {
        let (read_at, shops) = self
            .copy
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if read_at.elapsed() < FRESH {
            return shops;
        }
        self.refresh(store).await
    }

    /// Reads the origins anew; a store that cannot be read keeps the old copy in force.
    pub async fn refresh(&self, store: &Store) -> Arc<Shops> {
        let fresh = read(store).await;
        let mut copy = self.copy.write().unwrap_or_else(PoisonError::into_inner);
        let shops = fresh.map_or_else(|_| Arc::clone(&copy.1), Arc::new);
        *copy = (Instant::now(), Arc::clone(&shops));
        shops
    }
}

async fn read(store: &Store) -> Result<Shops, StoreError> {
    let mut shops = Shops::new();
    for (origin, shop_id) in store.origins().await? {
        shops.entry(origin).or_default().insert(shop_id);
    }
    Ok(shops)
}
