package app.mailroom.relay;

import app.mailroom.aws.LocalSqs;
import app.mailroom.aws.SqsHitQueue;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * How many openings the relay answers, with all that it does for each, beside a bare handler of Jetty that answers the same picture
 * and does nothing. Both are in this process, the load (wrk) and the queue (ElasticMQ) in others, all on the same processors; so what
 * the forwarder does for each hit takes from what is answered. While the bare handler is measured nothing is forwarded. See
 * {@code src/test/sh/relay-benchmark.sh}.
 */
final class RelayBenchmark {
    private static final int TOKENS = 20_000;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 7;
    private static final Duration FORWARDING = Duration.ofSeconds(30);
    private static final String THREADS = "2";
    private static final String CONNECTIONS = "32";
    private static final RelaySettings.Limits NO_LIMITS = new RelaySettings.Limits(
            10_000, 10_000, 100_000_000, 100_000_000, Duration.ofSeconds(30), Duration.ofSeconds(10));

    private final Path script;
    private final Path tokens;
    private final GatedQueue queue;
    private final ProcessHandle queueProcess;

    /** What wrk said of one run, how many hits the queue got meanwhile, and what took the processor, in nanoseconds. */
    private record Run(
            double perSecond,
            double p99Millis,
            long failures,
            double queuedPerSecond,
            Map<String, Double> nanosPerHit) {}

    private RelayBenchmark(Path script, Path tokens, GatedQueue queue, ProcessHandle queueProcess) {
        this.script = script;
        this.tokens = tokens;
        this.queue = queue;
        this.queueProcess = queueProcess;
    }

