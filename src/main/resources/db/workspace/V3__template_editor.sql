-- Files of images, each once however many templates and versions show it. hash is the SHA-256 of content.
CREATE TABLE images (
    hash         TEXT    NOT NULL PRIMARY KEY,
    content_type TEXT    NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    content      BLOB    NOT NULL
) STRICT;

-- name is the value of src in the version's HTML.
CREATE TABLE template_version_images (
    version_id INTEGER NOT NULL REFERENCES template_versions (id) ON DELETE CASCADE,
    name       TEXT    NOT NULL,
    hash       TEXT    NOT NULL REFERENCES images (hash),
    PRIMARY KEY (version_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX template_version_images_hash ON template_version_images (hash);

-- What is being written and not saved as a version yet: at most one for a template.
CREATE TABLE template_drafts (
    template_id INTEGER NOT NULL PRIMARY KEY REFERENCES templates (id) ON DELETE CASCADE,
    version_id  INTEGER NOT NULL REFERENCES template_versions (id) ON DELETE CASCADE,
    subject     TEXT    NOT NULL,
    preheader   TEXT    NOT NULL,
    html        TEXT    NOT NULL,
    saved_at    INTEGER NOT NULL,
    saved_by    TEXT    NOT NULL
) STRICT;

CREATE TABLE template_draft_images (
    template_id INTEGER NOT NULL REFERENCES template_drafts (template_id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    hash        TEXT    NOT NULL REFERENCES images (hash),
    PRIMARY KEY (template_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX template_draft_images_hash ON template_draft_images (hash);

CREATE INDEX plans_template_version ON plans (template_version_id);
