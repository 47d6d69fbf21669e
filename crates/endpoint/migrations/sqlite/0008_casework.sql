-- What agents do on tickets: the commitment as instants, who decided, queues, the audit trail.

-- The targets as they were promised, by the calendar of that day (R10-R12). NULL: nothing is promised.
ALTER TABLE tickets ADD COLUMN first_response_aim_at INTEGER;
ALTER TABLE tickets ADD COLUMN first_response_due_at INTEGER;
ALTER TABLE tickets ADD COLUMN determination_aim_at INTEGER;
ALTER TABLE tickets ADD COLUMN determination_due_at INTEGER;
ALTER TABLE tickets ADD COLUMN resolution_aim_at INTEGER;
ALTER TABLE tickets ADD COLUMN resolution_due_at INTEGER;
-- 1: an agent has decided the account's class, and no directory changes that
ALTER TABLE tickets ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
-- 1: an agent has raised the severity (R15); no verdict takes that back
ALTER TABLE tickets ADD COLUMN raised INTEGER NOT NULL DEFAULT 0;
-- the product team that works on it; NULL: none
ALTER TABLE tickets ADD COLUMN handed_to TEXT;
-- when agents were reminded of R11, at the lower and at the upper bound of the resolution
ALTER TABLE tickets ADD COLUMN reminded_aim_at INTEGER;
ALTER TABLE tickets ADD COLUMN reminded_due_at INTEGER;
-- 1: it was filed without a SuperAdmin address
ALTER TABLE tickets ADD COLUMN lacked_address INTEGER NOT NULL DEFAULT 0;

UPDATE tickets SET lacked_address = superadmin_email IS NULL;
UPDATE tickets SET
    first_response_aim_at = clock_at + 3600000 * (classification ->> '$.commitment.first_response_h[0]'),
    first_response_due_at = clock_at + 3600000 * (classification ->> '$.commitment.first_response_h[1]'),
    determination_aim_at = clock_at + 3600000 * (classification ->> '$.commitment.problem_determination_h[0]'),
    determination_due_at = clock_at + 3600000 * (classification ->> '$.commitment.problem_determination_h[1]'),
    resolution_aim_at = clock_at + 3600000 * (classification ->> '$.commitment.resolution_h[0]'),
    resolution_due_at = clock_at + 3600000 * (classification ->> '$.commitment.resolution_h[1]')
WHERE clock_at IS NOT NULL AND classification ->> '$.commitment' IS NOT NULL;

-- The target that comes next, as `Record::due` has it; NULL: none, or none any more.
ALTER TABLE tickets ADD COLUMN next_aim_at INTEGER GENERATED ALWAYS AS (CASE
    WHEN status = 'closed' THEN NULL
    WHEN first_response_at IS NULL THEN first_response_aim_at
    WHEN determined_at IS NULL THEN determination_aim_at
    WHEN resolved_at IS NULL THEN resolution_aim_at
END) VIRTUAL;
ALTER TABLE tickets ADD COLUMN next_due_at INTEGER GENERATED ALWAYS AS (CASE
    WHEN status = 'closed' THEN NULL
    WHEN first_response_at IS NULL THEN first_response_due_at
    WHEN determined_at IS NULL THEN determination_due_at
    WHEN resolved_at IS NULL THEN resolution_due_at
END) VIRTUAL;
-- From when the partner has to be told where it stands (R11); NULL: not, or told already.
ALTER TABLE tickets ADD COLUMN inform_at INTEGER GENERATED ALWAYS AS (CASE
    WHEN status = 'closed' OR resolved_at IS NOT NULL THEN NULL
    WHEN ifnull(informed_at, 0) < resolution_aim_at THEN resolution_aim_at
    WHEN ifnull(informed_at, 0) < resolution_due_at THEN resolution_due_at
END) VIRTUAL;
-- The order of queues: what is due, oldest first; then, beyond all instants, the rest by age.
ALTER TABLE tickets ADD COLUMN queue_at INTEGER GENERATED ALWAYS AS
    (ifnull(next_due_at, created_at + 1000000000000000)) VIRTUAL;

-- One index per queue, with the queue's own condition: as large as the queue, in its order.
CREATE INDEX queue_needs_address ON tickets (queue_at, id)
    WHERE status <> 'closed' AND superadmin_email IS NULL AND (outcome IN ('manual', 'incomplete') OR channel = 'email');
CREATE INDEX queue_needs_verification ON tickets (queue_at, id)
    WHERE status <> 'closed' AND superadmin_email IS NOT NULL AND outcome = 'undecided';
