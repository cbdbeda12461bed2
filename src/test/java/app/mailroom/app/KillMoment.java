package app.mailroom.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * When a process is killed.
 *
 * @param when in which part of its life
 * @param mails how many mails the mail service has to have taken: of this process after its first ones, of the mailing while it is
 *     sending
 * @param share how far into what is waited for then, from 0 to 1: of the time of a start, of some milliseconds after a mail, of the
 *     events that wait
 */
record KillMoment(When when, int mails, double share) {
    /** The part of a process's life. */
    enum When {
        /** Before its first mail, or just about then. */
        STARTING,
        /** After its very first mails. */
        FIRST_MAILS,
        /** Somewhere within the mailing. */
        SENDING,
        /** When nothing is left to send. */
        LAST_MAILS,
        /** While it takes in what became of the mails. */
        SETTLING
    }

    private static final double STARTING_SHARE = 0.15;
    private static final double FIRST_SHARE = 0.15;
    private static final double SETTLING_SHARE = 0.1;
    private static final int MOST_FIRST_MAILS = 5;

    /** Draws moments over the whole of a mailing, in the order in which they come. */
    static List<KillMoment> draw(Random random, int kills, int people) {
        int settling = Math.max(1, (int) (kills * SETTLING_SHARE));
        int starting = Math.max(1, (int) (kills * STARTING_SHARE));
        int first = Math.max(1, (int) (kills * FIRST_SHARE));
        int sending = kills - settling - starting - first - 1;
        Iterator<Integer> positions = IntStream.range(0, sending)
                .map(i -> random.nextInt(people))
                .sorted()
                .boxed()
                .toList()
                .iterator();
        List<When> parts = new ArrayList<>();
        parts.addAll(Collections.nCopies(starting, When.STARTING));
        parts.addAll(Collections.nCopies(first, When.FIRST_MAILS));
        parts.addAll(Collections.nCopies(sending, When.SENDING));
        Collections.shuffle(parts, random);
        parts.add(When.LAST_MAILS);
        parts.addAll(Collections.nCopies(settling, When.SETTLING));
        return parts.stream()
                .map(when -> new KillMoment(
                        when,
                        when == When.SENDING
                                ? positions.next()
                                : when == When.FIRST_MAILS ? 1 + random.nextInt(MOST_FIRST_MAILS) : 0,
                        random.nextDouble()))
                .toList();
    }
}
