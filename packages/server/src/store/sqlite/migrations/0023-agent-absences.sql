-- Front desks that were connected and aren't, so that people are told once of each that stays away for long.
CREATE TABLE agent_absences (
  property_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  since INTEGER NOT NULL,
  told INTEGER NOT NULL CHECK (told IN (0, 1)),
  PRIMARY KEY (property_id, agent_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX agent_absences_untold ON agent_absences (since, property_id, agent_id) WHERE told IN (0);
