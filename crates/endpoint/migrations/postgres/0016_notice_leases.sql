-- Who sends a notice: whoever holds its lease. What is written down about it names the lease's number, and whoever took
-- over has a higher one.
ALTER TABLE mail_outbox ADD COLUMN lease BIGINT NOT NULL DEFAULT 0;
-- 0: nobody is at it
ALTER TABLE mail_outbox ADD COLUMN leased_until BIGINT NOT NULL DEFAULT 0;
