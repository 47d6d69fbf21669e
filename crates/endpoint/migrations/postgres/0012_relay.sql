-- Tickets on their way to a Zoho Desk portal.

-- One row. Which tickets are handed on is written at start from the settings, so that whichever program files a
-- ticket leaves its row in the ticket's own transaction.
CREATE TABLE relay_control (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    -- data centre of the tickets that are handed on; NULL: none are
    dc         TEXT COLLATE "C",
    -- 1: nothing is begun
    paused     BIGINT NOT NULL DEFAULT 0,
    -- until when nobody calls the portal: it said that it is too much
    slow_until BIGINT NOT NULL DEFAULT 0,
    -- counts up under every lease; whoever hands out leases takes turns on this row
    turns      BIGINT NOT NULL DEFAULT 0
);

INSERT INTO relay_control (one) VALUES (1);

CREATE TABLE relay (
    ticket_id         BIGINT PRIMARY KEY REFERENCES tickets (id) ON DELETE CASCADE,
    -- waiting | leased | unknown | done | parked | paused
    state             TEXT COLLATE "C" NOT NULL DEFAULT 'waiting',
    -- attempts that came to nothing, since the last that did not
    attempts          BIGINT NOT NULL DEFAULT 0,
    -- when it is due; of a lease: when it ends
    next_at           BIGINT NOT NULL,
    -- the number of the last lease: whoever holds an older one writes nothing
    lease             BIGINT NOT NULL DEFAULT 0,
    -- when a creation last left whose outcome is not known; NULL: none is open. Written before it leaves
    begun_at          BIGINT,
    -- a code; NULL: nothing is wrong
    problem           TEXT COLLATE "C",
    -- of a ticket that was refused: JSON, fields and codes
    errors            TEXT COLLATE "C",
    upstream_id       TEXT COLLATE "C",
    upstream_number   TEXT COLLATE "C",
    upstream_url      TEXT COLLATE "C",
    -- as read back after the portal's own rules had run; NULL: not said
    upstream_status   TEXT COLLATE "C",
    upstream_flag     BIGINT,
    upstream_severity TEXT COLLATE "C",
    done_at           BIGINT
);

CREATE INDEX relay_due ON relay (next_at, ticket_id) WHERE state IN ('waiting', 'leased', 'unknown');
CREATE INDEX relay_by_state ON relay (state, next_at);
