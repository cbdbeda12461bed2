package app.mailroom.app;

import app.mailroom.delivery.PipelineSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the computer from falling asleep by itself while messages go out, by a program of the operating system that runs as
 * long as it is needed and ends with this process. Closing the lid, or choosing to sleep, still works. Where the system
 * has no such program, or refuses, nothing is lost but this: it is logged once, and not tried again.
 */
final class AwakeWhileSending implements AutoCloseable {
    /** The setting that switches it off: false. */
    static final String SETTING = "sending.keep_awake";

    private static final Logger log = LoggerFactory.getLogger(AwakeWhileSending.class);
    /** A pause between two bursts is no reason to fall asleep. */
    private static final Duration LINGER = Duration.ofSeconds(60);

    private final Optional<List<String>> command;
    private final BooleanSupplier wanted;
    private @Nullable Process holding;
    private long lastSent;
    private boolean failed;

    /**
     * Does nothing before it hears of messages that go out.
     *
     * @param command what keeps the computer awake while it runs; empty where there is nothing
     * @param wanted asked when something begins to be sent
     */
    AwakeWhileSending(Optional<List<String>> command, BooleanSupplier wanted) {
        this.command = command;
        this.wanted = wanted;
    }

    /** What keeps a computer with this operating system awake until the process of that id has ended. */
    static Optional<List<String>> command(String system, long pid) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return Optional.of(List.of("caffeinate", "-i", "-w", Long.toString(pid)));
        }
        if (name.startsWith("windows")) {
            // 0x80000001: the system is required, from now on and until the thread ends.
            String script = "$t = Add-Type -PassThru -Namespace Mailroom -Name Power -MemberDefinition"
                    + " '[DllImport(\"kernel32.dll\")] public static extern uint SetThreadExecutionState(uint state);';"
                    + " [void]$t::SetThreadExecutionState([uint32]2147483649); Wait-Process -Id " + pid;
            String encoded = Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
            return Optional.of(List.of("powershell.exe", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded));
        }
        if (name.startsWith("linux")) {
            return Optional.of(List.of(
                    "systemd-inhibit",
                    "--what=sleep:idle",
                    "--who=Mailroom",
                    "--why=A mailing is being sent",
                    "tail",
                    "--pid=" + pid,
                    "-f",
                    "/dev/null"));
        }
        return Optional.empty();
    }

    /** Hears how the pipeline is doing, again and again. */
    synchronized void heard(PipelineSnapshot snapshot) {
        long now = System.nanoTime();
        if (snapshot.sentPerSecond() > 0) {
            lastSent = now;
            hold();
        } else if (holding != null && now - lastSent > LINGER.toNanos()) {
            release();
        }
    }

    /** Whether the computer is being kept awake. */
    synchronized boolean holds() {
        return holding != null && holding.isAlive();
    }

    private void hold() {
        Process before = holding;
        if (before != null && !before.isAlive()) {
            log.info("The computer may fall asleep while sending: {} ended with {}", command, before.exitValue());
            failed = true;
            holding = null;
        }
        if (holding != null || failed || command.isEmpty() || !wanted.getAsBoolean()) {
            return;
        }
        try {
            holding = new ProcessBuilder(command.get())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            log.info("The computer may fall asleep while sending: {}", String.valueOf(e.getMessage()));
            failed = true;
        }
    }

    private void release() {
        Process held = holding;
        if (held != null) {
            held.descendants().forEach(ProcessHandle::destroy);
            held.destroy();
            holding = null;
        }
    }

    @Override
    public synchronized void close() {
        release();
        failed = true;
    }
}
