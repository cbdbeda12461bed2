-- Whether openings and clicks are counted. What was sent before was counted, where the mail service did.
ALTER TABLE plans ADD COLUMN tracked INTEGER NOT NULL DEFAULT 1;

-- What somebody typed into the page on which a mailing is planned and has not handed in, as it was typed.
-- form is a JSON object of texts by the names of the fields.
CREATE TABLE plan_drafts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    title      TEXT    NOT NULL,
    form       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT    NOT NULL
) STRICT;

CREATE TABLE plan_draft_attachments (
    draft_id     INTEGER NOT NULL REFERENCES plan_drafts (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    file_name    TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    content      BLOB    NOT NULL,
    PRIMARY KEY (draft_id, position)
) STRICT;
