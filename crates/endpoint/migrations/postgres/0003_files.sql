-- Files that partners sent: an upload until a ticket takes it, from then on the ticket's attachment. The
-- bytes are in the folder beside the database, named by id; they are whole before the row is written.
CREATE TABLE files (
    id           TEXT COLLATE "C" PRIMARY KEY,
    shop_id      TEXT COLLATE "C" NOT NULL REFERENCES shops (id),
    -- the uploading user's address key
    sub          TEXT COLLATE "C" NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    size         BIGINT NOT NULL,
    sha256       TEXT COLLATE "C" NOT NULL,
    content_type TEXT COLLATE "C" NOT NULL,
    created_at   BIGINT NOT NULL,
    -- NULL: not used yet
    ticket_id    BIGINT REFERENCES tickets (id) ON DELETE CASCADE,
    position     BIGINT
);

CREATE INDEX files_of_user ON files (shop_id, sub, created_at);
CREATE INDEX files_of_ticket ON files (ticket_id, position);
CREATE INDEX files_unused ON files (created_at) WHERE ticket_id IS NULL;
