-- Whom of the earlier plan one that sends again reaches: see app.mailroom.model.Resend. Its messages are made step by step as
-- those of a list are; plan_freezes.rank is then the number of the earlier message up to which that came. Null where an older
-- program made them, all at once.
ALTER TABLE plans ADD COLUMN resends_whom TEXT;

-- The earlier messages that were chosen one by one. Gone when the plan's own are made.
CREATE TABLE plan_picks (
    plan_id    INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (plan_id, message_id)
) STRICT, WITHOUT ROWID;
