-- Instants are UTC epoch milliseconds (names end in _at, or not_before, parked_until).
-- Row ids are only unique in this file; what leaves the computer carries the workspace id as well.

CREATE TABLE settings (
    name       TEXT    NOT NULL PRIMARY KEY,
    value      TEXT    NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    id           INTEGER NOT NULL PRIMARY KEY,
    email        TEXT    NOT NULL UNIQUE,
    name         TEXT    NOT NULL,
    role         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER
) STRICT;

CREATE TABLE templates (
    id          INTEGER NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL UNIQUE,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    archived_at INTEGER
) STRICT;

CREATE TABLE template_versions (
    id          INTEGER NOT NULL PRIMARY KEY,
    template_id INTEGER NOT NULL REFERENCES templates (id),
    number      INTEGER NOT NULL,
    subject     TEXT    NOT NULL,
    preheader   TEXT    NOT NULL,
    html        TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    created_by  TEXT    NOT NULL,
    UNIQUE (template_id, number)
) STRICT;

-- ready is 0 while an import fills the list: nobody sees it until its last row is in.
CREATE TABLE recipient_lists (
    id           INTEGER NOT NULL PRIMARY KEY,
    name         TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    ready        INTEGER NOT NULL CHECK (ready IN (0, 1)),
    row_count    INTEGER NOT NULL,
    problem_count INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX recipient_lists_name ON recipient_lists (name) WHERE ready = 1;

-- slot is where the column's value stands in recipient_rows.field_values; it never changes, position may.
CREATE TABLE recipient_columns (
    list_id  INTEGER NOT NULL REFERENCES recipient_lists (id) ON DELETE CASCADE,
    slot     INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    variable TEXT    NOT NULL,
    PRIMARY KEY (list_id, slot),
    UNIQUE (list_id, variable)
) STRICT;

-- address_key is the address as compared (folded); null where the row cannot be mailed or repeats an earlier one.
-- field_values is a JSON array of strings, one per slot.
CREATE TABLE recipient_rows (
    id           INTEGER NOT NULL PRIMARY KEY,
    list_id      INTEGER NOT NULL REFERENCES recipient_lists (id) ON DELETE CASCADE,
    address      TEXT    NOT NULL,
    address_key  TEXT,
    field_values TEXT    NOT NULL,
    UNIQUE (list_id, address_key)
) STRICT;
-- A list is read, paged and deleted in the order of its rows. Ids only rise, so that this one costs an import little.
CREATE INDEX recipient_rows_list ON recipient_rows (list_id, id);

-- What an import left out: line as an editor counts it, the reason's code, and the row as it was read.
CREATE TABLE import_problems (
    id      INTEGER NOT NULL PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES recipient_lists (id) ON DELETE CASCADE,
    line    INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    detail  TEXT    NOT NULL,
    row     TEXT    NOT NULL
) STRICT;
CREATE INDEX import_problems_list ON import_problems (list_id, id);

CREATE TABLE plans (
    id                  INTEGER NOT NULL PRIMARY KEY,
    title               TEXT    NOT NULL,
    template_version_id INTEGER NOT NULL REFERENCES template_versions (id),
    list_id             INTEGER REFERENCES recipient_lists (id) ON DELETE SET NULL,
    list_name           TEXT    NOT NULL,
    from_address        TEXT    NOT NULL,
    from_name           TEXT    NOT NULL,
    reply_to            TEXT    NOT NULL,
    state               TEXT    NOT NULL,
    problem             TEXT,
    problem_detail      TEXT,
    not_before          INTEGER NOT NULL,
    zone                TEXT    NOT NULL,
    parked_until        INTEGER,
    park_count          INTEGER NOT NULL,
    created_at          INTEGER NOT NULL,
    created_by          TEXT    NOT NULL,
    started_at          INTEGER,
    finished_at         INTEGER
) STRICT;
CREATE INDEX plans_state ON plans (state, not_before);

-- The list's columns as they were when the plan was made: which slot of messages.field_values fills which variable.
CREATE TABLE plan_columns (
    plan_id  INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    slot     INTEGER NOT NULL,
    variable TEXT    NOT NULL,
    PRIMARY KEY (plan_id, slot)
) STRICT;

CREATE TABLE links (
    id      INTEGER NOT NULL PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    url     TEXT    NOT NULL,
    UNIQUE (plan_id, number)
) STRICT;

-- A process that sends. Dead once its heartbeat is stale and it has not said that it stopped.
CREATE TABLE senders (
    id           INTEGER NOT NULL PRIMARY KEY,
    name         TEXT    NOT NULL,
    started_at   INTEGER NOT NULL,
    heartbeat_at INTEGER NOT NULL,
    stopped_at   INTEGER
) STRICT;
CREATE INDEX senders_live ON senders (stopped_at, heartbeat_at);

CREATE TABLE messages (
    id           INTEGER NOT NULL PRIMARY KEY,
    plan_id      INTEGER NOT NULL REFERENCES plans (id),
    address      TEXT    NOT NULL,
    address_key  TEXT    NOT NULL,
    field_values TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    not_before   INTEGER NOT NULL,
    sender_id    INTEGER REFERENCES senders (id),
    attempts     INTEGER NOT NULL,
    provider_id  TEXT,
    reason       TEXT,
    detail       TEXT,
    claimed_at   INTEGER,
    accepted_at  INTEGER,
    opened_at    INTEGER,
    clicked_at   INTEGER,
    unsubscribed_at INTEGER,
    updated_at   INTEGER NOT NULL,
    UNIQUE (plan_id, address_key)
) STRICT;
-- What the sender pool asks for: due messages of one plan. Partial, so that a million finished ones cost nothing.
CREATE INDEX messages_due ON messages (plan_id, not_before, id) WHERE state = 'PLANNED';
CREATE INDEX messages_claimed ON messages (sender_id) WHERE state = 'CLAIMED';
-- Events that carry no tag of ours are matched by the mail service's id.
CREATE INDEX messages_provider ON messages (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX messages_by_state ON messages (plan_id, state, id);

-- Kept in the same transaction as the messages they count. measure is a message state, or OPENED, CLICKED, UNSUBSCRIBED.
CREATE TABLE plan_totals (
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    measure TEXT    NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (plan_id, measure)
) STRICT, WITHOUT ROWID;

-- fingerprint tells one event of a message from another however often it is delivered.
CREATE TABLE message_events (
    id          INTEGER NOT NULL PRIMARY KEY,
    message_id  INTEGER NOT NULL REFERENCES messages (id),
    kind        TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    occurred_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    reason      TEXT,
    detail      TEXT,
    link        TEXT,
    body        TEXT    NOT NULL,
    UNIQUE (message_id, kind, fingerprint)
) STRICT;

CREATE TABLE quarantined_events (
    id          INTEGER NOT NULL PRIMARY KEY,
    received_at INTEGER NOT NULL,
    reason      TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL UNIQUE,
    body        TEXT    NOT NULL
) STRICT;

CREATE TABLE suppressions (
    address_key TEXT    NOT NULL PRIMARY KEY,
    address     TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    detail      TEXT    NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
    id      INTEGER NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    detail  TEXT    NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
CREATE TRIGGER audit_keeps_words BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
