package app.mailroom.store;

import java.util.List;

/** A template cannot be deleted, because mailings need it. */
public final class TemplateInUseException extends RuntimeException {
    private final transient List<String> mailings;

    TemplateInUseException(List<String> mailings) {
        super("The template is needed by " + mailings.size() + " mailings, among them " + mailings.get(0)
                + ". Archive it instead.");
        this.mailings = List.copyOf(mailings);
    }

    /** The titles of the mailings, the newest first, at least one. */
    public List<String> mailings() {
        return mailings;
    }
}
