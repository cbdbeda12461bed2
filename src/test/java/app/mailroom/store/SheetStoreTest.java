package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        list = workspace.recipients.begin("Spring", "test", COLUMNS, java.util.Optional.empty(), 1);
        workspace.recipients.finish(list, 0, 0);
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
            change.write(List.of(new SheetChange.RowValues(id, List.of(values))));
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
