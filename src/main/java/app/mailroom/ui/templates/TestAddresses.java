package app.mailroom.ui.templates;

import app.mailroom.delivery.TestSend;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.AddressFault;
import app.mailroom.recipients.EmailAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The addresses in a field, separated by commas, semicolons or white space; one that stands there twice counts once.
 *
 * @param mailboxes those that can be mailed
 * @param faults those that cannot, and why
 */
record TestAddresses(List<String> mailboxes, List<Fault> faults) {
    private static final Pattern SEPARATORS = Pattern.compile("[,;\\s]+");

    /** What cannot be mailed, as it was typed. */
    record Fault(String typed, AddressFault why) {}

    static TestAddresses read(String text) {
        Map<String, String> mailboxes = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (String piece :
                SEPARATORS.splitAsStream(text).filter(any -> !any.isBlank()).toList()) {
            try {
                EmailAddress address = EmailAddress.parse(piece);
                mailboxes.putIfAbsent(address.key(), address.mailbox());
            } catch (AddressException e) {
                faults.add(new Fault(piece, e.code()));
            }
        }
        return new TestAddresses(List.copyOf(mailboxes.values()), List.copyOf(faults));
    }

    boolean tooMany() {
        return mailboxes.size() > TestSend.MOST_ADDRESSES;
    }
}
