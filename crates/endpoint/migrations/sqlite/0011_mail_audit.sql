-- What agents did with mails whose senders are not certain. It outlives the mails, which are removed by age.
CREATE TABLE mail_audit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- number of the mail
    mail_id     INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    -- as they were then; NULL: from the command line
    agent_name  TEXT,
    agent_email TEXT,
    -- assigned | set_aside
    act         TEXT NOT NULL,
    -- of the ticket that it was assigned to
    reference   TEXT,
    -- whose it is, as address key
    sub         TEXT,
    reason      TEXT
) STRICT;

CREATE INDEX mail_audit_of_mail ON mail_audit (mail_id, id);

CREATE TRIGGER mail_audit_is_not_changed BEFORE UPDATE ON mail_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail is not changed');
END;

-- Demo mode starts over; nobody else does.
CREATE TRIGGER mail_audit_is_kept BEFORE DELETE ON mail_audit
WHEN NOT EXISTS (SELECT 1 FROM shops WHERE demo = 1)
BEGIN
    SELECT raise(ABORT, 'the audit trail is kept');
END;
