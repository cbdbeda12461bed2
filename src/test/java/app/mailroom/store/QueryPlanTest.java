package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageFilter.Mark;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageOrder.By;
import app.mailroom.model.MessageState;
import app.mailroom.model.Resend.Whom;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How SQLite goes about what is asked of messages. It knows no sizes here, so that it does the same with a million. */
class QueryPlanTest {
    private static final int PAGE = 20;
    private static final int NONE_ARE_FEW = 0;
    private static final int ALL_ARE_FEW = 10_000;

    @TempDir
    static Path directory;

    private static Connection file;
    private static long plan;

    @BeforeAll
    static void make() throws SQLException {
        Path path = directory.resolve("mailroom.sqlite");
        plan = ResultsWorkspace.make(path, 900, 11);
        file = DriverManager.getConnection("jdbc:sqlite:" + path);
    }

    @AfterAll
    static void close() throws SQLException {
        file.close();
    }

    static Stream<MessageFilter> filters() {
        MessageFilter all = MessageFilter.all(plan);
        return Stream.concat(
                Stream.of(Mark.values()).map(all::marked),
                Stream.of(
                        all,
                        all.in(MessageState.DELIVERED),
                        all.because("Transient.MailboxFull"),
                        all.containing("naver"),
                        all.beginning("m"),
                        all.in(MessageState.DELIVERED).marked(Mark.NOT_OPENED).containing("naver")));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void noPageOrCountGoesThroughTheMessagesOfOtherMailings(MessageFilter filter) {
        for (int few : List.of(NONE_ARE_FEW, ALL_ARE_FEW)) {
            List<String> steps = steps(sql -> {
                for (By by : By.values()) {
                    MessageOrder order = new MessageOrder(by, true);
                    List<Message> first = new MessageSearch(sql, filter, few).page(order, null, PAGE);
                    if (first.size() == PAGE) {
                        new MessageSearch(sql, filter, few).page(order, first.get(PAGE - 1), PAGE);
                    }
                }
                new MessageSearch(sql, filter, few).ids(0, PAGE);
                new MessageSearch(sql, filter, few).count();
            });

            assertThat(steps).isNotEmpty().noneMatch(QueryPlanTest::readsTheTable);
        }
    }

    @ParameterizedTest
    @MethodSource("filters")
    void whatManyMeetIsNotSorted(MessageFilter filter) {
        List<String> steps = steps(sql -> {
            for (By by : By.values()) {
                new MessageSearch(sql, filter, NONE_ARE_FEW).page(new MessageOrder(by, false), null, PAGE);
                new MessageSearch(sql, filter, NONE_ARE_FEW).page(new MessageOrder(by, true), null, PAGE);
            }
        });

        assertThat(steps).isNotEmpty().noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    @Test
    void inTheOrderOfChangeTheIndexTellsWhatIsAskedFor() {
        List<String> steps =
                steps(sql -> new MessageSearch(sql, MessageFilter.all(plan).marked(Mark.NOT_OPENED), NONE_ARE_FEW)
                        .page(new MessageOrder(By.UPDATED, true), null, PAGE));

        assertThat(steps).anyMatch(step -> step.contains("USING INDEX messages_updated"));
        assertThat(indexedBy("messages_updated"))
                .containsSubsequence("state", "delivered_at", "opened_at", "clicked_at");
    }

    @ParameterizedTest
    @EnumSource(Whom.class)
    void whomToSendToAgainIsFoundAmongTheMessagesOfItsMailing(Whom whom) throws SQLException {
        try (Statement statement = file.createStatement()) {
            statement.execute("UPDATE plans SET resends_plan_id = " + plan + " WHERE id = " + (plan - 1));
        }
        List<String> steps = steps(
                sql -> sql.fetchCount(MESSAGES, MESSAGES.PLAN_ID.eq(plan).and(ResendGroup.of(sql, plan, whom, 0))));

        assertThat(steps)
                .anyMatch(step -> step.startsWith("SEARCH messages USING"))
                .anyMatch(step -> step.startsWith("SEARCH suppressions USING"))
                .noneMatch(QueryPlanTest::readsTheTable);
    }

    private static boolean readsTheTable(String step) {
        return step.matches("SCAN (messages|message_events|suppressions|later)\\b.*");
    }

    private static List<String> indexedBy(String index) {
        List<String> columns = new ArrayList<>();
        each("PRAGMA index_info('" + index + "')", "name", columns);
        return columns;
    }

    /** How SQLite goes about every statement of some work. */
    private static List<String> steps(Consumer<DSLContext> work) {
        List<String> asked = new ArrayList<>();
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.set(file).set(SQLDialect.SQLITE).set(new Settings().withRenderSchema(false));
        configuration.setExecuteListener(new ExecuteListener() {
            @Override
            public void executeStart(ExecuteContext context) {
                Query query = context.query();
                if (query != null) {
                    asked.add(context.dsl().renderInlined(query));
                }
            }
        });
        work.accept(DSL.using(configuration));
        List<String> steps = new ArrayList<>();
        asked.forEach(query -> each("EXPLAIN QUERY PLAN " + query, "detail", steps));
        return steps;
    }

    private static void each(String query, String column, List<String> found) {
        try (Statement statement = file.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(column));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
