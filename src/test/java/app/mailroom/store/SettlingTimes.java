package app.mailroom.store;

import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.SendResult;
import app.mailroom.model.SentResult;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** How fast events are settled: three for each message, in batches as the poller settles them, of a mix as in practice. */
final class SettlingTimes {
    private static final int BATCH = 500;

    private SettlingTimes() {}

    /** Arguments: an empty folder, and how many events. */
    public static void main(String[] args) throws Exception {
        int events = Integer.parseInt(args[1]);
        Path folder = Files.createDirectories(Path.of(args[0]));
        try (TestWorkspace workspace = new TestWorkspace(folder)) {
            int messages = events * 10 / 29;
            List<String> addresses = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                addresses.add("reader" + i + "@" + (i % 3 == 0 ? "company" + i % 900 + ".example" : "gmail.com"));
            }
            long plan = workspace.running(addresses);
            long sender = workspace.delivery.register("this one");
            List<ClaimedMessage> claimed = workspace.delivery.claim(sender, plan, BATCH);
            while (!claimed.isEmpty()) {
                List<SentResult> results = new ArrayList<>();
                for (ClaimedMessage message : claimed) {
                    results.add(workspace.result(message, sender, new SendResult.Accepted("ses-" + message.id())));
                }
                workspace.delivery.record(results);
                claimed = workspace.delivery.claim(sender, plan, BATCH);
            }
            List<Outcome> all = outcomes(workspace, messages);
            long wall = System.nanoTime();
            long busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < all.size(); i += BATCH) {
                workspace.outcomes.settle(all.subList(i, Math.min(all.size(), i + BATCH)), List.of());
            }
            busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - busy;
            wall = System.nanoTime() - wall;
            System.out.printf(
                    "%,d events, wall %.1f s, CPU %.1f s, %.0f µs CPU an event%n",
                    all.size(), wall / 1e9, busy / 1e9, busy / 1e3 / all.size());
        }
    }

    private static List<Outcome> outcomes(TestWorkspace workspace, int messages) {
        SplittableRandom random = new SplittableRandom(5);
        Instant now = workspace.clock.instant();
        List<Outcome> all = new ArrayList<>();
        for (long id = 1; id <= messages; id++) {
            all.add(event(id, OutcomeKind.SEND, now, 0, null));
        }
        for (long id = 1; id <= messages; id++) {
            all.add(event(id, OutcomeKind.DELIVERY, now.plusSeconds(3), 0, null));
        }
        int reactions = (int) (messages * 0.9);
        for (int i = 0; i < reactions; i++) {
            long id = random.nextLong(1, messages + 1L);
            boolean click = random.nextInt(7) == 0;
            all.add(event(
                    id,
                    click ? OutcomeKind.CLICK : OutcomeKind.OPEN,
                    now.plusSeconds(60 + random.nextInt(200_000)),
                    i,
                    click ? "https://shop.example/" + random.nextInt(5) : null));
        }
        return all;
    }

    private static Outcome event(long id, OutcomeKind kind, Instant at, int number, @Nullable String link) {
        return new Outcome(
                kind,
                OptionalLong.of(id),
                "ses-" + id,
                kind + " " + number,
                at,
                false,
                null,
                number % 3 == 0 ? "Mozilla/5.0" : "Mozilla/5.0 (X11) Firefox/140.0",
                link,
                "{\"body\":\"" + "x".repeat(600) + "\"}");
    }
}
