-- What is said and done about a ticket after it was filed.

CREATE TABLE messages (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    -- by chance, so that it does not tell how much others write, nor how many notes lie between
    public_id    TEXT NOT NULL UNIQUE,
    ticket_id    INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    at           INTEGER NOT NULL,
    -- partner | agent
    author_kind  TEXT NOT NULL,
    author_name  TEXT NOT NULL,
    -- as the token had it
    author_email TEXT NOT NULL,
    text         TEXT NOT NULL,
    -- 1: a note among agents, which partners never see
    internal     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX messages_of_ticket ON messages (ticket_id, id);

-- NULL: the ticket's own, from when it was filed.
ALTER TABLE files ADD COLUMN message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE;

CREATE INDEX files_of_message ON files (message_id, position) WHERE message_id IS NOT NULL;

-- Closing and reopening are changes of a ticket like its classification: one history, one order.
-- filed | closed | reopened
ALTER TABLE ticket_history ADD COLUMN change TEXT NOT NULL DEFAULT 'filed';
ALTER TABLE ticket_history ADD COLUMN reason TEXT;
-- as in `messages`; NULL: nobody is known to have done it
ALTER TABLE ticket_history ADD COLUMN author_kind TEXT;
ALTER TABLE ticket_history ADD COLUMN author_name TEXT;
ALTER TABLE ticket_history ADD COLUMN author_email TEXT;

UPDATE ticket_history SET author_kind = 'partner',
    author_name = (SELECT created_by_name FROM tickets WHERE tickets.id = ticket_id),
    author_email = (SELECT created_by FROM tickets WHERE tickets.id = ticket_id);

-- Every list in every order, for the shop and for a user, without sorting and without reading what the
-- status leaves out.
CREATE INDEX tickets_of_user_by_change ON tickets (shop_id, created_by, updated_at, id);
CREATE INDEX tickets_by_status ON tickets (shop_id, status, created_at, id);
CREATE INDEX tickets_by_status_and_change ON tickets (shop_id, status, updated_at, id);
