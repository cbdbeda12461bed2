package app.mailroom.practice;

import app.mailroom.model.WorkspaceId;
import app.mailroom.store.PracticeStore;
import java.util.Map;
import java.util.Optional;

/** Where the mails of practice mode can be read. */
public final class PracticeMailbox {
    private final PracticeStore store;
    private final WorkspaceId workspace;

    /** The mails that the simulated service kept for this workspace. */
    public PracticeMailbox(PracticeStore store, WorkspaceId workspace) {
        this.store = store;
        this.workspace = workspace;
    }

    /** A message's mail as it was sent, in the form of an .eml file (RFC 5322, ASCII); empty if none was accepted. */
    public Optional<String> eml(long messageId) {
        return store.eml(workspace.tag(messageId));
    }

    /** The mail that was handed over with this tag, likewise. */
    public Optional<String> eml(String messageTag) {
        return store.eml(messageTag);
    }

    /** How many mails each recipient of a mailing got, by the simulated service's own record. */
    public Map<String, Integer> mailsByRecipient(long planId) {
        return store.mailsByRecipient(workspace.tag(planId));
    }
}
