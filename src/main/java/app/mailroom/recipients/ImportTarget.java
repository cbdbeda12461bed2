package app.mailroom.recipients;

import app.mailroom.model.ColumnNeed;
import java.util.List;
import java.util.Optional;

/** Where imported rows go. */
public sealed interface ImportTarget {
    /**
     * A list that does not exist yet.
     *
     * @param templateId the template that gives it its columns
     * @param needs the columns that the template needs; those that the file does not fill are made empty
     */
    record NewList(String name, Optional<Long> templateId, List<ColumnNeed> needs) implements ImportTarget {
        /** One without a template. */
        public NewList(String name) {
            this(name, Optional.empty(), List.of());
        }
    }

    /**
     * A list that is there. Its template's columns are among the mapping's new ones where it lacks them.
     *
     * @param emptyClears whether an empty value of the file empties the cell of a row that is updated; otherwise it
     *     leaves what is there
     * @param addsUnknown whether an update adds the rows whose addresses the list does not have
     */
    record Existing(long listId, Mode mode, boolean emptyClears, boolean addsUnknown) implements ImportTarget {
        /** Without regard to what concerns updates alone. */
        public Existing(long listId, Mode mode) {
            this(listId, mode, false, true);
        }
    }

    /** What happens to the rows of a list that is there. */
    enum Mode {
        /** They stay as they are; addresses that are new are added below. */
        APPEND,
        /** All of them go. */
        REPLACE,
        /** Those whose addresses are in the file get its values. */
        UPDATE
    }
}
