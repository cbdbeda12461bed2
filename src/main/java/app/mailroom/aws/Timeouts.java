package app.mailroom.aws;

import java.time.Duration;

/**
 * How long a request to send may take.
 *
 * @param connect until a connection stands, or one of those that stand is free
 * @param answer until the next bytes of the answer
 * @param wholeCall from the beginning to the end
 * @param idle after which a connection is not used again. A mail written into a connection that the other side has
 *     just closed is a mail of which nobody knows; a new connection costs little
 */
record Timeouts(Duration connect, Duration answer, Duration wholeCall, Duration idle) {
    static final Timeouts USUAL =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(5));

    /** The same with another patience for an answer; the whole call gets as much again. */
    Timeouts withAnswer(Duration other) {
        return new Timeouts(connect, other, other.multipliedBy(2), idle);
    }
}
