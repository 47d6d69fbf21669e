-- What a large installation needs: removing a ticket finds its events, and removing old mails finds those.

CREATE INDEX events_of_ticket ON events (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX mails_by_age ON mails (at);
