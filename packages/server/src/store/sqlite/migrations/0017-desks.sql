-- What people call front desks and encoders, which encoder they chose, and what is listed no longer.

ALTER TABLE agents ADD COLUMN given_name TEXT;
ALTER TABLE agents ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1));

ALTER TABLE encoders ADD COLUMN given_name TEXT;
ALTER TABLE encoders ADD COLUMN chosen INTEGER CHECK (chosen IN (0, 1));
ALTER TABLE encoders ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1));
