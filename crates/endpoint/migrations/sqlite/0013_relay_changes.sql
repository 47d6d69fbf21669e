-- What happens to tickets after they were created at the portal, in either direction.

-- What is still to be told to the portal, in order. A row is written in the transaction of what it tells.
CREATE TABLE relay_changes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id   INTEGER NOT NULL REFERENCES relay (ticket_id) ON DELETE CASCADE,
    -- fields | verdict | status | reply
    kind        TEXT NOT NULL,
    -- of a change of status: as in `tickets`
    status      TEXT,
    -- of a reply
    message_id  INTEGER REFERENCES messages (id) ON DELETE CASCADE,
    -- when it last left without a known outcome; NULL: nothing is open. Written before it leaves
    begun_at    INTEGER,
    -- NULL: it is still to be told
    done_at     INTEGER
) STRICT;

CREATE INDEX relay_changes_open ON relay_changes (ticket_id, id) WHERE done_at IS NULL;
CREATE UNIQUE INDEX relay_changes_once ON relay_changes (message_id) WHERE message_id IS NOT NULL;

-- What is known of the conversation at the portal, so that nothing is brought back twice, and nothing of ours at all.
CREATE TABLE relay_entries (
    ticket_id   INTEGER NOT NULL REFERENCES relay (ticket_id) ON DELETE CASCADE,
    upstream_id TEXT NOT NULL,
    -- what it is here; NULL: nothing
    message_id  INTEGER REFERENCES messages (id) ON DELETE SET NULL,
    PRIMARY KEY (ticket_id, upstream_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX relay_entries_of_message ON relay_entries (message_id) WHERE message_id IS NOT NULL;

-- 1: something has happened to it at the portal since it was last read
ALTER TABLE relay ADD COLUMN look INTEGER NOT NULL DEFAULT 0;
-- when it was last changed at the portal, in the portal's words, as last read
ALTER TABLE relay ADD COLUMN upstream_modified TEXT;

CREATE INDEX relay_by_upstream ON relay (upstream_id) WHERE upstream_id IS NOT NULL;
CREATE INDEX relay_by_reading ON relay (done_at) WHERE state = 'done';

-- When somebody next asks the portal what has changed, and until when somebody is at it
ALTER TABLE relay_control ADD COLUMN poll_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE relay_control ADD COLUMN polling_until INTEGER NOT NULL DEFAULT 0;
-- up to where changes are known; 0: nobody has asked yet
ALTER TABLE relay_control ADD COLUMN seen_until INTEGER NOT NULL DEFAULT 0;
