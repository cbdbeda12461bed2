package app.mailroom.ui.mailings;

import app.mailroom.model.PlanDraft;
import app.mailroom.model.PlanOverview;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What stands in a row of the list of mailings. */
sealed interface MailingRow {
    /** A mailing that is being planned. */
    record Draft(PlanDraft draft) implements MailingRow {
        @Override
        public long id() {
            return -draft.id();
        }

        @Override
        public String title() {
            return draft.title();
        }

        @Override
        public String list() {
            return PlanForm.listName(draft.form());
        }

        @Override
        public Instant when() {
            return draft.updatedAt();
        }
    }

    /** A mailing that was planned. */
    record Planned(PlanOverview overview) implements MailingRow {
        @Override
        public long id() {
            return overview.plan().id();
        }

        @Override
        public String title() {
            return overview.plan().title();
        }

        @Override
        public String list() {
            return overview.plan().listName();
        }

        @Override
        public Instant when() {
            return overview.plan().notBefore();
        }
    }

    /** Tells it from all others. */
    long id();

    /** May be empty for a draft. */
    String title();

    /** What its recipient list is called; may be empty for a draft. */
    String list();

    /** When it begins, or was last changed. */
    Instant when();

    /** The mailing, if it was planned. */
    default Optional<PlanOverview> planned() {
        return this instanceof Planned planned ? Optional.of(planned.overview()) : Optional.empty();
    }

    /** Whether this is in its title or in the name of its list; {@code wanted} is in small letters. */
    default boolean holds(String wanted) {
        return title().toLowerCase(Locale.ROOT).contains(wanted)
                || list().toLowerCase(Locale.ROOT).contains(wanted);
    }
}
