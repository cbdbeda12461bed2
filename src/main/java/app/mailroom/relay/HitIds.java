package app.mailroom.relay;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for hits, none of which is given twice: 128 random bits of this process, and a number. Drawing all of it anew for every hit
 * would cost more than the rest of the hit. They need not be hard to guess, since no stranger ever sees one.
 */
final class HitIds {
    private static final int RANDOM_BYTES = 16;

    private final String start;
    private final AtomicLong given = new AtomicLong();

    HitIds(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        start = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "-";
    }

    String next() {
        return start + Long.toString(given.incrementAndGet(), Character.MAX_RADIX);
    }
}
