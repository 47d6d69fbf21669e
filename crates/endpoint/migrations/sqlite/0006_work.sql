-- What agents do on a ticket, as far as targets and lists depend on it.

-- When the commitment's clock started (R12); NULL: it has not.
ALTER TABLE tickets ADD COLUMN clock_at INTEGER;
-- NULL: not yet
ALTER TABLE tickets ADD COLUMN first_response_at INTEGER;
ALTER TABLE tickets ADD COLUMN determined_at INTEGER;
ALTER TABLE tickets ADD COLUMN resolved_at INTEGER;
-- when the partner was last told where it stands (R11)
ALTER TABLE tickets ADD COLUMN informed_at INTEGER;
-- what happened at `updated_at`, and which side did it: partner | agent
ALTER TABLE tickets ADD COLUMN last_change TEXT NOT NULL DEFAULT 'filed';
ALTER TABLE tickets ADD COLUMN last_by TEXT NOT NULL DEFAULT 'partner';

-- A message that tells where the matter stands, since a solution takes longer.
ALTER TABLE messages ADD COLUMN status_note INTEGER NOT NULL DEFAULT 0;

UPDATE tickets SET clock_at = created_at WHERE superadmin_email IS NOT NULL;
UPDATE tickets SET resolved_at = updated_at WHERE status = 'closed';
