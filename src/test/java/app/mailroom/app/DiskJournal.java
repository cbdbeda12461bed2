package app.mailroom.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a process did to the files of a folder, in its order, as {@code faults.c} wrote it down. Of it the disk is made as a loss
 * of power would have left it: what was forced to the disk is there, and of all else whatever chance kept.
 */
final class DiskJournal {
    /** Must agree with the enum in faults.c. */
    private enum Kind {
        NONE,
        OPENED,
        WRITTEN,
        CUT,
        SYNCED,
        UNLINKED,
        RENAMED
    }

    private static final int IS_NEW = 1;
    private static final int IS_FOLDER = 2;
    private static final int HEAD = 32;
    private static final String JOURNAL = "-wal";

    @SuppressWarnings("ArrayRecordComponent") // No two are ever compared.
    private record Change(Kind kind, int file, long nanos, long position, byte[] data) {
        String text() {
            return new String(data, StandardCharsets.UTF_8);
        }
    }

    /**
     * What chance did to that which had not been forced to the disk.
     *
     * @param pending how many writes that were
     * @param kept of the blocks in them, how many survived
     * @param blocks how many blocks there were
     * @param block how large a block is
     */
    record Torn(int pending, int kept, int blocks, int block) {}

    private final List<Change> changes;
    private final Map<String, byte[]> before;
    private final String folder;
    private final Predicate<String> matters;

    private DiskJournal(List<Change> changes, Map<String, byte[]> before, String folder, Predicate<String> matters) {
        this.changes = changes;
        this.before = before;
        this.folder = folder;
        this.matters = matters;
    }

