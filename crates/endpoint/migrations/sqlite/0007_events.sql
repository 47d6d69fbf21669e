-- What happens to tickets, in order, for those who watch; and what of it users have not looked at yet.

-- Events are counted per shop, so that a number does not tell how much other shops do.
CREATE TABLE event_counters (
    shop_id TEXT PRIMARY KEY REFERENCES shops (id) ON DELETE CASCADE,
    last    INTEGER NOT NULL,
    -- those up to here were removed: who has seen no further cannot be told what was missed
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    -- over all shops, and told to nobody
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id   TEXT NOT NULL REFERENCES shops (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    -- both NULL: what somebody may see may have changed, so that whoever watches is asked for it again
    ticket_id INTEGER REFERENCES tickets (id) ON DELETE CASCADE,
    change    TEXT,
    -- the only user who is told; NULL: all who may see the ticket
    sub       TEXT
) STRICT;

CREATE UNIQUE INDEX events_of_shop ON events (shop_id, number);
CREATE INDEX events_by_age ON events (at);

-- A row for everybody who filed, answered or has opened a ticket.
CREATE TABLE ticket_seen (
    ticket_id INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    -- the user's address key
    sub       TEXT NOT NULL,
    shop_id   TEXT NOT NULL,
    -- 1: an agent did something since
    unread    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (ticket_id, sub)
) STRICT, WITHOUT ROWID;

CREATE INDEX ticket_seen_unread ON ticket_seen (shop_id, sub) WHERE unread = 1;

-- When an agent last did something that partners see.
ALTER TABLE tickets ADD COLUMN told_at INTEGER;

INSERT INTO ticket_seen (ticket_id, sub, shop_id) SELECT id, created_by, shop_id FROM tickets;
INSERT OR IGNORE INTO ticket_seen (ticket_id, sub, shop_id)
SELECT tickets.id, lower(author_email), shop_id FROM messages JOIN tickets ON tickets.id = ticket_id
WHERE author_kind = 'partner';
