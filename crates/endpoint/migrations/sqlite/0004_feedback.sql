-- What visitors say about the translation of a page. They are nobody's users: there is no shop, and nothing
-- here is ever shown by a call.
CREATE TABLE feedback (
    -- TF-000001 in references; never given twice
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at  INTEGER NOT NULL,
    name        TEXT NOT NULL,
    email       TEXT NOT NULL,
    subject     TEXT NOT NULL,
    description TEXT,
    page_url    TEXT,
    lang        TEXT NOT NULL,
    version     TEXT,
    -- texts and screenshots together, for the bound per day
    bytes       INTEGER NOT NULL,
    -- the sender's idempotency key; apart from those of tickets, which belong to users
    key         TEXT NOT NULL UNIQUE,
    -- SHA-256 over call, texts as sent, and hashes of the files
    fingerprint BLOB NOT NULL
) STRICT;

CREATE INDEX feedback_by_time ON feedback (created_at);

-- The bytes are in the folder beside the database, named by id, as those of `files`. A table of its own, so
-- that no question about uploads or attachments can ever find one of these.
CREATE TABLE feedback_files (
    id           TEXT PRIMARY KEY,
    feedback_id  INTEGER NOT NULL REFERENCES feedback (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    name         TEXT NOT NULL,
    size         INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    content_type TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX feedback_files_of_feedback ON feedback_files (feedback_id, position);