    /**
     * {@code queue}, to be the queue until the input ends; or the seconds of a run, wrk's script, a folder to work in, and how many
     * milliseconds the queue is away, as Amazon's is.
     */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("queue")) {
            try (LocalSqs queue = LocalSqs.start()) {
                String pid = Long.toString(ProcessHandle.current().pid());
                System.out.println(String.join(" ", queue.endpoint(), queue.createQueue("hits"), pid));
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        } else {
            run(
                    Integer.parseInt(args[0]),
                    Path.of(args[1]),
                    Path.of(args[2]),
                    Duration.ofMillis(Integer.parseInt(args[3])));
        }
        System.exit(0);
    }

    private static void run(int seconds, Path script, Path folder, Duration distance) throws Exception {
        String[] queue = Files.readString(folder.resolve("queue.txt")).strip().split(" ", -1);
        SigningKeys keys = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));
        HitTokens tokens = new HitTokens(keys);
        Path paths = folder.resolve("paths.txt");
        Files.write(
                paths,
                IntStream.range(0, TOKENS)
                        .mapToObj(i -> HitLink.Kind.OPEN.path() + tokens.token(HitLink.open("w1abcdefgh-" + i)))
                        .toList());
        RelaySettings usual = RelaySettings.onLoopback(0, keys, folder.resolve("spool"));
        RelaySettings settings =
                new RelaySettings(usual.listening(), keys, usual.spool(), usual.spoolLimits(), false, NO_LIMITS);
        Server bare = bare();
        GatedQueue gated = new GatedQueue(SqsHitQueue.open("eu-central-1", queue[1], queue[0]), distance);
        RelayBenchmark benchmark = new RelayBenchmark(
                script, paths, gated, ProcessHandle.of(Long.parseLong(queue[2])).orElseThrow());
        Relay relay = Relay.start(settings, gated, Clock.systemUTC());
        int barePort = ((ServerConnector) bare.getConnectors()[0]).getLocalPort();
        // What is not compiled yet says nothing of either.
        for (int round = 0; round < WARM_UP; round++) {
            benchmark.bare(barePort, seconds);
            benchmark.relay(relay.port(), seconds);
        }
        System.out.printf(
                Locale.ROOT, "the forwarder alone: %,.0f hits to the queue/s%n%n", benchmark.forwardAlone(FORWARDING));
        List<Run> bareRuns = new ArrayList<>();
        List<Run> relayRuns = new ArrayList<>();
        System.out.println("             bare Jetty               relay                           hits to the");
        System.out.println("          hits/s  p99 in ms     hits/s  p99 in ms   ratio   failed    queue/s");
        for (int round = 0; round < ROUNDS; round++) {
            bareRuns.add(benchmark.bare(barePort, seconds));
            relayRuns.add(benchmark.relay(relay.port(), seconds));
            Run one = bareRuns.get(round);
            Run other = relayRuns.get(round);
            print("run " + (round + 1), one, other, other.perSecond() / one.perSecond());
        }
        List<Double> ratios = IntStream.range(0, ROUNDS)
                .mapToObj(i -> relayRuns.get(i).perSecond() / bareRuns.get(i).perSecond())
                .sorted()
                .toList();
        print("median", median(bareRuns), median(relayRuns), ratios.get(ROUNDS / 2));
        System.out.printf(
                Locale.ROOT, "ratio    %.2f at least, %.2f at most%n%n", ratios.get(0), ratios.get(ROUNDS - 1));
        printShares(bareRuns, relayRuns);
        bare.stop();
    }

    private static Server bare() throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        QueuedThreadPool threads = new QueuedThreadPool(64, 8);
        threads.setName("bare-web");
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Answer.PICTURE.send(response, callback);
                return true;
            }
        });
        server.start();
        return server;
    }

    /** What came in before goes to the queue, as far as there is time for it, which warms both up; returns how much in a second. */
    private double forwardAlone(Duration within) throws InterruptedException {
        queue.open();
        long half = within.toMillis() / 2;
        Thread.sleep(half);
        long before = queue.taken();
        Thread.sleep(half);
        return (queue.taken() - before) * 1_000.0 / half;
    }

    private Run bare(int port, int seconds) throws IOException, InterruptedException {
        queue.shut();
        return load(port, seconds);
    }

    private Run relay(int port, int seconds) throws IOException, InterruptedException {
        queue.open();
        return load(port, seconds);
    }

    private Run load(int port, int seconds) throws IOException, InterruptedException {
        Map<String, Long> before = processorNanos();
        long queuedBefore = queue.taken();
        long begun = System.nanoTime();
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t",
                        THREADS,
                        "-c",
                        CONNECTIONS,
                        "-d",
                        seconds + "s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port,
                        "--",
                        tokens.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        double queued = (queue.taken() - queuedBefore) / ((System.nanoTime() - begun) / 1e9);
        double[] figures = output.lines()
                .filter(line -> line.startsWith("figures "))
                .findFirst()
                .map(line -> Arrays.stream(line.split(" "))
                        .skip(1)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .orElseThrow(() -> new IOException("wrk said: " + output));
        Map<String, Double> perHit = new TreeMap<>();
        processorNanos()
                .forEach((who, nanos) ->
                        perHit.put(who, (nanos - before.getOrDefault(who, 0L)) / (figures[0] * seconds)));
        return new Run(figures[0], figures[1], (long) figures[2], queued, perHit);
    }

    /** What every kind of thread of this process, and the other processes, took so far; as Linux says it. */
    private Map<String, Long> processorNanos() throws IOException {
        Map<String, Long> nanos = new TreeMap<>();
        try (var threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                try {
                    String name = Files.readString(thread.resolve("comm")).strip();
                    String taken = Files.readString(thread.resolve("schedstat"));
                    nanos.merge(kind(name), Long.parseLong(taken.substring(0, taken.indexOf(' '))), Long::sum);
                } catch (NoSuchFileException e) {
                    // It ended meanwhile.
                }
            }
        }
        // In hundredths of a second: utime and stime of children that ended, fields 16 and 17 (proc(5)).
        String[] self = Files.readString(Path.of("/proc/self/stat")).split(" ", -1);
        nanos.put("wrk", (Long.parseLong(self[15]) + Long.parseLong(self[16])) * 10_000_000);
        nanos.put(
                "ElasticMQ",
                queueProcess.info().totalCpuDuration().orElse(Duration.ZERO).toNanos());
        return nanos;
    }

    private static String kind(String thread) {
        if (thread.startsWith("bare-web") || thread.startsWith("relay-web")) {
            return "web server";
        } else if (thread.startsWith("hit-spool")) {
            return "spool";
        } else if (thread.startsWith("hit-forwarder")) {
            return "forwarder";
        } else if (thread.startsWith("GC") || thread.startsWith("G1") || thread.startsWith("VM ")) {
            return "memory";
        }
        return thread.startsWith("C1") || thread.startsWith("C2") ? "compiler" : "others";
    }

    private static Run median(List<Run> runs) {
        return new Run(
                median(runs, Run::perSecond),
                median(runs, Run::p99Millis),
                runs.stream().mapToLong(Run::failures).sum(),
                median(runs, Run::queuedPerSecond),
                Map.of());
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void print(String what, Run bare, Run relay, double ratio) {
        System.out.printf(
                Locale.ROOT,
                "%-8s %,7.0f    %7.2f    %,7.0f    %7.2f    %.2f   %6d    %,7.0f%n",
                what,
                bare.perSecond(),
                bare.p99Millis(),
                relay.perSecond(),
                relay.p99Millis(),
                ratio,
                bare.failures() + relay.failures(),
                relay.queuedPerSecond());
    }

    private static void printShares(List<Run> bareRuns, List<Run> relayRuns) {
        System.out.println("processor for each hit, in microseconds (median)");
        System.out.println("               bare Jetty     relay");
        Set<String> kinds = new TreeSet<>();
        relayRuns.forEach(run -> kinds.addAll(run.nanosPerHit().keySet()));
        for (String kind : kinds) {
            ToDoubleFunction<Run> micros = run -> run.nanosPerHit().getOrDefault(kind, 0.0) / 1_000;
            System.out.printf(
                    Locale.ROOT, "%-12s %12.2f %9.2f%n", kind, median(bareRuns, micros), median(relayRuns, micros));
        }
    }

    /** The queue, which does nothing while it is shut, and may be farther away than it is. */
    private static final class GatedQueue implements HitQueue {
        private final HitQueue queue;
        private final Duration distance;
        private final LongAdder taken = new LongAdder();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        GatedQueue(HitQueue queue, Duration distance) {
            this.queue = queue;
            this.distance = distance;
        }

        void shut() {
            gate = new CountDownLatch(1);
        }

        void open() {
            gate.countDown();
        }

        long taken() {
            return taken.sum();
        }

        @Override
        public Left send(List<String> events) throws IOException {
            try {
                gate.await();
                Thread.sleep(distance.toMillis());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            Left left = queue.send(events);
            taken.add(events.size() - left.again().size());
            return left;
        }

        @Override
        public void close() {
            queue.close();
        }
    }
}
