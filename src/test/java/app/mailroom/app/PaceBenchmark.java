package app.mailroom.app;

import app.mailroom.delivery.Dispatch;
import app.mailroom.model.PlanState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How much of a rate the live pipeline uses and how far it exceeds it, as measured where the requests arrive. There are
 * no events: the server that would make them is not on this computer. Run by
 * {@code src/test/sh/pace-benchmark.sh}.
 */
final class PaceBenchmark {
    private static final Duration LATENCY = Duration.ofMillis(50);

    private PaceBenchmark() {}

    /** Arguments: seconds of sending, then rates. */
    public static void main(String[] args) throws IOException {
        int seconds = Integer.parseInt(args[0]);
        System.out.println("rate/s  messages  share of the rate  highest count in any sliding second");
        for (int i = 1; i < args.length; i++) {
            int rate = Integer.parseInt(args[i]);
            Path folder = Files.createTempDirectory("pace");
            try {
                measure(folder, rate, rate * seconds);
            } finally {
                delete(folder);
            }
        }
        System.exit(0);
    }

    private static void measure(Path folder, int rate, int messages) throws IOException {
        try (LiveWorld world = new LiveWorld(folder, false)) {
            world.ses.account(rate, 10_000_000, false);
            world.ses.latency(LATENCY);
            world.ses.keepRequests(false);
            long plan = world.plan(messages);
            try (Dispatch dispatch = world.mailroom.dispatch()) {
                dispatch.start();
                world.mailroom.control(dispatch::wake).start(plan);
                while (world.mailroom.plans.find(plan).orElseThrow().state() != PlanState.SENT) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                }
            }
            report(rate, world.ses.arrivals());
        }
    }

    /** The first seconds do not count towards the share: hands grow with answers. They do towards the highest count. */
    private static void report(int rate, List<Long> arrivals) {
        long second = TimeUnit.SECONDS.toNanos(1);
        int highest = SlidingSecond.most(arrivals);
        List<Long> steady = arrivals.stream()
                .filter(at -> at - arrivals.get(0) >= 5 * second)
                .toList();
        double span = (steady.get(steady.size() - 1) - steady.get(0)) / (double) second;
        double share = (steady.size() - 1) / span / rate;
        double whole = (arrivals.size() - 1)
                / ((arrivals.get(arrivals.size() - 1) - arrivals.get(0)) / (double) second)
                / rate;
        System.out.printf(
                "%6d  %8d  %6.2f %% (%.2f %% from the first message on)  %d%n",
                rate, arrivals.size(), share * 100, whole * 100, highest);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
