package app.mailroom.template;

import java.util.Set;

/**
 * Variables that the program fills where the recipient list has no column of that name, so that they are never unknown
 * and never missing.
 */
public final class ProgramVariables {
    /** A link by which the reader leaves: a mail to the reply address, or to the sender where there is none. */
    public static final String UNSUBSCRIBE = "unsubscribe";

    /** The {@link Variables#key keys} of all of them. */
    public static final Set<String> KEYS = Set.of(UNSUBSCRIBE);

    private ProgramVariables() {}
}
