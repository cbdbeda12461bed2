package app.mailroom.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A recipient list.
 *
 * @param source where it came from: a file's name, or what made it
 * @param rowCount rows that can be mailed
 * @param sheetCount all rows of its sheet
 * @param problemCount what its import left out
 * @param templateId the template that gives it its columns
 * @param mendsListId the list for which this one mends what an import left out
 * @param changedAt when its columns or rows changed last
 */
public record RecipientList(
        long id,
        String name,
        String source,
        long rowCount,
        long sheetCount,
        long problemCount,
        Optional<Long> templateId,
        Optional<Long> mendsListId,
        Instant createdAt,
        Instant changedAt) {}
