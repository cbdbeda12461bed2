package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.TEMPLATES;
import static app.mailroom.store.jooq.Tables.TEMPLATE_VERSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.PlanState;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecipientStoreTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final List<RecipientColumn> COLUMNS =
            List.of(new RecipientColumn(0, 0, "E-Mail", "email"), new RecipientColumn(1, 1, "Name", "name"));

    @TempDir
    private Path folder;

    private Database database;
    private RecipientStore store;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, at(NOON));
        store = new RecipientStore(database, at(NOON));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void showsAListOnlyWhenItIsFinished() {
        long id = store.begin("Spring", "spring.csv", COLUMNS);
        store.append(id, rows(0, 3));

        assertThat(store.lists()).isEmpty();
        assertThat(store.exists("Spring")).isFalse();
        store.finish(id);
        assertThat(store.lists())
                .containsExactly(new RecipientList(
                        id, "Spring", "spring.csv", 3, 3, 0, Optional.empty(), Optional.empty(), NOON, NOON));
        assertThat(store.findByName("Spring")).isEqualTo(store.find(id)).isPresent();
        assertThat(store.columns(id)).isEqualTo(COLUMNS);
    }

    @Test
    void saysWhichRowsOfABatchRepeatAnAddress() {
        long id = store.begin("Spring", "", COLUMNS);
        store.append(id, rows(0, 5_000));

        BitSet duplicates = store.append(id, List.of(row(7), row(5_001), row(5_001), row(4_999)));

        assertThat(duplicates.stream()).containsExactly(0, 2, 3);
        assertThat(store.rows(id, 10, 4_998L)).hasSize(3);
    }

    @Test
    void pagesRowsByRankAndByPlaceInTheOrderTheyCame() {
        long other = store.begin("Other", "", COLUMNS);
        long id = store.begin("Spring", "", COLUMNS);
        store.append(id, List.of(row(9), row(3)));
        store.append(other, rows(0, 5));
        store.append(id, List.of(row(7), row(1)));

        List<RecipientRow> first = store.rows(id, 0L, 3);
        assertThat(first).extracting(r -> r.values().get(1)).containsExactly("Name 9", "Name 3", "Name 7");
        assertThat(store.rows(id, first.get(2).rank(), 3))
                .extracting(RecipientRow::address)
                .containsExactly("user1@example.com");
        assertThat(store.rows(id, 2, 1L)).isEqualTo(first.subList(1, 3));
    }

    @Test
    void keepsProblemsByLine() {
        long id = store.begin("Spring", "", COLUMNS);
        ImportProblem early = new ImportProblem(3, "NO_AT", "no @", "x", Optional.empty());
        ImportProblem late = new ImportProblem(9, "EMPTY", "nothing", ",y", Optional.empty());
        store.addProblems(id, List.of(late, early));

        assertThat(store.problems(id, 0, 10)).containsExactly(early, late);
        assertThat(store.problems(id, 3, 10)).containsExactly(late);
    }

    @Test
    void countsWhatIsThereWhenItFinishes() {
        long id = store.begin("Spring", "", COLUMNS);
        store.append(id, rows(0, 3));
        store.append(id, rows(2, 3));
        store.addProblems(id, List.of(new ImportProblem(3, "NO_AT", "no @", "x", Optional.empty())));

        store.finish(id);

        RecipientList list = store.find(id).orElseThrow();
        assertThat(list.rowCount()).isEqualTo(store.rows(id, 10, 0L).size());
        assertThat(list.problemCount()).isEqualTo(1);
    }

    @Test
    void givesANameToTheFirstThatFinishes() {
        long first = store.begin("Spring", "", COLUMNS);
        long second = store.begin("Spring", "", COLUMNS);
        store.finish(first);

        assertThatThrownBy(() -> store.finish(second)).isInstanceOf(NameTakenException.class);
        assertThatThrownBy(() -> store.begin("Spring", "", COLUMNS)).isInstanceOf(NameTakenException.class);
        assertThat(store.lists()).hasSize(1);
    }

    @Test
    void renamesUnlessTheNameIsTaken() {
        long spring = finished("Spring");
        finished("Autumn");

        assertThatThrownBy(() -> store.rename(spring, "Autumn"))
                .isInstanceOfSatisfying(
                        NameTakenException.class, e -> assertThat(e.name()).isEqualTo("Autumn"));
        store.rename(spring, "Spring");
        store.rename(spring, "Summer");
        assertThat(store.exists("Summer")).isTrue();
        assertThatThrownBy(() -> store.rename(99, "Winter")).isInstanceOf(NoSuchListException.class);
    }

    @Test
    void takesAnAbandonedImportAwayAndRefusesMoreOfIt() {
        long id = store.begin("Spring", "", COLUMNS);
        store.append(id, rows(0, 10));
        store.addProblems(id, List.of(new ImportProblem(3, "NO_AT", "no @", "x", Optional.empty())));

        store.abandon(id);

        assertThat(store.rows(id, 0L, 10)).isEmpty();
        assertThat(store.problems(id, 0, 10)).isEmpty();
        assertThat(store.columns(id)).isEmpty();
        assertThatThrownBy(() -> store.append(id, rows(0, 1))).isInstanceOf(NoSuchListException.class);
    }

    @Test
    void purgesOnlyImportsThatNobodyTouchedForLong() {
        long dead = store.begin("Dead", "", COLUMNS);
        store.append(dead, rows(0, 10));
        long alive = store.begin("Alive", "", COLUMNS);
        long ready = finished("Ready");
        RecipientStore later = new RecipientStore(database, at(NOON.plus(Duration.ofHours(2))));
        later.append(alive, rows(0, 1));

        assertThat(later.purgeAbandoned(Duration.ofHours(1))).isEqualTo(1);

        assertThat(store.rows(dead, 0L, 10)).isEmpty();
        assertThat(store.rows(alive, 0L, 10)).hasSize(1);
        assertThat(store.find(ready)).isPresent();
        assertThatThrownBy(() -> store.finish(dead)).isInstanceOf(NoSuchListException.class);
    }

    @ParameterizedTest
    @EnumSource(PlanState.class)
    void deletesAListUnlessTheMessagesOfAMailingAreBeingMadeFromIt(PlanState state) {
        long id = finished("Spring");
        plan(id, state);
        boolean needed = state == PlanState.SCHEDULED || state == PlanState.PAUSED;

        if (needed) {
            assertThatThrownBy(() -> store.delete(id))
                    .isInstanceOfSatisfying(
                            ListInUseException.class,
                            e -> assertThat(e.titles()).containsExactly("Sale"));
        } else {
            store.delete(id);
        }

        assertThat(store.find(id).isPresent()).isEqualTo(needed);
        assertThat(store.rows(id, 0L, 10)).hasSize(needed ? 1 : 0);
    }

    @Test
    void keepsValuesAsTheyAre() {
        List<String> values = List.of("", "\"quoted\"\n\u0000", "김민준 😀", "[\"x\"]");

        assertThat(FieldValues.fromJson(FieldValues.toJson(values))).isEqualTo(values);
        assertThatThrownBy(() -> FieldValues.fromJson("{}")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> FieldValues.fromJson("null")).isInstanceOf(StoreException.class);
    }

    private long finished(String name) {
        long id = store.begin(name, "", COLUMNS);
        store.append(id, rows(0, 1));
        store.finish(id);
        return id;
    }

    private void plan(long listId, PlanState state) {
        database.change(sql -> {
            long template = sql.insertInto(TEMPLATES)
                    .set(TEMPLATES.NAME, "Sale")
                    .set(TEMPLATES.CREATED_AT, NOON)
                    .set(TEMPLATES.UPDATED_AT, NOON)
                    .returning(TEMPLATES.ID)
                    .fetchSingle(TEMPLATES.ID);
            long version = sql.insertInto(TEMPLATE_VERSIONS)
                    .set(TEMPLATE_VERSIONS.TEMPLATE_ID, template)
                    .set(TEMPLATE_VERSIONS.NUMBER, 1)
                    .set(TEMPLATE_VERSIONS.SUBJECT, "")
                    .set(TEMPLATE_VERSIONS.PREHEADER, "")
                    .set(TEMPLATE_VERSIONS.HTML, "")
                    .set(TEMPLATE_VERSIONS.CREATED_AT, NOON)
                    .set(TEMPLATE_VERSIONS.CREATED_BY, "")
                    .returning(TEMPLATE_VERSIONS.ID)
                    .fetchSingle(TEMPLATE_VERSIONS.ID);
            sql.insertInto(PLANS)
                    .set(PLANS.TITLE, "Sale")
                    .set(PLANS.TEMPLATE_VERSION_ID, version)
                    .set(PLANS.LIST_ID, listId)
                    .set(PLANS.LIST_NAME, "Spring")
                    .set(PLANS.FROM_ADDRESS, "a@example.com")
                    .set(PLANS.FROM_NAME, "")
                    .set(PLANS.REPLY_TO, "")
                    .set(PLANS.STATE, state)
                    .set(PLANS.NOT_BEFORE, NOON)
                    .set(PLANS.ZONE, "UTC")
                    .set(PLANS.PARK_COUNT, 0L)
                    .set(PLANS.CREATED_AT, NOON)
                    .set(PLANS.CREATED_BY, "")
                    .execute();
        });
    }

    private static List<StagedRow> rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(RecipientStoreTest::row).toList();
    }

    private static StagedRow row(int number) {
        String address = "user" + number + "@example.com";
        return new StagedRow(address, address, FieldValues.toJson(List.of(address, "Name " + number)));
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }
}
