-- Of openings and clicks: whether a PERSON or a MACHINE is taken to have made them, by which rule, in which version of the
-- rules. Null for events of other kinds.
ALTER TABLE message_events ADD COLUMN judged_as TEXT;
ALTER TABLE message_events ADD COLUMN rule TEXT;
ALTER TABLE message_events ADD COLUMN rules_version INTEGER;
-- Of clicks: the number of the mailing's link, 0 where it is none of them.
ALTER TABLE message_events ADD COLUMN link_number INTEGER;
CREATE INDEX message_events_judged ON message_events (rules_version, message_id) WHERE judged_as IS NOT NULL;

-- When the receiving server is first known to have had it.
ALTER TABLE messages ADD COLUMN delivered_at INTEGER;
-- opened_at and clicked_at are a person's first from here on, these a machine's.
ALTER TABLE messages ADD COLUMN machine_opened_at INTEGER;
ALTER TABLE messages ADD COLUMN machine_clicked_at INTEGER;
-- For filters on what few messages have. An index costs only those that have it.
CREATE INDEX messages_opened ON messages (plan_id, opened_at) WHERE opened_at IS NOT NULL;
CREATE INDEX messages_clicked ON messages (plan_id, clicked_at) WHERE clicked_at IS NOT NULL;
CREATE INDEX messages_machine_opened ON messages (plan_id, machine_opened_at) WHERE machine_opened_at IS NOT NULL;
CREATE INDEX messages_machine_clicked ON messages (plan_id, machine_clicked_at) WHERE machine_clicked_at IS NOT NULL;
CREATE INDEX messages_unsubscribed ON messages (plan_id, unsubscribed_at) WHERE unsubscribed_at IS NOT NULL;
CREATE INDEX messages_updated ON messages (plan_id, updated_at, id);

-- The plan of which this one reaches those that it did not reach or move.
ALTER TABLE plans ADD COLUMN resends_plan_id INTEGER REFERENCES plans (id);

