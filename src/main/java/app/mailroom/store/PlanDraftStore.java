package app.mailroom.store;

import app.mailroom.model.Attachment;
import app.mailroom.model.PlanDraft;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mailings that are being planned, until they are handed in or thrown away. */
public final class PlanDraftStore {
    private final Database database;
    private final Clock clock;

    /** Drafts in the given workspace database. */
    public PlanDraftStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** All of them without their attachments, the one changed last first. */
    public List<PlanDraft> list() {
        throw new UnsupportedOperationException();
    }

    /** One with its attachments. */
    public Optional<PlanDraft> find(long id) {
        throw new UnsupportedOperationException();
    }

    /** Keeps a new one and returns its id. */
    public long create(String title, Map<String, String> form, String author) {
        throw new UnsupportedOperationException();
    }

    /** Keeps what is typed now; false if the draft does not exist any more. */
    public boolean save(long id, String title, Map<String, String> form, String author) {
        throw new UnsupportedOperationException();
    }

    /** Keeps which files are attached now, in their order; false if the draft does not exist any more. */
    public boolean saveAttachments(long id, List<Attachment> attachments) {
        throw new UnsupportedOperationException();
    }

    /** Throws one away; nothing happens if it is gone. */
    public void delete(long id) {
        throw new UnsupportedOperationException();
    }

    /** Brings back what was thrown away a moment ago, under its number. */
    public void restore(PlanDraft draft, String author) {
        throw new UnsupportedOperationException();
    }
}
