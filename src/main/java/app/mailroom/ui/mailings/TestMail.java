package app.mailroom.ui.mailings;

import app.mailroom.model.RecipientRow;
import app.mailroom.model.TemplateContent;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.EmailAddress;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.templates.SampleRow;
import java.util.List;
import java.util.Optional;

/**
 * What a test of a mailing is made of.
 *
 * @param row as whom it is written; nothing where nobody can be found
 */
record TestMail(TemplateContent content, Optional<SampleRow> row) {
    /** Reads it; nothing where the template is gone. Not for the JavaFX thread. */
    static Optional<TestMail> read(Features.Stores stores, long templateVersionId, long listId, String address) {
        return stores.templates()
                .content(templateVersionId)
                .map(content -> new TestMail(content, row(stores, listId, address)));
    }

    private static Optional<SampleRow> row(Features.Stores stores, long listId, String address) {
        try {
            String key = EmailAddress.parse(address).key();
            RecipientRow found =
                    stores.recipients().withAddresses(listId, List.of(key)).get(key);
            return Optional.ofNullable(found)
                    .map(row -> SampleRow.of(row, stores.recipients().columns(listId)));
        } catch (AddressException e) {
            // No row has such an address, so the test shows the names of the variables.
            return Optional.empty();
        }
    }
}
