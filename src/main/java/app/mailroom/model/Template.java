package app.mailroom.model;

import java.time.Instant;

/**
 * A template and its newest version. Archived ones keep their versions but are not offered.
 *
 * @param hasDraft whether something was written since that is not saved as a version yet
 */
public record Template(
        long id, String name, Instant updatedAt, boolean archived, boolean hasDraft, TemplateVersion newest) {}
