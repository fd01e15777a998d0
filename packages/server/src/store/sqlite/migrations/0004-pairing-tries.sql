-- Wrong tries are counted by the address that they come from, in memory: on the code itself, strangers could spend them.
ALTER TABLE pairing_codes DROP COLUMN tries_left;
