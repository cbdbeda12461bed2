package app.mailroom.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Variables that the program fills where the recipient list has no column of that name, or no value in it, so that they
 * are never unknown and never missing.
 */
public final class ProgramVariables {
    /** A link by which the reader leaves: the page of a relay, or {@link #mailToLeave} where there is none. */
    public static final String UNSUBSCRIBE = "unsubscribe";

    /** The {@link Variables#key keys} of all of them. */
    public static final Set<String> KEYS = Set.of(UNSUBSCRIBE);

    private static final String UNSUBSCRIBE_SUBJECT = "Unsubscribe";

    private ProgramVariables() {}

    /**
     * The values of one message: those of its columns, and the program's where they say nothing.
     *
     * @param columns gets a {@link Variables#key} and returns the value, {@code ""} or null when absent
     * @param unsubscribe the link by which its reader leaves
     */
    public static Function<String, @Nullable String> beside(
            Function<String, @Nullable String> columns, String unsubscribe) {
        return key -> {
            String value = columns.apply(key);
            boolean absent = value == null || Variables.isBlank(value);
            return absent && key.equals(UNSUBSCRIBE) ? unsubscribe : value;
        };
    }

    /**
     * The same for values that stand in slots, as rows of lists and messages keep them.
     *
     * @param slots by {@link Variables#key}
     * @param values by slot; those behind the last are absent
     * @param unsubscribe the link by which the reader leaves
     */
    public static Function<String, @Nullable String> besideSlots(
            Map<String, Integer> slots, List<String> values, String unsubscribe) {
        return beside(
                key -> {
                    Integer slot = slots.get(key);
                    return slot == null || slot >= values.size() ? null : values.get(slot);
                },
                unsubscribe);
    }

    /**
     * A link that begins a mail by which the reader asks to leave (RFC 6068).
     *
     * @param fromAddress the sender's address
     * @param replyTo where answers go, an address with or without a name; empty for the sender
     */
    public static String mailToLeave(String fromAddress, String replyTo) {
        String mailbox = replyTo.isBlank() ? fromAddress : replyTo;
        String address = mailbox.substring(mailbox.lastIndexOf('<') + 1).replaceFirst(">\\s*$", "");
        return "mailto:" + Link.encoded(address.strip(), "@", false) + "?subject="
                + Link.encoded(UNSUBSCRIBE_SUBJECT, "", false);
    }
}