CREATE INDEX queue_first_response ON tickets (queue_at, id)
    WHERE status <> 'closed' AND first_response_at IS NULL;
CREATE INDEX queue_replied ON tickets (queue_at, id)
    WHERE status <> 'closed' AND last_by = 'partner' AND last_change IN ('replied', 'reopened');
CREATE INDEX queue_forecast ON tickets (next_due_at, id, next_aim_at) WHERE next_due_at IS NOT NULL;
CREATE INDEX queue_duty ON tickets (inform_at, id) WHERE inform_at IS NOT NULL;
CREATE INDEX queue_parked ON tickets (queue_at, id)
    WHERE status <> 'closed' AND (status = 'on_hold' OR handed_to IS NOT NULL);
CREATE INDEX queue_open ON tickets (queue_at, id) WHERE status <> 'closed';
-- What new accounts or new rules may change.
CREATE INDEX tickets_to_reverify ON tickets (id)
    WHERE status <> 'closed' AND superadmin_email IS NOT NULL AND by_hand = 0
        AND outcome IN ('undecided', 'priority', 'standard');
CREATE INDEX tickets_by_filing ON tickets (shop_id, created_at, lacked_address);

-- Who did what on a ticket, with the values before and after. For agents only; nothing takes a line back.
CREATE TABLE ticket_audit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id   INTEGER NOT NULL REFERENCES tickets (id),
    at          INTEGER NOT NULL,
    -- as they were then; NULL: the endpoint itself
    agent_name  TEXT,
    agent_email TEXT,
    act         TEXT NOT NULL,
    before      TEXT,
    after       TEXT,
    reason      TEXT
) STRICT;

CREATE INDEX ticket_audit_of_ticket ON ticket_audit (ticket_id, id);

CREATE TRIGGER ticket_audit_is_not_changed BEFORE UPDATE ON ticket_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail is not changed');
END;

-- Demo mode starts over; nobody else does.
CREATE TRIGGER ticket_audit_is_kept BEFORE DELETE ON ticket_audit
WHEN EXISTS (
    SELECT 1 FROM tickets JOIN shops ON shops.id = tickets.shop_id
    WHERE tickets.id = OLD.ticket_id AND shops.demo = 0
)
BEGIN
    SELECT raise(ABORT, 'the audit trail is kept');
END;

-- As `idempotency_keys`, for agents, who belong to no shop.
CREATE TABLE agent_keys (
    agent       TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    answer      TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (agent, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_keys_by_age ON agent_keys (created_at);

-- How many targets were met by the lower bound, by the upper bound, and after it. Counted here, since tickets
-- change in several places and several programs.
CREATE TABLE target_counts (
    -- first_response | problem_determination | resolution
    stage  TEXT NOT NULL,
    -- aim | due | passed
    result TEXT NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (stage, result)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER first_response_counts AFTER UPDATE OF first_response_at, first_response_due_at ON tickets
WHEN NEW.first_response_at IS NOT NULL AND NEW.first_response_due_at IS NOT NULL
    AND (OLD.first_response_at IS NULL OR OLD.first_response_due_at IS NULL)
BEGIN
    INSERT INTO target_counts VALUES ('first_response', CASE
        WHEN NEW.first_response_at <= NEW.first_response_aim_at THEN 'aim'
        WHEN NEW.first_response_at <= NEW.first_response_due_at THEN 'due'
        ELSE 'passed' END, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER determination_counts AFTER UPDATE OF determined_at, determination_due_at ON tickets
WHEN NEW.determined_at IS NOT NULL AND NEW.determination_due_at IS NOT NULL
    AND (OLD.determined_at IS NULL OR OLD.determination_due_at IS NULL)
BEGIN
    INSERT INTO target_counts VALUES ('problem_determination', CASE
        WHEN NEW.determined_at <= NEW.determination_aim_at THEN 'aim'
        WHEN NEW.determined_at <= NEW.determination_due_at THEN 'due'
        ELSE 'passed' END, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER resolution_counts AFTER UPDATE OF resolved_at, resolution_due_at ON tickets
WHEN NEW.resolved_at IS NOT NULL AND NEW.resolution_due_at IS NOT NULL
    AND (OLD.resolved_at IS NULL OR OLD.resolution_due_at IS NULL)
BEGIN
    INSERT INTO target_counts VALUES ('resolution', CASE
        WHEN NEW.resolved_at <= NEW.resolution_aim_at THEN 'aim'
        WHEN NEW.resolved_at <= NEW.resolution_due_at THEN 'due'
        ELSE 'passed' END, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
