package app.mailroom.model;

import java.time.Instant;

/** The result of sending one claimed message, on its way to the store. retryAt counts where it is to be tried again. */
public record SentResult(long messageId, long planId, long senderId, SendResult result, Instant at, Instant retryAt) {}
