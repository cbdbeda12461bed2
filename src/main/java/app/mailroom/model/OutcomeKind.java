package app.mailroom.model;

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
    /** Somebody unsubscribed through SES's own list management; a link in the mail leads there. */
    SUBSCRIPTION(MessageState.DELIVERED),
    UNSUBSCRIBE(MessageState.DELIVERED),
    /** A reader took the mail out of the spam folder: SES reports it as a complaint, and it is the contrary. */
    NOT_SPAM(MessageState.DELIVERED);

    private final MessageState proves;

    OutcomeKind(MessageState proves) {
        this.proves = proves;
    }

    /** The state that a message has reached at the least, once such an event is known. */
    public MessageState proves() {
        return proves;
    }
}
