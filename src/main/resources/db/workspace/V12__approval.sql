-- Who scheduled a mailing, and who last changed what goes out of it. No number where that was no member; empty where an older
-- program did not say who.
ALTER TABLE plans ADD COLUMN planned_by TEXT NOT NULL DEFAULT '';
ALTER TABLE plans ADD COLUMN planned_member_id INTEGER REFERENCES members (id);
ALTER TABLE plans ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE plans ADD COLUMN changed_member_id INTEGER REFERENCES members (id);
UPDATE plans SET planned_by = created_by, changed_by = created_by;

-- Whether somebody else has to say that it may go out, and since when it may. Who said so last stays when that is taken away.
ALTER TABLE plans ADD COLUMN approval_needed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plans ADD COLUMN approved_at INTEGER;
ALTER TABLE plans ADD COLUMN approved_by TEXT;
ALTER TABLE plans ADD COLUMN approved_member_id INTEGER REFERENCES members (id);
-- Why somebody did not, in their words; gone once somebody does.
ALTER TABLE plans ADD COLUMN approval_note TEXT;
ALTER TABLE plans ADD COLUMN approval_note_by TEXT;
ALTER TABLE plans ADD COLUMN approval_note_at INTEGER;

-- Grows with each change of what goes out, so that nobody approves what they have not seen.
ALTER TABLE plans ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
-- An approval was taken away, and the audit does not know it yet.
ALTER TABLE plans ADD COLUMN lapse_untold INTEGER NOT NULL DEFAULT 0;

-- What of a plan was changed since it was approved last; see app.mailroom.model.PlanPart. Written by the triggers below and
-- emptied when it is approved.
CREATE TABLE plan_changes (
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    part    TEXT    NOT NULL,
    PRIMARY KEY (plan_id, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_changes_end_approval AFTER INSERT ON plan_changes
BEGIN
    UPDATE plans
    SET revision     = revision + 1,
        lapse_untold = CASE WHEN approved_at IS NULL THEN lapse_untold ELSE 1 END,
        approved_at  = NULL
    WHERE id = NEW.plan_id;
END;

CREATE TRIGGER plans_title_changed AFTER UPDATE OF title ON plans
WHEN OLD.title IS NOT NEW.title
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.id, 'TITLE');
END;
CREATE TRIGGER plans_template_changed AFTER UPDATE OF template_version_id ON plans
WHEN OLD.template_version_id IS NOT NEW.template_version_id
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.id, 'TEMPLATE');
END;
CREATE TRIGGER plans_sender_changed AFTER UPDATE OF from_address, from_name, reply_to ON plans
WHEN OLD.from_address IS NOT NEW.from_address OR OLD.from_name IS NOT NEW.from_name OR OLD.reply_to IS NOT NEW.reply_to
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.id, 'SENDER');
END;
CREATE TRIGGER plans_time_changed AFTER UPDATE OF not_before, zone ON plans
WHEN OLD.not_before IS NOT NEW.not_before OR OLD.zone IS NOT NEW.zone
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.id, 'TIME');
END;
CREATE TRIGGER plans_rules_changed AFTER UPDATE OF window_days, window_from, window_until, hour_cap, day_cap ON plans
WHEN OLD.window_days IS NOT NEW.window_days OR OLD.window_from IS NOT NEW.window_from
    OR OLD.window_until IS NOT NEW.window_until OR OLD.hour_cap IS NOT NEW.hour_cap OR OLD.day_cap IS NOT NEW.day_cap
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.id, 'RULES');
END;
CREATE TRIGGER plans_counting_changed AFTER UPDATE OF tracked, world ON plans
WHEN OLD.tracked IS NOT NEW.tracked OR OLD.world IS NOT NEW.world
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.id, 'COUNTING');
END;

-- What belongs to a plan matters from the moment at which all its messages are made; before, nobody can approve it.
CREATE TRIGGER plan_attachments_added AFTER INSERT ON plan_attachments
WHEN (SELECT frozen_at FROM plans WHERE id = NEW.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.plan_id, 'FILES');
END;
CREATE TRIGGER plan_attachments_changed AFTER UPDATE ON plan_attachments
WHEN (SELECT frozen_at FROM plans WHERE id = NEW.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.plan_id, 'FILES');
END;
CREATE TRIGGER plan_attachments_removed AFTER DELETE ON plan_attachments
WHEN (SELECT frozen_at FROM plans WHERE id = OLD.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (OLD.plan_id, 'FILES');
END;
CREATE TRIGGER links_added AFTER INSERT ON links
WHEN (SELECT frozen_at FROM plans WHERE id = NEW.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.plan_id, 'LINKS');
END;
CREATE TRIGGER links_changed AFTER UPDATE ON links
WHEN (SELECT frozen_at FROM plans WHERE id = NEW.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.plan_id, 'LINKS');
END;
CREATE TRIGGER links_removed AFTER DELETE ON links
WHEN (SELECT frozen_at FROM plans WHERE id = OLD.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (OLD.plan_id, 'LINKS');
END;
CREATE TRIGGER plan_columns_added AFTER INSERT ON plan_columns
WHEN (SELECT frozen_at FROM plans WHERE id = NEW.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.plan_id, 'COLUMNS');
END;
CREATE TRIGGER plan_columns_changed AFTER UPDATE ON plan_columns
WHEN (SELECT frozen_at FROM plans WHERE id = NEW.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.plan_id, 'COLUMNS');
END;
CREATE TRIGGER plan_columns_removed AFTER DELETE ON plan_columns
WHEN (SELECT frozen_at FROM plans WHERE id = OLD.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (OLD.plan_id, 'COLUMNS');
END;

-- Of messages only those that are to go out. One that is taken away, suppressed or erased just does not.
CREATE TRIGGER messages_added AFTER INSERT ON messages
WHEN NEW.state = 'PLANNED' AND (SELECT frozen_at FROM plans WHERE id = NEW.plan_id) IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.plan_id, 'MESSAGES');
END;
CREATE TRIGGER messages_rewritten AFTER UPDATE OF plan_id, address, address_key, field_values ON messages
WHEN NEW.state = 'PLANNED'
    AND (OLD.plan_id IS NOT NEW.plan_id OR OLD.address IS NOT NEW.address OR OLD.address_key IS NOT NEW.address_key
         OR OLD.field_values IS NOT NEW.field_values)
BEGIN
    INSERT OR REPLACE INTO plan_changes VALUES (NEW.plan_id, 'MESSAGES');
END;
