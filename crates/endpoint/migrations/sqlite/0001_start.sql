-- Instants are milliseconds since 1970 in UTC. Addresses and domains have a `*_key`: the form in
-- which they are compared (domain in ASCII by UTS 46, everything in lower case).

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Partner shops, their keys, the origins of their pages, and their users.

CREATE TABLE shops (
    id             TEXT PRIMARY KEY,
    name           TEXT NOT NULL,
    -- none | own | company: for users that no row of `users` names
    default_access TEXT NOT NULL,
    demo           INTEGER NOT NULL DEFAULT 0,
    created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shop_keys (
    kid          TEXT PRIMARY KEY,
    shop_id      TEXT NOT NULL REFERENCES shops (id) ON DELETE CASCADE,
    -- EdDSA: the public key's 32 bytes; HS256: the secret
    algorithm    TEXT NOT NULL,
    material     BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE shop_origins (
    shop_id TEXT NOT NULL REFERENCES shops (id) ON DELETE CASCADE,
    origin  TEXT NOT NULL,
    PRIMARY KEY (shop_id, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    shop_id    TEXT NOT NULL REFERENCES shops (id) ON DELETE CASCADE,
    email_key  TEXT NOT NULL,
    email      TEXT NOT NULL,
    name       TEXT,
    -- none | own | company
    access     TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (shop_id, email_key)
) STRICT, WITHOUT ROWID;

-- The directory of customer accounts.

CREATE TABLE accounts (
    id             INTEGER PRIMARY KEY,
    dc             TEXT NOT NULL,
    -- the only shop that may find it; NULL: every shop
    shop_id        TEXT REFERENCES shops (id) ON DELETE CASCADE,
    superadmin_key TEXT NOT NULL,
    updated_at     INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX accounts_by_superadmin ON accounts (dc, superadmin_key, ifnull(shop_id, ''));

CREATE TABLE account_addresses (
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    address_key TEXT NOT NULL,
    address     TEXT NOT NULL,
    -- superadmin | user
    kind        TEXT NOT NULL,
    PRIMARY KEY (account_id, address_key, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX account_addresses_by_key ON account_addresses (address_key, kind);

CREATE TABLE account_domains (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    domain_key TEXT NOT NULL,
    PRIMARY KEY (account_id, domain_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX account_domains_by_key ON account_domains (domain_key);

CREATE TABLE account_identifiers (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- zoid | zgid | zuid
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    PRIMARY KEY (account_id, kind, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX account_identifiers_by_value ON account_identifiers (kind, value);

CREATE TABLE subscriptions (
    account_id    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- as imported; resolved by the policy of the day
    service       TEXT NOT NULL,
    user_licences INTEGER NOT NULL,
    PRIMARY KEY (account_id, service)
) STRICT, WITHOUT ROWID;

-- Tickets.

CREATE TABLE reference_counters (
    dc   TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tickets (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    reference         TEXT NOT NULL UNIQUE,
    shop_id           TEXT NOT NULL REFERENCES shops (id),
    -- the filing user's address key and name, as the token had them
    created_by        TEXT NOT NULL,
    created_by_name   TEXT NOT NULL,
    dc                TEXT NOT NULL,
    region            TEXT NOT NULL,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    channel           TEXT NOT NULL,
    lang              TEXT,
    status            TEXT NOT NULL,
    service_id        TEXT NOT NULL,
    service_name      TEXT NOT NULL,
    service_listed    INTEGER NOT NULL,
    org_id_kind       TEXT NOT NULL,
    org_id            TEXT NOT NULL,
    subject           TEXT NOT NULL,
    description       TEXT NOT NULL,
    -- NULL: declared unknown
    superadmin_email  TEXT,
    customer_email    TEXT,
    zuid              TEXT,
    outcome           TEXT NOT NULL,
    severity          TEXT,
    priority_customer INTEGER NOT NULL,
    -- the whole verdict, JSON as on the wire
    classification    TEXT NOT NULL,
    -- what the widget had shown, JSON as on the wire; never decides anything
    preview           TEXT,
    -- lower-case text that a search looks through
    search_text       TEXT NOT NULL
) STRICT;

CREATE INDEX tickets_of_shop ON tickets (shop_id, created_at, id);
CREATE INDEX tickets_of_user ON tickets (shop_id, created_by, created_at, id);
CREATE INDEX tickets_by_change ON tickets (shop_id, updated_at, id);

CREATE TABLE ticket_history (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id         INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    at                INTEGER NOT NULL,
    severity          TEXT,
    priority_customer INTEGER NOT NULL,
    classification    TEXT NOT NULL
) STRICT;

CREATE INDEX ticket_history_of_ticket ON ticket_history (ticket_id, id);

-- Written in the ticket's own transaction: a key is bound exactly when something is stored.
CREATE TABLE idempotency_keys (
    shop_id     TEXT NOT NULL REFERENCES shops (id),
    sub         TEXT NOT NULL,
    key         TEXT NOT NULL,
    -- SHA-256 over call and parsed body
    fingerprint BLOB NOT NULL,
    -- the first answer's body, repeated as it was
    answer      TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (shop_id, sub, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Who asked when about which account; the address only as a keyed hash.
CREATE TABLE verify_audit (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    shop_id      TEXT NOT NULL,
    sub          TEXT NOT NULL,
    dc           TEXT NOT NULL,
    service_id   TEXT NOT NULL,
    address_hash BLOB NOT NULL,
    account      TEXT NOT NULL
) STRICT;
