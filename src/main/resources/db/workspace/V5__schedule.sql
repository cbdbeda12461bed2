-- When the last message of the plan was made; null for a draft and while they are being made.
ALTER TABLE plans ADD COLUMN frozen_at INTEGER;
UPDATE plans SET frozen_at = started_at WHERE started_at IS NOT NULL;

-- How far the messages of a plan are made: of the list at that revision, up to the row of that rank. Gone when all are made.
CREATE TABLE plan_freezes (
    plan_id  INTEGER NOT NULL PRIMARY KEY REFERENCES plans (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    rank     INTEGER NOT NULL
) STRICT;

-- When a person last said when the plan is to begin. One whose time came after that, and passed unseen, was missed.
ALTER TABLE plans ADD COLUMN time_set_at INTEGER;
UPDATE plans SET time_set_at = created_at;

-- The hours in which the plan may send, on the clocks of its zone: a bit for each weekday, Monday's the lowest, and minutes
-- since midnight. One that ends no later than it begins ends on the next day. Null where it may send at any time.
ALTER TABLE plans ADD COLUMN window_days INTEGER;
ALTER TABLE plans ADD COLUMN window_from INTEGER;
ALTER TABLE plans ADD COLUMN window_until INTEGER;
-- How many messages may go out in any 60 minutes, and in any 24 hours; null for no cap.
ALTER TABLE plans ADD COLUMN hour_cap INTEGER;
ALTER TABLE plans ADD COLUMN day_cap INTEGER;
-- What went out of a plan, and when: what was claimed and did not come back.
CREATE INDEX messages_gone ON messages (plan_id, claimed_at) WHERE claimed_at IS NOT NULL AND state <> 'PLANNED';

-- How many messages the mail service accepted, by second and by minute.
CREATE TABLE throughput (
    plan_id   INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    seconds   INTEGER NOT NULL CHECK (seconds IN (1, 60)),
    begins_at INTEGER NOT NULL,
    accepted  INTEGER NOT NULL,
    PRIMARY KEY (plan_id, seconds, begins_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX throughput_age ON throughput (seconds, begins_at);
