-- A mailing is sent to one world only: PRACTICE, where nothing leaves the computer, or LIVE. So are its senders.
ALTER TABLE plans ADD COLUMN world TEXT NOT NULL DEFAULT 'PRACTICE';
ALTER TABLE senders ADD COLUMN world TEXT NOT NULL DEFAULT 'PRACTICE';

CREATE TABLE plan_attachments (
    plan_id      INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    file_name    TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    content      BLOB    NOT NULL,
    PRIMARY KEY (plan_id, position)
) STRICT;

-- What a simulated bounce suppresses must not keep a real mail from its reader. Until now only practice could bounce.
CREATE TABLE suppressions_by_world (
    address_key TEXT    NOT NULL,
    world       TEXT    NOT NULL,
    address     TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    detail      TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (address_key, world)
) STRICT;
INSERT INTO suppressions_by_world (address_key, world, address, reason, detail, created_at)
SELECT address_key, CASE reason WHEN 'MANUAL' THEN 'LIVE' ELSE 'PRACTICE' END, address, reason, detail, created_at
FROM suppressions;
DROP TABLE suppressions;
ALTER TABLE suppressions_by_world RENAME TO suppressions;

-- Addresses that a person allowed again. The mail service's own list may name them until it has heard of it.
CREATE TABLE suppression_lifts (
    address_key TEXT    NOT NULL PRIMARY KEY,
    address     TEXT    NOT NULL,
    lifted_at   INTEGER NOT NULL
) STRICT;

-- Signs of life that a proof of the event chain sent through it, and at which link each came in.
CREATE TABLE chain_probes (
    probe       TEXT    NOT NULL,
    link        TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (probe, link)
) STRICT;

ALTER TABLE quarantined_events ADD COLUMN dismissed_at INTEGER;
-- The column stands behind the bodies; counting what is open must not read them all.
CREATE INDEX quarantined_events_open ON quarantined_events (dismissed_at);
