//! Shops with a key and eight users each, and accounts of customers.

use super::{DAY_MS, SPAN_MS, Seed, words};
use crate::store::sql::query;
use crate::store::{Store, StoreError};

/// Each with one key; its `kid` is the shop's id.
const SHOPS: [&str; 2] = [
    "INSERT INTO shops (id, name, default_access, demo, created_at)
     WITH RECURSIVE numbers (n) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?1)
     SELECT 'shop-' || CAST(100000 + n AS TEXT), 'Partner shop ' || CAST(n AS TEXT), 'own', 0, ?2 FROM numbers",
    "INSERT INTO shop_keys (kid, shop_id, algorithm, material, created_at) SELECT id, id, 'HS256', ?, ? FROM shops",
];

/// The first user of a shop sees all of its tickets.
const USERS: &str = "INSERT INTO users (shop_id, email_key, email, name, role, access, updated_at, search_text)
     WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 7)
     SELECT shops.id, address, address, name, CASE n WHEN 0 THEN 'superadmin' ELSE 'member' END,
        CASE n WHEN 0 THEN 'company' WHEN 1 THEN 'company' ELSE 'own' END, ?1, lower(address || ?2 || name)
     FROM (SELECT id, n, 'user' || CAST(n AS TEXT) || '@' || id || '.example' AS address,
        rtrim(substr(?3, 1 + 32 * n, 32)) AS name FROM shops, numbers) AS shops";

const ACCOUNTS: [&str; 7] = [
    "INSERT INTO accounts (id, dc, superadmin_key, updated_at)
     WITH RECURSIVE numbers (n) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?1)
     SELECT n + 1, 'eu', 'admin@customer' || CAST(n AS TEXT) || '.example', ?2 FROM numbers",
    "INSERT INTO account_addresses (account_id, address_key, address, kind)
     SELECT id, superadmin_key, superadmin_key, 'superadmin' FROM accounts",
    "INSERT INTO account_addresses (account_id, address_key, address, kind)
     SELECT id, 'user@customer' || CAST(id - 1 AS TEXT) || '.example',
        'user@customer' || CAST(id - 1 AS TEXT) || '.example', 'user' FROM accounts",
    "INSERT INTO account_domains (account_id, domain_key)
     SELECT id, 'customer' || CAST(id - 1 AS TEXT) || '.example' FROM accounts",
    "INSERT INTO account_identifiers (account_id, kind, value)
     SELECT id, 'zoid', CAST(20000000000 + id - 1 AS TEXT) FROM accounts",
    "INSERT INTO subscriptions (account_id, service, user_licences) SELECT id, 'Zoho CRM', id % 400 FROM accounts",
    "INSERT INTO subscriptions (account_id, service, user_licences)
     SELECT id, 'Zoho Forms', id % 30 FROM accounts WHERE id % 3 = 0",
];

pub(super) async fn add(store: &Store, seed: &Seed) -> Result<(), StoreError> {
    let mut transaction = store.write().await?;
    let start = seed.now.millis() - SPAN_MS - DAY_MS;
    let [shops, keys] = SHOPS;
    query(shops)
        .bind(seed.shops)
        .bind(start)
        .execute(&mut transaction)
        .await?;
    query(keys)
        .bind(seed.secret.as_bytes())
        .bind(start)
        .execute(&mut transaction)
        .await?;
    query(USERS)
        .bind(start)
        .bind("\n")
        .bind(words::names())
        .execute(&mut transaction)
        .await?;
    let [accounts, rest @ ..] = ACCOUNTS;
    query(accounts)
        .bind(seed.customers())
        .bind(start)
        .execute(&mut transaction)
        .await?;
    for sql in rest {
        query(sql).execute(&mut transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}
