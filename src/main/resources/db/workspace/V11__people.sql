-- Nothing ever wrote to users; who works with the workspace is a member.
DROP TABLE users;

-- A member is whom the issuer calls by this subject; the address is how people know them, and may change or be given to
-- somebody else. One who was taken out keeps the row, for what they did names it.
CREATE TABLE members (
    id           INTEGER NOT NULL PRIMARY KEY,
    subject      TEXT    NOT NULL UNIQUE,
    email        TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    role         TEXT    NOT NULL,
    picture      BLOB,
    joined_at    INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    removed_at   INTEGER
) STRICT;
CREATE INDEX members_email ON members (email);

-- Who may come in, once, by the address in small letters.
CREATE TABLE invitations (
    email      TEXT    NOT NULL PRIMARY KEY,
    role       TEXT    NOT NULL,
    invited_by TEXT    NOT NULL,
    invited_at INTEGER NOT NULL
) STRICT;

-- Whose accounts may come in without an invitation: the organisation's domain as the issuer names it, in small letters.
CREATE TABLE allowed_domains (
    domain     TEXT    NOT NULL PRIMARY KEY,
    role       TEXT    NOT NULL,
    allowed_by TEXT    NOT NULL,
    allowed_at INTEGER NOT NULL
) STRICT;

-- A computer on which a member stays signed in. Its secret lies in that computer's keychain, here is only its SHA-256.
CREATE TABLE sessions (
    id           INTEGER NOT NULL PRIMARY KEY,
    member_id    INTEGER NOT NULL REFERENCES members (id),
    secret_hash  BLOB    NOT NULL UNIQUE,
    computer     TEXT    NOT NULL,
    began_at     INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    locked_at    INTEGER,
    ended_at     INTEGER
) STRICT;
CREATE INDEX sessions_member ON sessions (member_id, ended_at);

-- What a member chose for themselves, such as language and theme.
CREATE TABLE member_preferences (
    member_id INTEGER NOT NULL REFERENCES members (id),
    name      TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    PRIMARY KEY (member_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_bout ON audit (actor, action, subject, at);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_actor ON audit (actor, at);

-- INSERT OR REPLACE takes the row away that it replaces, and no trigger on DELETE would notice.
CREATE TRIGGER audit_keeps_numbers BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
