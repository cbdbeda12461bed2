package app.mailroom.support;

import java.net.URI;
import java.util.Optional;

/** What came of looking for a newer version. */
public sealed interface UpdateAnswer {
    /**
     * There is one.
     *
     * @param page where it is to be had
     * @param notes what is new in it, as plain text; may be blank
     */
    record Newer(String version, Optional<URI> page, String notes) implements UpdateAnswer {}

    /** This is the newest that the address knows of. */
    record Newest(String version) implements UpdateAnswer {}

    /** Nobody has set an address, so nothing was asked. */
    record NoAddress() implements UpdateAnswer {}

    /** The address gave no answer that can be used. */
    record Failed(Fault fault) implements UpdateAnswer {}

    /** Why not. */
    enum Fault {
        /** No connection, or none that can be trusted. */
        UNREACHABLE,
        /** It took too long. */
        TIMEOUT,
        /** There is nothing at the address, or its server is in trouble. */
        REFUSED,
        /** It sent on to an address without HTTPS, or on and on. */
        REDIRECT,
        /** The answer is longer than any that says this. */
        OVERSIZED,
        /** The answer says something else. */
        GARBAGE,
        /** The address itself is none that is asked. */
        ADDRESS
    }
}
