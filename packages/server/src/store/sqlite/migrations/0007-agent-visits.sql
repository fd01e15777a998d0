-- When each agent was last seen, and which version it was: for the list of agents.
CREATE TABLE agent_visits (
  property_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  software TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (property_id, agent_id)
) STRICT, WITHOUT ROWID;