-- Counts as plan_totals, kept in the same transaction as the messages. A message is counted where it stands now, so a
-- count may go down as well. What is counted: see app.mailroom.model.Measure.
CREATE TABLE plan_reasons (
    plan_id       INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    state         TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    message_count INTEGER NOT NULL,
    PRIMARY KEY (plan_id, state, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_domains (
    plan_id               INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    domain                TEXT    NOT NULL,
    taken_count           INTEGER NOT NULL DEFAULT 0,
    delivered_count       INTEGER NOT NULL DEFAULT 0,
    bounced_count         INTEGER NOT NULL DEFAULT 0,
    complained_count      INTEGER NOT NULL DEFAULT 0,
    opened_count          INTEGER NOT NULL DEFAULT 0,
    machine_opened_count  INTEGER NOT NULL DEFAULT 0,
    clicked_count         INTEGER NOT NULL DEFAULT 0,
    machine_clicked_count INTEGER NOT NULL DEFAULT 0,
    unsubscribed_count    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (plan_id, domain)
) STRICT, WITHOUT ROWID;

-- hour counts whole hours since 1970-01-01 UTC.
CREATE TABLE plan_hours (
    plan_id               INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    hour                  INTEGER NOT NULL,
    taken_count           INTEGER NOT NULL DEFAULT 0,
    delivered_count       INTEGER NOT NULL DEFAULT 0,
    opened_count          INTEGER NOT NULL DEFAULT 0,
    machine_opened_count  INTEGER NOT NULL DEFAULT 0,
    clicked_count         INTEGER NOT NULL DEFAULT 0,
    machine_clicked_count INTEGER NOT NULL DEFAULT 0,
    unsubscribed_count    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (plan_id, hour)
) STRICT, WITHOUT ROWID;

-- Clicks, and messages that a person (or else only a machine) clicked in. number as in links; 0 is all that is none of them.
CREATE TABLE plan_links (
    plan_id               INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    number                INTEGER NOT NULL,
    click_count           INTEGER NOT NULL DEFAULT 0,
    machine_click_count   INTEGER NOT NULL DEFAULT 0,
    message_count         INTEGER NOT NULL DEFAULT 0,
    machine_message_count INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (plan_id, number)
) STRICT, WITHOUT ROWID;

-- What is there was judged by nobody: it counts as a person's until the program has looked, which it does at its start.
UPDATE message_events SET judged_as = 'PERSON', rule = 'NOT_JUDGED', rules_version = 0 WHERE kind IN ('OPEN', 'CLICK');
UPDATE message_events SET link_number = COALESCE(
    (SELECT MIN(links.number) FROM messages JOIN links ON links.plan_id = messages.plan_id
     WHERE messages.id = message_events.message_id AND links.url = message_events.link), 0)
WHERE kind = 'CLICK';
UPDATE messages SET delivered_at = (
    SELECT MIN(occurred_at) FROM message_events
    WHERE message_id = messages.id
      AND (kind IN ('DELIVERY', 'OPEN', 'CLICK', 'SUBSCRIPTION', 'UNSUBSCRIBE', 'NOT_SPAM')
           OR kind = 'COMPLAINT' AND COALESCE(reason, '') <> 'Complaint.OnAccountSuppressionList'))
WHERE state IN ('DELIVERED', 'BOUNCED', 'COMPLAINED', 'REJECTED');
UPDATE messages SET
    opened_at = (SELECT MIN(occurred_at) FROM message_events WHERE message_id = messages.id AND kind = 'OPEN'),
    clicked_at = (SELECT MIN(occurred_at) FROM message_events WHERE message_id = messages.id AND kind = 'CLICK')
WHERE opened_at IS NOT NULL OR clicked_at IS NOT NULL;

INSERT INTO plan_totals (plan_id, measure, count)
SELECT plan_id, 'TAKEN', COUNT(*) FROM messages WHERE accepted_at IS NOT NULL GROUP BY plan_id;
INSERT INTO plan_totals (plan_id, measure, count)
SELECT plan_id, 'ARRIVED', COUNT(*) FROM messages WHERE delivered_at IS NOT NULL AND state <> 'BOUNCED' GROUP BY plan_id;
INSERT INTO plan_totals (plan_id, measure, count)
SELECT plan_id, 'UNCLICKED', COUNT(*) FROM messages
WHERE delivered_at IS NOT NULL AND state <> 'BOUNCED' AND clicked_at IS NULL GROUP BY plan_id;
INSERT INTO plan_totals (plan_id, measure, count)
SELECT plan_id, 'UNOPENED', COUNT(*) FROM messages
WHERE delivered_at IS NOT NULL AND state <> 'BOUNCED' AND clicked_at IS NULL AND opened_at IS NULL GROUP BY plan_id;
INSERT INTO plan_reasons (plan_id, state, reason, message_count)
SELECT plan_id, state, reason, COUNT(*) FROM messages WHERE reason IS NOT NULL GROUP BY plan_id, state, reason;
INSERT INTO plan_domains (plan_id, domain, taken_count, delivered_count, bounced_count, complained_count, opened_count,
                          clicked_count, unsubscribed_count)
SELECT plan_id,
       CASE WHEN INSTR(address_key, '@') > 0 THEN SUBSTR(address_key, INSTR(address_key, '@') + 1) ELSE '' END AS domain,
       COUNT(accepted_at), COUNT(CASE WHEN state <> 'BOUNCED' THEN delivered_at END),
       COUNT(CASE WHEN state = 'BOUNCED' THEN 1 END), COUNT(CASE WHEN state = 'COMPLAINED' THEN 1 END),
       COUNT(opened_at), COUNT(clicked_at), COUNT(unsubscribed_at)
FROM messages
WHERE accepted_at IS NOT NULL OR delivered_at IS NOT NULL OR state IN ('BOUNCED', 'COMPLAINED')
   OR opened_at IS NOT NULL OR clicked_at IS NOT NULL OR unsubscribed_at IS NOT NULL
GROUP BY plan_id, domain;
INSERT INTO plan_hours (plan_id, hour, taken_count, delivered_count, opened_count, clicked_count, unsubscribed_count)
SELECT plan_id, hour, SUM(taken), SUM(delivered), SUM(opened), SUM(clicked), SUM(unsubscribed)
FROM (SELECT plan_id, accepted_at / 3600000 AS hour, 1 AS taken, 0 AS delivered, 0 AS opened, 0 AS clicked,
             0 AS unsubscribed
      FROM messages WHERE accepted_at IS NOT NULL
      UNION ALL SELECT plan_id, delivered_at / 3600000, 0, 1, 0, 0, 0
      FROM messages WHERE delivered_at IS NOT NULL AND state <> 'BOUNCED'
      UNION ALL SELECT plan_id, opened_at / 3600000, 0, 0, 1, 0, 0 FROM messages WHERE opened_at IS NOT NULL
      UNION ALL SELECT plan_id, clicked_at / 3600000, 0, 0, 0, 1, 0 FROM messages WHERE clicked_at IS NOT NULL
      UNION ALL SELECT plan_id, unsubscribed_at / 3600000, 0, 0, 0, 0, 1
      FROM messages WHERE unsubscribed_at IS NOT NULL)
GROUP BY plan_id, hour;
INSERT INTO plan_links (plan_id, number, click_count, message_count)
SELECT messages.plan_id, message_events.link_number, COUNT(*), COUNT(DISTINCT messages.id)
FROM message_events JOIN messages ON messages.id = message_events.message_id
WHERE message_events.kind = 'CLICK'
GROUP BY messages.plan_id, message_events.link_number;
