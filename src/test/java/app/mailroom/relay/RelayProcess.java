package app.mailroom.relay;

import static org.awaitility.Awaitility.await;

import app.mailroom.aws.RestartableSqs;
import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A relay as a process of its own, which can be killed. */
final class RelayProcess implements AutoCloseable {
    private static final String PORT = "port ";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final int port;

    private RelayProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one, and waits until it listens. */
    static RelayProcess start(SigningKeys keys, Path spool, RestartableSqs sqs, List<String> jvmArguments)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmArguments);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), RelayProcess.class.getName()));
        line.addAll(List.of(keys.secretText(), spool.toString(), sqs.endpoint(), sqs.queueUrl()));
        Path log = spool.resolveSibling("relay.log");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(PATIENCE).until(() -> !process.isAlive() || portIn(log).isPresent());
        return new RelayProcess(
                process, portIn(log).orElseThrow(() -> new IOException("the relay did not start; see " + log)));
    }

    private static OptionalInt portIn(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith(PORT))
                .mapToInt(line -> Integer.parseInt(line.substring(PORT.length())))
                .findFirst();
    }

    int port() {
        return port;
    }

    /** SIGKILL: no hook runs, no buffer is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** So that none is left behind, whatever happened. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** SIGTERM, as a system stops a service: what is spooled goes to the queue. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** What the process holds of the memory, in bytes; as Linux says it. */
    long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                .findFirst()
                .orElseThrow();
    }

    /** The relay itself. */
    public static void main(String[] arguments) throws IOException {
        SigningKeys keys = SigningKeys.parse(arguments[0]);
        Relay relay = Relay.start(
                RelayOutageIT.settings(keys, 0, Path.of(arguments[1])),
                RestartableSqs.hits(arguments[2], arguments[3]),
                Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(relay::close, "stop"));
        System.out.println(PORT + relay.port());
    }
}
