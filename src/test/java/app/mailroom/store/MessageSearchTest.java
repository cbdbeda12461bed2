package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageFilter.Mark;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSearchTest {
    private static final int SIZE = 900;
    private static final int TRIES = 150;
    private static final int PAGE = 70;

    @TempDir
    static Path directory;

    private static Database database;
    private static List<Message> everything;
    private static Set<Long> delivered;
    private static long plan;

    @BeforeAll
    static void make() throws SQLException {
        Path file = directory.resolve("mailroom.sqlite");
        plan = ResultsWorkspace.make(file, SIZE, 11);
        database = Database.open(file, Database.Schema.WORKSPACE, Clock.systemUTC());
        everything = database.read(
                sql -> sql.selectFrom(MESSAGES).where(MESSAGES.PLAN_ID.eq(plan)).fetch(MessageStore::message));
        delivered = Set.copyOf(database.read(sql -> sql.selectFrom(MESSAGES)
                .where(MESSAGES.DELIVERED_AT.isNotNull())
                .fetch(MESSAGES.ID)));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Everything is few, nothing is, and in between. */
    @ParameterizedTest
    @ValueSource(ints = {10_000, 40, 0})
    void pagesTogetherAreWhatIsAskedInTheOrderAsked(int few) {
        SplittableRandom random = new SplittableRandom(few + 1);
        for (int i = 0; i < TRIES; i++) {
            MessageFilter filter = filter(random);
            MessageOrder order = new MessageOrder(any(random, MessageOrder.By.values()), random.nextBoolean());
            List<Long> expected = everything.stream()
                    .filter(message -> fits(message, filter))
                    .sorted(comparator(order))
                    .map(Message::id)
                    .toList();

            assertThat(pages(filter, order, few)).as("%s %s", filter, order).isEqualTo(expected);
            assertThat(database.<ResultsStore.Found>read(sql -> new MessageSearch(sql, filter, few).count()))
                    .as("count of %s", filter)
                    .isEqualTo(new ResultsStore.Found(expected.size(), true));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mark.class,
            names = {"OPENED_BY_MACHINES", "CLICKED_BY_MACHINES"})
    void whatPeopleDidAsWellTakesNoRoomFromWhatOnlyMachinesDid(Mark mark) {
        MessageFilter filter = MessageFilter.all(plan).marked(mark);
        List<Long> expected = everything.stream()
                .filter(message -> fits(message, filter))
                .map(Message::id)
                .toList();

        assertThat(expected).hasSizeLessThan((int) everything.stream()
                .filter(message ->
                        column(message, mark == Mark.OPENED_BY_MACHINES ? "machine_opened_at" : "machine_clicked_at"))
                .count());
        assertThat(pages(filter, MessageOrder.LIST, expected.size())).isEqualTo(expected);
    }

    @Test
    void aMailingThatDoesNotExistHasNoMessages() {
        assertThat(new ResultsStore(database).messages(MessageFilter.all(4_711), MessageOrder.LIST, null, 10))
                .isEmpty();
        assertThat(new ResultsStore(database).count(MessageFilter.all(4_711)).messages())
                .isZero();
    }

    private static List<Long> pages(MessageFilter filter, MessageOrder order, int few) {
        List<Long> ids = new ArrayList<>();
        Message last = null;
        List<Message> page;
        do {
            @Nullable Message after = last;
            page = database.read(sql -> new MessageSearch(sql, filter, few).page(order, after, PAGE));
            page.forEach(message -> ids.add(message.id()));
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        } while (page.size() == PAGE);
        return ids;
    }

    private static MessageFilter filter(SplittableRandom random) {
        MessageFilter filter = MessageFilter.all(plan);
        if (random.nextInt(3) == 0) {
            filter = new MessageFilter(plan, states(random), null, null, "", false);
        }
        if (random.nextInt(4) == 0) {
            filter = filter.because(List.of(
                            "Transient.MailboxFull",
                            "Permanent.NoEmail",
                            "BOUNCE",
                            "UNKNOWN",
                            "Permanent.",
                            "Transient.")
                    .get(random.nextInt(6)));
        }
        if (random.nextInt(2) == 0) {
            filter = filter.marked(any(random, Mark.values()));
        }
        return switch (random.nextInt(6)) {
            case 0 -> filter.containing("NAVER");
            case 1 -> filter.containing("11");
            case 2 -> filter.beginning("m");
            case 3 -> filter.beginning("seoyeon");
            default -> filter;
        };
    }

    private static <T> T any(SplittableRandom random, T[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }

    private static Set<MessageState> states(SplittableRandom random) {
        Set<MessageState> states = EnumSet.noneOf(MessageState.class);
        for (MessageState state : MessageState.values()) {
            if (random.nextInt(3) == 0) {
                states.add(state);
            }
        }
        return states;
    }

    private static boolean fits(Message message, MessageFilter filter) {
        String search = filter.search().toLowerCase(Locale.ROOT);
        return (filter.states().isEmpty() || filter.states().contains(message.state()))
                && filter.admits(message.reason())
                && (filter.mark() == null || has(message, filter.mark()))
                && (filter.fromStart()
                        ? message.address().startsWith(search)
                        : message.address().contains(search));
    }

    private static boolean has(Message message, Mark mark) {
        boolean arrived = delivered.contains(message.id()) && message.state() != MessageState.BOUNCED;
        return switch (mark) {
            case OPENED -> message.openedAt() != null;
            case CLICKED -> message.clickedAt() != null;
            case NOT_OPENED -> arrived && message.openedAt() == null && message.clickedAt() == null;
            case NOT_CLICKED -> arrived && message.clickedAt() == null;
            case OPENED_BY_MACHINES -> message.openedAt() == null && column(message, "machine_opened_at");
            case CLICKED_BY_MACHINES -> message.clickedAt() == null && column(message, "machine_clicked_at");
            case UNSUBSCRIBED -> column(message, "unsubscribed_at");
        };
    }

    private static boolean column(Message message, String name) {
        return database.read(sql -> sql.fetchExists(
                MESSAGES, MESSAGES.ID.eq(message.id()).and(MESSAGES.field(name).isNotNull())));
    }

    private static Comparator<Message> comparator(MessageOrder order) {
        Comparator<Message> by = switch (order.by()) {
            case LIST -> Comparator.comparingLong(Message::id);
            case ADDRESS -> Comparator.comparing(Message::address);
            case STATE ->
                Comparator.comparing((Message message) -> message.state().name())
                        .thenComparingLong(Message::id);
            case UPDATED -> Comparator.comparing(Message::updatedAt).thenComparingLong(Message::id);
        };
        return order.descending() ? by.reversed() : by;
    }
}
