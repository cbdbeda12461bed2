package app.mailroom.practice;

import app.mailroom.model.WorkspaceId;
import app.mailroom.store.PracticeStore;
import jakarta.mail.MessagingException;
import java.io.IOException;
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

    /**
     * A message's mail as a page for a browser, with the links and the picture that were sent; empty if none was accepted, or it
     * has no HTML.
     *
     * @throws IOException when what was kept is no mail
     */
    public Optional<String> page(long messageId) throws IOException {
        Optional<String> eml = eml(messageId);
        try {
            return eml.isEmpty() ? Optional.empty() : MailPage.of(eml.get());
        } catch (MessagingException e) {
            throw new IOException("The mail that was kept cannot be read.", e);
        }
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
