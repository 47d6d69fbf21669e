-- Programs on one file look for what others have written; only a server can tell them.
SELECT 1;
