-- Tickets on their way to a Zoho Desk portal.

-- One row. Which tickets are handed on is written at start from the settings, so that whichever program files a
-- ticket leaves its row in the ticket's own transaction.
CREATE TABLE relay_control (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    -- data centre of the tickets that are handed on; NULL: none are
    dc         TEXT,
    -- 1: nothing is begun
    paused     INTEGER NOT NULL DEFAULT 0,
    -- until when nobody calls the portal: it said that it is too much
    slow_until INTEGER NOT NULL DEFAULT 0,
    -- counts up under every lease; whoever hands out leases takes turns on this row
    turns      INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO relay_control (one) VALUES (1);

CREATE TABLE relay (
    ticket_id         INTEGER PRIMARY KEY REFERENCES tickets (id) ON DELETE CASCADE,
    -- waiting | leased | unknown | done | parked | paused
    state             TEXT NOT NULL DEFAULT 'waiting',
    -- attempts that came to nothing, since the last that did not
    attempts          INTEGER NOT NULL DEFAULT 0,
    -- when it is due; of a lease: when it ends
    next_at           INTEGER NOT NULL,
    -- the number of the last lease: whoever holds an older one writes nothing
    lease             INTEGER NOT NULL DEFAULT 0,
    -- when a creation last left whose outcome is not known; NULL: none is open. Written before it leaves
    begun_at          INTEGER,
    -- a code; NULL: nothing is wrong
    problem           TEXT,
    -- of a ticket that was refused: JSON, fields and codes
    errors            TEXT,
    upstream_id       TEXT,
    upstream_number   TEXT,
    upstream_url      TEXT,
    -- as read back after the portal's own rules had run; NULL: not said
    upstream_status   TEXT,
    upstream_flag     INTEGER,
    upstream_severity TEXT,
    done_at           INTEGER
) STRICT;

CREATE INDEX relay_due ON relay (next_at, ticket_id) WHERE state IN ('waiting', 'leased', 'unknown');
CREATE INDEX relay_by_state ON relay (state, next_at);
