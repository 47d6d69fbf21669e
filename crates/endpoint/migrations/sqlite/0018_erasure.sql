-- Removing tickets by age, and what is kept of a person or a shop. The audit trail stays, without what was said in it
-- about people.

-- Days for which closed tickets of this shop are kept; NULL: as the endpoint's setting says.
ALTER TABLE shops ADD COLUMN closed_days INTEGER;

-- What was erased, when and why; no person is named. Only ever added to.
CREATE TABLE erasures (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    -- age | person | shop
    why       TEXT NOT NULL,
    shop_id   TEXT,
    -- a ticket that is gone, or what a person had to do with one that stays
    ticket_id INTEGER,
    reference TEXT,
    -- number of a mail
    mail_id   INTEGER
) STRICT;

CREATE INDEX erasures_of_ticket ON erasures (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX erasures_of_mail ON erasures (mail_id) WHERE mail_id IS NOT NULL;

CREATE TRIGGER erasures_are_not_changed BEFORE UPDATE ON erasures
BEGIN
    SELECT raise(ABORT, 'what was erased is not changed');
END;

CREATE TRIGGER erasures_are_kept BEFORE DELETE ON erasures
WHEN NOT EXISTS (SELECT 1 FROM shops WHERE demo = 1)
BEGIN
    SELECT raise(ABORT, 'what was erased is kept');
END;

-- Who works at what, so that of several programs one does it. A lease that has ended is anybody's.
CREATE TABLE leases (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The audit trail outlives its tickets: the same table without a reference to them.
DROP TRIGGER ticket_audit_is_not_changed;
DROP TRIGGER ticket_audit_is_kept;
DROP INDEX ticket_audit_of_ticket;
ALTER TABLE ticket_audit RENAME TO ticket_audit_before;

CREATE TABLE ticket_audit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id   INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    -- as they were then; NULL: the endpoint itself; after an erasure `agent` and `agent-N`
    agent_name  TEXT,
    agent_email TEXT,
    act         TEXT NOT NULL,
    before      TEXT,
    after       TEXT,
    reason      TEXT
) STRICT;

INSERT INTO ticket_audit SELECT * FROM ticket_audit_before;
DROP TABLE ticket_audit_before;

CREATE INDEX ticket_audit_of_ticket ON ticket_audit (ticket_id, id);

-- A line loses values once an erasure of its ticket is on record, and nothing else about it ever changes.
CREATE TRIGGER ticket_audit_is_not_changed BEFORE UPDATE ON ticket_audit
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE ticket_id = OLD.ticket_id)
    OR NEW.id IS NOT OLD.id OR NEW.ticket_id IS NOT OLD.ticket_id OR NEW.at IS NOT OLD.at OR NEW.act IS NOT OLD.act
    OR (NEW.agent_name IS NOT OLD.agent_name AND (OLD.agent_name IS NULL OR NEW.agent_name IS NOT 'agent'))
    OR (NEW.agent_email IS NOT OLD.agent_email
        AND (OLD.agent_email IS NULL OR ifnull(NEW.agent_email, '') NOT LIKE 'agent-%' OR instr(NEW.agent_email, '@') > 0))
    OR (NEW.before IS NOT OLD.before AND NEW.before IS NOT NULL)
    OR (NEW.after IS NOT OLD.after AND NEW.after IS NOT NULL)
    OR (NEW.reason IS NOT OLD.reason AND NEW.reason IS NOT NULL)
BEGIN
    SELECT raise(ABORT, 'the audit trail is not changed');
END;

-- Demo mode starts over; nobody else does.
CREATE TRIGGER ticket_audit_is_kept BEFORE DELETE ON ticket_audit
WHEN NOT EXISTS (SELECT 1 FROM shops WHERE demo = 1)
BEGIN
    SELECT raise(ABORT, 'the audit trail is kept');
END;

DROP TRIGGER mail_audit_is_not_changed;

CREATE TRIGGER mail_audit_is_not_changed BEFORE UPDATE ON mail_audit
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE mail_id = OLD.mail_id)
    OR NEW.id IS NOT OLD.id OR NEW.mail_id IS NOT OLD.mail_id OR NEW.at IS NOT OLD.at OR NEW.act IS NOT OLD.act
    OR NEW.reference IS NOT OLD.reference
    OR (NEW.agent_name IS NOT OLD.agent_name AND (OLD.agent_name IS NULL OR NEW.agent_name IS NOT 'agent'))
    OR (NEW.agent_email IS NOT OLD.agent_email
        AND (OLD.agent_email IS NULL OR ifnull(NEW.agent_email, '') NOT LIKE 'agent-%' OR instr(NEW.agent_email, '@') > 0))
    OR (NEW.sub IS NOT OLD.sub AND NEW.sub IS NOT NULL)
    OR (NEW.reason IS NOT OLD.reason AND NEW.reason IS NOT NULL)
BEGIN
    SELECT raise(ABORT, 'the audit trail is not changed');
END;

CREATE TRIGGER tickets_are_kept BEFORE DELETE ON tickets
WHEN NOT EXISTS (SELECT 1 FROM shops WHERE demo = 1) AND NOT EXISTS (SELECT 1 FROM erasures WHERE ticket_id = OLD.id)
BEGIN
    SELECT raise(ABORT, 'a ticket goes by an erasure that is on record');
END;
