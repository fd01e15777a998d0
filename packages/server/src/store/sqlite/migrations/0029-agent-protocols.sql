-- Which protocol each agent speaks, so that people hear which are too old before they are refused.
ALTER TABLE agent_visits ADD COLUMN protocol INTEGER;
ALTER TABLE agent_visits ADD COLUMN standing TEXT NOT NULL DEFAULT 'accepted'
  CHECK (standing IN ('accepted', 'ending', 'too-old', 'too-new'));
