package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.AuditQuery;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.model.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditStoreTest {
    @TempDir
    Path folder;

    private TestWorkspace workspace;
    private AuditStore audit;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        audit = new AuditStore(workspace.database, workspace.clock);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void tellsTheNewestEntriesFirst() {
        audit.add("kim", "ERASED", "a person", "3 rows");
        audit.add("lee", "EXPORTED", "a person", "");
        audit.add("lee", "ERASED", "a person", "1 row");

        assertThat(audit.newest(2))
                .containsExactly(
                        new AuditEntry(3, workspace.clock.instant(), "lee", "ERASED", "a person", "1 row"),
                        new AuditEntry(2, workspace.clock.instant(), "lee", "EXPORTED", "a person", ""));
    }

    @Test
    void pagesMeetEachEntryOnceEvenWhereManyShareAMoment() {
        for (int i = 0; i < 25; i++) {
            audit.add("kim", "TEMPLATE_CHANGED", "template " + i, "");
            if (i % 10 == 9) {
                workspace.clock.advance(Duration.ofSeconds(1));
            }
        }

        List<AuditEntry> read = new ArrayList<>();
        List<AuditEntry> page = audit.page(AuditQuery.ALL, null, 7);
        while (!page.isEmpty()) {
            read.addAll(page);
            page = audit.page(AuditQuery.ALL, page.get(page.size() - 1), 7);
        }

        assertThat(read).extracting(AuditEntry::id).hasSize(25).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void aTextIsFoundInWhoOnWhatAndDetailsWithoutRegardToCapitals() {
        audit.add("mina@example.com", "LIST_MADE", "list 1 “Customers”", "12 rows");
        audit.add("jun@example.com", "LIST_MADE", "list 2 “고객”", "MINA was not in it");
        audit.add("jun@example.com", "LIST_DELETED", "list 3", "");

        assertThat(found("mina")).containsExactly(2L, 1L);
        assertThat(found(" customers ")).containsExactly(1L);
        assertThat(found("고객")).containsExactly(2L);
        assertThat(found("nobody")).isEmpty();
        assertThat(ids(new AuditQuery(
                        "deleted", Set.of("LIST_DELETED"), Set.of(), Set.of(), Optional.empty(), Optional.empty())))
                .containsExactly(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"50%", "a_b", "x!y", "o'k"})
    void whatWouldBeAWildcardIsASignLikeAnyOther(String text) {
        audit.add("kim", "LIST_MADE", "list 1 “" + text + "”", "");
        audit.add("kim", "LIST_MADE", "list 2 “50 aab xy ok”", "");

        assertThat(found(text)).containsExactly(1L);
    }

    @Test
    void entriesAreNarrowedByWhoWhatAndWhen() {
        Instant first = workspace.clock.instant();
        audit.add("kim", "LIST_MADE", "list 1", "");
        workspace.clock.advance(Duration.ofDays(1));
        audit.add("lee", "LIST_MADE", "list 2", "");
        workspace.clock.advance(Duration.ofDays(1));
        Instant third = workspace.clock.instant();
        audit.add("kim", "LIST_DELETED", "list 1", "");

        assertThat(ids(of(Set.of("kim"), Set.of(), Optional.empty(), Optional.empty())))
                .containsExactly(3L, 1L);
        assertThat(ids(of(Set.of("kim", "lee"), Set.of("LIST_MADE"), Optional.empty(), Optional.empty())))
                .containsExactly(2L, 1L);
        assertThat(ids(of(Set.of(), Set.of(), Optional.of(first.plusMillis(1)), Optional.of(third))))
                .containsExactly(2L);
        assertThat(ids(of(Set.of(), Set.of(), Optional.of(third), Optional.empty())))
                .containsExactly(3L);
    }

    @Test
    void countingStopsOneBehindTheMostThatAreAskedFor() {
        for (int i = 0; i < 5; i++) {
            audit.add("kim", "LIST_MADE", "list " + i, "");
        }

        assertThat(audit.count(AuditQuery.ALL, 10)).isEqualTo(5);
        assertThat(audit.count(AuditQuery.ALL, 3)).isEqualTo(4);
        assertThat(audit.count(searching("list 2"), 10)).isEqualTo(1);
    }

    @Test
    void everyActorIsNamedOnce() {
        audit.add("lee", "LIST_MADE", "list 1", "");
        audit.add("kim", "LIST_MADE", "list 2", "");
        audit.add("lee", "LIST_MADE", "list 3", "");

        assertThat(audit.actors()).containsExactly("kim", "lee");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyWhoMayReadItDoes(Role role) {
        AuditStore theirs = new AuditStore(workspace.database.usedBy(in(role)), workspace.clock);
        audit.add("kim", "LIST_MADE", "list 1", "");

        if (role.may(Right.READ_AUDIT)) {
            assertThat(theirs.newest(1)).hasSize(1);
            assertThat(theirs.count(AuditQuery.ALL, 10)).isEqualTo(1);
            assertThat(theirs.actors()).containsExactly("kim");
        } else {
            assertThatThrownBy(() -> theirs.newest(1)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> theirs.page(AuditQuery.ALL, null, 1)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> theirs.count(AuditQuery.ALL, 10)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(theirs::actors).isInstanceOf(NotAllowedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET actor = 'somebody else'",
                "UPDATE OR IGNORE audit SET detail = ''",
                "DELETE FROM audit",
                "DELETE FROM audit WHERE id = 1",
                "REPLACE INTO audit VALUES (1, 0, 'somebody else', 'LIST_MADE', '', '')",
                "INSERT OR REPLACE INTO audit VALUES (1, 0, 'somebody else', 'LIST_MADE', '', '')",
                "INSERT INTO audit VALUES (1, 0, 'kim', 'LIST_MADE', '', '') ON CONFLICT DO UPDATE SET actor = 'lee'"
            })
    void nothingThatIsWrittenIsChangedOrTakenAway(String statement) throws SQLException {
        audit.add("kim", "LIST_MADE", "list 1", "");
        List<AuditEntry> before = audit.newest(10);

        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + workspace.file);
                Statement change = raw.createStatement()) {
            assertThatThrownBy(() -> change.execute(statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }

        assertThat(audit.newest(10)).isEqualTo(before);
    }

    @Test
    void theStoreOnlyEverAdds() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/app/mailroom/store"))) {
            List<Path> files =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContainPattern("(update|deleteFrom|delete|mergeInto|truncate)\\(\\s*AUDIT\\b")
                        .doesNotContainPattern("(?i)\"[^\"]*(update|delete from|replace into)\\s+audit\\b");
            }
        }
    }

    @Test
    void whatIsAskedForIsFoundByAnIndexAndNotSorted() throws SQLException {
        AuditEntry last = new AuditEntry(9, workspace.clock.instant(), "kim", "LIST_MADE", "", "");
        Optional<Instant> day = Optional.of(workspace.clock.instant());

        assertThat(steps(sql -> AuditStore.page(sql, AuditQuery.ALL, null, 200)))
                .containsExactly("SCAN audit USING INDEX audit_at");
        assertThat(steps(sql -> AuditStore.page(sql, AuditQuery.ALL, last, 200)))
                .containsExactly("SEARCH audit USING INDEX audit_at (at<?)");
        assertThat(steps(sql -> AuditStore.page(sql, searching("kim"), last, 200)))
                .containsExactly("SEARCH audit USING INDEX audit_at (at<?)");
        assertThat(steps(sql -> AuditStore.page(sql, of(Set.of(), Set.of("LIST_MADE"), day, day), null, 200)))
                .containsExactly("SEARCH audit USING INDEX audit_at (at>? AND at<?)");
        assertThat(steps(sql -> AuditStore.page(sql, of(Set.of("kim"), Set.of(), day, day), last, 200)))
                .containsExactly("SEARCH audit USING INDEX audit_actor (actor=? AND at>? AND at<?)");
        assertThat(steps(AuditStore::actors)).allMatch(step -> step.contains("COVERING INDEX audit_"));
    }

    /** How SQLite goes about a question. */
    private List<String> steps(java.util.function.Function<DSLContext, Query> asked) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + workspace.file)) {
            DSLContext sql = DSL.using(raw, SQLDialect.SQLITE);
            try (Statement statement = raw.createStatement();
                    ResultSet rows =
                            statement.executeQuery("EXPLAIN QUERY PLAN " + sql.renderInlined(asked.apply(sql)))) {
                while (rows.next()) {
                    steps.add(rows.getString("detail"));
                }
            }
        }
        return steps;
    }

    private List<Long> found(String text) {
        return ids(searching(text));
    }

    private List<Long> ids(AuditQuery query) {
        return audit.page(query, null, 100).stream().map(AuditEntry::id).toList();
    }

    private static AuditQuery searching(String text) {
        return new AuditQuery(text, Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty());
    }

    private static AuditQuery of(
            Set<String> actors, Set<String> actions, Optional<Instant> from, Optional<Instant> until) {
        return new AuditQuery("", Set.of(), actors, actions, from, until);
    }

    private static Access in(Role role) {
        return new Access() {
            @Override
            public Actor actor() {
                return Actor.local(role.name());
            }

            @Override
            public Optional<Refusal> refusal(Right right, World world) {
                return role.may(right)
                        ? Optional.empty()
                        : Optional.of(new Refusal(Refusal.Code.ROLE, right, Optional.of(role)));
            }
        };
    }
}
