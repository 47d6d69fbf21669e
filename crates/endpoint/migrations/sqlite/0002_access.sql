-- Users that a shop knows of: those whom somebody granted something, and those who signed in or filed.

CREATE TABLE known_users (
    shop_id     TEXT NOT NULL REFERENCES shops (id) ON DELETE CASCADE,
    email_key   TEXT NOT NULL,
    email       TEXT NOT NULL,
    name        TEXT,
    -- superadmin | member, as the last token had it; NULL: never seen
    role        TEXT,
    -- none | own | company; NULL: nobody granted anything, the shop's default holds
    access      TEXT,
    -- when the access was granted
    updated_at  INTEGER,
    -- lower-case text that a search looks through
    search_text TEXT NOT NULL,
    PRIMARY KEY (shop_id, email_key)
) STRICT, WITHOUT ROWID;

INSERT INTO known_users (shop_id, email_key, email, name, access, updated_at, search_text)
SELECT shop_id, email_key, email, name, access, updated_at, lower(email) FROM users;

INSERT OR IGNORE INTO known_users (shop_id, email_key, email, name, search_text)
SELECT shop_id, created_by, created_by, max(created_by_name), lower(created_by || char(10) || max(created_by_name))
FROM tickets GROUP BY shop_id, created_by;

DROP TABLE users;
ALTER TABLE known_users RENAME TO users;

-- Who changed what when. Written in the change's own transaction.
CREATE TABLE access_changes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id     TEXT NOT NULL REFERENCES shops (id) ON DELETE CASCADE,
    at          INTEGER NOT NULL,
    -- the super administrator's address; NULL: the operator, from the command line
    changed_by  TEXT,
    -- whose access; NULL: the shop's default
    email       TEXT,
    from_access TEXT NOT NULL,
    to_access   TEXT NOT NULL
) STRICT;

CREATE INDEX access_changes_of_shop ON access_changes (shop_id, id);

-- Old questions are removed by age.
CREATE INDEX verify_audit_by_age ON verify_audit (at);
