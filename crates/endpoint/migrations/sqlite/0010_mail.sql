-- Mails that arrived, by what became of them. A mail is the same as another if its Message-ID and what it says
-- are the same; where a copy was delivered to, and by whom, makes no difference.
CREATE TABLE mails (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    -- as the sender wrote it, without brackets; '': none
    message_id   TEXT NOT NULL,
    -- SHA-256 over sender, subject, text and the contents of the files
    content      BLOB NOT NULL,
    -- whom the mail server vouched for, as SHOP and address key; '': nobody. So that a copy that nobody vouched
    -- for never stands in the way of the sender's own.
    shop_id      TEXT NOT NULL DEFAULT '',
    sub          TEXT NOT NULL DEFAULT '',
    -- ticket | reply | unverified | assigned | set_aside
    became       TEXT NOT NULL,
    -- a code; NULL: taken
    reason       TEXT,
    -- as written, which proves nothing; cut to what a list can show
    from_email   TEXT NOT NULL,
    from_name    TEXT NOT NULL,
    subject      TEXT NOT NULL,
    bytes        INTEGER NOT NULL,
    ticket_id    INTEGER REFERENCES tickets (id) ON DELETE SET NULL,
    UNIQUE (message_id, content, shop_id, sub)
) STRICT;

CREATE INDEX mails_by_fate ON mails (became, at);
CREATE INDEX mails_of_ticket ON mails (ticket_id) WHERE ticket_id IS NOT NULL;

-- The whole mail, while an agent may still say whose it is.
CREATE TABLE mail_contents (
    mail_id INTEGER PRIMARY KEY REFERENCES mails (id) ON DELETE CASCADE,
    raw     BLOB NOT NULL
) STRICT;

-- How many mails became what, for ever: rows above are removed by age.
CREATE TABLE mail_counts (
    became TEXT PRIMARY KEY,
    n      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was read out of a mail for the agent who completes its ticket. Never decides anything.
CREATE TABLE ticket_suggestions (
    ticket_id INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    -- service | zoid | zgid | zuid | superadmin_email | customer_email | refused_file
    field     TEXT NOT NULL,
    value     TEXT NOT NULL,
    -- form | text | forwarded | file
    source    TEXT NOT NULL,
    PRIMARY KEY (ticket_id, position)
) STRICT, WITHOUT ROWID;

-- Message-IDs of ours, which nobody can guess: who names one has had a mail of ours.
CREATE TABLE mail_threads (
    message_id TEXT PRIMARY KEY,
    ticket_id  INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_threads_of_ticket ON mail_threads (ticket_id, at);

-- Which tickets notices are sent for: email | all. No row: none. Written at start from the settings, so that
-- every change of a ticket, by whichever program, can leave its notice in its own transaction.
CREATE TABLE mail_notices (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    tickets TEXT NOT NULL
) STRICT;

-- Notices that are to be sent, or were, or were given up. What they say is written when they are sent.
CREATE TABLE mail_outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id  INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    -- as in `tickets.last_change`
    change     TEXT NOT NULL,
    -- the message that it is about
    message    INTEGER REFERENCES messages (id) ON DELETE CASCADE,
    -- waiting | sent | failed
    state      TEXT NOT NULL DEFAULT 'waiting',
    attempts   INTEGER NOT NULL DEFAULT 0,
    next_at    INTEGER NOT NULL,
    -- ours, from the first attempt on; the same at each
    message_id TEXT,
    -- why the last attempt failed: a code, never what a server said
    problem    TEXT
) STRICT;

CREATE INDEX mail_outbox_waiting ON mail_outbox (next_at) WHERE state = 'waiting';
CREATE INDEX mail_outbox_of_ticket ON mail_outbox (ticket_id, id);
CREATE UNIQUE INDEX mail_outbox_once ON mail_outbox (message) WHERE message IS NOT NULL;
