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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * and does nothing. Both are in this process; the load (wrk) and the queue (ElasticMQ) are in others. See
 * {@code src/test/sh/relay-benchmark.sh}.
 */
final class RelayBenchmark {
    private static final int TOKENS = 20_000;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 5;
    private static final String THREADS = "2";
    private static final String CONNECTIONS = "32";
    private static final RelaySettings.Limits NO_LIMITS = new RelaySettings.Limits(
            10_000, 10_000, 100_000_000, 100_000_000, Duration.ofSeconds(30), Duration.ofSeconds(10));

    private final Path script;
    private final Path tokens;

    private record Run(double perSecond, double p99Millis, long failures) {}

    private RelayBenchmark(Path script, Path tokens) {
        this.script = script;
        this.tokens = tokens;
    }

    /** {@code queue}, to be the queue until the input ends; or the seconds of a run, wrk's script and a folder to work in. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("queue")) {
            try (LocalSqs queue = LocalSqs.start()) {
                System.out.println(queue.endpoint() + " " + queue.createQueue("hits"));
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        } else {
            run(Integer.parseInt(args[0]), Path.of(args[1]), Path.of(args[2]));
        }
        System.exit(0);
    }

    private static void run(int seconds, Path script, Path folder) throws Exception {
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
        RelayBenchmark benchmark = new RelayBenchmark(script, paths);
        try (Relay relay =
                Relay.start(settings, SqsHitQueue.open("eu-central-1", queue[1], queue[0]), Clock.systemUTC())) {
            int barePort = ((ServerConnector) bare.getConnectors()[0]).getLocalPort();
            // What is not compiled yet says nothing of either.
            for (int round = 0; round < WARM_UP; round++) {
                benchmark.load(barePort, seconds);
                benchmark.load(relay.port(), seconds);
            }
            List<Run> bareRuns = new ArrayList<>();
            List<Run> relayRuns = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                benchmark.waitUntilSent(usual.spool());
                bareRuns.add(benchmark.load(barePort, seconds));
                relayRuns.add(benchmark.load(relay.port(), seconds));
                print("round " + (round + 1), bareRuns.get(round), relayRuns.get(round));
            }
            print("median", median(bareRuns), median(relayRuns));
        }
        bare.stop();
    }

    private static Server bare() throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        Server server = new Server(new QueuedThreadPool(64, 8));
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

    /** What the relay still sends would be load for whoever comes after it. */
    private void waitUntilSent(Path spool) throws IOException, InterruptedException {
        long before;
        long now = Long.MAX_VALUE;
        do {
            Thread.sleep(500);
            before = now;
            try (var files = Files.list(spool)) {
                now = files.mapToLong(file -> file.toFile().length()).sum();
            }
        } while (now != before);
    }

    private Run load(int port, int seconds) throws IOException, InterruptedException {
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
        double[] figures = output.lines()
                .filter(line -> line.startsWith("figures "))
                .findFirst()
                .map(line -> Arrays.stream(line.split(" "))
                        .skip(1)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .orElseThrow(() -> new IOException("wrk said: " + output));
        return new Run(figures[0], figures[1], (long) figures[2]);
    }

    private static Run median(List<Run> runs) {
        return new Run(
                median(runs, Run::perSecond),
                median(runs, Run::p99Millis),
                runs.stream().mapToLong(Run::failures).sum());
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void print(String what, Run bare, Run relay) {
        System.out.printf(
                Locale.ROOT,
                "%-8s bare %,8.0f/s  p99 %6.2f ms   relay %,8.0f/s  p99 %6.2f ms   ratio %.2f   failed %d%n",
                what,
                bare.perSecond(),
                bare.p99Millis(),
                relay.perSecond(),
                relay.p99Millis(),
                relay.perSecond() / bare.perSecond(),
                bare.failures() + relay.failures());
    }
}
