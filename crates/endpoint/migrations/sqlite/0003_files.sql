-- Files that partners sent: an upload until a ticket takes it, from then on the ticket's attachment. The
-- bytes are in the folder beside the database, named by id; they are whole before the row is written.
CREATE TABLE files (
    id           TEXT PRIMARY KEY,
    shop_id      TEXT NOT NULL REFERENCES shops (id),
    -- the uploading user's address key
    sub          TEXT NOT NULL,
    name         TEXT NOT NULL,
    size         INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    content_type TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    -- NULL: not used yet
    ticket_id    INTEGER REFERENCES tickets (id) ON DELETE CASCADE,
    position     INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX files_of_user ON files (shop_id, sub, created_at);
CREATE INDEX files_of_ticket ON files (ticket_id, position);
CREATE INDEX files_unused ON files (created_at) WHERE ticket_id IS NULL;
