package app.mailroom.recipients;

import app.mailroom.model.AddressReading;
import app.mailroom.store.AddressRules;
import java.util.Optional;

/** Reads what stands in an address cell. */
public final class AddressCell {
    /** These rules, for the sheets; the version rises whenever the same text may be read differently. */
    public static final AddressRules RULES = new AddressRules(1, AddressCell::read);

    private AddressCell() {}

    /** Reads one cell; never fails. */
    public static AddressReading read(String text) {
        try {
            EmailAddress address = EmailAddress.parse(text);
            return new AddressReading(
                    address.mailbox(),
                    Optional.of(address.key()),
                    Optional.empty(),
                    MistypedDomains.meant(address.mailbox()));
        } catch (AddressException e) {
            return new AddressReading(
                    text.strip(), Optional.empty(), Optional.of(e.code().name()), Optional.empty());
        }
    }
}
