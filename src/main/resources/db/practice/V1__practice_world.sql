-- The simulated world of practice mode: what its mail service accepted, and the outcomes it has still to report.
-- A file of its own beside the workspace's, so that its record is independent of what the pipeline believes.

CREATE TABLE practice_mail (
    id          INTEGER NOT NULL PRIMARY KEY,
    provider_id TEXT    NOT NULL UNIQUE,
    message_tag TEXT    NOT NULL,
    plan_tag    TEXT    NOT NULL,
    recipient   TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    accepted_at INTEGER NOT NULL,
    eml         BLOB    NOT NULL
) STRICT;
CREATE INDEX practice_mail_tag ON practice_mail (message_tag);
CREATE INDEX practice_mail_accepted ON practice_mail (accepted_at);

-- A queue with the manners of SQS: hidden while somebody works on it, back if not deleted in time, now and then twice.
CREATE TABLE practice_queue (
    id         INTEGER NOT NULL PRIMARY KEY,
    visible_at INTEGER NOT NULL,
    body       TEXT    NOT NULL
) STRICT;
CREATE INDEX practice_queue_visible ON practice_queue (visible_at);
