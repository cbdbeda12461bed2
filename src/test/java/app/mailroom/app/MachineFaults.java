package app.mailroom.app;

import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Faults of the machine under a process: another time of day, a disk that takes nothing more, and a journal of what reached
 * the disk. The library that makes them is {@code src/test/c/faults.c}, compiled here for this computer.
 */
final class MachineFaults {
    private static final String COMPILER = "cc";

    private final Path library;

    private MachineFaults(Path library) {
        this.library = library;
    }

    /** Compiles the library; where that cannot be done the report says why, and what is left out. */
    static Optional<MachineFaults> compile(Ground ground, Report report, String leftOut)
            throws IOException, InterruptedException {
        Path library = ground.folder().resolve("faults.so");
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        Optional<Path> compiler = Ground.program(COMPILER);
        if (!linux || compiler.isEmpty()) {
            report.note("Left out on this computer: " + leftOut + ". It takes Linux and a C compiler named `" + COMPILER
                    + "` (Debian's package `gcc`).");
            return Optional.empty();
        }
        if (library.toString().matches(".*[ :].*")) {
            report.note("Left out on this computer: " + leftOut
                    + ". The project's path has a space or a colon in it, which `LD_PRELOAD` does not take.");
            return Optional.empty();
        }
        Path log = ground.folder().resolve("faults.txt");
        Process process = new ProcessBuilder(
                        compiler.get().toString(),
                        "-shared",
                        "-fPIC",
                        "-O2",
                        "-fvisibility=hidden",
                        "-o",
                        library.toString(),
                        ground.project().resolve("src/test/c/faults.c").toString(),
                        "-ldl",
                        "-lpthread")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("faults.c does not compile: " + Files.readString(log));
        }
        return Optional.of(new MachineFaults(library));
    }

    /** The environment of a process each change of whose files in a folder is written down. */
    Map<String, String> journal(Path folder, Path journal) {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAULTS_FOLDER", folder.toAbsolutePath().toString(),
                "FAULTS_JOURNAL", journal.toString());
    }

    /** A time of day that can be set while processes run with it. */
    TimeOfDay timeOfDay(Path control) throws IOException {
        return new TimeOfDay(library, control);
    }

    /** A disk that can be full while processes run with it. */
    FullDisk fullDisk(Path folder, Path control) throws IOException {
        return new FullDisk(library, folder, control);
    }

    /** How far the time of day of some processes is from the computer's. Their clock that only counts is not touched. */
    static final class TimeOfDay {
        private final Path library;
        private final Path control;

        private TimeOfDay(Path library, Path control) throws IOException {
            this.library = library;
            this.control = control;
            set(Duration.ZERO);
        }

        /** The environment of a process that lives in this time. */
        Map<String, String> environment() {
            return Map.of("LD_PRELOAD", library.toString(), "FAULTS_CLOCK", control.toString());
        }

        /** Sets it so far from the computer's. */
        void set(Duration ahead) throws IOException {
            put(
                    control,
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putLong(ahead.toNanos())
                            .flip());
        }
    }

    /** Whether files in a folder may grow. */
    static final class FullDisk {
        private final Path library;
        private final Path folder;
        private final Path control;

        private FullDisk(Path library, Path folder, Path control) throws IOException {
            this.library = library;
            this.folder = folder;
            this.control = control;
            full(false);
        }

        /** The environment of a process that writes there. */
        Map<String, String> environment() {
            return Map.of(
                    "LD_PRELOAD", library.toString(),
                    "FAULTS_FOLDER", folder.toAbsolutePath().toString(),
                    "FAULTS_FULL", control.toString());
        }

        /** Says so. */
        void full(boolean full) throws IOException {
            put(control, ByteBuffer.wrap(new byte[] {(byte) (full ? 1 : 0)}));
        }
    }

    /** In place, for processes have the file mapped. */
    private static void put(Path control, ByteBuffer bytes) throws IOException {
        try (FileChannel file = FileChannel.open(control, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                file.write(bytes, bytes.position());
            }
        }
    }
}
