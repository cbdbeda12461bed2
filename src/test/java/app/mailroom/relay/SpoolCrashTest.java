package app.mailroom.relay;

import static app.mailroom.relay.Hits.hit;
import static app.mailroom.relay.Hits.id;
import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.relay.HitSpool.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/** Random lives of a spool, with crashes, against a list in memory of what has to be there. */
class SpoolCrashTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Small, so that segments follow each other, and that it gets full. */
    private static final Limits SMALL = new Limits(40 << 10, 1_000, Duration.ZERO);

    private static final HitForwarder.Waits NO_WAITS = new HitForwarder.Waits(Duration.ofNanos(2), Duration.ofNanos(2));

    /** A hit that is on the disk. */
    private record OnDisk(String id, long end) {}

    private final List<OnDisk> model = new ArrayList<>();
    private long passed;
    private int next;
    private int crashes;

    /** All tries of a property share one instance. */
    @BeforeTry
    void forget() {
        model.clear();
        passed = 0;
        next = 0;
        crashes = 0;
    }

    @Property(tries = 25)
    void aSpoolGivesWhatIsOnTheDiskInOrderWhateverHappens(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Path temp = Files.createTempDirectory("spool");
        try {
            Path folder = temp.resolve("spool");
            HitSpool spool = HitSpool.open(folder, SMALL);
            for (int step = 0; step < 12; step++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> offerSome(spool, random.nextInt(40));
                    case 2 -> passSome(spool, random.nextInt(60));
                    default -> {
                        Path after = temp.resolve("crash" + ++crashes);
                        crash(spool, folder, after, random);
                        folder = after;
                        spool = HitSpool.open(folder, SMALL);
                    }
                }
                assertThat(spool.folder().bytes()).isLessThanOrEqualTo(SMALL.bytes());
            }
            assertThat(read(spool)).containsExactlyElementsOf(notPassed());
            spool.close();
        } finally {
            deleteAll(temp);
        }
    }

    @Property(tries = 25)
    void everyHitReachesAQueueThatFailsAsItLikesAlsoAcrossRestarts(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Path temp = Files.createTempDirectory("spool");
        try {
            QueueInMemory queue = new QueueInMemory();
            Set<String> offered = new HashSet<>();
            for (int life = 0; life < 3; life++) {
                try (HitSpool spool = HitSpool.open(temp.resolve("spool"), Limits.USUAL);
                        HitForwarder forwarder = new HitForwarder(spool, queue, NO_WAITS)) {
                    queue.behave(capricious(random.nextLong()));
                    forwarder.start();
                    for (int i = 0; i < 150; i++) {
                        offered.add(id(next));
                        assertThat(spool.offer(hit(next++))).isTrue();
                    }
                    if (life == 2) {
                        queue.behave(QueueInMemory.TAKES_ALL);
                        forwarder.flush(LONG);
                        assertThat(spool.bytesWaiting()).isZero();
                    }
                }
            }
            assertThat(new HashSet<>(queue.taken())).isEqualTo(offered);
            assertThat(farthestBehind(queue.taken()))
                    .as("hits that were overtaken by more than hands can have under way")
                    .isLessThanOrEqualTo(64 * HitQueue.BATCH);
        } finally {
            deleteAll(temp);
        }
    }

    /** Fails a third of all calls, and leaves a part of another third. */
    private static QueueInMemory.Behaviour capricious(long seed) {
        Random random = new Random(seed);
        return events -> {
            synchronized (random) {
                int mood = random.nextInt(3);
                if (mood == 0) {
                    throw new IOException("no");
                }
                List<Integer> again = new ArrayList<>();
                for (int i = 0; mood == 1 && i < events.size(); i++) {
                    if (random.nextBoolean()) {
                        again.add(i);
                    }
                }
                return new HitQueue.Left(again, List.of());
            }
        };
    }

    private static int farthestBehind(List<String> taken) {
        int farthest = 0;
        int newest = 0;
        for (String id : taken) {
            int number = Integer.parseInt(id.substring(id.indexOf('-') + 1));
            newest = Math.max(newest, number);
            farthest = Math.max(farthest, newest - number);
        }
        return farthest;
    }

    private void offerSome(HitSpool spool, int count) throws InterruptedException {
        long begin = spool.folder().end();
        long before = spool.folder().bytes();
        long added = 0;
        for (int i = 0; i < count; i++) {
            // What is just being written counts twice for a moment.
            boolean fits = before + 2 * added + 2_000 <= SMALL.bytes();
            if (spool.offer(hit(next))) {
                added += SpoolRecord.of(hit(next).event(), hit(next).at()).length;
                model.add(new OnDisk(id(next++), begin + added));
            } else {
                assertThat(fits).as("refused though there is room").isFalse();
            }
        }
        assertThat(spool.settle(LONG)).isTrue();
        assertThat(spool.folder().end()).isEqualTo(begin + added);
    }

    private void passSome(HitSpool spool, int count) throws IOException {
        try (SpoolReader reader = new SpoolReader(spool.folder())) {
            List<String> read = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Optional<SpooledHit> hit = reader.next();
                if (hit.isPresent()) {
                    read.add(Hits.idOf(hit.get().event()));
                    passed = hit.get().end();
                }
            }
            assertThat(notPassedAfter(read)).containsExactlyElementsOf(read);
            spool.folder().passed(Math.max(passed, spool.folder().position()));
        }
    }

    /** The first of those that were not passed before these were read. */
    private List<String> notPassedAfter(List<String> read) {
        List<String> all = model.stream().map(OnDisk::id).toList();
        return read.isEmpty()
                ? List.of()
                : all.subList(all.indexOf(read.get(0)), all.indexOf(read.get(0)) + read.size());
    }

    private List<String> notPassed() {
        return model.stream().filter(hit -> hit.end() > passed).map(OnDisk::id).toList();
    }

    /** What is on the disk at this moment, cut off somewhere in the last file, or with half a hit behind it. */
    private void crash(HitSpool spool, Path folder, Path after, Random random) throws IOException {
        HitSpoolTest.copy(folder, after);
        spool.close();
        List<Path> segments = HitSpoolTest.segments(after);
        if (!segments.isEmpty()) {
            Path last = segments.get(segments.size() - 1);
            long start = SpoolSegment.of(last).orElseThrow().start();
            try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
                if (random.nextBoolean()) {
                    long length = file.size() == 0 ? 0 : random.nextLong(file.size());
                    file.truncate(length);
                    model.removeIf(hit -> hit.end() > start + length);
                } else {
                    byte[] half = SpoolRecord.of(hit(next).event(), hit(next).at());
                    file.write(ByteBuffer.wrap(half, 0, random.nextInt(half.length)), file.size());
                }
            }
        }
        if (random.nextInt(4) == 0) {
            Files.delete(after.resolve("position"));
            passed = segments.isEmpty()
                    ? 0
                    : SpoolSegment.of(segments.get(0)).orElseThrow().start();
            // Places are counted anew if nothing tells them.
            if (segments.isEmpty()) {
                model.clear();
            }
        }
    }

    private static List<String> read(HitSpool spool) throws IOException {
        List<String> ids = new ArrayList<>();
        try (SpoolReader reader = new SpoolReader(spool.folder())) {
            for (Optional<SpooledHit> hit = reader.next(); hit.isPresent(); hit = reader.next()) {
                ids.add(Hits.idOf(hit.get().event()));
            }
        }
        return ids;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
