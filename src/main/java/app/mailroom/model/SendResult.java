package app.mailroom.model;

/** What asking the mail service to send one message came to. Which case applies decides what the message becomes. */
public sealed interface SendResult {
    /** It took the message under this id. */
    record Accepted(String providerId) implements SendResult {}

    /** Surely not taken: too fast. The message is tried again and everything slows down. */
    record Throttled(String detail) implements SendResult {}

    /** Surely not taken, for a reason that is not the message's. It stays planned and its mailing is parked. */
    record Stopped(AccountProblem problem, String detail) implements SendResult {}

    /** Surely not taken, because the sender stopped before asking. The message is tried again. */
    record NotStarted() implements SendResult {}

    /** Refused for good, or it could not be rendered. */
    record Refused(String reason, String detail) implements SendResult {}

    /** Nobody can tell: the request was written, the answer never came. */
    record Unknown(String reason, String detail) implements SendResult {}
}
