package app.mailroom.relay;

import app.mailroom.aws.RestartableSqs;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A relay in a process of its own under load, while its queue is stopped in the middle for a third of the time. Prints what was
 * answered and what arrived; ends with 1 if they differ.
 */
final class RelayOutage {
    private static final int READERS = 16;
    /** The heap is the system's from the start, so that what grows is anything but that. */
    private static final List<String> RELAY = List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch");

    private static final long DRAIN_SECONDS = 300;

    private RelayOutage() {}

    /** Arguments: a folder for the spool, and how many seconds of load. */
    public static void main(String[] arguments) throws Exception {
        Path spool = Path.of(arguments[0]).resolve("spool");
        int seconds = Integer.parseInt(arguments[1]);
        SigningKeys keys = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));
        boolean same;
        try (RestartableSqs sqs = RestartableSqs.start();
                RelayProcess relay = RelayProcess.start(keys, spool, sqs, RELAY)) {
            long before = relay.memory();
            Readers readers = new Readers(relay.port(), new HitTokens(keys), "outage", READERS);
            long largest = 0;
            long mostMemory = before;
            for (int second = 0; second < seconds; second++) {
                if (second == seconds / 3) {
                    sqs.stop();
                } else if (second == seconds / 3 * 2) {
                    sqs.startAgain();
                }
                TimeUnit.SECONDS.sleep(1);
                largest = Math.max(largest, bytesIn(spool));
                mostMemory = Math.max(mostMemory, relay.memory());
            }
            readers.leave();
            List<String> events = drainedUntil(readers.answered().size(), sqs);
            long after = relay.memory();
            relay.stop();
            events.addAll(sqs.drain());
            same = report(readers, events);
            System.out.printf("largest spool            %,d KB%n", largest >> 10);
            System.out.printf(
                    "memory of the relay      %d MB at first, %d MB at most, %d MB in the end%n",
                    before >> 20, mostMemory >> 20, after >> 20);
        }
        System.exit(same ? 0 : 1);
    }

    private static boolean report(Readers readers, Collection<String> events) {
        Set<String> ids = new HashSet<>();
        Set<String> tags = new HashSet<>();
        events.forEach(event -> {
            ids.add(Hits.idOf(event));
            tags.add(Readers.tagOf(event));
        });
        System.out.printf("hits answered            %,d%n", readers.answered().size());
        System.out.printf("refused                  %,d%n", readers.refused());
        System.out.printf("events in the queue      %,d%n", events.size());
        System.out.printf("different ids among them %,d%n", ids.size());
        System.out.printf("twice by id              %,d%n", events.size() - ids.size());
        System.out.printf("longest answer           %d ms%n", readers.longest().toMillis());
        return tags.equals(readers.answered().keySet()) && ids.size() == tags.size();
    }

    private static List<String> drainedUntil(int count, RestartableSqs sqs) throws Exception {
        List<String> events = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
        while (events.size() < count && System.nanoTime() < deadline) {
            events.addAll(sqs.drain());
        }
        return events;
    }

    private static long bytesIn(Path spool) throws IOException {
        // One that was sent meanwhile and is gone has the length 0.
        return HitSpoolTest.segments(spool).stream()
                .mapToLong(segment -> segment.toFile().length())
                .sum();
    }
}
