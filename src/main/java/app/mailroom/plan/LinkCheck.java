package app.mailroom.plan;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Follows the links of a mail as a reader would, and says which do not lead anywhere. */
public final class LinkCheck implements AutoCloseable {
    /** How a link answered. */
    public enum Standing {
        FINE,
        /** The server says that there is no such page, or that something is wrong with it (status 4xx or 5xx). */
        BROKEN,
        /** No answer: the name does not exist, nobody listens, or it took too long. */
        UNREACHABLE,
        /** Not looked at: no web link, such as mailto. */
        SKIPPED
    }

    /**
     * One link.
     *
     * @param url as it stands in the first mail, with its values
     * @param status of HTTP; 0 where there was none
     * @param detail in plain English, empty where it is fine
     */
    public record Answer(String url, Standing standing, int status, String detail) {}

    /** Asks the links of a mail, several at a time; says of each when it is known. Ends early when cancelled. */
    public List<Answer> check(List<String> urls, Consumer<Answer> known, BooleanSupplier cancelled) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
