package app.mailroom.store;

import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageFilter.Mark;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * How long results of a large workspace take to read: the first time after the start of the program, and the median of
 * five more. Run by {@code src/test/sh/results-workspace.sh}.
 */
final class ResultsTimes {
    private static final int PAGE = 200;
    private static final int AGAIN = 5;

    private final ResultsStore results;
    private final long planId;

    private ResultsTimes(ResultsStore results, long planId) {
        this.results = results;
        this.planId = planId;
    }

    /** Arguments: the folder that {@link ResultsWorkspace} made, and whether to count anew and compare first. */
    public static void main(String[] args) {
        Clock clock = Clock.systemUTC();
        Path file = Path.of(args[0]).resolve("mailroom.sqlite");
        try (Database database = Database.open(file, Database.Schema.WORKSPACE, clock)) {
            ResultsStore results = new ResultsStore(database);
            long planId = 11;
            ResultsTimes times = new ResultsTimes(results, planId);
            if (args.length > 1) {
                times.recount();
            }
            times.measure(new MessageStore(database, clock));
        }
    }

    private void recount() {
        for (int i = 0; i < 2; i++) {
            List<Object> kept = kept();
            long begun = System.nanoTime();
            results.recount(planId);
            System.out.printf("recount %,d ms, ", (System.nanoTime() - begun) / 1_000_000);
            System.out.println(kept.equals(kept()) ? "equal" : "DIFFERS");
        }
    }

    /** Totals with reasons, every domain, hours and links. */
    private List<Object> kept() {
        return List.of(
                results.of(planId).orElseThrow(),
                results.domains(planId, Integer.MAX_VALUE),
                results.hours(planId),
                results.links(planId));
    }

    private void measure(MessageStore messages) {
        System.out.println("   wall, first and median | CPU time");
        time("dashboard: all mailings", results::all);
        time("mailing: totals and reasons", () -> results.of(planId));
        time("mailing: ten domains and the rest", () -> results.domains(planId, 10));
        time("mailing: links", () -> results.links(planId));
        time("mailing: hours", () -> results.hours(planId));
        time("compare three", () -> results.compare(List.of(planId, 1L, 2L)));
        MessageFilter all = MessageFilter.all(planId);
        for (MessageOrder.By by : MessageOrder.By.values()) {
            page("all", all, new MessageOrder(by, false));
            page("all", all, new MessageOrder(by, true));
        }
        page("BOUNCED", all.in(MessageState.BOUNCED), MessageOrder.LIST);
        page("BOUNCED", all.in(MessageState.BOUNCED), new MessageOrder(MessageOrder.By.ADDRESS, false));
        page("DELIVERED", all.in(MessageState.DELIVERED), new MessageOrder(MessageOrder.By.ADDRESS, false));
        page("reason MailboxFull", all.because("Transient.MailboxFull"), MessageOrder.LIST);
        for (Mark mark : Mark.values()) {
            page(mark.name(), all.marked(mark), MessageOrder.LIST);
            page(mark.name(), all.marked(mark), new MessageOrder(MessageOrder.By.ADDRESS, false));
        }
        page("contains \"k1234\"", all.containing("k1234"), MessageOrder.LIST);
        page("contains \"k1234\"", all.containing("k1234"), new MessageOrder(MessageOrder.By.ADDRESS, false));
        page("contains \"naver\"", all.containing("naver"), MessageOrder.LIST);
        page("contains nothing there", all.containing("zzzz"), new MessageOrder(MessageOrder.By.UPDATED, true));
        page("begins \"minjunk12\"", all.beginning("minjunk12"), MessageOrder.LIST);
        page("begins \"m\"", all.beginning("m"), new MessageOrder(MessageOrder.By.UPDATED, true));
        page("DELIVERED, contains \"k1234\"", all.in(MessageState.DELIVERED).containing("k1234"), MessageOrder.LIST);
        page("BOUNCED, contains \"naver\"", all.in(MessageState.BOUNCED).containing("naver"), MessageOrder.LIST);
        page("OPENED, contains \"naver\"", all.marked(Mark.OPENED).containing("naver"), MessageOrder.LIST);
        page(
                "DELIVERED, not opened",
                all.in(MessageState.DELIVERED).marked(Mark.NOT_OPENED),
                new MessageOrder(MessageOrder.By.UPDATED, true));
        page("NOT_CLICKED", all.marked(Mark.NOT_CLICKED), new MessageOrder(MessageOrder.By.UPDATED, true));
        page("OPENED", all.marked(Mark.OPENED), new MessageOrder(MessageOrder.By.UPDATED, false));
        page("OPENED", all.marked(Mark.OPENED), new MessageOrder(MessageOrder.By.STATE, true));
        Message one = results.messages(all.marked(Mark.CLICKED), MessageOrder.LIST, null, 1)
                .get(0);
        time("history of a message", () -> messages.events(one.id()));
    }

    private void page(String what, MessageFilter filter, MessageOrder order) {
        String by = order.by() + (order.descending() ? " down" : "");
        time("page of " + what + " by " + by, () -> results.messages(filter, order, null, PAGE));
        List<Message> first = results.messages(filter, order, null, PAGE);
        if (first.size() == PAGE) {
            time("  next page", () -> results.messages(filter, order, first.get(PAGE - 1), PAGE));
        }
        time("  count", () -> results.count(filter));
    }

    private static void time(String what, Supplier<?> work) {
        Took first = once(work);
        long[] wall = new long[AGAIN];
        long[] busy = new long[AGAIN];
        for (int i = 0; i < AGAIN; i++) {
            Took took = once(work);
            wall[i] = took.wall();
            busy[i] = took.busy();
        }
        Arrays.sort(wall);
        Arrays.sort(busy);
        System.out.printf(
                "%8.1f %8.1f | %8.1f %8.1f ms  %s%s%n",
                first.wall() / 1e6,
                wall[AGAIN / 2] / 1e6,
                first.busy() / 1e6,
                busy[AGAIN / 2] / 1e6,
                what,
                said(work.get()));
    }

    private static String said(Object result) {
        if (result instanceof List<?> rows) {
            return ": " + rows.size() + " rows";
        }
        return result instanceof ResultsStore.Found found ? ": " + found.messages() + (found.exact() ? "" : "+") : "";
    }

    private record Took(long wall, long busy) {}

    private static Took once(Supplier<?> work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long wall = System.nanoTime();
        long busy = threads.getCurrentThreadCpuTime();
        Object result = work.get();
        long busyEnd = threads.getCurrentThreadCpuTime();
        return result == null ? new Took(0, 0) : new Took(System.nanoTime() - wall, busyEnd - busy);
    }
}
