package app.mailroom.ui.mailings;

import app.mailroom.model.Message;
import app.mailroom.model.MessageState;
import app.mailroom.store.MessageStore;
import app.mailroom.ui.common.Texts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a message stands where it does, and what a person can do about it. */
final class ReasonWords {
    private static final String HINT = "reason.hint";

    private ReasonWords() {}

    /** What to do; nothing where there is nothing to do or the reason says it all. */
    static Optional<String> hint(Texts texts, Message message) {
        if (message.state() == MessageState.SUPPRESSED) {
            return Optional.of(texts.code(HINT, "SUPPRESSED"));
        }
        if (message.state() == MessageState.COMPLAINED) {
            return Optional.of(texts.code(HINT, "COMPLAINT"));
        }
        String reason = message.reason();
        return reason == null ? Optional.empty() : group(reason).map(group -> texts.code(HINT, group));
    }

    private static Optional<String> group(String reason) {
        return Optional.ofNullable(
                switch (reason) {
                    case MessageStore.MARKED_SENT -> "MARKED_SENT";
                    case "Permanent.Suppressed", "Permanent.OnAccountSuppressionList" -> "ACCOUNT_SUPPRESSED";
                    case "Transient.MailboxFull", "Delay.MailboxFull" -> "MAILBOX_FULL";
                    case "Transient.MessageTooLarge" -> "TOO_LARGE";
                    case "Transient.ContentRejected", "Delay.SpamDetected" -> "CONTENT";
                    case "Transient.AttachmentRejected" -> "ATTACHMENT";
                    case "Delay.IPFailure" -> "BLOCKED";
                    case "RECIPIENT_NOT_VERIFIED" -> "SANDBOX";
                    case "MESSAGE_REJECTED", "BAD_REQUEST" -> "REFUSED";
                    default -> byKind(reason);
                });
    }

    private static @Nullable String byKind(String reason) {
        String kind = reason.contains(".") ? reason.substring(0, reason.indexOf('.')) : reason;
        return switch (kind) {
            case "Permanent" -> "HARD_BOUNCE";
            case "Transient" -> "SOFT_BOUNCE";
            case "Undetermined" -> "UNDETERMINED";
            case "Delay" -> "DELAY";
            case "Reject" -> "REFUSED";
            case "RENDERING", "TEMPLATE", "RenderingFailure" -> "RENDERING";
            default -> null;
        };
    }
}
