package app.mailroom.relay;

import static app.mailroom.relay.Hits.hit;
import static app.mailroom.relay.Hits.id;
import static app.mailroom.relay.Hits.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.mailroom.relay.HitSpool.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HitSpoolTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Limits SMALL = new Limits(64 << 10, 1_000, Duration.ofMillis(2));

    @TempDir
    Path temp;

    @Test
    void whatWasOfferedIsReadInOrderAlsoByTheNextProcess() throws Exception {
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            for (int i = 0; i < 500; i++) {
                assertThat(spool.offer(hit(i))).isTrue();
            }
            settle(spool);
            assertThat(read(spool)).containsExactlyElementsOf(ids(0, 500));
            assertThat(spool.bytesWaiting()).isEqualTo(spool.folder().end()).isPositive();
        }
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            spool.offer(hit(500));
            settle(spool);

            assertThat(read(spool)).containsExactlyElementsOf(ids(0, 501));
        }
    }

    @Test
    void aHitComesBackAsItWas() throws Exception {
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            spool.keep(hit(7)).join();

            try (SpoolReader reader = new SpoolReader(spool.folder())) {
                SpooledHit read = reader.next().orElseThrow();
                assertThat(read.event()).isEqualTo(hit(7).event());
                assertThat(read.at()).isEqualTo(hit(7).at());
            }
        }
    }

    @Test
    void whatIsKeptIsOnTheDiskWhenItSaysSo() throws Exception {
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            for (int i = 0; i < 20; i++) {
                assertThat(spool.keep(hit(i)).join()).isTrue();
                Path copy = copy("copy" + i);
                try (HitSpool after = HitSpool.open(copy, Limits.USUAL)) {
                    assertThat(read(after)).containsExactlyElementsOf(ids(0, i + 1));
                }
            }
        }
    }

    @Test
    void wholeHitsSurviveWhereverTheLastFileWasCutOff() throws Exception {
        List<Long> ends = new ArrayList<>();
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            for (int i = 0; i < 3; i++) {
                spool.keep(hit(i)).join();
                ends.add(spool.folder().end());
            }
        }
        for (long length = ends.get(1) - 20; length <= ends.get(2); length += 3) {
            Path copy = copy("cut" + length);
            try (FileChannel file = FileChannel.open(segments(copy).get(0), StandardOpenOption.WRITE)) {
                file.truncate(length);
            }
            long cut = length;
            int whole = (int) ends.stream().filter(end -> end <= cut).count();
            try (HitSpool spool = HitSpool.open(copy, Limits.USUAL)) {
                spool.keep(hit(9)).join();

                List<String> expected = new ArrayList<>(ids(0, whole));
                expected.add(id(9));
                assertThat(read(spool)).as("cut at %d", length).containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void aDamagedByteCostsOneHitAndIsCounted() throws Exception {
        List<Long> ends = new ArrayList<>();
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            for (int i = 0; i < 5; i++) {
                spool.keep(hit(i)).join();
                ends.add(spool.folder().end());
            }
        }
        long from = ends.get(1);
        for (long at = from; at < ends.get(2); at += at < from + SpoolRecord.HEAD ? 1 : 11) {
            Path copy = copy("damaged" + at);
            try (FileChannel file =
                    FileChannel.open(segments(copy).get(0), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer one = ByteBuffer.allocate(1);
                file.read(one, at);
                file.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), at);
            }
            try (HitSpool spool = HitSpool.open(copy, Limits.USUAL);
                    SpoolReader reader = new SpoolReader(spool.folder())) {
                assertThat(read(reader)).as("byte %d", at).containsExactly(id(0), id(1), id(3), id(4));
                assertThat(reader.damaged()).isEqualTo(ends.get(2) - from);
            }
        }
    }

    @Test
    void aFileThatGotShorterCostsWhatWasInItsEnd() throws Exception {
        List<String> left = new ArrayList<>();
        try (HitSpool spool = HitSpool.open(spool(), SMALL)) {
            for (int i = 0; i < 100; i++) {
                spool.keep(hit(i)).join();
            }
            assertThat(segments(spool())).hasSizeGreaterThan(2);
            try (FileChannel file = FileChannel.open(segments(spool()).get(0), StandardOpenOption.WRITE)) {
                file.truncate(file.size() - 10);
            }
            try (SpoolReader reader = new SpoolReader(spool.folder())) {
                left.addAll(read(reader));
                assertThat(reader.damaged()).isPositive();
            }
        }
        List<String> all = ids(0, 100);
        all.removeAll(left);
        assertThat(all).hasSize(1);
        assertThat(left).hasSize(99);
    }

    @Test
    void aFullSpoolTakesNothingUntilTheQueueHasSome() throws Exception {
        try (HitSpool spool = HitSpool.open(spool(), SMALL)) {
            int taken = 0;
            while (spool.offer(hit(taken))) {
                taken++;
                settle(spool);
                assertThat(bytesIn(spool())).isLessThanOrEqualTo(SMALL.bytes());
            }
            assertThat(taken).isGreaterThan(100);
            assertThat(spool.dropped()).isEqualTo(1);
            assertThat(spool.healthy()).isFalse();
            assertThat(spool.keep(hit(0)).join()).isFalse();

            try (SpoolReader reader = new SpoolReader(spool.folder())) {
                SpooledHit last = reader.next().orElseThrow();
                for (int i = 1; i < taken / 2; i++) {
                    last = reader.next().orElseThrow();
                }
                spool.folder().passed(last.end());
            }

            assertThat(spool.offer(hit(taken))).isTrue();
            settle(spool);
            assertThat(read(spool)).containsExactlyElementsOf(ids(taken / 2, taken + 1));
        }
    }

    @Test
    void noMoreWaitInMemoryThanMay() throws Exception {
        Limits slow = new Limits(1L << 20, 10, Duration.ofMinutes(10));
        try (HitSpool spool = HitSpool.open(spool(), slow)) {
            int taken = 0;
            while (spool.offer(hit(taken))) {
                taken++;
            }
            assertThat(taken).isEqualTo(10);
        }
        try (HitSpool spool = HitSpool.open(spool(), slow)) {
            assertThat(read(spool)).as("closing writes what waits").containsExactlyElementsOf(ids(0, 10));
        }
    }

    @Test
    void anEventThatIsTooLongIsRefused() throws Exception {
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            assertThat(spool.offer("x".repeat(SpoolRecord.LONGEST_EVENT + 1), hit(0).at()))
                    .isFalse();
            assertThat(spool.offer("x".repeat(SpoolRecord.LONGEST_EVENT), hit(0).at()))
                    .isTrue();
        }
    }

    @Test
    void twoProcessesCannotUseOneFolder() throws Exception {
        HitSpool spool = HitSpool.open(spool(), Limits.USUAL);

        assertThatThrownBy(() -> HitSpool.open(spool(), Limits.USUAL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Another relay uses the folder " + spool());

        spool.close();
        HitSpool.open(spool(), Limits.USUAL).close();
    }

    @Test
    void whatTheQueueHasIsNotReadAgainAndItsFilesGo() throws Exception {
        try (HitSpool spool = HitSpool.open(spool(), SMALL)) {
            for (int i = 0; i < 100; i++) {
                spool.keep(hit(i)).join();
            }
            passAll(spool);
            assertThat(segments(spool())).hasSize(1);
        }
        try (HitSpool spool = HitSpool.open(spool(), SMALL)) {
            assertThat(segments(spool())).isEmpty();
            assertThat(spool.bytesWaiting()).isZero();
            spool.keep(hit(100)).join();
            assertThat(read(spool)).containsExactly(id(100));
        }
        try (HitSpool spool = HitSpool.open(spool(), SMALL)) {
            assertThat(read(spool)).containsExactly(id(100));
        }
    }

    @Test
    void aLostPositionMeansHitsTwiceAndNoneLost() throws Exception {
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            for (int i = 0; i < 10; i++) {
                spool.keep(hit(i)).join();
            }
            passAll(spool);
            spool.keep(hit(10)).join();
        }
        Files.write(spool().resolve("position"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});

        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            assertThat(read(spool)).containsExactlyElementsOf(ids(0, 11));
        }
    }

    @Test
    void filesAreForTheirOwnerAlone() throws Exception {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            spool.keep(hit(0)).join();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool())))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(spool())) {
            assertThat(files.toList())
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void whileTheDiskTakesNothingHitsWaitInMemoryAndAreWrittenLater() throws Exception {
        Path inTheWay = spool().resolve("0000000000000000000.hits");
        try (HitSpool spool = HitSpool.open(spool(), new Limits(1L << 20, 5, Duration.ofMillis(2)))) {
            assertThat(spool.healthy()).isTrue();
            Files.createDirectory(inTheWay);

            assertThat(spool.keep(hit(0)).get()).as("kept").isFalse();

            assertThat(spool.healthy()).isFalse();
            assertThat(spool.keep(hit(99)).join()).isFalse();
            for (int i = 1; i < 5; i++) {
                assertThat(spool.offer(hit(i))).isTrue();
            }
            assertThat(spool.offer(hit(99))).as("no room").isFalse();

            Files.delete(inTheWay);
            await().atMost(LONG).until(spool::healthy);
            settle(spool);
            assertThat(read(spool)).containsExactlyElementsOf(ids(0, 5));
        }
    }

    @Test
    void aDiskThatTakesNothingDoesNotKeepTheSpoolFromClosing() throws Exception {
        HitSpool spool = HitSpool.open(spool(), Limits.USUAL);
        Files.createDirectory(spool().resolve("0000000000000000000.hits"));
        CompletableFuture<Boolean> kept = spool.keep(hit(0));
        spool.offer(hit(1));

        spool.close();

        assertThat(kept.join()).isFalse();
        assertThat(spool.offer(hit(2))).isFalse();
        assertThat(spool.keep(hit(3)).join()).isFalse();
    }

    /** A device of Linux stands in for a disk that is full. */
    @Test
    void hitsThatTheQueueHasGiveWayToNewOnesOnADiskThatIsFull() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full));
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            spool.keep(hit(0)).join();
        }
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            Path segment = segments(spool()).get(0);
            Files.delete(segment);
            Files.createSymbolicLink(segment, full);
            assertThat(spool.keep(hit(1)).join()).isFalse();
            assertThat(spool.healthy()).isFalse();

            passAll(spool);

            await().atMost(LONG).until(spool::healthy);
            assertThat(read(spool)).containsExactly(id(1));
            assertThat(spool.keep(hit(2)).join()).isTrue();
        }
        try (HitSpool spool = HitSpool.open(spool(), Limits.USUAL)) {
            assertThat(read(spool)).containsExactly(id(1), id(2));
        }
    }

    @Test
    void littleThatTheQueueHasStaysOnTheDiskAndNothingAfterTheEnd() throws Exception {
        long sent = SMALL.bytes() / 64;
        try (HitSpool spool = HitSpool.open(spool(), SMALL)) {
            for (int i = 0; i < 100; i++) {
                spool.keep(hit(i)).join();
                assertThat(bytesIn(spool())).isLessThan(sent + 500);
                passAll(spool);
            }
            spool.keep(hit(100)).join();
            assertThat(read(spool)).containsExactly(id(100));
            passAll(spool);
        }
        assertThat(segments(spool())).isEmpty();
        try (HitSpool spool = HitSpool.open(spool(), SMALL)) {
            spool.keep(hit(101)).join();
            assertThat(read(spool)).containsExactly(id(101));
        }
    }

    private Path spool() {
        return temp.resolve("spool");
    }

    private Path copy(String name) throws IOException {
        return copy(spool(), temp.resolve(name));
    }

    static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> SpoolSegment.of(file).isPresent())
                    .sorted()
                    .toList();
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        long bytes = 0;
        for (Path segment : segments(folder)) {
            bytes += Files.size(segment);
        }
        return bytes;
    }

    private static void settle(HitSpool spool) throws InterruptedException {
        assertThat(spool.settle(LONG)).isTrue();
    }

    private static void passAll(HitSpool spool) {
        spool.folder().passed(spool.folder().end());
    }

    private static List<String> read(HitSpool spool) throws IOException {
        try (SpoolReader reader = new SpoolReader(spool.folder())) {
            return read(reader);
        }
    }

    private static List<String> read(SpoolReader reader) throws IOException {
        List<String> ids = new ArrayList<>();
        for (Optional<SpooledHit> hit = reader.next(); hit.isPresent(); hit = reader.next()) {
            ids.add(Hits.idOf(hit.get().event()));
        }
        return ids;
    }
}
