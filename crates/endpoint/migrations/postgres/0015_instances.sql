-- Whoever watches events hears of new ones from the server, whichever instance wrote them. That there are some is all
-- that is said: readers look themselves. Instances in other schemas have a channel of their own.

CREATE FUNCTION event_channel() RETURNS TEXT
LANGUAGE sql STABLE
AS $$ SELECT 'partner_endpoint_' || md5(current_schema()) $$;

CREATE FUNCTION tell_of_events() RETURNS trigger
LANGUAGE plpgsql
AS $$ BEGIN PERFORM pg_notify(event_channel(), ''); RETURN NULL; END $$;

CREATE TRIGGER events_are_told AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION tell_of_events();
