-- A link is good while whoever made it could make it still. Nobody knows who made the earlier ones: they open nothing any more.
ALTER TABLE links ADD COLUMN made_by TEXT;
