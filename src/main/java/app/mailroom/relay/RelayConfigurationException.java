package app.mailroom.relay;

import java.util.List;

/** A relay cannot run as it is set. Says all that is wrong at once, and never shows a key. */
public final class RelayConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    RelayConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, each a sentence or two that names the setting and what to do. */
    public List<String> problems() {
        return problems;
    }
}
