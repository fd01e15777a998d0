-- A read tells only what was read after the question; a card that was just issued must be lifted before the next issue.
ALTER TABLE operations ADD COLUMN opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1));
ALTER TABLE operations ADD COLUMN shown TEXT;
ALTER TABLE encoders ADD COLUMN unlifted TEXT NOT NULL DEFAULT '[]';
