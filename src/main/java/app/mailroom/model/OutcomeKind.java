package app.mailroom.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event says happened to a message; the first ten are the event types of Amazon SES event publishing. */
public enum OutcomeKind {
    SEND(MessageState.ACCEPTED),
    REJECT(MessageState.REJECTED),
    DELIVERY(MessageState.DELIVERED),
    DELIVERY_DELAY(MessageState.DELAYED),
    BOUNCE(MessageState.BOUNCED),
    COMPLAINT(MessageState.COMPLAINED),
    RENDERING_FAILURE(MessageState.REJECTED),
    /** Implies delivery: nobody opens what did not arrive. */
    OPEN(MessageState.DELIVERED),
    CLICK(MessageState.DELIVERED),
    SUBSCRIPTION(null),
    UNSUBSCRIBE(null);

    private final @Nullable MessageState proves;

    OutcomeKind(@Nullable MessageState proves) {
        this.proves = proves;
    }

    /** The state that a message has reached at the least, once such an event is known. */
    public Optional<MessageState> proves() {
        return Optional.ofNullable(proves);
    }
}
