-- When the last message of the plan was made; null for a draft and while they are being made.
ALTER TABLE plans ADD COLUMN frozen_at INTEGER;
UPDATE plans SET frozen_at = started_at WHERE started_at IS NOT NULL;

-- How far the messages of a plan are made: of the list at that revision, up to the row of that rank. Gone when all are made.
CREATE TABLE plan_freezes (
    plan_id  INTEGER NOT NULL PRIMARY KEY REFERENCES plans (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    rank     INTEGER NOT NULL
) STRICT;
