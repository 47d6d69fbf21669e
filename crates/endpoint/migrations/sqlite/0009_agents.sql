-- Support agents, who work at the desk and by `/agent`. They belong to no shop.

CREATE TABLE agents (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    email_key  TEXT NOT NULL UNIQUE,
    email      TEXT NOT NULL,
    name       TEXT NOT NULL,
    -- argon2id as a PHC string; NULL: nobody can sign in with a password
    password   TEXT,
    demo       INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT;

-- The cookie's value is known to the browser alone: here is its SHA-256.
CREATE TABLE agent_sessions (
    hash       BLOB PRIMARY KEY,
    agent_id   INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_sessions_of_agent ON agent_sessions (agent_id);

-- Tokens for `/agent`, as SHA-256 too.
CREATE TABLE agent_tokens (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    hash       BLOB NOT NULL UNIQUE,
    agent_id   INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    label      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- NULL: until it is withdrawn
    expires_at INTEGER
) STRICT;

CREATE INDEX agent_tokens_of_agent ON agent_tokens (agent_id);
