package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.AddressReading;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RowStanding;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetStoreTest {
    /** An address has an at sign; a domain of typo.com is mistyped. */
    static final AddressRules RULES = new AddressRules(1, SheetStoreTest::read);

    private static final SheetSituation SITUATION = new SheetSituation(World.LIVE, Set.of(1));
    private static final List<RecipientColumn> COLUMNS = List.of(
            new RecipientColumn(0, 0, "E-Mail", "email"),
            new RecipientColumn(1, 1, "Name", "name"),
            new RecipientColumn(2, 2, "City", "city"));

    @TempDir
    private Path folder;

    private TestWorkspace workspace;
    private SheetStore sheets;
    private long list;

    static AddressReading read(String text) {
        String address = text.strip();
        if (address.isEmpty() || !address.contains("@")) {
            return new AddressReading(
                    address, Optional.empty(), Optional.of(address.isEmpty() ? "EMPTY" : "NO_AT"), Optional.empty());
        }
        Optional<String> meant = address.endsWith("@typo.com")
                ? Optional.of(address.replace("@typo.com", "@type.com"))
                : Optional.empty();
        return new AddressReading(address, Optional.of(address.toLowerCase(Locale.ROOT)), Optional.empty(), meant);
    }

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        sheets = new SheetStore(workspace.database, workspace.clock, RULES, 3);
        list = workspace.recipients.begin("Spring", "test", COLUMNS, Optional.empty(), 1);
        workspace.recipients.finish(list);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void keepsInsertedRowsInTheirOrderAndPutsRowsBetweenOthers() {
        List<Long> ends = insert(0, row("a@x.com", "A"), row("z@x.com", "Z"));
        insert(ends.get(1), row("m@x.com", "M"), row("n@x.com", "N"));
        insert(ends.get(0), row("first@x.com", "1"));

        assertThat(column(0)).containsExactly("first@x.com", "a@x.com", "m@x.com", "n@x.com", "z@x.com");
        assertThat(rows()).allMatch(row -> row.standing() == RowStanding.MAILED && row.rank() > 0);
        assertThat(found().rowCount()).isEqualTo(found().sheetCount()).isEqualTo(5);
        assertThat(workspace.recipients.rows(list, 0L, 10)).hasSize(5);
    }

    @Test
    void makesRoomWhereThereIsNoneAndUndoesThatToo() {
        List<Long> ends = insert(0, row("a@x.com"), row("z@x.com"));
        List<SheetRow> before = rows();
        for (int i = 0; i < 200; i++) {
            insert(ends.get(1), row(i + "@x.com"));
        }
        long above = sheets.ids(list, SheetQuery.ALL, SITUATION)[100];
        for (int i = 200; i < 300; i++) {
            above = insert(above, row(i + "@x.com")).get(0);
        }

        assertThat(column(0))
                .hasSize(302)
                .startsWith("a@x.com", "0@x.com", "1@x.com")
                .endsWith("199@x.com", "z@x.com");
        assertThat(column(0).subList(100, 102)).containsExactly("299@x.com", "298@x.com");
        List<SheetRow> after = rows();
        undoAll();
        assertThat(rows()).isEmpty();
        redoAll();
        assertThat(rows()).isEqualTo(after);
        for (int i = 0; i < 300; i++) {
            sheets.undo(list, done -> {});
        }
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void mailsTheTopmostOfSeveralRowsWithOneAddress() {
        List<Long> ids = insert(0, row("a@x.com"), row("A@x.com"), row("b@x.com"), row("a@x.com "));
        assertStandings(RowStanding.MAILED, RowStanding.REPEATED, RowStanding.MAILED, RowStanding.REPEATED);
        assertThat(found().rowCount()).isEqualTo(2);

        delete(ids.get(0));
        assertStandings(RowStanding.MAILED, RowStanding.MAILED, RowStanding.REPEATED);

        write(ids.get(1), "c@x.com");
        assertStandings(RowStanding.MAILED, RowStanding.MAILED, RowStanding.MAILED);
        assertThat(found().rowCount()).isEqualTo(3);

        insert(ids.get(1), row("b@x.com"));
        assertStandings(RowStanding.MAILED, RowStanding.MAILED, RowStanding.REPEATED, RowStanding.MAILED);

        undoAll();
        redoAll();
        assertStandings(RowStanding.MAILED, RowStanding.MAILED, RowStanding.REPEATED, RowStanding.MAILED);
        assertThat(found().rowCount()).isEqualTo(3);
        assertThat(column(0)).containsExactly("b@x.com", "c@x.com", "b@x.com", "a@x.com");
    }

    @Test
    void tellsBlankRowsFromThoseThatCannotBeMailed() {
        insert(0, row(" ", "\u00a0", ""), row("", "Ann"), row("nobody"), row());

        assertStandings(RowStanding.BLANK, RowStanding.INVALID, RowStanding.INVALID, RowStanding.BLANK);
        assertThat(rows().get(1).fault()).contains("EMPTY");
        assertThat(rows().get(0).fault()).isEmpty();
        assertThat(rows().get(0).values()).containsExactly(" ", "\u00a0", "");
        assertThat(counts())
                .containsEntry(SheetMark.INVALID, 2L)
                .containsEntry(SheetMark.MISSING, 1L)
                .containsEntry(SheetMark.DUPLICATE, 0L);
        assertThat(found().rowCount()).isZero();
        assertThat(found().sheetCount()).isEqualTo(4);
    }

    @Test
    void finishesAnUndoingThatBrokeOffInEitherDirection() {
        List<Long> ids = insert(0, row("a@x.com", "1"), row("b@x.com"), row("a@x.com"), row("c@x.com"), row("d@x.com"));
        List<SheetRow> before = rows();
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.PASTED, "")) {
            change.delete(List.of(ids.get(0), ids.get(3)));
            change.patch(List.of(
                    Rewritten.row(ids.get(1), row("d@x.com", "written")), Rewritten.row(ids.get(2), row("", "", "x"))));
            change.insert(ids.get(4), List.of(row("e@x.com"), row("f@x.com"), row("a@x.com"), row("b@x.com")));
        }
        List<SheetRow> after = rows();

        breakOff(() -> sheets.undo(list, SheetStoreTest::breakHere));
        assertThat(rows()).isNotEqualTo(before).isNotEqualTo(after);
        assertThat(sheets.undoable(list)).isEqualTo(sheets.redoable(list)).isPresent();
        sheets.undo(list, rows -> {});
        assertThat(rows()).isEqualTo(before);

        sheets.redo(list, rows -> {});
        breakOff(() -> sheets.undo(list, SheetStoreTest::breakHere));
        sheets.redo(list, rows -> {});
        assertThat(rows()).isEqualTo(after);

        sheets.undo(list, rows -> {});
        breakOff(() -> sheets.redo(list, SheetStoreTest::breakHere));
        sheets.undo(list, rows -> {});
        assertThat(rows()).isEqualTo(before);
        assertThat(found().rowCount()).isEqualTo(4);
    }

    @Test
    void finishesWhatBrokeOffBeforeAnythingElseIsDone() {
        List<Long> ids = insert(0, row("a@x.com"), row("b@x.com"), row("c@x.com"), row("d@x.com"));
        delete(ids.toArray(Long[]::new));
        breakOff(() -> sheets.undo(list, SheetStoreTest::breakHere));

        write(ids.get(3), "z@x.com");

        assertThat(column(0)).containsExactly("a@x.com", "b@x.com", "c@x.com", "z@x.com");
        assertThat(sheets.redoable(list)).isEmpty();
        undoAll();
        assertThat(rows()).isEmpty();
    }

    @Test
    void undoesColumnsWithWhatTheyHeldAndNeverUsesASlotTwice() {
        insert(0, row("a@x.com", "Ann", "Oslo"), row("", "", "Rome"));
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.COLUMN_DELETED, "City")) {
            change.deleteColumn(2);
        }
        assertThat(rows().get(1).standing()).isEqualTo(RowStanding.BLANK);
        assertThat(rows(search("oslo"))).isEmpty();
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.COLUMN_INSERTED, "Zip")) {
            assertThat(change.addColumn(0, "Zip", "zip")).isEqualTo(new RecipientColumn(3, 1, "Zip", "zip"));
            assertThatThrownBy(() -> change.addColumn(1, "Zip", "zip")).isInstanceOf(IllegalArgumentException.class);
        }
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.COLUMN_RENAMED, "E-Mail")) {
            change.renameColumn(0, "Mail", "other");
            change.moveColumn(0, 2);
            change.deleteColumn(0);
        }
        assertThat(workspace.recipients.columns(list))
                .extracting(RecipientColumn::variable)
                .containsExactly("email", "zip", "name");

        sheets.undo(list, rows -> {});
        sheets.undo(list, rows -> {});
        sheets.undo(list, rows -> {});
        assertThat(workspace.recipients.columns(list)).isEqualTo(COLUMNS);
        assertThat(rows(search("OSLO"))).hasSize(1);
        assertThat(rows().get(1).standing()).isEqualTo(RowStanding.INVALID);
    }

    @Test
    void leavesNoTraceOfAChangeThatChangedNothing() {
        long id = insert(0, row("a@x.com", "Ann")).get(0);
        write(id, "b@x.com");
        sheets.undo(list, rows -> {});
        long revision = sheets.revision(list);

        write(id, " a@x.com ", "Ann", "");
        delete(99L);
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.TYPED, "")) {
            assertThat(change.made()).isEmpty();
        }

        assertThat(sheets.revision(list)).isEqualTo(revision);
        assertThat(sheets.redoable(list)).isPresent();
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.TYPED, "")) {
            change.delete(change.insert(0, List.of(row("x@x.com"))));
        }
        assertThat(sheets.undoable(list)).map(SheetEdit::kind).contains(SheetEdit.Kind.ROWS_INSERTED);
        assertThat(workspace.number("SELECT count(*) FROM sheet_edits")).isEqualTo(1);
    }

    @Test
    void sortsNumbersBeforeWordsAndEmptyValuesLast() {
        insert(
                0,
                row("1@x.com", "b"),
                row("2@x.com", "10"),
                row("3@x.com", ""),
                row("4@x.com", "A"),
                row("5@x.com", "-9.5"));
        insert(0, row("6@x.com", " 9 "), row("7@x.com"), row("8@x.com", "a"), row("9@x.com", "1.2.3"));

        assertThat(rows(sorted(false)))
                .extracting(row -> row.value(1))
                .containsExactly("-9.5", " 9 ", "10", "1.2.3", "A", "a", "b", "", "");
        assertThat(rows(sorted(true)))
                .extracting(row -> row.value(1))
                .containsExactly("b", "A", "a", "1.2.3", "10", " 9 ", "-9.5", "", "");
    }

    @Test
    void findsFiltersAndCountsByWhatIsWrong() {
        insert(
                0,
                row("a@x.com", "Ann", "50%"),
                row("b@typo.com", "", "5_0"),
                row("a@x.com", "An\"n"),
                row("nobody", "B"));
        workspace.suppressions.add(World.LIVE, "A@x.com", "BOUNCE", "");
        workspace.suppressions.add(World.PRACTICE, "A@x.com", "COMPLAINT", "");
        workspace.suppressions.add(World.PRACTICE, "b@typo.com", "COMPLAINT", "");

        assertThat(rows(search("0%"))).hasSize(1);
        assertThat(rows(search("_"))).hasSize(1);
        assertThat(rows(search("N\"N"))).hasSize(1);
        assertThat(rows(filtered(SheetQuery.Comparison.EMPTY, ""))).hasSize(1);
        assertThat(rows(filtered(SheetQuery.Comparison.FILLED, ""))).hasSize(3);
        assertThat(rows(filtered(SheetQuery.Comparison.IS, " Ann"))).hasSize(1);
        assertThat(rows(filtered(SheetQuery.Comparison.CONTAINS, "an"))).hasSize(2);
        assertThat(counts())
                .isEqualTo(Map.of(
                        SheetMark.INVALID,
                        1L,
                        SheetMark.DUPLICATE,
                        1L,
                        SheetMark.SUPPRESSED,
                        2L,
                        SheetMark.MISSING,
                        1L,
                        SheetMark.MISTYPED,
                        1L));
        for (SheetMark mark : SheetMark.values()) {
            SheetQuery marked = new SheetQuery("", Optional.of(mark), List.of(), Optional.empty());
            assertThat(rows(marked))
                    .as("%s", mark)
                    .hasSize(counts().getOrDefault(mark, -1L).intValue());
        }
        assertThat(sheets.counts(list, new SheetSituation(World.PRACTICE, Set.of())))
                .containsEntry(SheetMark.SUPPRESSED, 3L);
        assertThat(rows().get(2).suppressed()).contains("BOUNCE");
        assertThat(sheets.values(list, 2, 1)).containsExactly(new SheetStore.ValueCount("", 2));
    }

    @Test
    void forgetsOldChangesAndWhatTheirColumnsHeld() {
        insert(0, row("a@x.com", "Ann", "Oslo"));
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.COLUMN_DELETED, "City")) {
            change.deleteColumn(2);
        }
        workspace.clock.advance(Duration.ofDays(2));
        insert(0, row("b@x.com"));

        assertThat(sheets.forgetHistory(Duration.ofDays(1))).isEqualTo(2);
        assertThat(rows().get(0).values()).containsExactly("a@x.com", "Ann", "");
        undoAll();
        assertThat(column(0)).containsExactly("a@x.com");
        assertThat(workspace.number("SELECT count(*) FROM sheet_edits")).isEqualTo(1);
    }

    @Test
    void undoingDoesNotBringBackWhatAForgottenColumnHeld() {
        List<Long> ids = insert(0, row("a@x.com", "Ann", "Oslo"), row("b@x.com", "Bo", "Bergen"));
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.COLUMN_DELETED, "City")) {
            change.deleteColumn(2);
        }
        workspace.clock.advance(Duration.ofDays(2));
        delete(ids.get(0));
        write(ids.get(1), "b@x.com", "Bob", "Bergen");

        sheets.forgetHistory(Duration.ofDays(1));
        undoAll();

        assertThat(rows())
                .extracting(SheetRow::values)
                .containsExactly(List.of("a@x.com", "Ann", ""), List.of("b@x.com", "Bo", ""));
    }

    @Test
    void readsAddressesAnewByNewerRules() {
        insert(0, row("a at x.com"), row("a@x.com"), row("b@x.com"), row("c@x.com"));
        AddressRules newer = new AddressRules(2, text -> read(text.replace(" at ", "@")));

        new SheetStore(workspace.database, workspace.clock, newer, 2).readAddresses(list);

        assertStandings(RowStanding.MAILED, RowStanding.REPEATED, RowStanding.MAILED, RowStanding.MAILED);
        assertThat(column(0)).startsWith("a@x.com", "a@x.com");
        assertThat(found().rowCount()).isEqualTo(3);
        assertThat(workspace.number("SELECT address_rules FROM recipient_lists"))
                .isEqualTo(2);
    }

    @Test
    void findsRowsByTheirIdsHoweverLongTheListIs() {
        List<Long> ids = insert(0, row("a@x.com"), row("b@x.com"));

        String plan = workspace.database.read(sql -> sql.fetch(
                        "EXPLAIN QUERY PLAN " + sql.renderInlined(SheetStore.these(sql, list, ids, World.LIVE)))
                .format());

        assertThat(plan).contains("INTEGER PRIMARY KEY").doesNotContain("recipient_rows_order");
    }

    @Test
    void aChangeIsUnderWayUntilItIsClosedOrHasRestedForLong() {
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.PASTED, "")) {
            change.insert(0, List.of(row("a@x.com")));
            assertThat(underWay()).isTrue();
            workspace.clock.advance(SheetLog.STALE_AFTER);
            assertThat(underWay()).isFalse();
            change.insert(0, List.of(row("b@x.com")));
            assertThat(underWay()).isTrue();
        }
        assertThat(underWay()).isFalse();
        sheets.undo(list, rows -> {});
        assertThat(rows()).isEmpty();
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker")
    void takesBackAnImportWhoseProcessEndedAndKeepsWhatWasTyped() {
        insert(0, row("kept@x.com"));
        SheetChange lost = sheets.change(list, SheetEdit.Kind.IMPORTED, "file");
        for (int i = 0; i < 5; i++) {
            lost.insert(0, List.of(row(i + "@x.com")));
        }
        workspace.clock.advance(SheetLog.STALE_AFTER);
        assertThat(underWay()).isTrue();

        assertThat(sheets.settle()).isEqualTo(1);

        assertThat(underWay()).isFalse();
        assertThat(column(0)).containsExactly("kept@x.com");
        assertThat(sheets.redoable(list)).isEmpty();
        assertThatThrownBy(() -> lost.insert(0, List.of(row("late@x.com")))).isInstanceOf(StoreException.class);
        SheetChange typed = sheets.change(list, SheetEdit.Kind.TYPED, "");
        typed.insert(0, List.of(row("typed@x.com")));
        workspace.clock.advance(SheetLog.STALE_AFTER);
        assertThat(sheets.settle()).isEqualTo(1);
        assertThat(column(0)).containsExactly("kept@x.com", "typed@x.com");
    }

    @Test
    void whatIsTakenBackCannotBeDoneAgainAndSaysWhatStays() {
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.IMPORTED, "")) {
            change.insert(0, List.of(row("a@x.com")));
            sheets.takeBack(change);
        }
        assertThat(rows()).isEmpty();
        assertThat(sheets.redoable(list)).isEmpty();

        try (SheetChange change = sheets.change(list, SheetEdit.Kind.IMPORTED, "")) {
            change.insert(0, List.of(row("a@x.com")));
            insert(0, row("other@x.com"));
            change.insert(0, List.of(row("b@x.com")));
            assertThatThrownBy(() -> sheets.takeBack(change)).isInstanceOf(NotTakenBackException.class);
        }
        assertThat(column(0)).containsExactly("a@x.com", "other@x.com");
        assertThat(underWay()).isFalse();
    }

    @Test
    void altersTheRowAsItIsWhenItIsWritten() {
        long id = insert(0, row("a@x.com", "Ann", "Oslo")).get(0);
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.TYPED, "")) {
            write(id, "a@x.com", "Anna", "Oslo");
            change.patch(
                    List.of(new SheetChange.RowPatch(id, before -> List.of(before.get(0), before.get(1), "Bergen"))));
        }
        assertThat(rows().get(0).values()).containsExactly("a@x.com", "Anna", "Bergen");
    }

    @Test
    void twoWhoUndoTheSameChangeComeToItsEnd() {
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.PASTED, "")) {
            change.addColumn(1, "More", "more");
            for (int i = 0; i < 12; i++) {
                change.insert(0, List.of(row(i + "@x.com")));
            }
        }
        AtomicInteger rounds = new AtomicInteger();
        sheets.undo(list, done -> {
            assertThat(rounds.incrementAndGet()).isLessThan(20);
            if (sheets.undoable(list).isPresent()) {
                breakOff(() -> sheets.undo(list, SheetStoreTest::breakHere));
            }
        });
        assertThat(rows()).isEmpty();
        assertThat(workspace.recipients.columns(list)).hasSize(3);
    }

    private boolean underWay() {
        return workspace.database.read(sql -> SheetLog.underWay(sql, list, workspace.clock.instant()));
    }

    private static void breakHere(long rows) {
        throw new IllegalStateException("the process ends here after " + rows);
    }

    private static void breakOff(ThrowingCallable work) {
        assertThatThrownBy(work).hasMessageStartingWith("the process ends here");
    }

    private static SheetQuery search(String text) {
        return new SheetQuery(text, Optional.empty(), List.of(), Optional.empty());
    }

    private static SheetQuery filtered(SheetQuery.Comparison comparison, String text) {
        return new SheetQuery(
                "", Optional.empty(), List.of(new SheetQuery.ColumnFilter(1, comparison, text)), Optional.empty());
    }

    private static SheetQuery sorted(boolean descending) {
        return new SheetQuery("", Optional.empty(), List.of(), Optional.of(new SheetQuery.ColumnOrder(1, descending)));
    }

    private void assertStandings(RowStanding... standings) {
        assertThat(rows()).extracting(SheetRow::standing).containsExactly(standings);
    }

    private static List<String> row(String... values) {
        return List.of(values);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private List<Long> insert(long above, List<String>... rows) {
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.ROWS_INSERTED, "")) {
            return change.insert(above, List.of(rows));
        }
    }

    private void write(long id, String... values) {
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.TYPED, "")) {
            change.patch(List.of(Rewritten.row(id, List.of(values))));
        }
    }

    private void delete(Long... ids) {
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.ROWS_DELETED, "")) {
            change.delete(List.of(ids));
        }
    }

    private void undoAll() {
        Optional<SheetEdit> undone;
        do {
            undone = sheets.undo(list, rows -> {});
        } while (undone.isPresent());
    }

    private void redoAll() {
        Optional<SheetEdit> redone;
        do {
            redone = sheets.redo(list, rows -> {});
        } while (redone.isPresent());
    }

    private List<SheetRow> rows() {
        return rows(SheetQuery.ALL);
    }

    private List<SheetRow> rows(SheetQuery query) {
        List<Long> ids =
                Arrays.stream(sheets.ids(list, query, SITUATION)).boxed().toList();
        return sheets.rows(list, ids, World.LIVE);
    }

    private List<String> column(int slot) {
        return rows().stream().map(row -> row.value(slot)).toList();
    }

    private Map<SheetMark, Long> counts() {
        return sheets.counts(list, SITUATION);
    }

    private RecipientList found() {
        return workspace.recipients.find(list).orElseThrow();
    }
}