    /**
     * Reads a journal.
     *
     * @param before the folder as it was when the process began, all of it on the disk
     * @param folder what the process knew as its folder
     * @param matters which names in it belong to the state of the disk
     */
    static DiskJournal read(Path journal, Path before, Path folder, Predicate<String> matters) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(journal)).order(ByteOrder.nativeOrder());
        List<Change> changes = new ArrayList<>();
        while (bytes.remaining() >= HEAD) {
            Kind kind = Kind.values()[bytes.getInt()];
            int file = bytes.getInt();
            long nanos = bytes.getLong();
            long position = bytes.getLong();
            byte[] data = new byte[Math.toIntExact(bytes.getLong())];
            bytes.get(data);
            changes.add(new Change(kind, file, nanos, position, data));
        }
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> names = Files.list(before)) {
            for (Path file : names.filter(Files::isRegularFile).toList()) {
                if (matters.test(file.getFileName().toString())) {
                    files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return new DiskJournal(changes, files, folder.toAbsolutePath() + "/", matters);
    }

    /** How many changes and syncs there were. */
    int size() {
        return changes.size();
    }

    /** How many times something was forced to the disk. */
    long syncs() {
        return changes.stream().filter(change -> change.kind() == Kind.SYNCED).count();
    }

    /** How many bytes were written. */
    long bytesWritten() {
        return changes.stream()
                .filter(change -> change.kind() == Kind.WRITTEN)
                .mapToLong(change -> change.data().length)
                .sum();
    }

    /** When it was done, by {@link System#nanoTime()}. */
    long nanos(int number) {
        return changes.get(number).nanos();
    }

    /** Writes the disk into an empty folder as it could be if the power had gone after so many changes. */
    Torn cutAfter(int number, Random random, Path target) throws IOException {
        return cutAfter(number, random, target, true);
    }

    /**
     * The same if SQLite's journal were forced to the disk only before it is emptied, as it is with
     * {@code synchronous=NORMAL}: what this trial must tell from the other.
     */
    Torn cutWithoutForcedCommits(int number, Random random, Path target) throws IOException {
        return cutAfter(number, random, target, false);
    }

    private Torn cutAfter(int number, Random random, Path target, boolean forcedCommits) throws IOException {
        Disk disk = new Disk(forcedCommits);
        changes.subList(0, number).forEach(disk::apply);
        return disk.powerLost(random, target);
    }

    /** A file as it is on the disk, and what is on its way there. */
    private static final class DiskFile {
        private byte[] content;
        private int size;
        private final List<Change> pending = new ArrayList<>();

        private DiskFile(byte[] content) {
            this.content = content.clone();
            this.size = content.length;
        }

        private void sync() {
            for (Change change : pending) {
                if (change.kind() == Kind.CUT) {
                    cut(Math.toIntExact(change.position()));
                } else {
                    put(Math.toIntExact(change.position()), change.data(), 0, change.data().length);
                }
            }
            pending.clear();
        }

        private void cut(int length) {
            if (length > content.length) {
                content = Arrays.copyOf(content, length);
            }
            if (length < size) {
                Arrays.fill(content, length, size, (byte) 0);
            }
            size = length;
        }

        private void put(int position, byte[] data, int from, int length) {
            int end = position + length;
            if (end > content.length) {
                content = Arrays.copyOf(content, Math.max(end, content.length * 2));
            }
            System.arraycopy(data, from, content, position, length);
            size = Math.max(size, end);
        }
    }

    /** Names as the process saw them, and as they are on the disk. */
    private final class Disk {
        private final Map<String, DiskFile> seen = new HashMap<>();
        private final Map<String, DiskFile> durable = new HashMap<>();
        private final List<Runnable> pendingNames = new ArrayList<>();
        private final Map<Integer, DiskFile> opened = new HashMap<>();
        private final Map<Integer, String> folders = new HashMap<>();

        private final boolean forcedCommits;

        private Disk(boolean forcedCommits) {
            this.forcedCommits = forcedCommits;
            before.forEach((name, bytes) -> seen.put(name, new DiskFile(bytes)));
            durable.putAll(seen);
        }

        private void apply(Change change) {
            DiskFile file = opened.get(change.file());
            switch (change.kind()) {
                case OPENED -> open(change);
                case WRITTEN, CUT -> {
                    if (file != null) {
                        if (!forcedCommits) {
                            syncJournalOf(file);
                        }
                        file.pending.add(change);
                    }
                }
                case SYNCED -> {
                    if (file != null) {
                        sync(file);
                    } else if (folders.containsKey(change.file())) {
                        pendingNames.forEach(Runnable::run);
                        pendingNames.clear();
                    }
                }
                case UNLINKED -> remove(name(change.text()));
                case RENAMED -> rename(change.text().split("\n", 2));
                case NONE -> throw new IllegalStateException("the journal cannot be read");
            }
        }

        private void sync(DiskFile file) {
            boolean isJournal = seen.entrySet().stream()
                    .anyMatch(
                            entry -> entry.getValue() == file && entry.getKey().endsWith(JOURNAL));
            if (forcedCommits || !isJournal) {
                file.sync();
            }
        }

        /** What a journal holds is forced to the disk before any of it is put into the database. */
        private void syncJournalOf(DiskFile database) {
            seen.forEach((name, journal) -> {
                if (name.endsWith(JOURNAL) && seen.get(name.replace(JOURNAL, "")) == database) {
                    journal.sync();
                }
            });
        }

        private void open(Change change) {
            if ((change.position() & IS_FOLDER) != 0) {
                if ((change.text() + "/").equals(folder)) {
                    folders.put(change.file(), change.text());
                }
                return;
            }
            String name = name(change.text());
            if (!matters.test(name)) {
                return;
            }
            if ((change.position() & IS_NEW) != 0) {
                add(name, new DiskFile(new byte[0]));
            }
            opened.put(change.file(), Objects.requireNonNull(seen.get(name), name));
        }

        private void add(String name, DiskFile file) {
            seen.put(name, file);
            pendingNames.add(() -> durable.put(name, file));
        }

        private void remove(String name) {
            if (seen.remove(name) != null) {
                pendingNames.add(() -> durable.remove(name));
            }
        }

        private void rename(String[] names) {
            DiskFile file = seen.remove(name(names[0]));
            if (file != null) {
                String to = name(names[1]);
                seen.put(to, file);
                pendingNames.add(() -> {
                    durable.remove(name(names[0]));
                    durable.put(to, file);
                });
            }
        }

        private String name(String path) {
            return path.startsWith(folder) ? path.substring(folder.length()) : path;
        }

        /** Of names some of the first changes hold; of contents any blocks, of a write all, none or a part. */
        private Torn powerLost(Random random, Path target) throws IOException {
            int names = random.nextInt(pendingNames.size() + 1);
            pendingNames.subList(0, names).forEach(Runnable::run);
            int block = random.nextBoolean() ? 4_096 : 512;
            double keep = List.of(0.0, 0.3, 0.6, 0.95).get(random.nextInt(4));
            int pending = 0;
            int blocks = 0;
            int kept = 0;
            for (Map.Entry<String, DiskFile> entry : new TreeMap<>(durable).entrySet()) {
                DiskFile file = entry.getValue();
                for (Change change : file.pending) {
                    pending++;
                    if (change.kind() == Kind.CUT) {
                        blocks++;
                        if (random.nextDouble() < keep) {
                            kept++;
                            file.cut(Math.toIntExact(change.position()));
                        }
                        continue;
                    }
                    int position = Math.toIntExact(change.position());
                    int end = position + change.data().length;
                    for (int from = position; from < end; ) {
                        int to = Math.min(end, (from / block + 1) * block);
                        blocks++;
                        if (random.nextDouble() < keep) {
                            kept++;
                            file.put(from, change.data(), from - position, to - from);
                        }
                        from = to;
                    }
                }
                Files.write(target.resolve(entry.getKey()), Arrays.copyOf(file.content, file.size));
            }
            return new Torn(pending, kept, blocks, block);
        }
    }
}
