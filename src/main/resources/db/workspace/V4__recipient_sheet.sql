-- A row of a sheet. rank is where it stands in its list; ranks have gaps, so that a row can be put between two others.
-- A row that is mailed has address_key. One that repeats the address of a row that is mailed has repeats_key instead, one
-- whose address cannot be mailed has the reason as fault (BLANK where the whole row is empty). meant is the address that
-- was probably meant, where the one that is there is likely mistyped.
-- Undoing brings a deleted row back with its id, so no other row may have got it meanwhile: hence AUTOINCREMENT.
CREATE TABLE sheet_rows (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    list_id      INTEGER NOT NULL REFERENCES recipient_lists (id) ON DELETE CASCADE,
    rank         INTEGER NOT NULL,
    address      TEXT    NOT NULL,
    address_key  TEXT,
    repeats_key  TEXT,
    fault        TEXT,
    meant        TEXT,
    field_values TEXT    NOT NULL,
    UNIQUE (list_id, address_key),
    CHECK ((address_key IS NOT NULL) + (repeats_key IS NOT NULL) + (fault IS NOT NULL) = 1)
) STRICT;
INSERT INTO sheet_rows (id, list_id, rank, address, address_key, fault, field_values)
SELECT id, list_id, id * 16777216, address, address_key, CASE WHEN address_key IS NULL THEN 'EMPTY' END, field_values
FROM recipient_rows ORDER BY id;
DROP TABLE recipient_rows;
ALTER TABLE sheet_rows RENAME TO recipient_rows;
CREATE UNIQUE INDEX recipient_rows_order ON recipient_rows (list_id, rank);
-- Which of those that repeat an address stands first is asked with every change of one.
CREATE INDEX recipient_rows_repeats ON recipient_rows (list_id, repeats_key, rank) WHERE repeats_key IS NOT NULL;
CREATE INDEX recipient_rows_fault ON recipient_rows (list_id, fault) WHERE fault IS NOT NULL;
CREATE INDEX recipient_rows_meant ON recipient_rows (list_id) WHERE meant IS NOT NULL;

-- The template that gives the list its columns.
ALTER TABLE recipient_lists ADD COLUMN template_id INTEGER REFERENCES templates (id) ON DELETE SET NULL;
-- The list for which this one mends what an import left out.
ALTER TABLE recipient_lists ADD COLUMN mends_list_id INTEGER REFERENCES recipient_lists (id) ON DELETE SET NULL;
-- All rows of the sheet; row_count counts those that can be mailed.
ALTER TABLE recipient_lists ADD COLUMN sheet_count INTEGER NOT NULL DEFAULT 0;
-- The first slot that no column ever had: what a deleted column held is still there until its history is forgotten.
ALTER TABLE recipient_lists ADD COLUMN next_slot INTEGER NOT NULL DEFAULT 0;
-- Rises with each change of columns or rows, so that whoever shows the list sees that it is not what it was.
ALTER TABLE recipient_lists ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
-- By which version of the rules for addresses the rows were read; older ones are read anew when the sheet is opened.
ALTER TABLE recipient_lists ADD COLUMN address_rules INTEGER NOT NULL DEFAULT 0;
UPDATE recipient_lists SET
    sheet_count = (SELECT COUNT(*) FROM recipient_rows WHERE list_id = recipient_lists.id),
    next_slot = (SELECT COALESCE(MAX(slot) + 1, 0) FROM recipient_columns WHERE list_id = recipient_lists.id);

-- In a sheet the addresses come first.
UPDATE recipient_columns SET position = position + 1
WHERE variable <> 'email' AND position < (
    SELECT addresses.position FROM recipient_columns AS addresses
    WHERE addresses.list_id = recipient_columns.list_id AND addresses.variable = 'email');
UPDATE recipient_columns SET position = 0 WHERE variable = 'email';

-- The row as read, by slot of the list's columns; null where it could not be taken apart.
ALTER TABLE import_problems ADD COLUMN field_values TEXT;
-- The row that was made of it in a list in which it is mended; it may be gone by now.
ALTER TABLE import_problems ADD COLUMN mending_row_id INTEGER;
CREATE INDEX import_problems_mending ON import_problems (mending_row_id) WHERE mending_row_id IS NOT NULL;

-- What people did to a sheet, so that it can be undone. The shape is the list's columns and template, as JSON; null where
-- the edit left it alone. state is DONE, UNDONE, MAKING, UNDOING, REDOING or DROPPING while a long one is on its way (and
-- after a crash), or DROPPED or FORGOTTEN when it can neither be undone nor done again and only waits to be deleted.
-- touched_at is when the last step of it was taken; an edit on its way that rests for long has lost its process.
CREATE TABLE sheet_edits (
    id             INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    list_id        INTEGER NOT NULL REFERENCES recipient_lists (id) ON DELETE CASCADE,
    kind           TEXT    NOT NULL,
    detail         TEXT    NOT NULL,
    row_count      INTEGER NOT NULL,
    shape_before   TEXT,
    shape_after    TEXT,
    state          TEXT    NOT NULL,
    made_at        INTEGER NOT NULL,
    touched_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX sheet_edits_list ON sheet_edits (list_id, state, id);

-- A row before and after an edit: null before where it was inserted, null after where it was deleted. Rows that only made
-- room for others have the same values before and after.
CREATE TABLE sheet_edit_rows (
    edit_id       INTEGER NOT NULL REFERENCES sheet_edits (id) ON DELETE CASCADE,
    row_id        INTEGER NOT NULL,
    rank_before   INTEGER,
    values_before TEXT,
    rank_after    INTEGER,
    values_after  TEXT,
    PRIMARY KEY (edit_id, row_id)
) STRICT, WITHOUT ROWID;
