package app.mailroom.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports of failures that nobody had expected, as files that never leave the computer by themselves. Each failure is written
 * once in a run of the program, however often it comes; the newest are kept. Safe for any thread.
 */
public final class CrashReports {
    private static final Logger log = LoggerFactory.getLogger(CrashReports.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final Pattern NAME = Pattern.compile("crash-([0-9]{8}-[0-9]{6})-(MR-[0-9A-F]{4}-[0-9A-F]{4})\\.txt");
    /** One that fails differently each time must not fill memory either. */
    private static final int CODES_AT_MOST = 200;

    private static final int KEPT = 20;

    private final List<Path> folders;
    private final Redaction redaction;
    private final Clock clock;
    private final Map<String, Optional<CrashReport>> written = new HashMap<>();
    private final Map<String, Long> times = new HashMap<>();
    private final List<Consumer<CrashReport>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Reports in the first of these folders that can be written; they are made when one is needed.
     *
     * @param folders in the order in which they are tried
     */
    public CrashReports(List<Path> folders, Redaction redaction, Clock clock) {
        this.folders = List.copyOf(folders);
        this.redaction = redaction;
        this.clock = clock;
    }

    /** Has this told of whatever ends a thread, and of what fails in events of the window. */
    public void watchAllThreads() {
        Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
    }

    /** Is told of each new report, on the thread that failed, until the answer is run. */
    public Runnable subscribe(Consumer<CrashReport> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** What nobody caught: logged, reported and told. Never throws. */
    void uncaught(Thread thread, Throwable failure) {
        try {
            String code = CrashCode.of(failure);
            long time = count(code);
            // What fails at every frame would fill the log within minutes.
            if (Long.bitCount(time) == 1) {
                log.error("{} in {}, the {}. time", code, thread.getName(), time, failure);
            }
            if (time == 1) {
                keep(thread.getName(), failure).ifPresent(report -> listeners.forEach(one -> one.accept(report)));
            }
        } catch (Throwable e) {
            // Whatever fails here, as for want of memory, must not bury what failed first.
            failure.addSuppressed(e);
            log.error("A {} could not be reported", failure.getClass().getName(), e);
        }
    }

    /**
     * Writes the report of a failure that somebody else logs and tells, or hands back the one of this run.
     *
     * @param where the thread in which it failed
     * @return nothing when no folder can be written
     */
    public Optional<CrashReport> keep(String where, Throwable failure) {
        String code = CrashCode.of(failure);
        synchronized (written) {
            Optional<CrashReport> known = written.get(code);
            if (known != null || written.size() >= CODES_AT_MOST) {
                return known == null ? Optional.empty() : known;
            }
            Instant now = clock.instant();
            String text = CrashText.of(code, now, where, failure, ProgramFacts.here(), redaction);
            Optional<CrashReport> report = write(code, now, text);
            written.put(code, report);
            return report;
        }
    }

    /** Those that are kept, newest first. */
    public List<CrashReport> kept() {
        List<CrashReport> found = new ArrayList<>();
        for (Path folder : folders) {
            for (Path file : in(folder)) {
                read(file).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(CrashReport::at).reversed());
        return found;
    }

    private long count(String code) {
        synchronized (times) {
            if (!times.containsKey(code) && times.size() >= CODES_AT_MOST) {
                return Long.MAX_VALUE;
            }
            return times.merge(code, 1L, Long::sum);
        }
    }

    private Optional<CrashReport> write(String code, Instant now, String text) {
        String name = "crash-" + STAMP.format(LocalDateTime.ofInstant(now, ZoneOffset.UTC)) + "-" + code + ".txt";
        for (Path folder : folders) {
            try {
                Files.createDirectories(folder);
                Path file = folder.resolve(name);
                Files.writeString(file, text, StandardCharsets.UTF_8);
                prune(folder);
                return Optional.of(new CrashReport(code, now, file, text));
            } catch (IOException e) {
                log.warn("No report can be written into {}", folder, e);
            }
        }
        return Optional.empty();
    }

    private static void prune(Path folder) throws IOException {
        List<Path> files = in(folder);
        for (Path old : files.subList(0, Math.max(0, files.size() - KEPT))) {
            Files.deleteIfExists(old);
        }
    }

    /** The reports in a folder, oldest first, as their names say. */
    private static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            log.warn("The reports in {} cannot be listed", folder, e);
            return List.of();
        }
    }

    private static Optional<CrashReport> read(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        try {
            if (!name.matches()) {
                return Optional.empty();
            }
            Instant at = LocalDateTime.parse(name.group(1), STAMP).toInstant(ZoneOffset.UTC);
            return Optional.of(
                    new CrashReport(name.group(2), at, file, Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IOException | DateTimeParseException e) {
            log.warn("A report cannot be read", e);
            return Optional.empty();
        }
    }
}
