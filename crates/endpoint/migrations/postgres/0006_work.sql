-- What agents do on a ticket, as far as targets and lists depend on it.

-- When the commitment's clock started (R12); NULL: it has not.
ALTER TABLE tickets ADD COLUMN clock_at BIGINT;
-- NULL: not yet
ALTER TABLE tickets ADD COLUMN first_response_at BIGINT;
ALTER TABLE tickets ADD COLUMN determined_at BIGINT;
ALTER TABLE tickets ADD COLUMN resolved_at BIGINT;
-- when the partner was last told where it stands (R11)
ALTER TABLE tickets ADD COLUMN informed_at BIGINT;
-- what happened at `updated_at`, and which side did it: partner | agent
ALTER TABLE tickets ADD COLUMN last_change TEXT COLLATE "C" NOT NULL DEFAULT 'filed';
ALTER TABLE tickets ADD COLUMN last_by TEXT COLLATE "C" NOT NULL DEFAULT 'partner';

-- A message that tells where the matter stands, since a solution takes longer.
ALTER TABLE messages ADD COLUMN status_note BIGINT NOT NULL DEFAULT 0;
