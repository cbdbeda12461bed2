package app.mailroom.store;

import app.mailroom.SettableClock;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.SendResult;
import app.mailroom.model.SentResult;
import app.mailroom.model.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What becomes of an older workspace that today's program opens.
 *
 * @param seconds how long opening took
 * @param sameContent whether everything that must not change is the same
 * @param faults that the database finds in itself
 * @param totalsHold whether the kept totals equal a recount
 * @param copyEqual whether the copy made before equals the file before; true where none was to be made
 * @param sent to how many the mailing went on, each once
 * @param ended whether it came to its end
 */
record OpenedByToday(
        double seconds,
        boolean sameContent,
        List<String> faults,
        boolean totalsHold,
        boolean copyEqual,
        int sent,
        boolean ended) {
    private static final int AT_ONCE = 1_000;

    static OpenedByToday open(Path file, boolean migrates) throws IOException, SQLException {
        Path before = file.resolveSibling("before.sqlite");
        Files.copy(file, before);
        SettableClock clock = new SettableClock();
        long began = System.nanoTime();
        try (Database database = Database.open(file, Database.Schema.WORKSPACE, clock)) {
            double seconds = (System.nanoTime() - began) / 1e9;
            boolean same = FilledWorkspace.sameContent(before, file);
            List<String> faults = FilledWorkspace.faults(file);
            PlanStore plans = new PlanStore(database, clock);
            ResultsStore results = new ResultsStore(database);
            Object kept = List.of(results.of(1).orElseThrow(), plans.totals(1));
            results.recount(1);
            boolean hold = kept.equals(List.of(results.of(1).orElseThrow(), plans.totals(1)));
            int sent = goOn(database, clock);
            plans.finishDone();
            boolean ended = plans.find(1).orElseThrow().state() == PlanState.SENT
                    && plans.totals(1).in(MessageState.PLANNED) == 0;
            return new OpenedByToday(seconds, same, faults, hold, !migrates || copyIsEqual(file, before), sent, ended);
        }
    }

    /** Returns to how many it went on; -1 where somebody would get it twice. */
    private static int goOn(Database database, SettableClock clock) {
        DeliveryStore delivery = new DeliveryStore(database, clock, World.PRACTICE);
        long sender = delivery.register("today");
        Set<String> reached = new HashSet<>();
        while (true) {
            List<ClaimedMessage> claimed = delivery.claim(sender, 1, AT_ONCE);
            if (claimed.isEmpty()) {
                return reached.size();
            }
            Instant now = clock.instant();
            for (ClaimedMessage message : claimed) {
                if (!reached.add(message.address())) {
                    return -1;
                }
            }
            delivery.record(claimed.stream()
                    .map(message -> new SentResult(
                            message.id(), 1, sender, new SendResult.Accepted("new-" + message.id()), now, now))
                    .toList());
        }
    }

    private static boolean copyIsEqual(Path file, Path before) throws IOException, SQLException {
        Path folder = Optional.ofNullable(file.getParent()).orElseThrow();
        List<Path> copies;
        try (Stream<Path> files = Files.list(folder)) {
            copies = files.filter(one -> one.getFileName().toString().contains(Database.BEFORE_MIGRATION))
                    .toList();
        }
        return copies.size() == 1
                && FilledWorkspace.counts(copies.get(0)).equals(FilledWorkspace.counts(before))
                && FilledWorkspace.sameContent(before, copies.get(0));
    }

    boolean holds(int expected) {
        return sameContent && faults.isEmpty() && totalsHold && copyEqual && sent == expected && ended;
    }
}
